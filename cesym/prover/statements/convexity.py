"""A term is convex in a variable x, by its curvature or by the definition.

Along a line through its domain, f(x + t v) is a function of one number t, and f is convex just
where all of these are. So let f'' be the second derivative by t at t = 0, v a vector of any real
numbers, or 1 where x is a number. The domain is an interval, a box, or the probability vectors: it
is convex, and f is continuous on it.

*Convex*: f is smooth inside, and f'' >= 0 there for all v. Then f is convex inside, and, being
continuous, on the whole domain. Inside means: no entry at an end of its interval.

*Strictly convex in a number*: f'' > 0 inside; or f'' >= 0 inside and f'' > 0 at one c, whatever the
other variables are. Then f'' is analytic in x and not 0 everywhere, its zeros are isolated, and f'
grows strictly. At ends that belong to the domain f need only be continuous.

*Strictly convex in a vector*: f is smooth on all of the domain, and f'' > 0 there for all v but 0.
What is so inside only may still be flat along the boundary.

Terms c |u| with u linear in x and c >= 0 are convex, and left out beforehand. That what is left is
smooth is read off the term (`smoothness`). Concave: the same of -f. The definition itself
is a claim about numbers, with a second point and a weight that the claim does not have: it refutes,
with two points between which f lies above its chord, and proves what has kinks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sympy import Dummy, Expr, IndexedBase, Integer, Rational, Symbol, diff

from cesym.messages import Message, message
from cesym.prover.budget import Budget
from cesym.prover.facts import Facts
from cesym.prover.inequalities import prove_sign
from cesym.prover.inequalities.plausible import plausible
from cesym.prover.inequalities.search import sign_in
from cesym.prover.outcome import Outcome, not_decided, used_hypotheses
from cesym.prover.points import candidates
from cesym.prover.presenting import refutation, refuted
from cesym.prover.proving import discharged_of, open_condition
from cesym.prover.refutation import Relation, refute
from cesym.prover.statements.abstracting import not_negative_by_samples
from cesym.prover.statements.chords import chord_claim, replaced
from cesym.prover.statements.forms import positive_form
from cesym.prover.statements.plainer import fresh_name
from cesym.prover.statements.smoothness import (
    continuous_at_ends,
    opened,
    smooth,
    without_convex_kinks,
)
from cesym.prover.verdict import PROVED
from cesym.prover.workspace import Workspace, workspace
from cesym.terms.binders import substitute
from cesym.terms.claim import Claim
from cesym.terms.conditions import Condition
from cesym.terms.context import Context
from cesym.terms.domains import REAL, Declaration
from cesym.terms.statements import ConvexIn

MOST_PLACES = 8
"""Places at which a second derivative is looked at, to see that it is not 0 everywhere."""


def outcome_of_convexity(
    claim: Claim,
    conditions: Sequence[Condition],
    work: Workspace,
    budget: Budget,
    outcome_of: Callable[[Claim, Budget], Outcome],
) -> Outcome:
    """The outcome of a claim that a term is convex or concave in a variable."""
    said = claim.right
    assert isinstance(said, ConvexIn)
    name = str(said.args[0])
    if (tied := _tied(claim.context, name)) is not None:
        return not_decided(tied)
    points = work.first_points(budget)
    without_value = Relation(Integer(0), "==", Integer(0), tuple(conditions))
    failure = refute(without_value, points, budget)
    if failure is not None:
        return refuted(claim, refutation(claim, without_value, failure, work, budget), work)
    side = discharged_of(claim, conditions, work, budget)
    if reason := open_condition(side):
        return replace(not_decided(reason), side_conditions=side)
    chord = chord_claim(claim, said, work)
    there = workspace(chord.context)
    relation = Relation(there.ready(chord.left), chord.operator, there.ready(chord.right))
    if refute(relation, there.first_points(budget), budget) is None:
        how = _by_curvature(claim, said, work, budget)
        if how is not None:
            used = used_hypotheses(claim, work)
            return Outcome(PROVED, how, side_conditions=side, hypotheses=used)
    return replace(outcome_of(chord, budget), side_conditions=side)


def _tied(context: Context, name: str) -> Message | None:
    """Why a claim is not decided: a hypothesis says something of the variable, so that its domain
    need not be convex.
    """
    symbol = context.symbol(name)
    for hypothesis in context.hypotheses:
        if context.unfold_definitions(hypothesis.left - hypothesis.right).has(symbol):
            return message(
                "{hypothesis} is about {variable}, which moves in the claim: "
                "state its domain in its declaration instead",
                hypothesis=hypothesis.text,
                variable=name,
            )
    return None


def _by_curvature(claim: Claim, said: ConvexIn, work: Workspace, budget: Budget) -> Message | None:
    """How a term is proved to be convex, or concave, by its second derivative."""
    _, sign, strict = said.args
    symbol = work.context.symbol(str(said.args[0]))
    term = sign * work.settle(claim.left)
    found = _of_vector if isinstance(symbol, IndexedBase) else _of_number
    how = found(term, symbol, bool(strict), work, budget)
    if how is None or sign == 1:
        return how
    return message("of the negative: {how}", how=how)


def _of_number(
    term: Expr, variable: Symbol, strict: bool, work: Workspace, budget: Budget
) -> Message | None:
    """The curvature of a function of one number."""
    facts = work.facts(budget)
    term = without_convex_kinks(
        work.prepared.apply(term), variable, lambda u: diff(u, variable, 2), facts, budget
    )
    inside = opened(facts, variable)
    if not smooth(term, variable, inside, budget) or not continuous_at_ends(
        term, variable, facts, budget
    ):
        return None
    curvature = diff(term, variable, 2)
    if sign_in(curvature, inside, budget) == ">":
        return message("the second derivative is positive")
    if not plausible(curvature, ">=", inside.context, budget):
        return None
    if strict and prove_sign(curvature, ">", inside, budget):
        return message("the second derivative is positive")
    if not prove_sign(curvature, ">=", inside, budget):
        return None
    if not strict:
        return message("the second derivative is not negative")
    for place in _places(variable, inside):
        if sign_in(substitute(curvature, {variable: place}), facts, budget) == ">":
            return message(
                "the second derivative is not negative, and 0 at isolated points only: "
                "it is positive at {point}",
                point=f"{variable} = {place}",
            )
    return None


def _places(variable: Symbol, facts: Facts) -> list[Expr]:
    """Simple numbers inside the interval of a variable."""
    interval = facts.interval(variable)
    assert interval is not None
    return [Rational(v.numerator, v.denominator) for v in candidates(interval)[:MOST_PLACES]]


def _of_vector(
    term: Expr, base: IndexedBase, strict: bool, work: Workspace, budget: Budget
) -> Message | None:
    """The curvature of a function of a vector or matrix, along every direction."""
    context = work.context
    declaration = context.declaration_of(base)
    assert declaration is not None
    name = fresh_name(context, "v", "u", "w")
    context = context.declare(Declaration(name, REAL, declaration.shape, latex=name))
    direction = context.symbol(name)
    assert isinstance(direction, IndexedBase)
    step = Dummy("t", real=True)
    there = workspace(context)
    facts = there.facts(budget)
    apply = there.prepared.apply

    def curvature_of(f: Expr) -> Expr:
        moved = replaced(f, base, lambda *at: base[at] + step * direction[at])
        return apply(substitute(diff(moved, step, 2), {step: Integer(0)}))

    term = without_convex_kinks(term, base, curvature_of, facts, budget)
    inside = facts if strict else opened(facts, base)
    if not smooth(apply(term), base, inside, budget) or not (
        strict or continuous_at_ends(apply(term), base, facts, budget)
    ):
        return None
    curvature = curvature_of(term)
    if strict:
        found = positive_form(curvature, direction, inside, budget)
        return message("the second derivative along every line is positive") if found else None
    if not plausible(curvature, ">=", inside.context, budget):
        return None
    if not_negative_by_samples(curvature, inside, budget) or prove_sign(
        curvature, ">=", inside, budget
    ):
        return message("the second derivative along every line is not negative")
    return None
