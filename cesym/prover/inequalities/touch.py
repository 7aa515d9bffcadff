"""The touch rule: a function of x that falls before a and rises after it is smallest at a.

For `f >= 0` it is enough that (x - a) f'(x) >= 0 on the interval of x, or f''(x) >= 0 there and
f'(a) = 0, and that f(a) >= 0, which has one variable less. The point a may depend on the other
variables. It is found by any means; that it has a value, lies in the interval, and these three
statements are then proved.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sympy import (
    Derivative,
    Expr,
    Indexed,
    Pow,
    Rational,
    S,
    Symbol,
    diff,
    log,
    nan,
    oo,
    zoo,
)

from cesym.errors import UnsupportedTerm
from cesym.messages import Message, message
from cesym.prover.balls import fact_holds
from cesym.prover.budget import Budget
from cesym.prover.cases import Case, in_tower
from cesym.prover.facts import Facts
from cesym.prover.inequalities.roots import roots_of
from cesym.prover.interruptions import Split
from cesym.prover.rational import Ratio
from cesym.prover.reduction import vanishes
from cesym.prover.relations import ENOUGH, NEGATED
from cesym.prover.tower import Tower
from cesym.prover.workspace import workspace
from cesym.terms.conditions import Fact
from cesym.terms.differentiation import D
from cesym.terms.domains import FiniteSet, IndexRange, Interval

MOST_VARIABLES = 6


def by_touching(
    term: Expr, relation: str, facts: Facts, budget: Budget, depth: int
) -> Message | None:
    """How `term relation 0` is proved by touching in some variable, None when it is not."""
    for variable in variables(term, facts):
        budget.tick()
        for point in candidates(term, variable, facts, budget):
            if _touches(term, variable, point, facts, budget) and holds_at(
                term.xreplace({variable: point}), relation, facts, budget, depth - 1
            ):
                return message(
                    "smallest at {variable} = {point}", variable=str(variable), point=str(point)
                )
    return None


def holds_at(term: Expr, relation: str, facts: Facts, budget: Budget, depth: int) -> bool:
    """Whether `term relation 0` is proved, by touching in another variable if need be."""
    from cesym.prover.inequalities.search import sign_in

    if sign_in(term, facts, budget) in ENOUGH[relation]:
        return True
    return depth > 0 and by_touching(term, relation, facts, budget, depth) is not None


def variables(term: Expr, facts: Facts) -> list[Expr]:
    """The variables that may move freely in an interval, whatever the others are."""
    loose = {e.base for e in term.atoms(Indexed) if not all(i.is_Integer for i in e.indices)}
    entries = {e for e in term.atoms(Indexed) if e.base not in loose}
    symbols = {s for s in term.free_symbols if isinstance(s, Symbol)}
    free = [v for v in (*symbols, *entries) if moves(v, facts)]
    return sorted(free, key=str)[:MOST_VARIABLES]


def moves(variable: Expr, facts: Facts) -> bool:
    """Whether a variable moves in an interval by itself: continuous, tied to no other, and without
    a hole, such as the one that `x != 0` makes. An index does not move.
    """
    if variable.is_integer:
        return False
    declared = facts.context.declaration_of(
        variable.base if isinstance(variable, Indexed) else variable
    )
    if declared is None:
        domain = facts.interval(variable)
    elif declared.constraint is not None or (bool(declared.shape) != isinstance(variable, Indexed)):
        return False
    else:
        domain = declared.domain
    if domain is None or isinstance(domain, FiniteSet | IndexRange) or domain.integer:
        return False
    return not any(
        key.has(variable) and (variable not in (key, -key) or relation == "!=")
        for key, relation in facts.signs.items()
    )


def interval_of(variable: Expr, facts: Facts) -> Interval:
    """The interval of a variable, with what the case at hand says of its sign."""
    from cesym.prover.signs import tightened

    interval = facts.interval(variable)
    assert interval is not None
    opposite = facts.signs.get(-variable)
    for assumed in (facts.signs.get(variable), opposite and NEGATED[opposite]):
        interval = tightened(interval, assumed)
    return interval


def candidates(term: Expr, variable: Expr, facts: Facts, budget: Budget) -> Iterator[Expr]:
    """Where the derivative may vanish: factors linear in x or e^x; closed ends of the interval."""
    slope = slope_of(term, variable)
    if slope.has(Derivative):
        return  # a function that has no slope to speak of
    ends = _ends(variable, facts)
    roots = roots_of(slope, variable, facts, budget)
    guesses = dict.fromkeys((*roots, *ends, *_guesses(term, variable, facts)))
    for candidate in guesses:
        if candidate.has(variable):
            continue
        if candidate in ends or _seems_zero(slope.xreplace({variable: candidate}), facts, budget):
            yield candidate


def slope_of(term: Expr, variable: Expr) -> Expr:
    """The derivative; where `D` knows none, what SymPy makes of it."""
    try:
        return D(term, variable)
    except UnsupportedTerm:
        return diff(term, variable)


def _seems_zero(slope: Expr, facts: Facts, budget: Budget) -> bool:
    """A cheap look: whether a slope is 0 as far as some points tell. Proves nothing."""
    if slope.has(zoo, nan, oo):
        return False
    points = workspace(facts.context).first_points(budget)
    return not any(fact_holds(Fact(slope, "!="), w.point, budget) for w in points)


SIMPLE = (S.Zero, S.One, S.Half)


def _guesses(term: Expr, variable: Expr, facts: Facts) -> list[Expr]:
    """Simple points, and the other variables: where two curves of this field often touch."""
    return [*SIMPLE, *(v for v in variables(term, facts) if v != variable)]


def _ends(variable: Expr, facts: Facts) -> list[Expr]:
    """Closed ends of the interval: where a monotone function is smallest."""
    interval = interval_of(variable, facts)
    ends = []
    if interval.lower is not None and not interval.lower_open:
        ends.append(rational(interval.lower))
    if interval.upper is not None and not interval.upper_open:
        ends.append(rational(interval.upper))
    return ends


def rational(value: Fraction) -> Expr:
    """An end of an interval as a number in a term."""
    return Rational(value.numerator, value.denominator)


def _touches(term: Expr, variable: Expr, point: Expr, facts: Facts, budget: Budget) -> bool:
    """Whether `term` is proved to be smallest at `variable = point`, a point of the interval."""
    from cesym.prover.inequalities.search import sign_in

    if not has_value(point, facts, budget):
        return False
    if not inside(point, interval_of(variable, facts), facts, budget):
        return False
    slope = slope_of(term, variable)
    if sign_in(slope * (variable - point), facts, budget) in ENOUGH[">="]:
        return True
    curvature = slope_of(slope, variable)
    return sign_in(curvature, facts, budget) in ENOUGH[">="] and is_zero(
        slope.xreplace({variable: point}), facts, budget
    )


def has_value(point: Expr, facts: Facts, budget: Budget) -> bool:
    """Whether the point has a value whatever the others are: no zero below, no log of 0."""
    from cesym.prover.inequalities.search import sign_in

    for part in point.atoms(Pow, log):
        inside = part.args[0]
        if isinstance(part, log) or not part.exp.is_Integer:
            wanted = ENOUGH[">"]
        elif part.exp < 0:
            wanted = ENOUGH["!="]
        else:
            continue
        if not (inside.is_Rational and inside > 0) and sign_in(inside, facts, budget) not in wanted:
            return False
    return True


def inside(point: Expr, interval: Interval, facts: Facts, budget: Budget) -> bool:
    """Whether a point is proved to lie in an interval."""
    from cesym.prover.inequalities.search import sign_in

    for end, is_open, direction in (
        (interval.lower, interval.lower_open, 1),
        (interval.upper, interval.upper_open, -1),
    ):
        if end is not None:
            relation = ">" if is_open else ">="
            if sign_in(direction * (point - rational(end)), facts, budget) not in ENOUGH[relation]:
                return False
    return True


def is_zero(term: Expr, facts: Facts, budget: Budget) -> bool:
    """Whether a term is proved to be 0 everywhere."""

    def ask(tower: Tower, value: Ratio, _: Expr) -> bool:
        return vanishes(tower, value)

    try:
        return in_tower(Case((), term, facts), budget, ask)
    except (Split, UnsupportedTerm):
        return False
