"""Whether a condition holds at a point: surely (True), surely not (False), not known (None)."""

from __future__ import annotations

from dataclasses import replace

from cesym.prover.balls import evaluate_at, fact_holds, integer
from cesym.prover.budget import Budget
from cesym.prover.kinks import no_derivative
from cesym.prover.values import Point, Undefined
from cesym.terms.conditions import Condition


def condition_holds(condition: Condition, point: Point, budget: Budget) -> bool | None:
    """Whether a condition holds at a point, over all values of its bound indices.

    That no part has a kink does not hold only where there is shown to be no derivative.
    """
    found = _holds(condition, point, budget)
    if found is False and condition.kinks:
        return False if any(no_derivative(k, point, budget) for k in condition.kinks) else None
    return found


def _holds(condition: Condition, point: Point, budget: Budget) -> bool | None:
    if condition.binders:
        first, *rest = condition.binders
        inner = replace(condition, binders=tuple(rest))
        try:
            ends = [integer(evaluate_at(end, point, budget)) for end in (first.lower, first.upper)]
        except Undefined:
            return None
        return _all(
            condition_holds(inner, point.with_index(first.index, k), budget)
            for k in range(ends[0], ends[1] + 1)
        )
    guard = _all(fact_holds(fact, point, budget) for fact in condition.guards)
    if guard is False:
        return True
    holds = _any(fact_holds(fact, point, budget) for fact in condition.alternatives)
    return holds if guard or holds else None


def _all(answers) -> bool | None:
    result: bool | None = True
    for answer in answers:
        if answer is False:
            return False
        result = None if answer is None else result
    return result


def _any(answers) -> bool | None:
    result: bool | None = False
    for answer in answers:
        if answer:
            return True
        result = None if answer is None else result
    return result
