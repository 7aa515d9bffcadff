r"""How wide a formula will be on paper, by a table of widths: near enough to choose where to break
a line.

Widths are in em of Computer Modern at the size of the text. TeX alone decides what the page looks
like: an estimate that is a little wrong makes a line shorter than it could be, and never a wrong
one.
"""

from __future__ import annotations

from cesym.documents.glyphs import FUNCTIONS, LARGE, OPERATORS, RELATIONS
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

NARROW = (
    dict.fromkeys("ijltfrI", 0.38) | dict.fromkeys("mwMWHNU", 0.85) | dict.fromkeys("()[]{}|", 0.4)
)
NARROW |= dict.fromkeys((",", ";", "'"), 0.44)
LETTER, CAPITAL, DIGIT, COMMAND = 0.52, 0.75, 0.5, 0.6
OPERATOR, RELATION = 1.23, 1.34
SCRIPT = 0.73
"""The size of scripts to that of the text."""

THIN = 0.17
"""The space beside the name of a function, and beside brackets that grow."""

TALL_SIDE = 0.7
"""A bracket that has grown, and the space beside it."""

UPRIGHT = (
    dict.fromkeys("ijl", 0.28)
    | dict.fromkeys("tfrs", 0.37)
    | dict.fromkeys("cez", 0.45)
    | dict.fromkeys(" ", 0.33)
    | dict.fromkeys("mw", 0.8)
)
"""Upright letters that are not as wide as most."""

WIDE = {"\\iff": 2.9, "\\implies": 2.7, "\\infty": 1.0}
"""Glyphs that are wider than others of their kind."""

UNDER = frozenset({"\\lim", "\\max", "\\min", "\\sup", "\\inf"})
"""Functions that have their scripts below."""


def width(latex: str) -> float:
    r"""The width of a displayed formula in em. Raises ReadError for what is no LaTeX.

    >>> 2.2 < width("x + y") < 2.4
    True
    >>> width(r"\frac{x + y}{2}") < width("x + y / 2")
    True
    """
    return of_row(picture(latex))


def of_row(row: Row, *, inline: bool = False) -> float:
    """The width of things side by side. `inline` when they are set as in a line of text, where the
    scripts of a sum stand at its right; so they are in fractions.
    """
    total, previous = 0.0, ""
    for item in row.items:
        text = item.text if isinstance(item, Glyph) else ""
        if text in OPERATORS and text != "/":
            total += 0.78 if previous in ("", *OPERATORS, *RELATIONS) else OPERATOR
        else:
            total += of(item, inline=inline)
        previous = text or "x"
    return total


def of(item: Picture, *, inline: bool = False) -> float:
    """The width of one thing."""
    if isinstance(item, Glyph):
        return _of_glyph(item.text)
    if isinstance(item, Words):
        return _of_words(item.text) + (THIN if item.name else 0)
    if isinstance(item, Row):
        return of_row(item, inline=inline)
    if isinstance(item, Fraction):
        above, below = (of_row(row, inline=True) for row in (item.above, item.below))
        return (SCRIPT if inline else 1) * max(above, below) + 0.24
    if isinstance(item, Root):
        return of_row(item.inside, inline=inline) + 0.85
    if isinstance(item, Marked):
        return of_row(item.inside, inline=inline)
    if isinstance(item, Scripts):
        return _of_scripts(item, inline=inline)
    if isinstance(item, Fenced):
        return _of_fenced(item, inline=inline)
    return _of_table(item)


def _of_words(text: str) -> float:
    return sum(1.0 if ord(c) > 0x2E80 else UPRIGHT.get(c, 0.53) for c in text)


def _of_glyph(text: str) -> float:
    if text in NARROW:
        return NARROW[text]
    if text in WIDE:
        return WIDE[text]
    if text in RELATIONS:
        return RELATION
    if text in LARGE:
        return 1.6
    if text in FUNCTIONS:
        return _of_words(FUNCTIONS[text]) + THIN
    if text[0].isdigit():
        return DIGIT * len(text)
    if text.startswith("\\"):
        return COMMAND
    return CAPITAL if text.isupper() else LETTER


def _of_scripts(item: Scripts, *, inline: bool) -> float:
    parts = [SCRIPT * of_row(row, inline=True) for row in (item.below, item.above) if row]
    if isinstance(item.base, Glyph) and item.base.text in LARGE:
        return 1.2 + max(parts) if inline else max(1.5, *parts) + THIN
    if isinstance(item.base, Glyph) and item.base.text in UNDER and not inline:
        return max(of(item.base), *parts)
    return of(item.base, inline=inline) + max(parts) + 0.05


def _of_fenced(item: Fenced, *, inline: bool) -> float:
    sides = bool(item.left) + bool(item.right)
    side = TALL_SIDE if not inline and tall(item.inside) else 0.45
    return of_row(item.inside, inline=inline) + side * sides


def tall(row: Row) -> bool:
    """Whether brackets around the row have to grow."""
    return any(
        isinstance(item, Fraction | Table)
        or (isinstance(item, Glyph) and item.text in LARGE)
        or (isinstance(item, Scripts) and tall(Row((item.base,))))
        or (isinstance(item, Row) and tall(item))
        or (isinstance(item, Fenced) and tall(item.inside))
        for item in row.items
    )


def _of_table(item: Table) -> float:
    columns = max(len(row) for row in item.rows)
    widths = [
        max((of_row(row[i]) for row in item.rows if i < len(row)), default=0.0)
        for i in range(columns)
    ]
    return sum(widths) + (columns - 1) * 1.0 + 0.9
