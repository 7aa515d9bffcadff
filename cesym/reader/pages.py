"""Markdown pages: front matter, headings, paragraphs and displays, each with its line. No
mathematics is read here.

A display stands between two lines that hold `$$` alone. A comment `<!-- cesym: ... -->` before a
display marks it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from cesym.errors import Place, ReadError

LONGEST_PAGE = 1_000_000
LONGEST_FRONT_MATTER = 10_000
MARKER = re.compile(
    r"<!--\s*cesym:\s*(?P<kind>\w+)(?:\s+because=\"(?P<because>[^\"]*)\")?\s*-->\s*"
)
INLINE = re.compile(
    r"(?P<code>`+)(?:.|\n)*?(?P=code)|\\\$|(?<!\$)\$(?P<latex>(?:\\.|[^$\\])+)\$(?!\$)"
)
HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<text>.*?)\s*#*\s*")


@dataclass(frozen=True, slots=True)
class Marker:
    """What a comment says of the display after it: `refuted` (for the stated reason) or `skip`."""

    kind: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Prose in Markdown, with inline mathematics between single dollars."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Display:
    """Displayed mathematics, without the dollars."""

    latex: str
    line: int
    marker: Marker | None = None


Block = Heading | Paragraph | Display


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it stands in the file. `exports` pairs a name with the LaTeX of what it exports."""

    source: str
    title: str
    language: str
    blocks: tuple[Block, ...]
    exports: tuple[tuple[str, str], ...] = ()
    front: tuple[tuple[str, object], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class InlineFormula:
    """Inline mathematics of a paragraph: its LaTeX, where it starts, and the prose before it in the
    paragraph.
    """

    latex: str
    line: int
    column: int
    before: str


def inline_formulas(paragraph: Paragraph) -> Iterator[InlineFormula]:
    """The inline mathematics of a paragraph, in order. Code and escaped dollars are left alone.

    >>> [f.latex for f in inline_formulas(Paragraph("Let $y$ be `$x$` or $z$.", 1))]
    ['y', 'z']
    """
    for match in INLINE.finditer(paragraph.text):
        if match["latex"] is not None:
            before = paragraph.text[: match.start()]
            line = paragraph.line + before.count("\n")
            column = match.start("latex") - (before.rfind("\n") + 1) + 1
            yield InlineFormula(match["latex"], line, column, before)


def read_page(text: str, source: str, language: str) -> Page:
    """The page in `text`. Raises ReadError for broken front matter, an open display, or a marker
    without its display.
    """
    if len(text) > LONGEST_PAGE:
        raise ReadError("the page is longer than {count} characters", count=LONGEST_PAGE)
    text = text.replace("\r\n", "\n")
    front, first = _front_matter(text, source)
    lines = text.split("\n")
    blocks = tuple(_blocks(lines, first, source))
    exports = front.get("exports") or {}
    if not isinstance(exports, dict) or not all(isinstance(v, str) for v in exports.values()):
        raise ReadError(
            "exports must map names to LaTeX",
            place=Place(source, 1, 1, lines[0]),
            remedy="write `loss: J(y, s)`",
        )
    title = str(
        front.get("title") or next((b.text for b in blocks if isinstance(b, Heading)), source)
    )
    pairs = tuple((str(name), value) for name, value in exports.items())
    return Page(
        source, title, str(front.get("language") or language), blocks, pairs, tuple(front.items())
    )


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


def _blocks(lines: list[str], index: int, source: str) -> Iterator[Block]:
    marker: tuple[Marker, int] | None = None
    while index < len(lines):
        line = lines[index]
        if match := MARKER.fullmatch(line.strip()):
            marker = (Marker(match["kind"], match["because"] or ""), index)
            if marker[0].kind not in ("refuted", "skip"):
                raise ReadError(
                    "the marker {kind} is not known",
                    place=Place(source, index + 1, 1, line),
                    remedy='use refuted because="..." or skip',
                    kind=marker[0].kind,
                )
            index += 1
        elif line.strip() == "$$":
            end = _closing(lines, index, source)
            yield Display(
                "\n".join(lines[index + 1 : end]), index + 2, marker[0] if marker else None
            )
            marker, index = None, end + 1
        elif not line.strip():
            index += 1
        else:
            if marker is not None:
                raise ReadError(
                    "a marker must stand before a display",
                    place=Place(source, marker[1] + 1, 1, lines[marker[1]]),
                )
            block, index = _prose(lines, index)
            yield block


def _closing(lines: list[str], index: int, source: str) -> int:
    for end in range(index + 1, len(lines)):
        if lines[end].strip() == "$$":
            return end
        if not lines[end].strip():
            break
    raise ReadError(
        "the display is not closed",
        place=Place(source, index + 1, 1, lines[index]),
        remedy="end it with a line that holds only $$, without an empty line in between",
    )


def _prose(lines: list[str], index: int) -> tuple[Block, int]:
    if match := HEADING.fullmatch(lines[index]):
        return Heading(len(match["marks"]), match["text"], index + 1), index + 1
    if lines[index].lstrip().startswith("```"):
        end = next(
            (i for i in range(index + 1, len(lines)) if lines[i].lstrip().startswith("```")),
            len(lines) - 1,
        )
        return Paragraph("\n".join(lines[index : end + 1]), index + 1), end + 1
    end = index
    while (
        end < len(lines)
        and lines[end].strip()
        and lines[end].strip() != "$$"
        and not (
            end > index and (HEADING.fullmatch(lines[end]) or MARKER.fullmatch(lines[end].strip()))
        )
    ):
        end += 1
    return Paragraph("\n".join(lines[index:end]), index + 1), end
