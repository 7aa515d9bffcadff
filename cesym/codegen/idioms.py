"""Rewritings of a program that change no result at finite arguments, not even its rounding.

They make it faster, or right at infinite arguments too. What each needs is shown by the bounds of
its operands; without it the program stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from cesym.codegen.intervals import LARGEST
from cesym.codegen.nodes import Node, number, operation
from cesym.codegen.stability import values
from cesym.terms.domains import Declaration

HUGE = Fraction(2) ** 512
"""What may be as large as this may be infinite at infinite arguments."""

Declarations = Sequence[Declaration]

Idiom = Callable[[Node, Declarations], Node]


def apply_idioms(
    node: Node, declarations: Declarations, idioms: Sequence[Idiom] | None = None
) -> Node:
    """`node` with every idiom applied, from the leaves up; all there are if none are given."""
    if node.is_leaf:
        return node
    operands = tuple(apply_idioms(operand, declarations, idioms) for operand in node.operands)
    found = operation(node.head, *operands)
    for idiom in IDIOMS if idioms is None else idioms:
        found = idiom(found, declarations)
    return found


def _one_or_less(node: Node, declarations: Declarations) -> Node:
    """`where(test, 1, b)` is max(b, test) when 0 <= b <= 1: no branch, a third of the time."""
    if node.head != "where" or node.operands[1] != number(1):
        return node
    test, _, other = node.operands
    found = values(other, declarations)
    if found is None or found.low < 0 or found.high > 1:
        return node
    return operation("max", other, test)


def weighed(node: Node, declarations: Declarations) -> Node:
    """A product `0 * inf` is nan, though the limit of what it stands for is 0: see `weigh`."""
    if node.head != "*":
        return node
    found = [values(operand, declarations) for operand in node.operands]
    for (weight, size), operands in (
        (found, node.operands),
        (found[::-1], node.operands[::-1]),
    ):
        if weight is None or size is None:
            return node
        counts = weight.low >= 0 or weight.largest < HUGE
        if 0 in weight and counts and size.largest >= HUGE:
            return operation("weigh", *operands)
    return node


def _dominant(node: Node, declarations: Declarations) -> Node:
    """`exp(s) - y s` is inf - inf at s = inf, and nan; its limit is that of the exponential."""
    if node.head not in ("+", "-"):
        return node
    found = [values(operand, declarations) for operand in node.operands]
    for known, large, other, rest in zip(
        found, node.operands, found[::-1], node.operands[::-1], strict=True
    ):
        if known is None or other is None or rest.is_leaf or not grows(large) or grows(rest):
            continue
        positive = known.low >= 0 and not (node.head == "-" and large is node.operands[1])
        falls = other.high >= HUGE if node.head == "-" else other.low <= -HUGE
        if positive and known.overflows and falls:
            test = operation(">", large, number(LARGEST))
            return operation("where", test, large, node)
    return node


def grows(node: Node) -> bool:
    """Whether an exponential is in it."""
    return any(part.head == "exp" for part in node.walk())


LIMITS: tuple[Idiom, ...] = (weighed, _dominant)
"""Those without which infinite arguments would give nan."""

IDIOMS: tuple[Idiom, ...] = (_one_or_less, *LIMITS)
