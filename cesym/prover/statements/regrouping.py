"""A quadratic form as a sum of squares of linear forms: v'(X'CX)v = sum_k c_k (sum_i X_ki v_i)^2.

The form is a sum of products over several indices, of which two, i and j, are those of v. Where no
factor holds both, and the factors with i are those with j, what the others are for fixed remaining
indices is the weight of a square; the weights of one square add up. If no weight is negative, the
form is not negative. Reordering is free: all sums are finite, with limits that do not hang on other
indices.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sympy import Add, Dummy, Expr, Indexed, IndexedBase, Mul, S, Sum

from cesym.prover.budget import Budget
from cesym.prover.facts import Facts
from cesym.prover.inequalities.search import sign_in
from cesym.prover.relations import ENOUGH

MOST_PARTS = 200

Indices = dict[Expr, Expr]
"""Bound index -> the size of its range, which begins at 1."""

MARK = Dummy("i", integer=True, positive=True)
"""Stands for the index of the vector in a linear form."""


def is_sum_of_squares(form: Expr, vector: IndexedBase, facts: Facts, budget: Budget) -> bool:
    """Whether a quadratic form in a vector is proved to be a sum of squares, with weights that are
    not negative.
    """
    weights: dict[tuple[Expr, ...], list[Expr]] = defaultdict(list)
    for count, (factors, indices) in enumerate(_products(form, {})):
        budget.tick()
        found = _square(factors, indices, vector)
        if found is None or count >= MOST_PARTS:
            return False
        key, weight = found
        weights[key].append(weight)
    return all(sign_in(Add(*parts), facts, budget) in ENOUGH[">="] for parts in weights.values())


def _products(term: Expr, indices: Indices) -> Iterator[tuple[list[Expr], Indices]]:
    """The products whose sum over their indices `term` is: sums and brackets opened."""
    for part in Add.make_args(term.expand()):
        factors = list(_single(part))
        position = next((n for n, f in enumerate(factors) if isinstance(f, Sum)), None)
        if position is None:
            yield factors, indices
            continue
        rest = Mul(*(f for n, f in enumerate(factors) if n != position))
        body, inner = factors[position].function, dict(indices)
        limits = factors[position].limits
        moving = {*inner, *(limit[0] for limit in limits)}
        for bound, lower, upper in limits:
            if lower != 1 or upper.free_symbols & moving:
                yield [S.NaN], indices  # not of this kind
                return
            new = Dummy(bound.name, integer=True, positive=True)
            body = body.xreplace({bound: new})
            inner[new] = upper
        yield from _products(rest * body, inner)


def _single(part: Expr) -> Iterator[Expr]:
    """The factors of a product, squares of sums and of entries as two factors each."""
    for factor in Mul.make_args(part):
        base, exponent = factor.as_base_exp()
        if exponent == 2 and isinstance(base, Sum | Indexed):
            yield from (base, base)
        else:
            yield factor


def _square(
    factors: list[Expr], indices: Indices, vector: IndexedBase
) -> tuple[tuple[Expr, ...], Expr] | None:
    """(the square, its weight) of a product, None where it is no weight times a square.

    The remaining indices get names by their order, the same in every product: two products whose
    indices are named otherwise than they correspond only fail to add up.
    """
    entries = [f for f in factors if isinstance(f, Indexed) and f.base == vector]
    if len(entries) != 2 or any(len(entry.indices) != 1 for entry in entries):
        return None
    first, second = (entry.indices[0] for entry in entries)
    if first not in indices or indices.get(second) != indices[first]:
        return None
    outer = [index for index in indices if index not in (first, second)]
    if len(outer) > len(OUTER):
        return None
    names = dict(zip(outer, OUTER, strict=False))
    sizes = (indices[first], *(indices[index] for index in outer))
    if first == second:
        rest = [f for f in factors if f not in entries]
        return (vector[MARK], S.One, *sizes), Mul(*rest).xreplace({**names, first: MARK})
    linear: dict[Expr, list[Expr]] = {first: [], second: []}
    weight: list[Expr] = []
    for factor in factors:
        here = [index for index in linear if factor.has(index)]
        if len(here) == 2:
            return None
        (linear[here[0]] if here else weight).append(factor)
    one, two = (Mul(*linear[index]).xreplace({**names, index: MARK}) for index in (first, second))
    return ((one, S.Zero, *sizes), Mul(*weight).xreplace(names)) if one == two else None


OUTER = tuple(Dummy(f"k{n}", integer=True, positive=True) for n in range(4))
"""Stand for the indices that a weight may depend on."""
