"""Quadratic forms that are positive for every vector but 0, and matrices of literal size.

*A definite part*. Let c > 0, all w_k > 0, and R >= 0 for every v. Then c sum_k w_k v_k^2 + R > 0
for v != 0: some v_k^2 is positive, and no summand is negative. The sum must run over all entries of
v. It is looked for among the summands as they stand, whose signs are easier to see, and in the
normal form.

*Minors* (Sylvester). A symmetric matrix is positive definite just when its leading principal minors
are positive, and positive semi-definite just when all its principal minors are not negative.
"""

from __future__ import annotations

from itertools import combinations

from sympy import Add, Expr, IndexedBase, Integer, Matrix, Mul, Sum

from cesym.errors import UnsupportedTerm
from cesym.prover.budget import Budget
from cesym.prover.cases import Case, in_tower
from cesym.prover.facts import Facts
from cesym.prover.inequalities import prove_sign
from cesym.prover.inequalities.plausible import plausible
from cesym.prover.inequalities.search import sign_in
from cesym.prover.interruptions import Split
from cesym.prover.rational import Polynomial, Ratio, used
from cesym.prover.relations import ENOUGH
from cesym.prover.tower import Tower
from cesym.terms.binders import substitute

LARGEST = 4
"""The largest matrix whose minors are written out."""


def positive_form(form: Expr, vector: IndexedBase, facts: Facts, budget: Budget) -> bool:
    """Whether `form` is proved to be positive for every value of `vector` but 0."""
    return _by_summands(form, vector, facts, budget) or _by_normal_form(form, vector, facts, budget)


def _by_summands(form: Expr, vector: IndexedBase, facts: Facts, budget: Budget) -> bool:
    for part in Add.make_args(form.expand()):
        sums = [f for f in Mul.make_args(part) if isinstance(f, Sum)]
        if len(sums) != 1 or part.atoms(Sum) != set(sums):
            continue
        weight = _weight(sums[0], vector, facts)
        if weight is None or sign_in(weight, facts, budget) != ">":
            continue
        if sign_in(part / sums[0], facts, budget) == ">":
            rest = form - part
            return rest == 0 or prove_sign(rest, ">=", facts, budget) is not None
    return False


def _by_normal_form(form: Expr, vector: IndexedBase, facts: Facts, budget: Budget) -> bool:
    def ask(tower: Tower, value: Ratio, _: Expr) -> bool:
        below = Ratio(tower.ring, value.denominator, tower.ring.one)
        return tower.signs.of(below) == ">" and any(
            _is_definite(tower, value.numerator, number, vector) for number in used(value.numerator)
        )

    try:
        return in_tower(Case((), form, facts), budget, ask)
    except (Split, UnsupportedTerm):
        return False


def _is_definite(tower: Tower, form: Polynomial, number: int, vector: IndexedBase) -> bool:
    """Whether a polynomial is c S + R, S the sum with this number."""
    total = tower.atoms[number]
    weight = _weight(total, vector, tower.facts) if isinstance(total, Sum) else None
    if weight is None or tower.signs.of_body(weight, ()) != ">":
        return False
    if int(form.degrees()[number]) != 1:
        return False
    inside, rest = {}, {}
    for exponents, coefficient in form.to_dict().items():
        other = tuple(0 if i == number else int(e) for i, e in enumerate(exponents))
        (inside if exponents[number] else rest)[other] = int(coefficient)
    factor, remainder = (tower.ring.polynomial(part) for part in (inside, rest))
    return (
        tower.signs.of(Ratio(tower.ring, factor, tower.ring.one)) == ">"
        and tower.signs.of(Ratio(tower.ring, remainder, tower.ring.one)) in ENOUGH[">="]
    )


def _weight(total: Sum, vector: IndexedBase, facts: Facts) -> Expr | None:
    """w_k, where a sum is that of w_k v_k^2 over all entries of the vector, w_k free of it."""
    declaration = facts.context.declaration_of(vector)
    assert declaration is not None
    sizes = [facts.context.size(axis) for axis in declaration.shape]
    if [limit[2] for limit in total.limits] != sizes or any(lo != 1 for _, lo, _ in total.limits):
        return None
    square = vector[tuple(limit[0] for limit in total.limits)] ** 2
    weight = Mul(*(f for f in Mul.make_args(total.function) if f != square))
    return weight if weight * square == total.function and not weight.has(vector) else None


def by_minors(
    entry: Expr, row: Expr, column: Expr, size: Expr, strict: bool, facts: Facts, budget: Budget
) -> bool:
    """Whether the minors of a symmetric matrix of small literal size, given by its entry, prove
    that it is positive definite (`strict`) or semi-definite.
    """
    if not isinstance(size, Integer) or size > LARGEST:
        return False
    places = range(1, int(size) + 1)
    rows = [
        [substitute(entry, {row: Integer(i), column: Integer(j)}) for j in places] for i in places
    ]
    relation = ">" if strict else ">="
    chosen = (
        [places[:n] for n in places]
        if strict
        else [c for n in places for c in combinations(places, n)]
    )
    return all(_holds(_minor(rows, part), relation, facts, budget) for part in chosen)


def _minor(rows: list[list[Expr]], chosen: tuple[int, ...] | range) -> Expr:
    """The determinant of the rows and columns chosen."""
    return Matrix([[rows[i - 1][j - 1] for j in chosen] for i in chosen]).det(method="berkowitz")


def _holds(term: Expr, relation: str, facts: Facts, budget: Budget) -> bool:
    return plausible(term, relation, facts.context, budget) and bool(
        prove_sign(term, relation, facts, budget)
    )
