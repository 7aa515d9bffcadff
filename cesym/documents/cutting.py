"""Where a formula that is too wide for a line is cut: before a sign, as far outside of all
brackets as can be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from cesym.documents.glyphs import OPERATORS, RELATIONS
from cesym.documents.layout import picture
from cesym.documents.width import tall, width
from cesym.reader.latex.formula import Formula
from cesym.reader.latex.tokens import Token, tokenize

DEEPEST_CUT = 2
"""Brackets inside which a line may be broken."""

LONG = 7.0
"""Em: a shorter bracket is not broken."""

OPENING, CLOSING = ("{", "(", "[", "\\{"), ("}", ")", "]", "\\}")

SIGNS = (("+", "-"), ("+", "-", "*"))
r"""Before what a line is broken: first before a sign only, then before a `\cdot` too."""


def pieces(latex: str, room: float) -> list[str]:
    r"""The formula in pieces that fit into `room`, cut before `+` and `-` outside all brackets; if
    that is not enough, inside brackets too or before `\cdot`, and at last inside brackets that grow
    (`\left(`), which then get a size of their own; whole where nothing helps.

    >>> pieces("a + b - (c + d)", 4)
    ['a + b', '- (c + d)']
    >>> pieces("a (b + c + d + e - f)", 8)
    ['a (b + c + d + e', '- f)']
    """
    if width(latex) <= room:
        return [latex]
    found = [latex]
    for way in _ways(latex, room):
        if all(width(piece) <= room for piece in way):
            return way
        found = min(found, way, key=_widest)
    return found


def _widest(found: Sequence[str]) -> float:
    return max(map(width, found))


def _ways(latex: str, room: float) -> Iterator[list[str]]:
    """The ways to cut a formula, the best one first."""
    for text in (latex, loosened(latex), loosened(loosened(latex))):
        for depth, signs in product(range(DEEPEST_CUT + 1), SIGNS):
            yield _pieces(text, room, depth, signs)


def loosened(latex: str) -> str:
    r"""The formula with brackets of a fixed size for those that grow, so that a line can end inside
    them; but not in a fraction or a script.

    >>> print(loosened(r"\left( \frac{a}{b} + c \right) \left( x + y \right)"))
    \biggl( \frac{a}{b} + c \biggr) ( x + y )
    """
    written, end = "", 0
    for opening, closing in _growing(latex):
        inside = latex[opening.at.stop : closing.at.start]
        size = ("\\biggl", "\\biggr") if tall(picture(inside)) else ("", "")
        written += latex[end : opening.at.start] + size[0] + opening.text
        written += inside + size[1] + closing.text
        end = closing.at.stop
    return written + latex[end:]


def _growing(latex: str) -> Iterator[tuple[Token, Token]]:
    r"""The pairs of `\left(` and `\right)`, or of square brackets, that stand in no other brackets
    that grow, nor in braces.
    """
    opened: list[Token] = []
    for token in tokenize(Formula(latex)):
        if _opens(token):
            opened.append(token)
        elif _closes(token) and opened:
            first = opened.pop()
            round_or_square = first.says("(", "[") and token.says(")", "]")
            if (
                all(map(_plain, opened))
                and first.side == "left"
                and token.side == "right"
                and round_or_square
            ):
                yield first, token


def _pieces(latex: str, room: float, depth: int, signs: tuple[str, ...]) -> list[str]:
    """Pieces, cut before these signs, inside at most `depth` brackets."""
    done: list[str] = []
    start = 0
    for cut, following in pairwise([*_cuts(latex, depth, signs), len(latex)]):
        if width(latex[start:following]) > room:
            done.append(latex[start:cut].strip())
            start = cut
    return [piece for piece in (*done, latex[start:].strip()) if piece]


def _cuts(latex: str, deepest: int, signs: tuple[str, ...]) -> list[int]:
    """Where a sign stands between two terms, inside at most `deepest` long brackets that TeX can
    break.
    """
    opened: list[tuple[bool, int, list[int]]] = [(True, 0, [])]
    previous: Token | None = None
    for token in tokenize(Formula(latex)):
        if token.kind == "space":
            continue
        if token.says(*signs) and previous is not None and _ends_term(previous):
            opened[-1][2].append(token.at.start)
        if _opens(token):
            opened.append((_plain(token), token.at.stop, []))
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


def _plain(token: Token) -> bool:
    """Whether it opens a bracket in which a line can end."""
    return token.says("(", "[") and not token.side


def _ends_term(token: Token) -> bool:
    """Whether a sign after this token stands between two terms."""
    return not (token.says("^", "_", *OPERATORS, *RELATIONS) or token.says(*OPENING))
