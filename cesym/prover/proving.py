"""The proof of an equality by its normal form, of an inequality by a certificate.

Nothing here looks for counterexamples; what is proved here holds at every point of the context at
which the side conditions hold.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr

from cesym.errors import UnsupportedTerm
from cesym.messages import Message, message
from cesym.prover.atoms import readable
from cesym.prover.budget import Budget
from cesym.prover.cases import Case, in_every_sign, index_cases, member_cases
from cesym.prover.inequalities import prove_sign
from cesym.prover.inequalities.plausible import plausible
from cesym.prover.inequalities.relaxation import proved_over, relaxed
from cesym.prover.inequalities.squaring import by_squaring
from cesym.prover.outcome import Outcome, used_hypotheses
from cesym.prover.rational import Ratio
from cesym.prover.reduction import vanishes
from cesym.prover.refutation import condition_text
from cesym.prover.relations import NEGATED
from cesym.prover.tower import Tower
from cesym.prover.verdict import PROVED, UNKNOWN, SideCondition
from cesym.prover.workspace import Workspace, workspace
from cesym.terms.claim import Claim
from cesym.terms.conditions import Condition
from cesym.terms.context import Context
from cesym.terms.printing import plain


def prove(
    claim: Claim,
    difference: Expr,
    conditions: Sequence[Condition],
    work: Workspace,
    budget: Budget,
) -> Outcome:
    """The outcome of the attempt to prove `claim`, of which `difference` is left - right, settled
    as `conditions` are: proved, or unknown with the residue.
    """
    facts = work.facts(budget)
    side = discharged_of(claim, conditions, work, budget)
    used = used_hypotheses(claim, work)
    if reason := open_condition(side):
        return Outcome(
            UNKNOWN, message("not decided"), reason=reason, side_conditions=side, hypotheses=used
        )
    if claim.operator == "==":
        attempt = _Attempt(work.prepared.context, budget)
        if all(attempt.holds(case) for case in index_cases(difference, facts)):
            method = message("normal form")
            return Outcome(
                PROVED, method, tuple(attempt.trace), side_conditions=side, hypotheses=used
            )
        residue = attempt.residue
    else:
        found = certificate(claim, difference, work, budget)
        if found is not None:
            return Outcome(PROVED, found, side_conditions=side, hypotheses=used)
        residue = plain(difference)
    return Outcome(
        UNKNOWN,
        message("not decided"),
        residue=residue,
        reason=message("neither proved nor refuted"),
        side_conditions=side,
        hypotheses=used,
    )


def discharged_of(
    claim: Claim, conditions: Sequence[Condition], work: Workspace, budget: Budget
) -> tuple[SideCondition, ...]:
    """The side conditions of a claim (`conditions` are the same, settled): each proved, or open."""
    return tuple(
        SideCondition(condition_text(original), original.why, work.discharges(condition, budget))
        for original, condition in zip(claim.conditions, conditions, strict=True)
    )


def open_condition(side: Sequence[SideCondition]) -> Message | None:
    """Why a claim is not proved: the conditions that are open; None when there is none."""
    texts = [condition.text for condition in side if not condition.discharged]
    return message("not shown: {condition}", condition="; ".join(texts)) if texts else None


def certificate(claim: Claim, difference: Expr, work: Workspace, budget: Budget) -> Message | None:
    """How an inequality is proved, by the sign of `difference`, left - right settled."""
    upward = claim.operator in (">", ">=")
    term, relation = (
        (difference, claim.operator) if upward else (-difference, NEGATED[claim.operator])
    )
    facts = work.facts(budget)
    return (
        prove_sign(term, relation, facts, budget)
        or by_squaring(term, relation, facts, budget)
        or _by_relaxing(claim, upward, relation, budget)
    )


def _by_relaxing(claim: Claim, upward: bool, relation: str, budget: Budget) -> Message | None:
    """How an inequality is proved over a larger domain."""
    term = claim.left - claim.right if upward else claim.right - claim.left
    for larger, context in relaxed(term, claim.context):
        work = workspace(context)
        if plausible(work.ready(larger), relation, work.prepared.context, budget):
            found = proved_over(larger, relation, work, budget)
            if found is not None:
                return found
    return None


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
