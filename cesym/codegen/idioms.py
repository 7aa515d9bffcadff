"""Rewritings of a program that change no result at finite arguments, not even its rounding.

They make it faster, or right at infinite arguments too. What each needs is shown by the bounds of
its operands; without it the program stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

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
        if 0 in weight and weight.largest < HUGE <= size.largest:
            return operation("weigh", *operands)
    return node


IDIOMS: tuple[Idiom, ...] = (_one_or_less, weighed)
