"""Claims about limits: proved when the proved limit is the one that is claimed, in every case;
refuted at a point of the parameters where the proved limit is another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sympy import Expr

from cesym.messages import Message, message
from cesym.prover.budget import Budget
from cesym.prover.facts import Facts
from cesym.prover.hypotheses import Prepared
from cesym.prover.limits.proof import Attempt
from cesym.prover.limits.question import question
from cesym.prover.limits.refuting import parameters, refuted_at
from cesym.prover.points import Witness
from cesym.prover.verdict import PROVED, REFUTED, UNKNOWN, Counterexample
from cesym.terms.conditions import Condition

SHARE = 0.5
"""The part of the time that the proof may use; the rest is for a counterexample."""

MOST_POINTS = 46


@dataclass(frozen=True, slots=True)
class LimitOutcome:
    """What `decide` turns into a verdict. Of a proved limit, every condition was proved near the
    target.
    """

    status: str
    method: Message
    trace: tuple[Message, ...] = ()
    counterexample: Counterexample | None = None
    residue: str | None = None
    reason: Message | None = None


def decide_limit(
    left: Expr,
    right: Expr,
    conditions: tuple[Condition, ...],
    prepared: Prepared,
    facts: Facts,
    points: Iterator[Witness],
    budget: Budget,
) -> LimitOutcome:
    """Whether `left == right` for `left` a LimitOf; all terms are settled, hypotheses applied.

    The limit is taken within the domain of its variable: at an end of it, from inside. `points` are
    points of the domain, from which those of the parameters are taken.
    """
    asked = question(left, right, conditions, prepared)
    if asked is None:
        reason = message("the variable of the limit does not move freely in an interval")
        return LimitOutcome(UNKNOWN, message("not decided"), reason=reason)
    attempt = Attempt(asked, prepared.context, Budget(SHARE * budget.left, budget.cases))
    if attempt.succeeds(facts):
        return LimitOutcome(PROVED, message("asymptotic expansion"), tuple(attempt.trace))
    seen: set[str] = set()
    for witness in islice(points, MOST_POINTS):
        values = parameters(asked, witness.point)
        if repr(values) in seen:
            continue
        seen.add(repr(values))
        found = refuted_at(asked, witness.point, values, prepared, budget)
        if found is not None:
            return LimitOutcome(REFUTED, found.method, counterexample=found.counterexample)
    reason = attempt.reason or message("neither proved nor refuted")
    return LimitOutcome(UNKNOWN, message("not decided"), residue=attempt.residue, reason=reason)
