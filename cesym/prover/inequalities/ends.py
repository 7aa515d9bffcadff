"""Open ends: a function of x that falls towards an end of its interval stays above its limit there.

Let x range over an interval with a finite end a that does not belong to it, and let f be
differentiable on the interval and continuous at a from inside. If (x - a) f'(x) >= 0 on the
interval, then f(x) >= f(a) there, and f(x) > f(a) if the slope condition is strict: the mean value
theorem on [x, a], of which only a is outside. The slope condition follows from f'' >= 0 as well,
where f' is continuous at a too: f' grows, so f' <= f'(a) <= 0 before a right end, and
f' >= f'(a) >= 0 after a left one. Then f(a) >= 0, with one variable less, is what is left.

Continuity is read off the term: it is built of sums, products, exponentials, logarithms, powers and
absolute values, and these are continuous wherever no logarithm or power without an integer exponent
is of something that is not positive, and nothing below a fraction is 0. All of that is proved at a.
"""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Abs, Add, Expr, Indexed, Mul, Pow, Symbol, exp, log

from cesym.messages import Message, message
from cesym.prover.budget import Budget
from cesym.prover.facts import Facts
from cesym.prover.inequalities.touch import (
    holds_at,
    interval_of,
    rational,
    slope_of,
    variables,
)
from cesym.prover.relations import ENOUGH

CONTINUOUS = (Add, Mul, Pow, exp, log, Abs, Symbol, Indexed)


def by_open_end(
    term: Expr, relation: str, facts: Facts, budget: Budget, depth: int
) -> Message | None:
    """How `term relation 0` is proved from its limit at an open end, None when it is not."""
    for variable in variables(term, facts):
        budget.tick()
        for end, direction in _open_ends(variable, facts):
            if not continuous_at(term, variable, end, facts, budget):
                continue
            known = _slope_towards(term, variable, end, direction, facts, budget)
            if known is None:
                continue
            needed = ">=" if known == ">" else relation
            if holds_at(term.xreplace({variable: end}), needed, facts, budget, depth - 1):
                return message(
                    "above its limit at {variable} = {point}",
                    variable=str(variable),
                    point=str(end),
                )
    return None


def _open_ends(variable: Expr, facts: Facts) -> Iterator[tuple[Expr, int]]:
    """The finite ends that do not belong to the interval, with the side on which it lies."""
    interval = interval_of(variable, facts)
    if interval.upper is not None and interval.upper_open:
        yield rational(interval.upper), -1
    if interval.lower is not None and interval.lower_open:
        yield rational(interval.lower), 1


def _slope_towards(
    term: Expr, variable: Expr, end: Expr, direction: int, facts: Facts, budget: Budget
) -> str | None:
    """`>` or `>=` for the proved sign of the slope away from the end, None when it is not proved.

    `direction` is 1 where the interval lies above the end, and -1 where it lies below.
    """
    from cesym.prover.inequalities.search import sign_in

    slope = slope_of(term, variable)
    known = sign_in(direction * slope, facts, budget)
    if known in ENOUGH[">="]:
        return ">" if known == ">" else ">="
    if not continuous_at(slope, variable, end, facts, budget):
        return None
    at_end = sign_in(direction * slope.xreplace({variable: end}), facts, budget)
    curvature = sign_in(slope_of(slope, variable), facts, budget)
    if at_end not in ENOUGH[">="] or curvature not in ENOUGH[">="]:
        return None
    return ">" if curvature == ">" else ">="


def continuous_at(term: Expr, variable: Expr, end: Expr, facts: Facts, budget: Budget) -> bool:
    """Whether `term` is continuous at an end of the interval of `variable`, whatever the others
    are.
    """
    from cesym.prover.inequalities.search import sign_in

    if not all(_is_continuous(part) for part in _parts(term)):
        return False
    for part in term.atoms(Pow, log):
        if not part.has(variable):
            continue
        if isinstance(part, Pow) and part.exp.is_Integer and part.exp > 0:
            continue
        inside = part.args[0].xreplace({variable: end})
        whole = isinstance(part, Pow) and part.exp.is_Integer
        known = ">" if inside.is_Rational and inside > 0 else sign_in(inside, facts, budget)
        if known not in ENOUGH["!=" if whole else ">"]:
            return False
    return True


def _parts(term: Expr) -> Iterator[Expr]:
    """A term and everything inside it, entries of vectors taken whole."""
    yield term
    if not isinstance(term, Indexed):
        for argument in term.args:
            yield from _parts(argument)


def _is_continuous(part: Expr) -> bool:
    return isinstance(part, CONTINUOUS) or (part.is_number and not part.args)
