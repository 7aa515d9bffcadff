"""The one strategy: settle the terms, look for a counterexample, discharge the side conditions,
compare normal forms.

This module alone holds the seal of `Verdict`. What only some claims need (limits, minima, showing a
counterexample) is imported when it is needed, since most commands start for a claim that is true.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from sympy import Expr

from cesym.errors import BudgetExceeded, UnsupportedTerm
from cesym.messages import Message, message
from cesym.prover.alarm import TimeUp, interrupted_after
from cesym.prover.atoms import readable
from cesym.prover.budget import Budget, out_of_time
from cesym.prover.cases import Case, in_every_sign, index_cases, member_cases
from cesym.prover.inequalities import prove_sign
from cesym.prover.inequalities.plausible import plausible
from cesym.prover.inequalities.relaxation import relaxed
from cesym.prover.points import witnesses
from cesym.prover.rational import Ratio
from cesym.prover.reduction import vanishes
from cesym.prover.refutation import Relation, condition_text, refute
from cesym.prover.ties import tied_derivative, tied_variable
from cesym.prover.tower import Tower
from cesym.prover.verdict import (
    PROVED,
    REFUTED,
    SEAL,
    UNKNOWN,
    Counterexample,
    SideCondition,
    Verdict,
)
from cesym.prover.workspace import Workspace, workspace
from cesym.terms.claim import Claim
from cesym.terms.conditions import Condition
from cesym.terms.context import Context, Hypothesis
from cesym.terms.optimisation import ArgMin, LimitOf, MinValue
from cesym.terms.printing import plain

if TYPE_CHECKING:
    from cesym.prover.limits import LimitOutcome
    from cesym.prover.presenting import Refutation

DEFAULT_SECONDS = 10.0
MORE_POINTS = 46
"""Points for a claim that was not proved."""


def decide(claim: Claim, *, seconds: float = DEFAULT_SECONDS) -> Verdict:
    """The verdict on `claim`, within `seconds`.

    `proved`: it holds at every point of its context, and every side condition of its text is
    proved. `refuted`: the counterexample meets every declaration and hypothesis, and there the
    relation fails or a side has no value. `unknown`: neither.

    A claim whose assumptions are not shown to be satisfiable is unknown: from a contradiction
    everything would follow.
    """
    started = time.monotonic()
    try:
        with interrupted_after(seconds):
            outcome = _decide(claim, Budget(seconds))
    except TimeUp:
        outcome = _Outcome(UNKNOWN, message("not decided"), reason=out_of_time(seconds).summary)
    except (BudgetExceeded, UnsupportedTerm) as error:
        outcome = _Outcome(UNKNOWN, message("not decided"), reason=error.summary)
    except RecursionError:
        outcome = _Outcome(
            UNKNOWN, message("not decided"), reason=message("the formula is nested too deeply")
        )
    return Verdict(
        claim,
        outcome.status,
        outcome.method,
        outcome.trace,
        outcome.counterexample,
        outcome.residue,
        outcome.reason,
        outcome.side_conditions,
        outcome.hypotheses,
        time.monotonic() - started,
        seal=SEAL,
    )


def undecided(claim: Claim, why: str) -> Verdict:
    """`unknown`, for a claim at which a process had to be stopped; `why` in words."""
    reason = message("the worker was stopped: {why}", why=why)
    return Verdict(claim, UNKNOWN, message("not decided"), reason=reason, seal=SEAL)


@dataclass(frozen=True, slots=True)
class _Outcome:
    status: str
    method: Message
    trace: tuple[Message, ...] = ()
    counterexample: Counterexample | None = None
    residue: str | None = None
    reason: Message | None = None
    side_conditions: tuple[SideCondition, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()


def _decide(claim: Claim, budget: Budget) -> _Outcome:
    tied = tied_derivative(claim) or tied_variable(claim)
    if tied is not None:
        return _Outcome(UNKNOWN, message("not decided"), reason=tied)
    work = workspace(claim.context)
    left, right = work.ready(claim.left), work.ready(claim.right)
    conditions = tuple(condition.map(work.ready) for condition in claim.conditions)
    first = work.first_points(budget)
    if not first:
        return _Outcome(
            UNKNOWN,
            message("not decided"),
            reason=message("the assumptions are not shown to be satisfiable"),
        )
    if isinstance(left, LimitOf):
        points = chain(first, islice(witnesses(work.prepared, budget), len(first), None))
        from cesym.prover.limits import decide_limit

        found = decide_limit(
            left, right, conditions, work.prepared, work.facts(budget), points, budget
        )
        return _of_limit(claim, found, work)
    if isinstance(claim.left, ArgMin | MinValue):
        return _of_minimum(claim, claim.left, conditions, work, budget)
    relation = Relation(left, claim.operator, right, conditions)
    failure = refute(relation, first, budget)
    if failure is None:
        outcome = _prove(claim, left - right, conditions, work, budget)
        if outcome.status == PROVED:
            return outcome
        more = tuple(islice(witnesses(work.prepared, budget), len(first), MORE_POINTS))
        failure = refute(relation, more, budget)
        if failure is None:
            return outcome
    from cesym.prover.presenting import refutation

    return _refuted(claim, refutation(claim, relation, failure, work, budget), work)


def _refuted(claim: Claim, found: Refutation, work: Workspace) -> _Outcome:
    """The outcome of a claim that fails, unless the independent evaluator contradicts."""
    if found.contradicted:
        reason = message(
            "at {point} the prover and the independent evaluator contradict each other",
            point=", ".join(f"{name} = {value}" for name, value in found.counterexample.at),
        )
        return _Outcome(UNKNOWN, message("not decided"), reason=reason)
    undefined = found.counterexample.undefined is not None
    return _Outcome(
        REFUTED,
        message("undefined at a point") if undefined else message("counterexample"),
        counterexample=found.counterexample,
        hypotheses=_used(claim, work),
    )


def _of_limit(claim: Claim, found: LimitOutcome, work: Workspace) -> _Outcome:
    """The outcome of a claim about a limit. Of a proved one, every condition holds near the
    target.
    """
    from cesym.prover.presenting import about

    side = tuple(SideCondition(condition_text(c), c.why, discharged=True) for c in claim.conditions)
    return _Outcome(
        found.status,
        found.method,
        found.trace,
        found.counterexample and about(claim, found.counterexample),
        found.residue,
        found.reason,
        side if found.status == PROVED else (),
        _used(claim, work),
    )


def _of_minimum(
    claim: Claim,
    stated: ArgMin | MinValue,
    conditions: Sequence[Condition],
    work: Workspace,
    budget: Budget,
) -> _Outcome:
    """The outcome of a claim about a minimum: the proved minimum against the stated one."""
    if not all(work.discharges(condition, budget) for condition in conditions):
        return _Outcome(
            UNKNOWN,
            message("not decided"),
            reason=message("the term is not shown to have a value everywhere"),
        )
    from cesym.prover.minima import minimum

    found = minimum(stated, claim.right, work, budget)
    if found is None:
        return _Outcome(
            UNKNOWN, message("not decided"), reason=message("no minimum was found and proved")
        )
    proved = found.where if isinstance(stated, ArgMin) else found.value
    assert proved is not None
    outcome = _decide(replace(claim, left=proved, written=None), budget)
    if outcome.status == PROVED:
        return replace(outcome, method=found.method)
    return _without(stated.args[1], outcome)


def _without(variable: Expr, outcome: _Outcome) -> _Outcome:
    """The outcome without a value of the variable of a minimum in its counterexample."""
    found = outcome.counterexample
    if found is None:
        return outcome
    at = tuple(pair for pair in found.at if pair[0] != str(variable))
    return replace(outcome, counterexample=replace(found, at=at))


def _prove(
    claim: Claim,
    difference: Expr,
    conditions: Sequence[Condition],
    work: Workspace,
    budget: Budget,
) -> _Outcome:
    facts = work.facts(budget)
    side = tuple(
        SideCondition(condition_text(original), original.why, work.discharges(condition, budget))
        for original, condition in zip(claim.conditions, conditions, strict=True)
    )
    used = _used(claim, work)
    open_conditions = [condition.text for condition in side if not condition.discharged]
    if open_conditions:
        reason = message("not shown: {condition}", condition="; ".join(open_conditions))
        return _Outcome(
            UNKNOWN, message("not decided"), reason=reason, side_conditions=side, hypotheses=used
        )
    if claim.operator == "==":
        attempt = _Attempt(work.prepared.context, budget)
        if all(attempt.holds(case) for case in index_cases(difference, facts)):
            method = message("normal form")
            return _Outcome(
                PROVED, method, tuple(attempt.trace), side_conditions=side, hypotheses=used
            )
        residue = attempt.residue
    else:
        upward = claim.operator in (">", ">=")
        term, relation = (
            (difference, claim.operator) if upward else (-difference, FLIPPED[claim.operator])
        )
        found = prove_sign(term, relation, facts, budget) or _by_relaxing(
            claim, upward, relation, budget
        )
        if found is not None:
            return _Outcome(PROVED, found, side_conditions=side, hypotheses=used)
        residue = plain(difference)
    return _Outcome(
        UNKNOWN,
        message("not decided"),
        residue=residue,
        reason=message("neither proved nor refuted"),
        side_conditions=side,
        hypotheses=used,
    )


def _by_relaxing(claim: Claim, upward: bool, relation: str, budget: Budget) -> Message | None:
    """How an inequality is proved over a larger domain."""
    term = claim.left - claim.right if upward else claim.right - claim.left
    for larger, context in relaxed(term, claim.context):
        larger_work = workspace(context)
        settled = larger_work.ready(larger)
        if plausible(settled, relation, larger_work.prepared.context, budget):
            found = prove_sign(settled, relation, larger_work.facts(budget), budget)
            if found is not None:
                return found
    return None


FLIPPED = {"<": ">", "<=": ">="}


def _used(claim: Claim, work: Workspace) -> tuple[Hypothesis, ...]:
    """The hypotheses that share a symbol with the claim: those that the verdict may rest on."""
    mentioned = work.settle(claim.left).free_symbols | work.settle(claim.right).free_symbols
    for condition in claim.conditions:
        for fact in condition.alternatives:
            mentioned |= fact.term.free_symbols
    hypotheses = claim.context.hypotheses
    return tuple(
        original
        for original, settled in zip(hypotheses, work.prepared.hypotheses, strict=True)
        if mentioned & (settled.left.free_symbols | settled.right.free_symbols)
    )


class _Attempt:
    """The proof that a difference is 0, case by case, with its trace and the first residue."""

    def __init__(self, context: Context, budget: Budget) -> None:
        self.context = context
        self.budget = budget
        self.trace: list[Message] = []
        self.residue: str | None = None

    def holds(self, case: Case) -> bool:
        """Whether the difference vanishes in `case`, by members of finite sets if need be."""
        if self.in_signs(case):
            return True
        members = member_cases(case, self.context)
        if members is None or not all(self.in_signs(member) for member in members):
            return False
        self.residue = None
        return True

    def in_signs(self, case: Case) -> bool:
        """Whether it vanishes in every sign case that comes up."""
        try:
            proved, last = in_every_sign(case, self.budget, self.ask)
        except UnsupportedTerm as error:
            self.residue = self.residue or plain(case.term)
            self.trace.append(error.summary)
            return False
        if proved:
            words = ", ".join(case.assumed) or ", ".join(last.assumed)
            self.trace.append(
                message("{case}: left minus right is 0", case=words)
                if words
                else message("left minus right is 0")
            )
        return proved

    def ask(self, tower: Tower, value: Ratio, term: Expr) -> bool:
        """Whether this normal form is 0."""
        if vanishes(tower, value):
            return True
        self.residue = self.residue or plain(readable(tower.term(value)))
        return False
