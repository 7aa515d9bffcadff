"""What a page is made of: headings, paragraphs with inline mathematics, and displays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cesym.errors import ReadError
from cesym.reader.origin import Origin

INLINE = re.compile(
    r"(?P<code>`+)(?:.|\n)*?(?P=code)|\\\$|(?<!\$)\$(?P<latex>(?:\\.|[^$\\])+)\$(?!\$)"
)
"""Code, an escaped dollar, or a formula between single dollars."""


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
class InlineFormula:
    """Inline mathematics of a paragraph: its LaTeX, where it starts, and the prose before it, from
    the formula before on.

    In a document, `origin` says where each character stands, and `error` why macros in it could not
    be expanded.
    """

    latex: str
    line: int
    column: int
    before: str
    origin: Origin | None = None
    error: ReadError | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Prose in Markdown, with inline mathematics between single dollars; in a document of another
    make the words alone, and the `formulas` among them.
    """

    text: str
    line: int
    formulas: tuple[InlineFormula, ...] | None = None


@dataclass(frozen=True, slots=True)
class Display:
    """Displayed mathematics, without the dollars. `origin` and `error` are as in InlineFormula."""

    latex: str
    line: int
    marker: Marker | None = None
    origin: Origin | None = None
    error: ReadError | None = None


Block = Heading | Paragraph | Display


def inline_formulas(paragraph: Paragraph) -> Iterator[InlineFormula]:
    """The inline mathematics of a paragraph, in order. Code and escaped dollars are left alone.

    >>> [f.latex for f in inline_formulas(Paragraph("Let $y$ be `$x$` or $z$.", 1))]
    ['y', 'z']
    """
    if paragraph.formulas is not None:
        yield from paragraph.formulas
        return
    if fence_of(paragraph.text):
        return
    end = 0
    for match in INLINE.finditer(paragraph.text):
        if match["latex"] is not None:
            before = paragraph.text[: match.start()]
            line = paragraph.line + before.count("\n")
            column = match.start("latex") - (before.rfind("\n") + 1) + 1
            yield InlineFormula(match["latex"], line, column, before[end:])
            end = match.end()


FENCE = re.compile(r"\s{0,3}(?P<fence>`{3,}|~{3,})(?P<language>[^`\n]*)")


def fence_of(line: str) -> tuple[str, str] | None:
    """The fence that opens a block of code, and the language named beside it."""
    match = FENCE.match(line)
    return (match["fence"], match["language"].strip()) if match else None
