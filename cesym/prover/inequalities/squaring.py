"""Square roots: c sqrt(r) + b >= 0 because c^2 r >= b^2, for c >= 0, or because b^2 >= c^2 r, for
c <= 0 and b >= 0.

For then c sqrt(r) >= |b| >= -b, or b >= |c| sqrt(r) = -c sqrt(r); with > likewise. That r >= 0 is a
condition of the text.
"""

from __future__ import annotations

from sympy import Add, Expr, Mul, Pow, S

from cesym.messages import Message
from cesym.prover.budget import Budget
from cesym.prover.facts import Facts
from cesym.prover.inequalities.search import prove_sign, sign_in
from cesym.prover.relations import ENOUGH


def by_squaring(term: Expr, relation: str, facts: Facts, budget: Budget) -> Message | None:
    """How `term relation 0` is proved without its square root, or product of square roots; None
    when it is not.
    """
    parts = Add.make_args(term.expand())
    rooted = [part for part in parts if _roots(part)]
    if not rooted:
        return None
    root = Mul(*_roots(rooted[0]))
    factor = Add(*(part / root for part in rooted))
    if _roots(factor):
        return None
    rest = Add(*(part for part in parts if part not in rooted))
    gap, sign = factor**2 * root**2 - rest**2, sign_in(factor, facts, budget)
    if sign in ENOUGH[">="]:
        return prove_sign(gap, relation, facts, budget)
    if sign in ENOUGH["<="] and prove_sign(rest, ">=", facts, budget):
        return prove_sign(-gap, relation, facts, budget)
    return None


def _roots(term: Expr) -> set[Pow]:
    """The square roots in a term, but for those of numbers."""
    return {part for part in term.atoms(Pow) if part.exp == S.Half and not part.base.is_number}
