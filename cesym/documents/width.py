r"""How wide a formula will be on paper, by a table of widths: near enough to choose where to break
a line.

Widths are in em of Computer Modern at the size of the text. TeX alone decides what the page looks
like: an estimate that is a little wrong makes a line shorter than it could be, and never a wrong
one.
"""

from __future__ import annotations

from itertools import pairwise

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
from cesym.reader.latex.formula import Formula
from cesym.reader.latex.tokens import Token, tokenize

NARROW = (
    dict.fromkeys("ijltfrI", 0.38) | dict.fromkeys("mwMWHNU", 0.85) | dict.fromkeys("()[]{}|", 0.4)
)
NARROW |= dict.fromkeys((",", ";", "'"), 0.44)
LETTER, CAPITAL, DIGIT, COMMAND = 0.52, 0.75, 0.5, 0.6
OPERATOR, RELATION = 1.23, 1.34
SCRIPT = 0.73
"""The size of scripts to that of the text."""

DEEPEST_CUT = 2
"""Brackets inside which a line may be broken."""

LONG = 7.0
"""Em: a shorter bracket is not broken."""

OPENING, CLOSING = ("{", "(", "[", "\\{"), ("}", ")", "]", "\\}")


def width(latex: str) -> float:
    r"""The width of a displayed formula in em. Raises ReadError for what is no LaTeX.

    >>> 2.2 < width("x + y") < 2.4
    True
    >>> width(r"\frac{x + y}{2}") < width("x + y / 2")
    True
    """
    return of_row(picture(latex))


def of_row(row: Row) -> float:
    """The width of things side by side."""
    total, previous = 0.0, ""
    for item in row.items:
        text = item.text if isinstance(item, Glyph) else ""
        if text in OPERATORS and text != "/":
            total += 0.78 if previous in ("", *OPERATORS, *RELATIONS) else OPERATOR
        else:
            total += of(item)
        previous = text or "x"
    return total


def of(item: Picture) -> float:
    """The width of one thing."""
    if isinstance(item, Glyph):
        return _of_glyph(item.text)
    if isinstance(item, Words):
        return sum(1.0 if ord(c) > 0x2E80 else 0.5 for c in item.text) + (0.17 if item.name else 0)
    if isinstance(item, Row):
        return of_row(item)
    if isinstance(item, Fraction):
        return max(of_row(item.above), of_row(item.below)) + 0.24
    if isinstance(item, Root):
        return of_row(item.inside) + 0.85
    if isinstance(item, Marked):
        return of_row(item.inside)
    if isinstance(item, Scripts):
        return _of_scripts(item)
    if isinstance(item, Fenced):
        return of_row(item.inside) + 0.5 * (bool(item.left) + bool(item.right))
    return _of_table(item)


def _of_glyph(text: str) -> float:
    if text in NARROW:
        return NARROW[text]
    if text in RELATIONS:
        return RELATION
    if text in LARGE:
        return 1.6
    if text in FUNCTIONS:
        return 0.5 * len(FUNCTIONS[text]) + 0.33
    if text[0].isdigit():
        return DIGIT * len(text)
    if text.startswith("\\"):
        return COMMAND
    return CAPITAL if text.isupper() else LETTER


def _of_scripts(item: Scripts) -> float:
    parts = [SCRIPT * of_row(row) for row in (item.below, item.above) if row is not None]
    if isinstance(item.base, Glyph) and item.base.text in LARGE:
        return max(1.5, *parts) + 0.17
    return of(item.base) + max(parts) + 0.05


def _of_table(item: Table) -> float:
    columns = max(len(row) for row in item.rows)
    widths = [
        max((of_row(row[i]) for row in item.rows if i < len(row)), default=0.0)
        for i in range(columns)
    ]
    return sum(widths) + (columns - 1) * 1.0 + 0.9


def pieces(latex: str, room: float) -> list[str]:
    r"""The formula in pieces that fit into `room`, cut before `+` and `-` outside all brackets; if
    that is not enough, inside brackets too that do not grow (`(`, not `\left(`); whole where
    neither is possible.

    >>> pieces("a + b - (c + d)", 4)
    ['a + b', '- (c + d)']
    >>> pieces("a (b + c + d + e - f)", 8)
    ['a (b + c + d + e', '- f)']
    """
    if width(latex) <= room:
        return [latex]
    found = [latex]
    for depth in range(DEEPEST_CUT + 1):
        found = _pieces(latex, room, depth)
        if all(width(piece) <= room for piece in found):
            break
    return found


def _pieces(latex: str, room: float, depth: int) -> list[str]:
    """Pieces, cut inside at most `depth` brackets."""
    done: list[str] = []
    start = 0
    for cut, following in pairwise([*_cuts(latex, depth), len(latex)]):
        if width(latex[start:following]) > room:
            done.append(latex[start:cut].strip())
            start = cut
    return [piece for piece in (*done, latex[start:].strip()) if piece]


def _cuts(latex: str, deepest: int) -> list[int]:
    """Where a `+` or `-` stands between two terms, inside at most `deepest` long brackets that TeX
    can break.
    """
    opened: list[tuple[bool, int, list[int]]] = [(True, 0, [])]
    previous: Token | None = None
    for token in tokenize(Formula(latex)):
        if token.kind == "space":
            continue
        if token.says("+", "-") and previous is not None and _ends_term(previous):
            opened[-1][2].append(token.at.start)
        if _opens(token):
            opened.append((token.says("(", "[") and not token.side, token.at.stop, []))
        elif _closes(token) and len(opened) > 1:
            plain, start, cuts = opened.pop()
            if plain and len(opened) <= deepest and width(latex[start : token.at.start]) > LONG:
                opened[-1][2].extend(cuts)
        previous = token
    return sorted(opened[0][2])


def _opens(token: Token) -> bool:
    return (
        token.kind == "begin" or token.side == "left" or (token.says(*OPENING) and not token.side)
    )


def _closes(token: Token) -> bool:
    return token.kind == "end" or token.side == "right" or (token.says(*CLOSING) and not token.side)


def _ends_term(token: Token) -> bool:
    """Whether a sign after this token stands between two terms."""
    return not (token.says("^", "_", *OPERATORS, *RELATIONS) or token.says(*OPENING))
