"""The words and formulas of a document, put together into paragraphs and displays.

What finds them (in TeX, in Markdown) says where they begin and end in the text; here macros are
expanded and each formula gets its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from cesym.errors import Place, ReadError
from cesym.reader.blocks import Display, InlineFormula, Marker, Paragraph
from cesym.reader.documents.macros import Macros
from cesym.reader.origin import Origin, place_in

QUOTED = re.compile(r"[ \t]*(?:>[ \t]?)+")
"""What stands before each line of a quotation in Markdown."""


class Collector:
    """The paragraph that is open. `plain` makes words of what stands between formulas."""

    def __init__(
        self, text: str, source: str, macros: Macros, plain: Callable[[str], str] = str
    ) -> None:
        self.text = text
        self.source = source
        self.macros = macros
        self.plain = plain
        self.pieces: list[str] = []
        self.formulas: list[InlineFormula] = []
        self.start: int | None = None
        self.since = 0

    def words(self, start: int, stop: int) -> None:
        """Words of the paragraph."""
        piece = self.text[start:stop]
        if self.start is None:
            if not piece.strip():
                return
            self.start = start + len(piece) - len(piece.lstrip())
        self.pieces.append(piece)

    def formula(self, start: int, stop: int) -> None:
        """Inline mathematics of the paragraph, without what encloses it."""
        if self.start is None:
            self.start = start
        latex, origin, error = self.expanded(start, stop)
        place = origin.place(0)
        before = self.plain("".join(self.pieces[self.since :]))
        self.formulas.append(InlineFormula(latex, place.line, place.column, before, origin, error))
        self.pieces.append(f"${latex}$")
        self.since = len(self.pieces)

    def paragraph(self) -> Iterator[Paragraph]:
        """The paragraph that is open, closed."""
        text = self.plain("".join(self.pieces)).strip()
        if self.start is not None and text:
            yield Paragraph(text, self.place(self.start).line, tuple(self.formulas))
        self.pieces, self.formulas, self.start, self.since = [], [], None, 0

    def display(self, start: int, stop: int, marker: Marker | None) -> Iterator[Display]:
        """A display, without what encloses it. One that only defines macros is none."""
        latex, origin, error = self.expanded(start, stop)
        if latex.strip() or error is not None:
            yield Display(latex, origin.place(0).line, marker, origin, error)

    def expanded(self, start: int, stop: int) -> tuple[str, Origin, ReadError | None]:
        """A piece of mathematics with its macros expanded, or as it is, and why."""
        first = self.text.rfind("\n", 0, start) + 1
        quoted = QUOTED if QUOTED.match(self.text, first, start) else None
        try:
            return *self.macros.expand(start, stop, without=quoted), None
        except ReadError as error:
            offsets = tuple(range(start, stop + 1))
            return self.text[start:stop], Origin(self.source, self.text, offsets), error

    def place(self, position: int) -> Place:
        """The place of a character."""
        return place_in(self.text, position, self.source)

    def error(self, position: int, template: str, **fields: object) -> ReadError:
        """A ReadError at a position of the text."""
        place = self.place(position)
        return ReadError(template, place=place, remedy=None, **fields)
