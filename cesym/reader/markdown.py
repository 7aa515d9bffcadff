"""Markdown, line by line, into the blocks of a page.

A display stands between dollars, `$$`, which begin and end lines of their own, or in a fenced block
of the language `math`. A comment `<!-- cesym: ... -->` before a display marks it. Where Markdown
would show mathematics and this module does not read it, it says so: nothing is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cesym.errors import Place, ReadError
from cesym.reader.blocks import (
    INLINE,
    Block,
    Display,
    Heading,
    Marker,
    Paragraph,
    fence_of,
)

MARKER = re.compile(
    r"<!--\s*cesym:\s*(?P<kind>\w+)(?:\s+because=\"(?P<because>[^\"]*)\")?\s*-->\s*"
)
MARKERS = ("refuted", "skip")
HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<text>.*?)(?:\s+#+)?\s*")
UNDERLINE = re.compile(r"\s{0,3}(?P<mark>=+|-+)\s*")


def blocks_of(lines: list[str], first: int, source: str) -> Iterator[Block]:
    """The blocks of a page from the line with index `first` on. Raises ReadError for an open
    display, a display within a paragraph, and a marker that is not known or without its display.
    """
    return _Lines(lines, first, source).blocks()


class _Lines:
    """A position among the lines of a page, and the marker that waits for its display."""

    def __init__(self, lines: list[str], first: int, source: str) -> None:
        self.lines = lines
        self.index = first
        self.source = source
        self.marker: tuple[Marker, int] | None = None

    @property
    def line(self) -> str:
        return self.lines[self.index]

    def place(self, index: int, column: int = 1) -> Place:
        return Place(self.source, index + 1, column, self.lines[index])

    def blocks(self) -> Iterator[Block]:
        while self.index < len(self.lines):
            if not self.line.strip():
                self.index += 1
            elif _is_marker(self.line):
                self.read_marker()
            elif self.line.strip().startswith("$$"):
                yield self.display()
            elif (fence := fence_of(self.line)) and fence[1] == "math":
                yield self.fenced(fence[0], display=True)
            else:
                self.refuse_marker()
                yield self.prose()
        self.refuse_marker()

    def read_marker(self) -> None:
        match = MARKER.fullmatch(self.line.strip())
        if match is None or match["kind"] not in MARKERS:
            raise ReadError(
                "this marker is not known",
                place=self.place(self.index),
                remedy='use refuted because="..." or skip',
            )
        self.refuse_marker()
        self.marker = (Marker(match["kind"], match["because"] or ""), self.index)
        self.index += 1

    def refuse_marker(self) -> None:
        """Refuse a marker that has no display after it."""
        if self.marker is not None:
            raise ReadError(
                "a marker must stand before a display", place=self.place(self.marker[1])
            )

    def display(self) -> Display:
        start, column = self.index, self.line.index("$$") + 1
        text = " " * (column + 1) + self.line[column + 1 :]
        while not text.rstrip().endswith("$$"):
            self.index += 1
            if self.index == len(self.lines) or not self.line.strip():
                raise ReadError(
                    "the display is not closed",
                    place=self.place(start, column),
                    remedy="end it with a line that ends with $$, without an empty line in between",
                )
            text += "\n" + self.line
        text = text.rstrip().removesuffix("$$")
        if "$$" in text:
            raise self.inside(start + text[: text.index("$$")].count("\n"))
        self.index += 1
        return self.displayed(text, start)

    def displayed(self, text: str, start: int) -> Display:
        """The display with `text`, which begins on the line with index `start`."""
        first, _, rest = text.partition("\n")
        skipped = 0 if first.strip() else 1
        marker, self.marker = self.marker, None
        latex = (rest if skipped else text).rstrip()
        return Display(latex, start + 1 + skipped, marker[0] if marker else None)

    def inside(self, index: int) -> ReadError:
        return ReadError(
            "a display stands on lines of its own",
            place=self.place(index, self.lines[index].find("$$") + 1),
            remedy="put an empty line and $$ before it, and $$ after it",
        )

    def fenced(self, fence: str, *, display: bool) -> Display | Paragraph:
        """A fenced block, which goes to the end of the page when it is not closed."""
        start = self.index
        self.index += 1
        while self.index < len(self.lines) and not _closes(self.line, fence):
            self.index += 1
        inside = self.lines[start + 1 : self.index]
        self.index = min(self.index + 1, len(self.lines))
        if display:
            return self.displayed("\n" + "\n".join(inside), start)
        return Paragraph("\n".join(self.lines[start : self.index]), start + 1)

    def prose(self) -> Block:
        """A heading, a block of code, or a paragraph."""
        if match := HEADING.fullmatch(self.line):
            self.index += 1
            return Heading(len(match["marks"]), match["text"], self.index)
        if fence := fence_of(self.line):
            return self.fenced(fence[0], display=False)
        start = self.index
        while self.index < len(self.lines) and not (self.index > start and _interrupts(self.line)):
            self.index += 1
            if self.index < len(self.lines) and (under := UNDERLINE.fullmatch(self.line)):
                text = " ".join(line.strip() for line in self.lines[start : self.index])
                self.index += 1
                return Heading(1 if under["mark"].startswith("=") else 2, text, start + 1)
        text = "\n".join(self.lines[start : self.index])
        self.refuse_displays(text, start)
        return Paragraph(text, start + 1)

    def refuse_displays(self, text: str, start: int) -> None:
        """Refuse `$$` within a paragraph, where Markdown shows a display."""
        bare = INLINE.sub(lambda match: " " * len(match.group()), text)
        if "$$" in bare:
            raise self.inside(start + text[: bare.index("$$")].count("\n"))


def _is_marker(line: str) -> bool:
    return re.match(r"\s*<!--\s*cesym\b", line) is not None


def _closes(line: str, fence: str) -> bool:
    found = line.strip()
    return len(found) >= len(fence) and set(found) == {fence[0]}


def _interrupts(line: str) -> bool:
    """Whether a line ends the paragraph above it."""
    return (
        not line.strip()
        or line.strip().startswith("$$")
        or _is_marker(line)
        or HEADING.fullmatch(line) is not None
        or fence_of(line) is not None
    )
