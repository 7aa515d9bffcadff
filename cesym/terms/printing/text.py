r"""Pieces of LaTeX that know how tightly they hold together, and the walk over a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise
from typing import Any

from sympy import Add, Basic

from cesym.errors import UnsupportedTerm
from cesym.terms.printing.names import Scope


class Level(IntEnum):
    """How tightly a text holds together: what needs brackets around which text."""

    SUM = 0
    PRODUCT = 1
    OPEN = 2
    r"""Ends where the product ends: `\log x`, `\sum_k x_k`."""
    APPLIED = 3
    r"""`\log(1 - x)`: a factor; not a base, and no bracket may follow."""
    POWER = 4
    FRACTION = 5
    ATOM = 6
    """`y`, `J(y, s)`, `(1 - y)`: a factor and a base."""


@dataclass(frozen=True, slots=True)
class Text:
    """Some LaTeX. `brackets`: how many are inside each other; `tall`: higher than a line."""

    latex: str
    level: Level = Level.ATOM
    brackets: int = 0
    tall: bool = False

    def enclosed(self) -> Text:
        """In brackets: round ones, and square ones around round ones."""
        left, right = "()" if self.brackets % 2 == 0 else "[]"
        return Text(between(left, self, right), Level.ATOM, self.brackets + 1, self.tall)


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes terms: looks their heads up in `printers`.

    `inline`: fractions are written `a/b`, for exponents. `pulled`: a sign that all terms of a sum
    have is written before it; not so inside brackets.
    """

    scope: Scope
    printers: Mapping[type, Callable[[Writer, Any], Text]]
    inline: bool = False
    pulled: bool = True

    def write(self, term: Basic) -> Text:
        """Any term. Raises UnsupportedTerm for a head that has no printer."""
        for head in type(term).__mro__:
            if head in self.printers:
                return self.printers[head](self, term)
        raise UnsupportedTerm("{term} cannot be written in LaTeX", term=str(term))

    def within(self, scope: Scope) -> Writer:
        """A writer for a scope inside this one."""
        return replace(self, scope=scope)

    def at_least(self, level: Level, term: Basic) -> Text:
        """`term`, in brackets unless it holds together well enough."""
        text = self.write(term)
        return text if text.level >= level else self.enclosed(term)

    def enclosed(self, term: Basic) -> Text:
        """`term` in brackets."""
        if isinstance(term, Add):
            return replace(self, pulled=False).write(term).enclosed()
        return self.write(term).enclosed()

    def called(self, function: str, arguments: Iterable[Basic], separator: str = ", ") -> Text:
        """`f(x, y)`, always with round brackets; those around simple arguments do not count."""
        inside = joined(separator, [self.write(argument) for argument in arguments], Level.SUM)
        depth = inside.brackets + (inside.level < Level.FRACTION)
        latex = function + between("(", inside, ")")
        return Text(latex, Level.ATOM, depth if depth > 1 else 0, inside.tall)


def between(left: str, inside: Text, right: str) -> str:
    """Text between delimiters that grow only when it is tall."""
    if inside.tall:
        return rf"\left{left} {inside.latex} \right{right}"
    space = " " if left.startswith("\\") else ""
    return f"{left}{space}{inside.latex}{space}{right}"


def joined(separator: str, texts: Sequence[Text], level: Level) -> Text:
    """Texts in a row, as tall and as deep as the tallest and deepest; one alone keeps its level."""
    return Text(
        separator.join(text.latex for text in texts),
        texts[0].level if len(texts) == 1 else level,
        max(text.brackets for text in texts),
        any(text.tall for text in texts),
    )


def beside(texts: Sequence[Text]) -> Text:
    """Factors side by side, with a dot where two of them could be read as one thing."""
    if len(texts) == 1:
        return texts[0]
    written = texts[0].latex
    for before, after in pairwise(texts):
        bracket = after.latex.startswith(("(", "[", r"\left(", r"\left["))
        called = before.level == Level.APPLIED or before.latex.endswith(r"\sigma")
        dot = after.latex[0].isdigit() or (bracket and called)
        written += (r" \cdot " if dot else " ") + after.latex
    level = Level.OPEN if texts[-1].level == Level.OPEN else Level.PRODUCT
    return replace(joined("", texts, level), latex=written)


def braced(text: str) -> str:
    """The argument of `^` or `_`: one character needs no braces."""
    return text if len(text) == 1 else f"{{{text}}}"
