"""Whether a term has a value at every point that meets some facts.

The certificates take for granted that nothing is divided by 0 and that no logarithm is of 0: the
side conditions of a claim say so of its domain. Of a *larger* domain, or of one variable that moves
while the others stay, they say nothing: `1/(a - b)` may jump there from -oo to oo.
"""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Expr, Pow, log, loggamma

from cesym.prover.budget import Budget
from cesym.prover.discharge import discharged
from cesym.prover.facts import Facts
from cesym.prover.relations import ENOUGH
from cesym.terms.conditions import Condition, of_power, positive
from cesym.terms.functions import TABLE, xlogy


def has_value_everywhere(term: Expr, facts: Facts, budget: Budget) -> bool:
    """Whether a settled term is proved to have a value wherever `facts` hold."""
    return all(discharged(condition, facts, budget) for condition in _conditions(term))


def _conditions(term: Expr) -> Iterator[Condition]:
    """What must hold so that every part of a settled term has a value.

    Bound indices stand for all their values, and the branches of a case distinction are asked
    for everywhere, which can only ask for too much.
    """
    for part in term.atoms(Pow, log, loggamma, xlogy):
        if isinstance(part, Pow):
            yield from of_power(part.base, part.exp)
        elif isinstance(part, xlogy):
            yield from TABLE["xlogy"].conditions(*part.args)
        else:
            yield positive(part.args[0], "")


def has_no_pole(term: Expr, facts: Facts, budget: Budget) -> bool:
    """Whether nothing in `term` is divided by 0, or is 0 to a power that may be negative."""
    from cesym.prover.inequalities.search import sign_in

    return all(
        sign_in(part.base, facts, budget) in ENOUGH["!="]
        for part in term.atoms(Pow)
        if not part.base.is_Rational and part.exp.is_nonnegative is not True
    )
