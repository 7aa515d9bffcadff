"""The message catalogue: every text a user sees, in English and in Chinese.

The English text is the key (`msgid`); `zh.po`, beside this file, holds the Chinese. It is read when
the first Chinese text is wanted, so that English costs nothing.

A text enters the catalogue by being *marked*, as a literal in one of these calls:

- `_("...")` translates into the current language,
- `N_("...")` only marks: for tables whose texts are translated later,
- `message("...", field=...)` is a text with its fields that can be shown in any language later,
- the constructor of a `cesym.errors.CesymError`.

`cesym.messages.extract` finds them. A text may hold fields, `{name}`, and is filled in by
`str.format` exactly when fields are given; LaTeX, with its braces, goes in through a field.

This module must not import anything of cesym, nor anything heavy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

LANGUAGES = ("en", "zh")
"""What the catalogue speaks; the first one is the language of the keys."""

_current: ContextVar[str] = ContextVar("cesym_language", default=LANGUAGES[0])


@dataclass(frozen=True, slots=True)
class Message:
    """A text of the catalogue with its fields, in no language yet.

    A field that is itself a Message is shown in the language of the whole. Made by `message`.
    """

    msgid: str
    fields: tuple[tuple[str, object], ...] = ()

    def render(self, language: str | None = None) -> str:
        """The text in `language`, or else in the current one."""
        return translate(self.msgid, language or current_language(), **dict(self.fields))

    def __str__(self) -> str:
        return self.render(LANGUAGES[0])


def message(msgid: str, /, **fields: object) -> Message:
    """Mark `msgid` and keep it with its fields, to be shown later.

    >>> found = message("found {count}", count=3)
    >>> str(found), found.render("en")
    ('found 3', 'found 3')
    """
    return Message(msgid, tuple(sorted(fields.items())))


def N_(msgid: str, /) -> str:
    """Mark `msgid` for translation and give it back as it is."""
    return msgid


def _(msgid: str, /, **fields: object) -> str:
    """Mark `msgid` and translate it into the current language.

    >>> _("found {count}", count=3)
    'found 3'
    """
    return translate(msgid, current_language(), **fields)


def translate(msgid: str, /, language: str, **fields: object) -> str:
    """`msgid` in `language`, its fields filled in.

    A text that the catalogue lacks stays English (a test says which do). With no fields given the
    text is not formatted, so that braces in it are braces. Raises `ValueError` for a language that
    is not one of `LANGUAGES` and `KeyError` for a field that is missing.

    >>> translate("found {count}", "en", count=3)
    'found 3'
    """
    text = chinese().get(msgid, msgid) if _known(language) == "zh" else msgid
    if not fields:
        return text
    return text.format_map({name: _shown(value, language) for name, value in fields.items()})


def _shown(value: object, language: str) -> object:
    return value.render(language) if isinstance(value, Message) else value


@cache
def chinese() -> Mapping[str, str]:
    """The Chinese catalogue: English text -> Chinese text, for those that have one."""
    from importlib.resources import files

    from babel.messages.pofile import read_po

    with files(__name__).joinpath("zh.po").open("rb") as file:
        entries = read_po(file, locale="zh", charset="utf-8", abort_invalid=True)
    ready = (entry for entry in entries if entry.id and entry.string and not entry.fuzzy)
    return MappingProxyType({str(entry.id): str(entry.string) for entry in ready})


def current_language() -> str:
    """The language of `_` and of everything shown without naming one: English until it is set."""
    return _current.get()


def set_language(language: str) -> None:
    """Make `language` the current one (in this thread and its tasks)."""
    _current.set(_known(language))


@contextmanager
def using_language(language: str) -> Iterator[None]:
    """Make `language` the current one inside a `with` block.

    >>> with using_language("zh"):
    ...     current_language()
    'zh'
    """
    token = _current.set(_known(language))
    try:
        yield
    finally:
        _current.reset(token)


def detect_language(environ: Mapping[str, str]) -> str:
    """The language that the environment asks for: Chinese for any `zh` locale, else English.

    The first of CESYM_LANG, LC_ALL, LC_MESSAGES and LANG that is set and not empty decides.

    >>> detect_language({"LANG": "zh_CN.UTF-8"})
    'zh'
    >>> detect_language({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"})
    'en'
    """
    variables = ("CESYM_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    asked = next((environ[name] for name in variables if environ.get(name)), "")
    return "zh" if asked.lower().startswith("zh") else "en"


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise ValueError(f"no language {language!r}: it is one of {', '.join(LANGUAGES)}")
    return language
