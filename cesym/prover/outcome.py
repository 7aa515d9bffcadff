"""What the procedures of the prover hand to `decide`, which alone makes a verdict of it."""

from __future__ import annotations

from dataclasses import dataclass

from cesym.messages import Message, message
from cesym.prover.verdict import UNKNOWN, Counterexample, SideCondition
from cesym.prover.workspace import Workspace
from cesym.terms.claim import Claim
from cesym.terms.context import Hypothesis


@dataclass(frozen=True, slots=True)
class Outcome:
    """The fields of a `Verdict`, which are explained there."""

    status: str
    method: Message
    trace: tuple[Message, ...] = ()
    counterexample: Counterexample | None = None
    residue: str | None = None
    reason: Message | None = None
    side_conditions: tuple[SideCondition, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()


def not_decided(reason: Message) -> Outcome:
    """The outcome of a claim that is neither proved nor refuted."""
    return Outcome(UNKNOWN, message("not decided"), reason=reason)


def used_hypotheses(claim: Claim, work: Workspace) -> tuple[Hypothesis, ...]:
    """The hypotheses that share a symbol with the claim: those that the verdict may rest on."""
    hypotheses = claim.context.hypotheses
    if not hypotheses:
        return ()
    mentioned = work.settle(claim.left).free_symbols | work.settle(claim.right).free_symbols
    for condition in claim.conditions:
        for fact in condition.alternatives:
            mentioned |= fact.term.free_symbols
    return tuple(
        original
        for original, settled in zip(hypotheses, work.prepared.hypotheses, strict=True)
        if mentioned & (settled.left.free_symbols | settled.right.free_symbols)
    )
