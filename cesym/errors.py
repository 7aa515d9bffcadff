"""The errors of cesym: each names the object, quotes the text at its place, and says what to do.

Their texts belong to the message catalogue and are literals at the place where they are raised;
what varies goes in by fields. Any other exception (`TypeError`, `ValueError`) is a mistake of the
calling code and speaks English only. This module must not import anything heavy.
"""

from __future__ import annotations

import unicodedata
from copy import copy
from dataclasses import dataclass
from typing import Self

from cesym.messages import LANGUAGES, current_language, message

QUOTED_WIDTH = 76
"""A longer line is quoted around the place only (in columns of a terminal)."""

FIELD_LENGTH = 240
"""A longer field is shown by its beginning and end."""

_STEERING = (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_HARMLESS = dict.fromkeys(_STEERING, "\ufffd") | {ord("\t"): " "}
"""Characters that would steer the terminal or turn the direction of the text -> one that shows."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: file or `<claim>`, line and column from 1, and the line itself."""

    source: str
    line: int
    column: int
    text: str

    def __str__(self) -> str:
        return f"{self.source}:{self.line}:{self.column}"

    def quote(self) -> str:
        """The line, and below it a caret under the column.

        A long line is cut to the part around the column. Wide characters count as two columns.

        >>> print(Place("<claim>", 1, 5, "y * q").quote())
        y * q
            ^
        """
        before, after = self.text[: self.column - 1], self.text[self.column - 1 :]
        before = _cut(before[::-1], QUOTED_WIDTH // 2)[::-1].translate(_HARMLESS)
        after = _cut(after, QUOTED_WIDTH - QUOTED_WIDTH // 2).translate(_HARMLESS)
        return f"{before}{after}\n{' ' * sum(map(_columns, before))}^"


class CesymError(Exception):
    """Something that the user can mend.

    `template` is an English text of the catalogue, `remedy` another that says what to do; both may
    hold fields such as `{name}`. `str` of the error is all of it in English, `render` all of it in
    any language.

    >>> line = "q in (0, 1)"
    >>> place = Place("<claim>", 1, 1, "q + 1")
    >>> print(ReadError("unknown name {name}", place=place, remedy="declare {name}", name="q"))
    <claim>:1:1: unknown name q
      q + 1
      ^
      declare q
    """

    def __init__(
        self,
        template: str,
        /,
        *,
        place: Place | None = None,
        remedy: str | None = None,
        **fields: object,
    ) -> None:
        shown = {name: _short(value) for name, value in fields.items()}
        self.summary = message(template, **shown)
        self.remedy = None if remedy is None else message(remedy, **shown)
        self.place = place
        super().__init__(self.render(LANGUAGES[0]))

    def render(self, language: str | None = None) -> str:
        """The place, the text, the line quoted and the remedy in `language`, or the current one."""
        language = language or current_language()
        lines = self.summary.render(language).splitlines() or [""]
        if self.place is not None:
            lines[0] = f"{self.place}: {lines[0]}"
            lines += _indented(self.place.quote())
        if self.remedy is not None:
            lines += _indented(self.remedy.render(language))
        return "\n".join(line.translate(_HARMLESS) for line in lines)

    def at(self, place: Place) -> Self:
        """The same error at another place: for text that was read out of a larger one."""
        moved = copy(self)
        moved.place = place
        moved.args = (moved.render(LANGUAGES[0]),)
        return moved

    def record(self, language: str | None = None) -> dict[str, object]:
        """The error as data for JSON: kind, message, source, line, column, text, remedy.

        The text is the line as `Place.quote` shows it.
        """
        place = self.place
        return {
            "kind": type(self).__name__,
            "message": self.summary.render(language),
            "source": place and place.source,
            "line": place and place.line,
            "column": place and place.column,
            "text": place and place.quote().splitlines()[0],
            "remedy": self.remedy and self.remedy.render(language),
        }


class ReadError(CesymError):
    """A text that cannot be read."""


class DeclarationError(CesymError):
    """A declaration, hypothesis or definition that cannot be taken: missing, double or contrary."""


class UnsupportedTerm(CesymError):
    """A term outside what cesym knows how to treat."""


class DomainError(CesymError):
    """A value outside the domain of a function or a declaration."""


class UnknownName(CesymError):
    """No page, rule or export has this name."""


class BudgetExceeded(CesymError):
    """The work asked for passes the limit on time, size or cases."""


class MissingProgram(CesymError):
    """An outside program, or an optional package, that is needed is not there."""


class OutputError(CesymError):
    """A result that cannot be written."""


def _short(value: object) -> object:
    """A field as it is shown: text without end is cut in the middle."""
    if isinstance(value, str) and len(value) > FIELD_LENGTH:
        return f"{value[: FIELD_LENGTH // 2]} … {value[-FIELD_LENGTH // 2 :]}"
    return value


def _cut(text: str, width: int) -> str:
    """As much of the beginning of `text` as fits in `width` columns, an ellipsis for the rest."""
    used = 0
    for position, character in enumerate(text):
        used += _columns(character)
        if used > width:
            return f"{text[: position - 1]}…"
    return text


def _columns(character: str) -> int:
    """How many columns of a terminal `character` takes."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _indented(text: str) -> list[str]:
    return [f"  {line}" for line in text.splitlines()]
