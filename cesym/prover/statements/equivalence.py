"""`A iff B`: both relations hold at the same points of the domain.

Each side is a relation of a term to 0. What is left of it once the sign of its term is known is
often simpler: where f >= 0 everywhere, f <= 0 says f = 0, and f > 0 says that f is not 0. Then

- sides that hold everywhere, or nowhere, are compared as such;
- two equalities, or two that deny them, hold at the same points when both terms are 0 just where a
  variable has one value (`zeros`), or where two vectors are equal (`equal_vectors`);
- two inequalities of one kind do when both terms have the same sign everywhere.

Every value that the text asks for must be shown to exist, as for any other claim. A refutation is a
point of the domain at which one side is proved to hold and the other to fail.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sympy import Expr, S

from cesym.messages import Message, message
from cesym.prover.budget import Budget
from cesym.prover.cases import Case, member_cases
from cesym.prover.facts import Facts
from cesym.prover.inequalities import prove_sign
from cesym.prover.inequalities.defined import has_value_everywhere
from cesym.prover.inequalities.plausible import plausible
from cesym.prover.inequalities.relaxation import relaxed
from cesym.prover.inequalities.search import sign_in
from cesym.prover.outcome import Outcome, used_hypotheses
from cesym.prover.points import Witness
from cesym.prover.presenting import refutation, refuted
from cesym.prover.proving import discharged_of, open_condition
from cesym.prover.refutation import Relation, refute
from cesym.prover.relations import NEGATED, implies
from cesym.prover.statements.disagreement import Sides, disagreement, equal_vectors
from cesym.prover.statements.equal_vectors import zero_where_equal
from cesym.prover.statements.plainer import entries_as_numbers, without_known_factors
from cesym.prover.statements.zeros import crossing, multiple, same_in_regions, vanishing
from cesym.prover.verdict import PROVED, UNKNOWN
from cesym.prover.workspace import Workspace, workspace
from cesym.terms.claim import Claim
from cesym.terms.conditions import Condition, Fact
from cesym.terms.statements import IsEqual, Statement, parts_of

EVERYWHERE, NOWHERE = Fact(S.Zero, "=="), Fact(S.Zero, "!=")
"""What holds at every point, and what holds at none."""


def outcome_of_equivalence(
    claim: Claim,
    conditions: Sequence[Condition],
    first: Sequence[Witness],
    work: Workspace,
    budget: Budget,
) -> Outcome:
    """The outcome of a claim `A iff B`."""
    without_value = Relation(S.Zero, "==", S.Zero, tuple(conditions))
    failure = refute(without_value, first, budget)
    if failure is not None:
        return refuted(claim, refutation(claim, without_value, failure, work, budget), work)
    sides = Sides(_fact(claim.left, work), _fact(claim.right, work), tuple(conditions))
    found = disagreement(claim, sides, first, work, budget)
    if found is not None:
        return refuted(claim, found, work)
    side = discharged_of(claim, conditions, work, budget)
    reason = open_condition(side)
    how = None if reason else _proof(claim, sides, work, budget)
    return Outcome(
        PROVED if how else UNKNOWN,
        how or message("not decided"),
        reason=None if how else reason or message("neither proved nor refuted"),
        side_conditions=side,
        hypotheses=used_hypotheses(claim, work),
    )


def _fact(side: Expr, work: Workspace) -> Fact:
    """A relation as a fact about a settled term, to which an inequality gives a lower bound."""
    left, operator, right = parts_of(side)
    if operator == "==":
        return Fact(work.ready(left - right), "==")
    return Fact(work.ready(right - left), NEGATED[operator])


def _difference(side: Expr) -> Expr:
    """Left minus right of a relation."""
    left, _, right = parts_of(side)
    return left - right


def _proof(claim: Claim, sides: Sides, work: Workspace, budget: Budget) -> Message | None:
    """How the equivalence is proved, over the declared domain or a larger one."""
    found = _agree(sides.left, sides.right, work.facts(budget), budget)
    if found is not None:
        return found
    # One term carries both sides, so that the same vector takes the place of a softmax in both.
    carrier = IsEqual(*(_difference(side) for side in (claim.left, claim.right)))
    for larger, context in relaxed(carrier, claim.context):
        if not isinstance(larger, Statement):
            continue
        there = workspace(context)
        facts = (
            Fact(there.ready(-term if fact.relation != "==" else term), fact.relation)
            for term, fact in zip(larger.args, (sides.left, sides.right), strict=True)
        )
        first, second = facts
        found = _agree(first, second, there.facts(budget), budget)
        if found is not None and all(
            has_value_everywhere(fact.term, there.facts(budget), budget) for fact in (first, second)
        ):
            return found
    return None


def _agree(left: Fact, right: Fact, facts: Facts, budget: Budget) -> Message | None:
    """How two facts are proved to hold at the same points, by members of finite sets if need be."""
    found = _agree_here(left, right, facts, budget)
    if found is not None:
        return found
    members = member_cases(Case((), IsEqual(left.term, right.term), facts), facts.context)
    for case in members or ():
        terms = case.term.args if isinstance(case.term, IsEqual) else (S.Zero, S.Zero)
        first, second = (
            Fact(term, fact.relation) for term, fact in zip(terms, (left, right), strict=True)
        )
        found = _agree_here(first, second, case.facts, budget)
        if found is None:
            return None
    return found


def _agree_here(left: Fact, right: Fact, facts: Facts, budget: Budget) -> Message | None:
    """The same without cases: as the sides stand, and then with what is known of their signs."""
    found = _directly(left, right, facts, budget)
    if found is not None:
        return found
    first, second = (_reduced(fact, facts, budget) for fact in (left, right))
    if first in (EVERYWHERE, NOWHERE) or second in (EVERYWHERE, NOWHERE):
        if first != second:
            return None
        return (
            message("both sides hold everywhere")
            if first == EVERYWHERE
            else message("both sides hold nowhere")
        )
    if (first, second) != (left, right):
        found = _directly(first, second, facts, budget)
        if found is not None:
            return found
    return _by_regions(left, right, facts, budget)


def _by_regions(left: Fact, right: Fact, facts: Facts, budget: Budget) -> Message | None:
    """How two facts of any kind are proved to hold at the same points, by the sign of x - a."""
    found = same_in_regions(left, right, facts, budget)
    return found and message(
        "both sides are known for {variable} less than, equal to and greater than {point}",
        variable=str(found[0]),
        point=str(found[1]),
    )


def _directly(left: Fact, right: Fact, facts: Facts, budget: Budget) -> Message | None:
    """How two facts of one kind are proved to hold at the same points."""
    if left.relation != right.relation:
        return None
    known = multiple(left.term, right.term, facts, budget)
    if known == ">" or (known and left.relation in ("==", "!=")):
        return message("one side is the other, times something that is not 0")
    if left.relation in ("==", "!="):
        return _same_zeros(left.term, right.term, facts, budget)
    terms = tuple(without_known_factors(f.term, ">", facts, budget) for f in (left, right))
    (first, second), facts = entries_as_numbers(terms, facts, budget)
    found = crossing(first, second, facts, budget)
    if found is None or not found[2]:
        return None
    return message(
        "both sides change sign at {variable} = {point} only",
        variable=str(found[0]),
        point=str(found[1]),
    )


def _same_zeros(left: Expr, right: Expr, facts: Facts, budget: Budget) -> Message | None:
    for term, other in ((left, right), (right, left)):
        pair = equal_vectors(other)
        if pair is not None:
            return zero_where_equal(term, *pair, facts, budget)
    terms = tuple(without_known_factors(term, "!=", facts, budget) for term in (left, right))
    (first, second), facts = entries_as_numbers(terms, facts, budget)
    found = vanishing(first, second, facts, budget)
    return found and message(
        "each side holds just at {variable} = {point}",
        variable=str(found[0]),
        point=str(found[1]),
    )


def _reduced(fact: Fact, facts: Facts, budget: Budget) -> Fact:
    """What a fact says once the sign of its term is known."""
    known = _sign(fact.term, facts, budget)
    if known is None:
        return fact
    answer = implies(known, fact.relation)
    if answer is not None:
        return EVERYWHERE if answer else NOWHERE
    if known == ">=" and fact.relation == ">":
        return replace(fact, relation="!=")
    if known == "<=" and fact.relation == ">=":
        return replace(fact, relation="==")
    return fact


def _sign(term: Expr, facts: Facts, budget: Budget) -> str | None:
    """The proved sign of a term, by a certificate if need be."""
    known = sign_in(term, facts, budget)
    if known is not None:
        return known
    for relation in (">", ">="):
        for signed, sign in ((term, relation), (-term, NEGATED[relation])):
            if plausible(signed, relation, facts.context, budget) and prove_sign(
                signed, relation, facts, budget
            ):
                return sign
    return None
