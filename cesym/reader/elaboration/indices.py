"""Entries of vectors, and sums and products over an index."""

from __future__ import annotations

from sympy import Dummy, Expr, Integer, Product, S, Sum

from cesym.messages import N_
from cesym.reader.elaboration.arrays import Array, Pick
from cesym.reader.elaboration.walk import Bound, Frame, Walk, value
from cesym.reader.syntax import BigOperator, Name, Node, Number, Subscript
from cesym.terms.binders import substitute
from cesym.terms.conditions import Condition, nonnegative

LITERAL_TERMS = 1000
"""The longest sum or product between literal limits that is written out."""


@value.register
def _(node: Subscript, walk: Walk) -> Expr:
    base = walk.value(node.base)
    if not isinstance(base, Array):
        raise walk.error(
            node, "a number has no entries", "declare it as a vector, or use another name"
        )
    if len(node.indices) != len(base.sizes):
        raise walk.error(node, "this has {count} subscripts", count=len(base.sizes))
    indices = []
    for index, size in zip(node.indices, base.sizes, strict=True):
        indices.append(index_of(index, walk))
        walk.require(*within(index, size, walk))
    entry = base.at(*indices)
    if entry.has(Pick):
        raise walk.error(
            node, "the index of a vector whose entries are listed is a number", "such as 1"
        )
    return entry


def index_of(node: Node, walk: Walk) -> Expr:
    """An index: a bound or declared one, or a positive literal."""
    if isinstance(node, Number) and node.value.denominator == 1 and node.value > 0:
        return Integer(int(node.value))
    if isinstance(node, Name) and (
        node.name in walk.scope or walk.context.kind(node.name) == "index"
    ):
        return walk.scalar(node)
    raise walk.error(
        node, "an index is expected here", "a declared or summed index, or a number from 1 up"
    )


def within(node: Node, size: Expr, walk: Walk, *, first: Expr = S.One) -> tuple[Condition, ...]:
    """That an index stays within `first`..`size`."""
    lower, upper = _reach(node, walk)
    return tuple(
        nonnegative(margin, N_("index in range"))
        for margin in (lower - first, size - upper)
        if margin.is_nonnegative is not True
    )


def _reach(node: Node, walk: Walk) -> tuple[Expr, Expr]:
    """The least and the greatest value of an index."""
    if isinstance(node, Name) and node.name in walk.scope:
        return walk.scope[node.name].lower, walk.scope[node.name].upper
    if isinstance(node, Name):
        return S.One, walk.context.ranges()[walk.context.symbol(node.name)]
    literal = index_of(node, walk)
    return literal, literal


@value.register
def _(node: BigOperator, walk: Walk) -> Expr:
    lower, upper = walk.scalar(node.lower), walk.scalar(node.upper)
    if not (lower.is_integer and upper.is_integer):
        raise walk.error(node, "the limits of a sum are integers")
    symbol = _index_from(node.index, lower)
    with walk.collect() as frame:
        body = _under(Bound(symbol, lower, upper), node, walk)
    if lower.is_Integer and upper.is_Integer:
        return _written_out(node, walk, body, symbol, range(int(lower), int(upper) + 1), frame)
    walk.require(*(condition.bind(symbol, lower, upper) for condition in frame.conditions))
    walk.kinked(*(kink.bind(symbol, lower, upper) for kink in frame.kinks))
    if node.excluded is not None:
        if node.kind != "sum":
            raise walk.error(node, "a product that leaves out an index is not supported yet")
        walk.require(*within(node.excluded, upper, walk, first=lower))
        left_out = substitute(body, {symbol: index_of(node.excluded, walk)})
        return Sum(body, (symbol, lower, upper)) - left_out
    return (Sum if node.kind == "sum" else Product)(body, (symbol, lower, upper))


def _index_from(name: str, lower: Expr) -> Dummy:
    """A new index of which SymPy may assume what its lower limit says, and no more."""
    if lower.is_positive:
        return Dummy(name, integer=True, positive=True)
    if lower.is_nonnegative:
        return Dummy(name, integer=True, nonnegative=True)
    return Dummy(name, integer=True)


def _under(bound: Bound, node: BigOperator, walk: Walk) -> Expr:
    """The body of a sum or product, with its index in scope."""
    outer = walk.scope.get(node.index)
    walk.scope[node.index] = bound
    try:
        return walk.scalar(node.body)
    finally:
        if outer is None:
            del walk.scope[node.index]
        else:
            walk.scope[node.index] = outer


def _written_out(
    node: BigOperator, walk: Walk, body: Expr, symbol: Dummy, values: range, frame: Frame
) -> Expr:
    """A sum or product between literal limits, term by term."""
    if len(values) > LITERAL_TERMS:
        raise walk.error(
            node,
            "more than {count} terms",
            "use a symbol for the upper limit",
            count=LITERAL_TERMS,
        )
    excluded = index_of(node.excluded, walk) if node.excluded is not None else None
    if excluded is not None and not excluded.is_Integer:
        raise walk.error(node, "between literal limits the index left out must be a literal too")
    kept = [{symbol: Integer(number)} for number in values if number != excluded]
    for replacements in kept:
        walk.require(*(condition.instantiate(replacements) for condition in frame.conditions))
        walk.kinked(*(kink.instantiate(replacements) for kink in frame.kinks))
    result = S.Zero if node.kind == "sum" else S.One
    for replacements in kept:
        term = substitute(body, replacements)
        result = result + term if node.kind == "sum" else result * term
    return result
