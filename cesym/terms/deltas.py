"""Kronecker deltas, which entries of vectors leave behind in derivatives, removed exactly."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sympy import Expr, KroneckerDelta, S, Sum, Symbol

from cesym.terms.binders import freshen
from cesym.terms.building import contains, with_arguments

EMPTY: Mapping[Expr, Expr] = MappingProxyType({})

Ranges = Mapping[Expr, Expr]
"""Index -> size K of its range 1..K."""


def eliminate_deltas(term: Expr, ranges: Ranges = EMPTY) -> Expr:
    """Every sum over a Kronecker delta of its index, carried out: sum_k F(delta_kj) = F(1)|k=j -
    F(0)|k=j + sum_k F(0).

    That needs j in the range of the sum. Where `ranges` does not say so, the delta is left alone.
    """
    return without_deltas(freshen(term), ranges) if contains(term, KroneckerDelta) else term


def without_deltas(term: Expr, ranges: Ranges) -> Expr:
    """`eliminate_deltas` of a term in which no index is bound inside the range of its own name.

    That is so after `freshen`, and then stays so: a derivative has parts of its term beside each
    other and never inside each other's sums, and a sum that is carried out takes them out of one.
    """
    if not contains(term, KroneckerDelta):
        return term
    return without_empty_sums(_eliminate(term, ranges))


def _eliminate(term: Expr, ranges: Ranges) -> Expr:
    if not contains(term, KroneckerDelta):
        return term
    if isinstance(term, Sum):
        return _eliminate_in_sum(term, ranges)
    return with_arguments(term, [_eliminate(argument, ranges) for argument in term.args])


def _eliminate_in_sum(term: Sum, ranges: Ranges) -> Expr:
    inside = {**ranges, **{b: up for b, lo, up in term.limits if lo == 1}}
    body = _eliminate(term.function, inside)
    for bound, lower, upper in term.limits:
        body = _eliminate_index(body, bound, lower, upper, inside)
    return body


def _eliminate_index(body: Expr, bound: Symbol, lower: Expr, upper: Expr, ranges: Ranges) -> Expr:
    """sum over `bound` of `body`, one delta of `bound` after the other."""
    if body == 0:
        return S.Zero
    for delta in sorted(body.atoms(KroneckerDelta), key=str):
        other = _partner(delta, bound)
        if other is None or not _lies_in(other, lower, upper, ranges) or not _free_in(body, other):
            continue
        there = body.xreplace({delta: S.One}).xreplace({bound: other})
        without = body.xreplace({delta: S.Zero})
        missing = without.xreplace({bound: other})
        rest = _eliminate_index(without, bound, lower, upper, ranges)
        return _eliminate(there, ranges) - _eliminate(missing, ranges) + rest
    return Sum(body, (bound, lower, upper))


def _partner(delta: KroneckerDelta, bound: Symbol) -> Expr | None:
    first, second = delta.args
    if first == bound:
        return second
    return first if second == bound else None


def _free_in(body: Expr, index: Expr) -> bool:
    """Whether the partner index means the same outside `body`: it is not bound inside."""
    return index.is_Integer or index in body.free_symbols


def _lies_in(index: Expr, lower: Expr, upper: Expr, ranges: Ranges) -> bool:
    """Whether `index` is sure to lie in lower..upper."""
    if lower != 1:
        return False
    last = index if index.is_Integer else ranges.get(index)
    return (
        last is not None
        and (index.is_Symbol or index >= 1)
        and (upper - last).is_nonnegative is True
    )


def without_empty_sums(term: Expr) -> Expr:
    """`term` without sums over 0, which SymPy keeps."""
    return term.replace(lambda part: isinstance(part, Sum) and part.function == 0, lambda _: S.Zero)
