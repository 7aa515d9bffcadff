"""Points of the parameters at which a limit is another than the one that is claimed."""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq
from sympy import Expr, Rational

from cesym.errors import UnsupportedTerm
from cesym.messages import Message, message
from cesym.prover.balls import evaluate_at
from cesym.prover.budget import Budget
from cesym.prover.facts import Facts
from cesym.prover.hypotheses import Prepared
from cesym.prover.interruptions import Split
from cesym.prover.limits.approach import holds_near, sides
from cesym.prover.limits.known import ABOVE, BELOW, one_sided
from cesym.prover.limits.question import Question, infinite
from cesym.prover.limits.undecided import Undecided
from cesym.prover.refutation import condition_text, describe, digits
from cesym.prover.truth import condition_holds
from cesym.prover.values import Point, Undefined, precision, sign_of
from cesym.prover.verdict import Counterexample
from cesym.terms.context import Context

BITS = 200


@dataclass(frozen=True, slots=True)
class Refutation:
    """A counterexample, and how it refutes."""

    method: Message
    counterexample: Counterexample


def refuted_at(
    asked: Question, point: Point, values: dict[Expr, Expr], prepared: Prepared, budget: Budget
) -> Refutation | None:
    """The counterexample that `values`, the parameters of `point`, make; None when they make
    none.
    """
    place = tuple(
        (name, value) for name, value in describe(prepared, point) if name != asked.x.name
    )
    for condition in asked.conditions:
        if not condition.mentions(asked.x) and condition_holds(condition, point, budget) is False:
            found = Counterexample(place, undefined=condition_text(condition))
            return Refutation(message("undefined at a point"), found)
    here = asked.put(values)
    limits = _limits(here, budget)
    with precision(BITS):
        for side, limit in limits:
            if _differ(limit, here.claimed, budget):
                shown = (_digits(limit, budget), _digits(here.claimed, budget))
                return Refutation(_method(side), Counterexample(place, *shown))
    return None


def parameters(asked: Question, point: Point) -> dict[Expr, Expr]:
    """The parameters' exact values. A value that is only known as a ball is left out."""
    values: dict[Expr, Expr] = {
        symbol: Rational(int(value.p), int(value.q))
        for symbol, value in point.scalars.items()
        if isinstance(value, fmpq) and symbol != asked.x
    }
    for base, cells in point.entries.items():
        for cell, value in cells.items():
            if isinstance(value, fmpq):
                values[base[cell]] = Rational(int(value.p), int(value.q))
    return values


def _limits(asked: Question, budget: Budget) -> list[tuple[int, Expr]]:
    """The limits from the sides from which they are proved."""
    facts = Facts(Context())
    found = []
    try:
        for side in sides(asked.domain, asked.target, asked.side, facts, budget):
            if not all(
                holds_near(condition, asked.x, asked.target, side, facts, budget)
                for condition in asked.conditions
            ):
                return []
            limit = one_sided(asked.body, asked.x, asked.target, side, facts, budget)
            found.append((side, limit))
    except (Undecided, Split, UnsupportedTerm):
        pass
    return found


def _differ(limit: Expr, claimed: Expr, budget: Budget) -> bool:
    """Whether two limits are certain to differ. A claimed value must have a value."""
    try:
        if infinite(limit) or infinite(claimed):
            for term in (limit, claimed):
                if not infinite(term):
                    evaluate_at(term, Point(), budget)
            return limit != claimed
        return sign_of(evaluate_at(limit - claimed, Point(), budget)) in (1, -1)
    except (Undefined, UnsupportedTerm):
        return False


def _digits(term: Expr, budget: Budget) -> str:
    return str(term) if infinite(term) else digits(evaluate_at(term, Point(), budget))


def _method(side: int) -> Message:
    if side == ABOVE:
        return message("the limit from above is another one")
    if side == BELOW:
        return message("the limit from below is another one")
    return message("the limit is another one")
