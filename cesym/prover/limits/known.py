"""What is known of a limit, and how a term is brought onto the scale."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, S, Symbol, nan, oo, zoo

from cesym.errors import UnsupportedTerm
from cesym.messages import Message, message
from cesym.prover.budget import Budget
from cesym.prover.facts import Facts
from cesym.prover.interruptions import Split
from cesym.prover.limits.constants import Constants
from cesym.prover.limits.rewriting import Rewriting
from cesym.prover.limits.undecided import Undecided

ABOVE, BELOW = 1, -1

NONSENSE = (zoo, nan, oo, -oo, S.ImaginaryUnit)


@dataclass(frozen=True, slots=True)
class Known:
    """A proved limit: a term free of the variable, oo or -oo. None when there is none, and `reason`
    says why.
    """

    value: Expr | None
    reason: Message | None = None


def limit(
    term: Expr, x: Symbol, target: Expr, side: int, facts: Facts, budget: Budget
) -> Known | None:
    """The limit of a settled term as x tends to `target`, a term or oo or -oo, from `side`: 1 from
    above, -1 from below, 0 from both sides. None where it is not proved, also where it depends on a
    case distinction.

    >>> from sympy import exp, log
    >>> from cesym.terms.context import Context
    >>> x = Symbol("x", real=True)
    >>> facts, budget = Facts(Context()), Budget()
    >>> limit((exp(x) - 1) / x, x, S.Zero, 0, facts, budget)
    Known(value=1, reason=None)
    >>> limit(log(x) / x, x, oo, 0, facts, budget).value
    0
    >>> str(limit(1 / x, x, S.Zero, 0, facts, budget).reason)
    'from below the limit is -oo, from above oo'
    """
    try:
        if side != 0 or target in (oo, -oo):
            return Known(one_sided(term, x, target, side, facts, budget))
        below, above = (one_sided(term, x, target, s, facts, budget) for s in (BELOW, ABOVE))
        if same(below, above, facts, budget):
            return Known(above)
        reason = message(
            "from below the limit is {below}, from above {above}",
            below=str(below),
            above=str(above),
        )
        return Known(None, reason)
    except (Undecided, Split, UnsupportedTerm):
        return None


def one_sided(term: Expr, x: Symbol, target: Expr, side: int, facts: Facts, budget: Budget) -> Expr:
    """The limit from one side. Raises Undecided, or Split where it depends on the parameters."""
    expansion = Rewriting(facts, budget)
    written = near(term, x, target, side, expansion)
    found = expansion.limit(written)
    if found in (oo, -oo):
        return found
    if found.has(*NONSENSE):
        raise Undecided
    return found


def near(term: Expr, x: Symbol, target: Expr, side: int, expansion: Rewriting) -> Expr:
    """`term` on the scale of `expansion`, whose element b = 1/t stands for the distance to the
    target, or for 1/|x| far out.
    """
    b = expansion.scale.reciprocal
    place = 1 / b if target is oo else -1 / b if target == -oo else target + side * b
    if target.has(x):
        raise Undecided
    written = expansion.rewrite(term.xreplace({x: place}))
    if written.has(*NONSENSE):
        raise Undecided
    return written


def same(first: Expr, second: Expr, facts: Facts, budget: Budget) -> bool:
    """Whether two limits are equal (True) or differ (False) for all parameters."""
    if first in (oo, -oo) or second in (oo, -oo):
        return first == second
    return Constants(facts, budget).is_zero(first - second)
