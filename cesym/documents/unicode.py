r"""A formula in one line of Unicode, for the terminal: `\frac{\partial J}{\partial s}` is `∂J/∂s`,
`\hat{y}^{y}` is `ŷʸ`.

Tables say how each token is drawn; a short walk joins what stands side by side. For reading only:
nothing reads it back.
"""

from __future__ import annotations

import string
import unicodedata
from dataclasses import dataclass
from enum import Enum

from cesym.documents import glyphs
from cesym.documents.layout import (
    Fenced,
    Fraction,
    Glyph,
    Marked,
    Picture,
    Root,
    Row,
    Scripts,
    Table,
    Words,
    picture,
)
from cesym.errors import ReadError
from cesym.reader.latex.tables import ACCENTS, WIDE_SPACES


class Kind(Enum):
    """What a piece of a line is, for the space between it and the next one."""

    LETTER = "letter"
    NUMBER = "number"
    FUNCTION = "function"
    PREFIX = "prefix"
    OPERATOR = "operator"
    RELATION = "relation"
    COMMA = "comma"
    BRACKETS = "brackets"
    OPEN = "open"
    CLOSE = "close"
    FRACTION = "fraction"
    WORDS = "words"
    SPACE = "space"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of one kind. `call`: a bracket after it holds arguments, so `f(x)` is one thing."""

    text: str
    kind: Kind
    call: bool = False


USUAL_CALLS = frozenset({"σ", "Γ", *string.ascii_uppercase})
"""Letters after which a bracket is taken for arguments. In a page these are all defined functions
too.
"""

UNARY_AFTER = {
    Kind.OPERATOR,
    Kind.RELATION,
    Kind.COMMA,
    Kind.OPEN,
    Kind.PREFIX,
    Kind.WORDS,
    Kind.SPACE,
}


def unicode_line(latex: str, *, calls: frozenset[str] = frozenset()) -> str:
    r"""The formula in one line; as it stands, between dollars, if it is no LaTeX. `calls` are
    further names, in LaTeX, whose brackets hold arguments.

    >>> unicode_line(r"-\left[ y \log \hat{y} + (1 - y) \log (1 - \hat{y}) \right]")
    '−[y·log ŷ + (1 − y)·log(1 − ŷ)]'
    >>> unicode_line(r"\frac{\partial^2 J}{\partial s^2} = \frac{1}{N} \sum_{i=1}^{N} e^{-s_i}")
    '∂²J/∂s² = 1/N · ∑ᵢ₌₁ᴺ e^(−sᵢ)'
    """
    try:
        row = picture(latex)
    except ReadError:
        return f"${latex}$"
    return _Line(calls | USUAL_CALLS).row(row).strip()


class _Line:
    """The walk. Every method gives a piece: its text, and how it behaves beside others."""

    def __init__(self, calls: frozenset[str]) -> None:
        self.calls = calls

    def row(self, row: Row) -> str:
        """The pieces of a row with the right space between them."""
        line = ""
        before: Piece | None = None
        for item in row.items:
            piece = self.piece(item)
            if piece.kind is Kind.OPERATOR and (before is None or before.kind in UNARY_AFTER):
                piece = Piece(piece.text, Kind.PREFIX)
            if before and before.call and piece.kind is Kind.FRACTION:
                piece = Piece(f"({piece.text})", Kind.BRACKETS)
            line += _between(before, piece) + piece.text
            if not (before and before.call and piece.kind is Kind.BRACKETS):
                before = piece
            else:
                before = Piece(piece.text, Kind.LETTER)
        return line

    def piece(self, item: Picture) -> Piece:
        if isinstance(item, Glyph):
            return self.glyph(item.text)
        if isinstance(item, Words):
            return Piece(item.text, Kind.FUNCTION if item.name else Kind.WORDS, call=item.name)
        if isinstance(item, Row):
            return self.group(item)
        if isinstance(item, Fraction):
            return self.fraction(item)
        if isinstance(item, Root):
            return self.root(item)
        if isinstance(item, Scripts):
            return self.scripts(item)
        if isinstance(item, Marked):
            return self.marked(item)
        if isinstance(item, Fenced):
            left, right = (glyphs.BRACKETS.get(side, side) for side in (item.left, item.right))
            return Piece(f"{left}{self.row(item.inside)}{right}", Kind.BRACKETS)
        return self.table(item)

    def glyph(self, text: str) -> Piece:
        for table, kind in GLYPHS:
            if text in table:
                return Piece(table[text], kind, kind is Kind.FUNCTION or text in self.calls)
        if text in glyphs.GREEK_LETTERS:
            letter = glyphs.GREEK_LETTERS[text]
            return Piece(letter, Kind.LETTER, call=bool({letter, text} & self.calls))
        if text in WIDE_SPACES:
            return Piece("   ", Kind.SPACE)
        kind = Kind.NUMBER if text[0].isdigit() else Kind.LETTER
        return Piece(text, kind, call=text in self.calls)

    def group(self, row: Row) -> Piece:
        """A group in braces is one thing."""
        if len(row.items) == 1:
            return self.piece(row.items[0])
        return Piece(self.row(row), Kind.LETTER)

    def fraction(self, item: Fraction) -> Piece:
        above, below = self.row(item.above), self.row(item.below)
        if f"{above}/{below}" in glyphs.SIMPLE_FRACTIONS:
            return Piece(glyphs.SIMPLE_FRACTIONS[f"{above}/{below}"], Kind.NUMBER)
        top = f"({above})" if self.has_sum(item.above) or not above else above
        bottom = below if self.is_single(item.below) else f"({below})"
        if not top.strip("∂∇²³"):
            return Piece(f"{top}/{bottom}", Kind.FUNCTION)
        return Piece(f"{top}/{bottom}", Kind.FRACTION)

    def has_sum(self, row: Row) -> bool:
        """Whether a + or - stands between two things of the row, or a fraction is inside it."""
        kinds = [self.piece(item).kind for item in row.items]
        return (
            Kind.OPERATOR in kinds[1:]
            or (Kind.FRACTION in kinds)
            or (Kind.FUNCTION in kinds and len(kinds) > 2)
        )

    def is_single(self, row: Row) -> bool:
        """Whether a row needs no brackets below a fraction bar."""
        pieces = [self.piece(item) for item in row.items]
        if len(pieces) == 2 and (
            pieces[0].kind is Kind.PREFIX or (pieces[0].call and pieces[1].kind is Kind.BRACKETS)
        ):
            return pieces[1].kind is not Kind.FRACTION
        return len(pieces) == 1 and pieces[0].kind is not Kind.FRACTION

    def root(self, item: Root) -> Piece:
        inside = self.row(item.inside)
        inside = inside if len(item.inside.items) == 1 else f"({inside})"
        degree = _scripted(self.row(item.degree), glyphs.ABOVE, "") if item.degree else ""
        return Piece(f"{degree}√{inside}", Kind.LETTER)

    def scripts(self, item: Scripts) -> Piece:
        base = self.piece(item.base)
        text = base.text
        if item.below is not None and isinstance(item.base, Fenced) and item.base.right == "|":
            return Piece(f"{text}_({self.row(item.below).replace(' ', '')})", Kind.FRACTION)
        if base.kind is Kind.FRACTION:
            text = f"({text})"
        if item.below is not None:
            below = self.below(item.below)
            word = below.isalnum() and isinstance(item.below.items[0], Words)
            text += f"_{below}" if word else _scripted(below, glyphs.BELOW, "_")
        if item.above is not None:
            text += _scripted(self.row(item.above), glyphs.ABOVE, "^")
        kind = Kind.LETTER if base.kind in (Kind.NUMBER, Kind.FRACTION) else base.kind
        return Piece(text, kind, call=base.call and _still_a_function(item, kind))

    def below(self, row: Row) -> str:
        """A subscript. Letters side by side are several indices, not a product."""
        pieces = [self.piece(item) for item in row.items]
        several = all(p.kind is Kind.LETTER and len(p.text) == 1 for p in pieces)
        return "".join(p.text for p in pieces) if several else self.row(row)

    def marked(self, item: Marked) -> Piece:
        inside = self.row(item.inside)
        if item.command in ACCENTS:
            mark = glyphs.COMBINING[ACCENTS[item.command]]
            return Piece(unicodedata.normalize("NFC", inside[:1] + mark + inside[1:]), Kind.LETTER)
        if item.command == "\\mathbb":
            return Piece("".join(glyphs.DOUBLE_STRUCK.get(c, c) for c in inside), Kind.LETTER)
        return Piece(inside, Kind.LETTER, call=inside in self.calls)

    def table(self, item: Table) -> Piece:
        rows = [" ".join(filter(None, (self.row(cell) for cell in row))) for row in item.rows]
        if item.environment == "cases":
            return Piece("{ " + "; ".join(rows) + " }", Kind.BRACKETS)
        return Piece("; ".join(rows), Kind.LETTER)


GLYPHS: tuple[tuple[dict[str, str], Kind], ...] = (
    (glyphs.OPERATORS, Kind.OPERATOR),
    (glyphs.RELATIONS, Kind.RELATION),
    (glyphs.LARGE, Kind.FUNCTION),
    (glyphs.PREFIXES, Kind.PREFIX),
    (glyphs.SIGNS, Kind.LETTER),
    (glyphs.FUNCTIONS, Kind.FUNCTION),
    (glyphs.COMMAS, Kind.COMMA),
    (glyphs.OPENING, Kind.OPEN),
    (glyphs.CLOSING, Kind.CLOSE),
)
"""How a token is drawn, and what it is. What stands in no table is a letter or a number."""


def _still_a_function(item: Scripts, kind: Kind) -> bool:
    r"""Whether a function with scripts is a function: `f'`, `\sigma^{-1}`, `\log_2`, not `Y_j`."""
    above = () if item.above is None else item.above.items
    named = item.below is None or any(isinstance(part, Words) for part in item.below.items)
    inverse = above == (Glyph("-"), Glyph("1"))
    return (inverse or set(above) <= {Glyph("'")}) and (named or kind is Kind.FUNCTION)


def _between(before: Piece | None, after: Piece) -> str:
    """The space, or the sign of a product, between two neighbours."""
    if before is None or Kind.SPACE in (before.kind, after.kind):
        return ""
    if before.kind is Kind.COMMA:
        return " "
    if Kind.WORDS in (before.kind, after.kind):
        return (
            ""
            if before.text.endswith(" ") or after.text.startswith(" ") or after.kind is Kind.COMMA
            else " "
        )
    if before.kind in (Kind.OPERATOR, Kind.RELATION) or after.kind in (
        Kind.OPERATOR,
        Kind.RELATION,
    ):
        return "" if "/" in (before.text, after.text) else " "
    if before.kind in (Kind.PREFIX, Kind.OPEN) or after.kind in (Kind.COMMA, Kind.CLOSE):
        return ""
    return _product(before, after)


def _product(before: Piece, after: Piece) -> str:
    """What stands between two factors."""
    if after.text in ("|", ".") or before.text in ("|", "."):
        return ""
    if before.kind is Kind.FUNCTION:
        return "" if after.kind is Kind.BRACKETS and before.call else " "
    if Kind.FRACTION in (before.kind, after.kind):
        return " · "
    if before.text in glyphs.SIMPLE_FRACTIONS.values():
        return " "
    if after.kind is Kind.BRACKETS:
        return "·" if before.kind in (Kind.LETTER, Kind.BRACKETS) and not before.call else ""
    if before.kind is Kind.NUMBER:
        return " " if after.kind in (Kind.FUNCTION, Kind.NUMBER) else ""
    return "·" if after.kind is not Kind.OPEN else ""


def _scripted(text: str, table: dict[str, str], mark: str) -> str:
    """A script in small characters where all of it has them, else after a mark."""
    tight = text.replace(" ", "")
    if tight and all(character in table for character in tight):
        return "".join(table[character] for character in tight)
    return f"{mark}{text}" if len(text) == 1 else f"{mark}({text})"
