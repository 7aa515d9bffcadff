"""The outcomes of claims about limits and minima, each from the procedure that decides it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain, islice

from sympy import Expr

from cesym.messages import message
from cesym.prover.budget import Budget
from cesym.prover.minima import minimum
from cesym.prover.outcome import Outcome, not_decided, used_hypotheses
from cesym.prover.points import Witness, witnesses
from cesym.prover.refutation import condition_text
from cesym.prover.verdict import PROVED, SideCondition
from cesym.prover.workspace import Workspace
from cesym.terms.claim import Claim
from cesym.terms.conditions import Condition
from cesym.terms.optimisation import ArgMin, LimitOf, MinValue


def outcome_of_limit(
    claim: Claim,
    limit: LimitOf,
    conditions: Sequence[Condition],
    first: Sequence[Witness],
    work: Workspace,
    budget: Budget,
) -> Outcome:
    """The outcome of a claim about a limit. Of a proved one, every condition holds near the
    target.
    """
    from cesym.prover.limits import decide_limit
    from cesym.prover.presenting import about

    points = chain(first, islice(witnesses(work.prepared, budget), len(first), None))
    right, facts = work.ready(claim.right), work.facts(budget)
    found = decide_limit(limit, right, tuple(conditions), work.prepared, facts, points, budget)
    side = tuple(SideCondition(condition_text(c), c.why, discharged=True) for c in claim.conditions)
    return Outcome(
        found.status,
        found.method,
        found.trace,
        found.counterexample and about(claim, found.counterexample),
        found.residue,
        found.reason,
        side if found.status == PROVED else (),
        used_hypotheses(claim, work),
    )


def outcome_of_minimum(
    claim: Claim,
    stated: ArgMin | MinValue,
    conditions: Sequence[Condition],
    work: Workspace,
    budget: Budget,
    outcome_of: Callable[[Claim, Budget], Outcome],
) -> Outcome:
    """The outcome of a claim about a minimum: the proved minimum against the stated one."""
    if not all(work.discharges(condition, budget) for condition in conditions):
        return not_decided(message("the term is not shown to have a value everywhere"))
    found = minimum(stated, claim.right, work, budget)
    if found is None:
        from cesym.prover.better import by_better_point

        better = by_better_point(claim, stated, work, budget)
        return better or not_decided(message("no minimum was found and proved"))
    proved = found.where if isinstance(stated, ArgMin) else found.value
    assert proved is not None
    outcome = outcome_of(replace(claim, left=proved, written=None), budget)
    if outcome.status == PROVED:
        return replace(outcome, method=found.method)
    return _without(stated.args[1], outcome)


def _without(variable: Expr, outcome: Outcome) -> Outcome:
    """The outcome without a value of the variable of a minimum in its counterexample."""
    found = outcome.counterexample
    if found is None:
        return outcome
    at = tuple(pair for pair in found.at if pair[0] != str(variable))
    return replace(outcome, counterexample=replace(found, at=at))
