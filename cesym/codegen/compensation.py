"""Programs that keep what rounding takes: sums in which digits would be lost, made good.

A rewriting here changes no value, only what rounding does to it, and `lowering.meaning` reads the
same term out of both programs; that is looked at each time. It is used where the a priori bound is
then smaller, or as small. For float formats without a fused multiply-add, errors are found by
operations alone: Dekker, A floating-point technique for extending the available precision (1971);
Ogita, Rump and Oishi, Accurate sum and dot product (2005), algorithms 3.1, 3.3 and 4.1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import reduce

from sympy import Symbol, expand

from cesym.codegen.elementary import Unbounded
from cesym.codegen.idioms import HUGE
from cesym.codegen.lowering import meaning
from cesym.codegen.nodes import ARGUMENT, NUMBER, Node, operation
from cesym.codegen.stability import Shown, show, values
from cesym.terms.domains import Declaration

Declarations = Sequence[Declaration]


def compensate(node: Node, declarations: Declarations) -> Node:
    """`node` with its sums made good where that helps, from the leaves up.

    >>> from cesym.codegen.nodes import argument, number
    >>> from cesym.terms.domains import UNIT, Declaration
    >>> t = argument("t")
    >>> square = operation("+", number(1), operation("*", t, operation("+", number(2), t)))
    >>> compensate(square, [Declaration("t", UNIT)]).head
    'total'
    """
    if node.is_leaf:
        return node
    operands = tuple(compensate(operand, declarations) for operand in node.operands)
    found = operation(node.head, *operands)
    for propose in COMPENSATIONS:
        other = propose(found, declarations)
        if (
            other is not None
            and _same_value(found, other)
            and _no_worse(found, other, declarations)
        ):
            return other
    return found


def _horner(node: Node, _declarations: Declarations) -> Node | None:
    """`a + x (b + r)` as the sum of a, b x and x r, a and b numbers."""
    if node.head != "+" or node.operands[0].head != NUMBER or node.operands[1].head != "*":
        return None
    first, (x, inner) = node.operands[0], node.operands[1].operands
    if inner.head == "+" and inner.operands[0].head == NUMBER:
        second, rest = inner.operands
        return operation("total", first, operation("*", second, x), operation("*", x, rest))
    if inner.head == "total" and inner.operands[0].head == NUMBER:
        parts = (operation("*", x, part) for part in inner.operands)
        return operation("total", first, *parts)
    return None


def _difference_of_products(node: Node, declarations: Declarations) -> Node | None:
    """`a b - c d`, with what the rounding of a, b, c, d and of the products took added again.

    Near a root of the difference that is all that is left. Not where a factor may be infinite: the
    error of an infinite sum is no number.
    """
    if node.head != "-" or any(operand.head != "*" for operand in node.operands):
        return None
    factors = [factor for operand in node.operands for factor in operand.operands]
    found = [values(factor, declarations) for factor in factors]
    if any(known is None or known.largest >= HUGE for known in found):
        return None
    a, b, c, d = factors
    lost = operation("-", operation("product_error", a, b), operation("product_error", c, d))
    left, right = (_lost_in_factors(*operand.operands) for operand in node.operands)
    lost = reduce(lambda total, part: operation("+", total, part), left, lost)
    lost = reduce(lambda total, part: operation("-", total, part), right, lost)
    plus, minus = node.operands
    return operation("total", plus, operation("neg", minus), lost)


def _lost_in_factors(a: Node, b: Node) -> Iterator[Node]:
    """What a product lacks because a factor is a rounded sum of exact numbers, as 1 - y is."""
    for factor, other in ((a, b), (b, a)):
        if factor.head in ("+", "-") and all(o.is_leaf for o in factor.operands):
            one, two = factor.operands
            two = two if factor.head == "+" else operation("neg", two)
            yield operation("*", operation("sum_error", one, two), other)


COMPENSATIONS: tuple[Callable[[Node, Declarations], Node | None], ...] = (
    _horner,
    _difference_of_products,
)


def _same_value(node: Node, other: Node) -> bool:
    names = {str(part.leaf) for part in node.walk() if part.head == ARGUMENT}
    symbols = {name: Symbol(name, real=True) for name in names}
    return expand(meaning(node, symbols) - meaning(other, symbols)) == 0


def _no_worse(node: Node, other: Node, declarations: Declarations) -> bool:
    before, after = _shown(node, declarations), _shown(other, declarations)
    if after is None:
        return False
    # Where a label may be anything there is a bound for neither; then that of 0 and 1 is kept.
    return before is None or (after.rank, after.ulps) <= (before.rank, before.ulps)


def _shown(node: Node, declarations: Declarations) -> Shown | None:
    try:
        return show(node, declarations)
    except Unbounded:
        return None
