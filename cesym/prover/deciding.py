"""The one strategy: settle the terms, look for a counterexample, discharge the side conditions,
compare normal forms.

What only some claims need (limits, minima, statements, showing a counterexample) is imported when
it is needed, since most commands start for a claim that is true.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from cesym.messages import message
from cesym.prover.budget import Budget
from cesym.prover.outcome import Outcome, not_decided
from cesym.prover.points import Witness, corners, witnesses
from cesym.prover.proving import prove
from cesym.prover.refutation import Failure, Relation, glance, look_closely, refute
from cesym.prover.ties import tied_derivative, tied_variable
from cesym.prover.verdict import PROVED
from cesym.prover.workspace import Workspace, workspace
from cesym.terms.claim import IFF, IS, Claim
from cesym.terms.optimisation import ArgMin, LimitOf, MinValue

MORE_POINTS = 46
"""Points for a claim that was not proved."""

STARTS, STEPS = 3, 60
"""Points from which an inequality is followed to where it is nearest to failing."""


def outcome_of(claim: Claim, budget: Budget) -> Outcome:
    """What `decide` makes a verdict of. Raises BudgetExceeded, UnsupportedTerm, RecursionError."""
    tied = tied_derivative(claim) or tied_variable(claim)
    if tied is not None:
        return not_decided(tied)
    work = workspace(claim.context)
    left, right = work.ready(claim.left), work.ready(claim.right)
    conditions = tuple(condition.map(work.ready) for condition in claim.conditions)
    first = work.first_points(budget)
    if not first:
        return not_decided(message("the assumptions are not shown to be satisfiable"))
    if isinstance(left, LimitOf):
        from cesym.prover.optima import outcome_of_limit

        return outcome_of_limit(claim, left, conditions, first, work, budget)
    if isinstance(claim.left, ArgMin | MinValue):
        from cesym.prover.optima import outcome_of_minimum

        return outcome_of_minimum(claim, claim.left, conditions, work, budget, outcome_of)
    if claim.operator in (IFF, IS):
        from cesym.prover.statements import outcome_of_statement

        return outcome_of_statement(claim, conditions, first, work, budget, outcome_of)
    relation = Relation(left, claim.operator, right, conditions)
    failure = glance(relation, first, budget)
    if failure is None:
        outcome = prove(claim, left - right, conditions, work, budget)
        if outcome.status == PROVED:
            return outcome
        more = tuple(islice(witnesses(work.prepared, budget), len(first), MORE_POINTS))
        failure = (
            look_closely(relation, first, budget)
            or refute(relation, more, budget)
            or glance(relation, list(corners(work.prepared, first[0], budget)), budget)
            or _downhill(relation, first, work, budget)
        )
        if failure is None:
            return outcome
    from cesym.prover.presenting import refutation, refuted

    return refuted(claim, refutation(claim, relation, failure, work, budget), work)


def _downhill(
    relation: Relation, first: Sequence[Witness], work: Workspace, budget: Budget
) -> Failure | None:
    """A failure of an inequality near one of the points, where the gap is smaller."""
    from cesym.prover.descent import coordinates, downhill

    if relation.operator == "==":
        return None
    upward = relation.operator in (">", ">=")
    gap = relation.left - relation.right if upward else relation.right - relation.left
    points = [
        Witness(downhill(gap, coordinates(w.point, work), w.point, work, budget, tries=STEPS))
        for w in first[:STARTS]
    ]
    return glance(relation, points, budget)
