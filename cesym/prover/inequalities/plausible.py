"""A cheap look before a long proof: what is negative somewhere will not be proved positive."""

from __future__ import annotations

from itertools import islice

from sympy import Expr

from cesym.errors import UnsupportedTerm
from cesym.prover.balls import fact_holds
from cesym.prover.budget import Budget
from cesym.prover.hypotheses import prepare
from cesym.prover.points import witnesses
from cesym.terms.conditions import Fact
from cesym.terms.context import Context

POINTS = 25


def plausible(term: Expr, relation: str, context: Context, budget: Budget) -> bool:
    """Whether `term relation 0` fails at none of some points of the domain. Proves nothing."""
    prepared = prepare(context, lambda settled: settled)
    try:
        return not any(
            fact_holds(Fact(term, relation), witness.point, budget) is False
            for witness in islice(witnesses(prepared, budget), POINTS)
        )
    except UnsupportedTerm:
        return True
