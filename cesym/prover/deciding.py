"""The one strategy: settle the terms, look for a counterexample, discharge the side conditions,
compare normal forms.

What only some claims need (limits, minima, statements, showing a counterexample) is imported when
it is needed, since most commands start for a claim that is true.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from cesym.messages import message
from cesym.prover.budget import Budget
from cesym.prover.outcome import Outcome, not_decided, used_hypotheses
from cesym.prover.points import witnesses
from cesym.prover.proving import prove
from cesym.prover.refutation import Relation, refute
from cesym.prover.ties import tied_derivative, tied_variable
from cesym.prover.verdict import PROVED, REFUTED
from cesym.prover.workspace import Workspace, workspace
from cesym.terms.claim import Claim
from cesym.terms.optimisation import ArgMin, LimitOf, MinValue

if TYPE_CHECKING:
    from cesym.prover.presenting import Refutation

MORE_POINTS = 46
"""Points for a claim that was not proved."""


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
    relation = Relation(left, claim.operator, right, conditions)
    failure = refute(relation, first, budget)
    if failure is None:
        outcome = prove(claim, left - right, conditions, work, budget)
        if outcome.status == PROVED:
            return outcome
        more = tuple(islice(witnesses(work.prepared, budget), len(first), MORE_POINTS))
        failure = refute(relation, more, budget)
        if failure is None:
            return outcome
    from cesym.prover.presenting import refutation

    return refuted(claim, refutation(claim, relation, failure, work, budget), work)


def refuted(claim: Claim, found: Refutation, work: Workspace) -> Outcome:
    """The outcome of a claim that fails, unless the independent evaluator contradicts."""
    if found.contradicted:
        return not_decided(
            message(
                "at {point} the prover and the independent evaluator contradict each other",
                point=", ".join(f"{name} = {value}" for name, value in found.counterexample.at),
            )
        )
    undefined = found.counterexample.undefined is not None
    return Outcome(
        REFUTED,
        message("undefined at a point") if undefined else message("counterexample"),
        counterexample=found.counterexample,
        hypotheses=used_hypotheses(claim, work),
    )
