r"""Relations beside `iff`, and properties, as textbook LaTeX and in the plain language.

A property brings its words along, `\text{ is convex in } s`; what it is said of stands before it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sympy import Basic

from cesym.terms.printing.plain_text import Level as PlainLevel
from cesym.terms.printing.plain_text import Text as PlainText
from cesym.terms.printing.text import Level, Text, Writer
from cesym.terms.statements import RELATIONS, ConvexIn, Definite, Statement, parts_of

if TYPE_CHECKING:
    from cesym.terms.printing.plain import Writer as Writing

SIGNS = {"==": "=", "<=": r"\le", "<": "<"}
"""Operator of a relation -> its sign in LaTeX."""

WORDS = {(1, 0): "is convex in", (1, 1): "is strictly convex in",
         (-1, 0): "is concave in", (-1, 1): "is strictly concave in"}  # fmt: skip
"""Sign and strictness of `ConvexIn` -> the words before its variable."""

CALLS = {(1, 0): "convex", (1, 1): "strictly_convex",
         (-1, 0): "concave", (-1, 1): "strictly_concave"}  # fmt: skip
"""The same -> the call of the plain language."""


def relation(writer: Writer, term: Statement) -> Text:
    r"""`a = b`, `a \le b`."""
    left, operator, right = parts_of(term)
    sides = (writer.write(left).latex, writer.write(right).latex)
    return Text(f"{sides[0]} {SIGNS[operator]} {sides[1]}", Level.OPEN)


def convex(writer: Writer, term: ConvexIn) -> Text:
    r"""`\text{ is convex in } s`."""
    variable, sign, strict = term.args
    words = WORDS[int(str(sign)), int(str(strict))]
    return Text(rf"\text{{ {words} }} {writer.write(variable).latex}", Level.OPEN)


def definite(_writer: Writer, term: Definite) -> Text:
    r"""`\succeq 0`."""
    return Text(r"\succ 0" if term.args[-1] == 1 else r"\succeq 0", Level.OPEN)


LATEX: dict[type[Basic], Callable[..., Text]] = {
    **dict.fromkeys(RELATIONS, relation),
    ConvexIn: convex,
    Definite: definite,
}
"""Head -> printer of LaTeX."""


def plain_relation(writer: Writing, term: Statement) -> PlainText:
    """`a == b`."""
    left, operator, right = parts_of(term)
    sides = (writer.write(left).plain, writer.write(right).plain)
    return PlainText(f"{sides[0]} {operator} {sides[1]}", PlainLevel.SUM)


def call_of(term: ConvexIn) -> str:
    """The call of the plain language that states the property."""
    _, sign, strict = term.args
    return CALLS[int(str(sign)), int(str(strict))]


def plain_convex(writer: Writing, term: ConvexIn) -> PlainText:
    """`convex in s`: the words for a property whose left side is not at hand."""
    name = call_of(term).replace("_", " ")
    return PlainText(f"{name} in {writer.write(term.args[0]).plain}", PlainLevel.SUM)


def plain_definite(_writer: Writing, term: Definite) -> PlainText:
    """`positive semi-definite`."""
    words = "positive definite" if term.args[-1] == 1 else "positive semi-definite"
    return PlainText(words, PlainLevel.SUM)


PLAIN: dict[type[Basic], Callable[..., PlainText]] = {
    **dict.fromkeys(RELATIONS, plain_relation),
    ConvexIn: plain_convex,
    Definite: plain_definite,
}
"""Head -> printer of plain text."""
