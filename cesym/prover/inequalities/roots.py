"""Points at which a term may vanish: candidates, of which nothing is believed."""

from __future__ import annotations

from sympy import Expr, log

from cesym.errors import UnsupportedTerm
from cesym.prover.atoms import ExpOf, LogAbs
from cesym.prover.budget import Budget
from cesym.prover.cases import Case, in_tower
from cesym.prover.facts import Facts
from cesym.prover.inequalities.elementary import elementary
from cesym.prover.interruptions import Split
from cesym.prover.rational import Polynomial, Ratio, used
from cesym.prover.tower import Tower


def roots_of(term: Expr, variable: Expr, facts: Facts, budget: Budget) -> list[Expr]:
    """Roots of the factors that are linear in the variable or in a power of its exponential; of a
    factor with logarithms, after exponentiating.
    """

    def ask(tower: Tower, value: Ratio, _: Expr) -> list[Expr]:
        found = []
        for factor, exponent in tower.factors(value)[1]:
            if exponent > 0:
                found += _linear_roots(tower, factor, variable)
                found += _exponential_roots(tower, factor, variable)
        return found

    try:
        return in_tower(Case((), term, facts), budget, ask)
    except (Split, UnsupportedTerm):
        return []


def _exponential_roots(tower: Tower, factor: Polynomial, variable: Expr) -> list[Expr]:
    if not any(isinstance(tower.atoms[i], LogAbs) for i in used(factor)):
        return []
    power = tower.exponential(Ratio(tower.ring, factor, tower.ring.one)) - tower.constant(1)
    if power.is_zero:
        return []
    parts = tower.factors(power)[1]
    return [root for part, e in parts if e > 0 for root in _linear_roots(tower, part, variable)]


def _linear_roots(tower: Tower, factor: Polynomial, variable: Expr) -> list[Expr]:
    found = []
    for atom, back in ((variable, lambda root, _: root), (ExpOf(variable), _logarithm)):
        number = tower.numbers.get(atom)
        if number is None:
            continue
        degree = int(factor.degrees()[number])
        powers = {int(exponents[number]) for exponents in factor.to_dict()}
        if not degree or not powers <= {0, degree} or (degree > 1 and back is not _logarithm):
            continue
        others = [tower.atoms[i] for i in used(factor) if i != number]
        if any(other.has(variable) for other in others):
            continue
        zero = tower.replace(factor, number, tower.ring.zero)
        lead = tower.replace(factor, number, tower.ring.one) - zero
        root = elementary(tower, -Ratio(tower.ring, zero, lead))
        if root is not None and not (back is _logarithm and root.is_zero):
            found.append(back(root, degree))
    return found


def _logarithm(root: Expr, degree: int) -> Expr:
    """x for e^(degree x) = root."""
    return log(root) / degree
