"""From a failure that was found to the counterexample that is shown: simpler, of the symbols that
matter, and looked at by the independent evaluator.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sympy import preorder_traversal

from cesym.messages import message
from cesym.prover.budget import Budget
from cesym.prover.outcome import Outcome, not_decided, used_hypotheses
from cesym.prover.refutation import Failure, Relation, counterexample, failure
from cesym.prover.relevance import names_of
from cesym.prover.second_opinion import agrees
from cesym.prover.simplest import simplest
from cesym.prover.values import Point
from cesym.prover.verdict import REFUTED, Counterexample
from cesym.prover.workspace import Workspace
from cesym.terms.claim import Claim

WORK = 60_000
"""Nodes of terms that may be evaluated in search of a simpler point."""

FEWEST_TRIES, MOST_TRIES = 20, 150


@dataclass(frozen=True, slots=True)
class Refutation:
    """A counterexample, and whether the independent evaluator says that it is none."""

    counterexample: Counterexample
    contradicted: bool


def refutation(
    claim: Claim, relation: Relation, found: Failure, work: Workspace, budget: Budget
) -> Refutation:
    """The counterexample that `found` leads to. It fails as `found` does: with the wrong values, or
    for want of the same condition.
    """
    names = names_of(claim)

    def fails(point: Point) -> bool:
        again = failure(relation, point, found.bits, budget)
        return again is not None and again.undefined == found.undefined

    point = simplest(found.point, work.prepared, names, fails, _tries(relation), budget)
    simpler = failure(relation, point, found.bits, budget) or found
    shown = about(claim, counterexample(relation, simpler, work.prepared, budget))
    opinion = agrees(claim, simpler.point, undefined=found.undefined is not None)
    return Refutation(replace(shown, checked=opinion is True), opinion is False)


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


def _tries(relation: Relation) -> int:
    """The more there is to evaluate, the fewer points are tried."""
    nodes = sum(1 for side in (relation.left, relation.right) for _ in preorder_traversal(side))
    return max(FEWEST_TRIES, min(MOST_TRIES, WORK // nodes))


def about(claim: Claim, found: Counterexample) -> Counterexample:
    """The same with the symbols that matter, and no others."""
    names = names_of(claim)
    return replace(found, at=tuple(pair for pair in found.at if pair[0] in names))
