"""The library: the pages of `derivations/`, found by name, in each language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path

from cesym.errors import ReadError, UnknownName
from cesym.messages import N_
from cesym.reader.endings import LONGEST, LONGEST_PAGE

LANGUAGE_SUFFIX = {"en": ".md", "zh": ".zh.md"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the library."""

    name: str
    language: str
    path: Path

    @property
    def source(self) -> str:
        """How places on the page are named."""
        return self.path.name

    def text(self) -> str:
        """The page's text."""
        return self.path.read_text(encoding="utf-8")


@cache
def root() -> Path:
    """The folder of the pages: inside an installed package, or beside it in a checkout."""
    package = Path(str(files("cesym")))
    inside = package / "_library"
    return inside if inside.is_dir() else package.parent / "derivations"


def entries(language: str) -> tuple[Entry, ...]:
    """The pages in a language, by name."""
    suffix = LANGUAGE_SUFFIX[language]
    found = []
    for path in sorted(root().glob(f"*{suffix}")):
        name = path.name.removesuffix(suffix)
        if "." not in name and not name.isupper():
            found.append(Entry(name, language, path))
    return tuple(found)


def entry(name: str, language: str) -> Entry:
    """The page `name`. Raises UnknownName with the nearest names."""
    known = {e.name: e for e in entries(language)}
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=1)
    remedy = N_("did you mean {near}?") if near else N_("`cesym list` shows the library")
    raise UnknownName(
        "the library has no page {name}", remedy=remedy, name=name, near=near[0] if near else ""
    )


def is_path(name: str | Path) -> bool:
    """Whether a file is meant, and not a page of the library or a family."""
    return isinstance(name, Path) or "/" in name or name.lower().endswith(tuple(LONGEST))


def texts_of(name: str | Path, languages: Iterable[str]) -> list[str]:
    """What the pages that `name` stands for depend on besides cesym itself: the file's place and
    content, or the texts of the library's page in `languages`. A family has none.

    Raises ReadError for a file that cannot be read.
    """
    if is_path(name):
        path = Path(name).resolve()
        return [str(path), file_text(path, longest=LONGEST.get(path.suffix.lower(), LONGEST_PAGE))]
    return [e.text() for language in languages for e in entries(language) if e.name == name]


def file_text(path: Path, *, longest: int = LONGEST_PAGE) -> str:
    """The text of a user's page. Raises ReadError when it cannot be read as UTF-8 text of a
    sensible size.
    """
    try:
        if path.stat().st_size > longest:
            raise ReadError(
                "{path} is longer than {count} characters", path=str(path), count=longest
            )
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ReadError("{path} is not UTF-8 text", path=str(path)) from None
    except OSError as error:
        raise ReadError(
            "{path} cannot be read: {why}", path=str(path), why=error.strerror or str(error)
        ) from None
