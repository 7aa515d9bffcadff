"""From which sides a target can be reached within the domain of the variable, and what holds near
it.
"""

from __future__ import annotations

from fractions import Fraction

from sympy import Expr, Rational, Symbol, oo

from cesym.errors import UnsupportedTerm
from cesym.prover.budget import Budget
from cesym.prover.discharge import discharged
from cesym.prover.facts import Facts
from cesym.prover.limits.constants import Constants
from cesym.prover.limits.known import ABOVE, BELOW, near
from cesym.prover.limits.rewriting import SIGNS, Rewriting
from cesym.prover.limits.undecided import Undecided
from cesym.prover.relations import holds
from cesym.terms.binders import fresh_like
from cesym.terms.conditions import Condition, Fact
from cesym.terms.domains import Interval

LONGEST_RANGE = 20
"""Values of a bound index that are looked at one by one."""


def sides(
    domain: Interval, target: Expr, side: int, facts: Facts, budget: Budget
) -> tuple[int, ...]:
    """The sides from which `target` is approached; none when it can not be reached from there.

    Where the question is two-sided, an end of the domain is reached from inside.

    >>> from fractions import Fraction
    >>> from sympy import S
    >>> from cesym.terms.context import Context
    >>> sides(Interval(Fraction(0)), S.Zero, 0, Facts(Context()), Budget())
    (1,)
    """
    if target in (oo, -oo):
        end = domain.upper if target is oo else domain.lower
        return (0,) if end is None else ()
    if domain.integer:
        return ()
    lower = None if domain.lower is None else _rational(domain.lower)
    upper = None if domain.upper is None else _rational(domain.upper)
    constants = Constants(facts, budget)
    from_lower = ">" if lower is None else constants.order(target, lower)
    to_upper = ">" if upper is None else constants.order(upper, target)
    if "<" in (from_lower, to_upper):
        return ()
    found = []
    if from_lower == ">" and side in (0, BELOW):
        found.append(BELOW)
    if to_upper == ">" and side in (0, ABOVE):
        found.append(ABOVE)
    return tuple(found)


def _rational(number: Fraction) -> Rational:
    return Rational(number.numerator, number.denominator)


def holds_near(
    condition: Condition, x: Symbol, target: Expr, side: int, facts: Facts, budget: Budget
) -> bool:
    """Whether a condition is proved on the whole domain, or else near the target (not at it)."""
    if not condition.mentions(x) and not any(
        b.lower.has(x) or b.upper.has(x) for b in condition.binders
    ):
        return discharged(condition, facts, budget) or _near(
            condition, x, target, side, facts, budget
        )
    return _near(condition, x, target, side, facts, budget) or discharged(condition, facts, budget)


def _near(
    condition: Condition, x: Symbol, target: Expr, side: int, facts: Facts, budget: Budget
) -> bool:
    """The same, by the leading terms of the facts in the condition."""
    if condition.binders:
        first, *rest = condition.binders
        inner = Condition(condition.alternatives, tuple(rest), condition.guards, condition.why)
        values = _values(first.lower, first.upper)
        if not values:
            if not (first.lower.is_Integer and first.lower >= 1):
                return False
            values = [fresh_like(first.index)]
        return all(
            _near(inner.instantiate({first.index: value}), x, target, side, facts, budget)
            for value in values
        )

    def known(fact: Fact) -> bool | None:
        try:
            expansion = Rewriting(facts, budget)
            found = expansion.sign(near(fact.term, x, target, side, expansion))
        except (Undecided, UnsupportedTerm):
            return None
        return holds(fact.relation, SIGNS[found])

    return any(known(guard) is False for guard in condition.guards) or any(
        known(fact) for fact in condition.alternatives
    )


def _values(lower: Expr, upper: Expr) -> list[Expr]:
    """The values of an index between literal ends, none where there are too many or they are no
    literals.
    """
    if not (lower.is_Integer and upper.is_Integer) or upper - lower >= LONGEST_RANGE:
        return []
    return [lower + n for n in range(int(upper - lower) + 1)]
