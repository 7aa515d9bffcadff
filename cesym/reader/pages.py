"""A Markdown page: its front matter, and its blocks, each with its line. No mathematics is read
here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import yaml

from cesym.errors import Place, ReadError
from cesym.messages import LANGUAGES
from cesym.reader.blocks import (
    Block,
    Display,
    Heading,
    InlineFormula,
    Marker,
    Paragraph,
    inline_formulas,
)
from cesym.reader.endings import LONGEST_PAGE
from cesym.reader.markdown import blocks_of

__all__ = [
    "Block",
    "Display",
    "Heading",
    "InlineFormula",
    "Marker",
    "Page",
    "Paragraph",
    "inline_formulas",
    "read_page",
]


LAYOUTS = ("numerator", "denominator")
"""What the front matter may say of derivatives by whole vectors."""

LONGEST_FRONT_MATTER = 10_000
"""Characters of its front matter."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it stands in the file. `exports` pairs a name with the LaTeX of what it exports;
    `text` is the whole file, which errors quote from. `document` says that the file is not a page
    in the form of the library, but somebody's notes, paper or notebook; `problems` are the errors
    of what lies between its blocks. `logarithm` is how lines that are worked out write the natural
    logarithm; `layout`, which the front matter may name, is that of derivatives by whole vectors.
    """

    source: str
    title: str
    language: str
    blocks: tuple[Block, ...]
    exports: tuple[tuple[str, str], ...] = ()
    front: tuple[tuple[str, object], ...] = field(default=())
    text: str = ""
    document: bool = False
    problems: tuple[ReadError, ...] = ()
    logarithm: str = r"\log"
    layout: str | None = None

    def place_of_export(self, name: str) -> Place:
        """The line of the front matter that names an export."""
        lines = self.text.split("\n") if self.text else [name]
        number = next(
            (n for n, line in enumerate(lines) if re.match(rf"\s*{re.escape(name)}\s*:", line)), 0
        )
        return Place(self.source, number + 1, 1, lines[number])


def read_page(text: str, source: str, language: str) -> Page:
    """The page in `text`. Raises ReadError for broken front matter, an open display, or a marker
    without its display.
    """
    if len(text) > LONGEST_PAGE:
        raise ReadError("the page is longer than {count} characters", count=LONGEST_PAGE)
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    lines = text.split("\n")
    front, first = _front_matter(text, source)
    blocks = tuple(blocks_of(lines, first, source))
    heading = next((block.text for block in blocks if isinstance(block, Heading)), source)
    return Page(
        source,
        str(front.get("title") or heading),
        _language(front, lines, source) or language,
        blocks,
        _exports(front, lines, source),
        tuple(front.items()),
        text,
        layout=_layout(front, lines, source),
    )


def _layout(front: dict[str, object], lines: list[str], source: str) -> str | None:
    found = front.get("layout")
    if found is None or found in LAYOUTS:
        return str(found) if found else None
    raise ReadError(
        "there is no layout {name}",
        place=Place(source, 1, 1, lines[0]),
        remedy="it is one of {layouts}",
        name=str(found),
        layouts=", ".join(LAYOUTS),
    )


def _language(front: dict[str, object], lines: list[str], source: str) -> str | None:
    found = front.get("language")
    if found is None or found in LANGUAGES:
        return str(found) if found else None
    raise ReadError(
        "there is no language {name}",
        place=Place(source, 1, 1, lines[0]),
        remedy="it is one of {languages}",
        name=str(found),
        languages=", ".join(LANGUAGES),
    )


def _exports(
    front: dict[str, object], lines: list[str], source: str
) -> tuple[tuple[str, str], ...]:
    found = front.get("exports") or {}
    if not isinstance(found, dict) or not all(isinstance(v, str) for v in found.values()):
        raise ReadError(
            "exports must map names to LaTeX",
            place=Place(source, 1, 1, lines[0]),
            remedy="write {line}",
            line="loss: J(y, s)",
        )
    return tuple((str(name), str(latex)) for name, latex in found.items())


def _front_matter(text: str, source: str) -> tuple[dict[str, object], int]:
    """The YAML between `---` lines at the top, and the index of the line after it."""
    if not text.startswith("---\n"):
        return {}, 0
    end = text.find("\n---\n", 3)
    place = Place(source, 1, 1, "---")
    if end < 0:
        raise ReadError(
            "the front matter is not closed",
            place=place,
            remedy="end it with a line that holds only ---",
        )
    raw = text[4:end]
    if len(raw) > LONGEST_FRONT_MATTER or re.search(r"(?:^|[\s\[{,:-])[&*]\w", raw):
        raise ReadError("the front matter is too long or uses YAML anchors", place=place)
    try:
        front = yaml.safe_load(raw) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = 2 + (mark.line if mark else 0)
        raise ReadError(
            "the front matter is not YAML", place=Place(source, line, 1, text.split("\n")[line - 1])
        ) from None
    if not isinstance(front, dict):
        raise ReadError("the front matter must map names to values", place=place)
    return {str(key): value for key, value in front.items()}, raw.count("\n") + 3
