"""Where a function of several numbers is 0, and which sign it has elsewhere.

Let f be a term with a value at every point of the domain, x one of its variables that moves in an
interval whatever the others are, and a a term in the others.

*Regions*. Where x < a, where x = a, and where x > a, the sign of every term in question is known.
That is all there is.

*Multiple*. f = h g, with h of one sign and never 0: f and g are 0 at the same points, and have the
same sign everywhere if h > 0. This needs neither x nor a.

*Quotient*. f is 0 where x = a, and f / (x - a) is nowhere 0 as long as x != a. Then f = 0 just
where x = a; if the quotient is positive there, f has the sign of x - a everywhere.

*Monotone*. f is continuous in x and df/dx > 0 inside the interval, a lies in the interval whatever
the others are, and f is 0 where x = a. Then f has the sign of x - a.

*Touching*. As before, but (x - a) df/dx > 0 for x != a, or d2f/dx2 > 0, and df/dx has the value 0
where x = a. Then f is least at a and only there, and 0 there: f = 0 just where x = a. At an end of
the interval that belongs to it the derivatives need not exist: f is continuous there, so that the
mean value theorem holds up to the end.

The first, like a look at the sign of f on each side of a, needs no continuity, and a need not lie
in the interval: the identity f = 0 is only used at points of the domain. Continuity of the other
two is read off the term, which may not have anything in it that jumps.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from sympy import Expr, Piecewise, diff, sign

from cesym.errors import UnsupportedTerm
from cesym.prover.budget import Budget
from cesym.prover.cases import Case, in_tower
from cesym.prover.discharge import assume
from cesym.prover.facts import Facts
from cesym.prover.inequalities.defined import has_value_everywhere
from cesym.prover.inequalities.roots import roots_of
from cesym.prover.inequalities.search import sign_in
from cesym.prover.inequalities.touch import (
    candidates,
    has_value,
    inside,
    interval_of,
    is_zero,
    variables,
)
from cesym.prover.interruptions import Split
from cesym.prover.rational import Ratio
from cesym.prover.relations import ENOUGH, implies, product_sign
from cesym.prover.tower import Tower
from cesym.terms.binders import substitute
from cesym.terms.conditions import Fact
from cesym.terms.statements import IsEqual

MOST_ROOTS = 6
"""Candidates for a root that are tried in one variable."""


def multiple(term: Expr, other: Expr, facts: Facts, budget: Budget) -> str | None:
    """`>` where `term` is proved to be a positive multiple of the other one, `<` for a negative."""

    def ask(tower: Tower, value: Ratio, _: Expr) -> str | None:
        quotient = value / tower.convert(other)
        parts = (quotient.numerator, quotient.denominator)
        signs = [tower.signs.of(Ratio(tower.ring, part, tower.ring.one)) for part in parts]
        known = product_sign(signs)
        return known if known in (">", "<") else None

    try:
        return in_tower(Case((), term, facts), budget, ask)
    except (Split, UnsupportedTerm):
        return None


def vanishing(term: Expr, other: Expr, facts: Facts, budget: Budget) -> tuple[Expr, Expr] | None:
    """(x, a) such that each of two terms is proved to be 0 just where x = a, if one is found."""
    for variable, point in _candidates(term, other, facts, budget):
        if all(_only_zero(f, variable, point, facts, budget) for f in (term, other)):
            return variable, point
    return None


def crossing(
    term: Expr, other: Expr, facts: Facts, budget: Budget
) -> tuple[Expr, Expr, bool] | None:
    """(x, a, same) such that two terms are proved to have the sign of x - a, or its opposite, each
    everywhere: `same` if both have the same sign.
    """
    for variable, point in _candidates(term, other, facts, budget):
        first = _crosses(term, variable, point, facts, budget)
        second = first and _crosses(other, variable, point, facts, budget)
        if first and second:
            return variable, point, first == second
    return None


def same_in_regions(
    left: Fact, right: Fact, facts: Facts, budget: Budget
) -> tuple[Expr, Expr] | None:
    """(x, a) such that for x < a, for x = a and for x > a it is proved of both facts that they
    hold, or of both that they fail.
    """
    for variable, point in _candidates(left.term, right.term, facts, budget):
        if all(
            _same_in(left, right, variable, point, relation, facts, budget)
            for relation in ("==", "<", ">")
        ):
            return variable, point
    return None


def _same_in(
    left: Fact,
    right: Fact,
    variable: Expr,
    point: Expr,
    relation: str,
    facts: Facts,
    budget: Budget,
) -> bool:
    if relation == "==":
        left, right = (f.map(lambda t: substitute(t, {variable: point})) for f in (left, right))
    else:
        facts = assume(facts, Fact(variable - point, relation), budget)
    answers = [implies(sign_in(f.term, facts, budget), f.relation) for f in (left, right)]
    return None not in answers and answers[0] == answers[1]


def _candidates(
    term: Expr, other: Expr, facts: Facts, budget: Budget
) -> Iterator[tuple[Expr, Expr]]:
    """Variables and where both terms may vanish, of which nothing is believed."""
    both = term.free_symbols & other.free_symbols
    for variable in variables(IsEqual(term, other), facts):
        budget.tick()
        if variable not in both and not (term.has(variable) and other.has(variable)):
            continue
        found: dict[Expr, None] = {}
        for f in (other, term):
            found |= dict.fromkeys(roots_of(f, variable, facts, budget))
        with suppress(UnsupportedTerm):  # the slope of what jumps
            found |= dict.fromkeys(candidates(term, variable, facts, budget))
        points = [p for p in found if not p.has(variable) and has_value(p, facts, budget)]
        yield from ((variable, point) for point in points[:MOST_ROOTS])


def _only_zero(term: Expr, variable: Expr, point: Expr, facts: Facts, budget: Budget) -> bool:
    """Whether `term` is proved to be 0 just where `variable` is `point`."""
    if not is_zero(substitute(term, {variable: point}), facts, budget):
        return False
    away = assume(facts, Fact(variable - point, "!="), budget)
    if sign_in(term, away, budget) in ENOUGH["!="]:
        return True
    if sign_in(term / (variable - point), away, budget) in ENOUGH["!="]:
        return True
    if all(sign in ENOUGH["!="] for sign in _beside(term, variable, point, facts, budget)):
        return True
    return _moves_smoothly(term, variable, point, facts, budget) and (
        monotone(term, variable, facts, budget) is not None
        or least_only_at(term, variable, point, facts, budget)
        or least_only_at(-term, variable, point, facts, budget)
    )


def _crosses(term: Expr, variable: Expr, point: Expr, facts: Facts, budget: Budget) -> str | None:
    """`>` where `term` is proved to have the sign of variable - point, `<` for the opposite."""
    if not is_zero(substitute(term, {variable: point}), facts, budget):
        return None
    away = assume(facts, Fact(variable - point, "!="), budget)
    known = sign_in(term / (variable - point), away, budget)
    if known in (">", "<"):
        return known
    match _beside(term, variable, point, facts, budget):
        case (("<", ">") | (">", "<")) as signs:
            return signs[1]
    if _moves_smoothly(term, variable, point, facts, budget):
        return monotone(term, variable, facts, budget)
    return None


def _beside(
    term: Expr, variable: Expr, point: Expr, facts: Facts, budget: Budget
) -> tuple[str | None, str | None]:
    """The proved signs of `term` where `variable` is less than `point`, and where it is greater."""
    below, above = (
        sign_in(term, assume(facts, Fact(variable - point, relation), budget), budget)
        for relation in ("<", ">")
    )
    return below, above


def _moves_smoothly(term: Expr, variable: Expr, point: Expr, facts: Facts, budget: Budget) -> bool:
    """Whether a term has a value everywhere, and is continuous in a variable whose interval holds
    the point: nothing jumps as the variable moves and all else stays.
    """
    return (
        not jumps(term)
        and inside(point, interval_of(variable, facts), facts, budget)
        and has_value_everywhere(term, facts, budget)
    )


def jumps(term: Expr) -> bool:
    """Whether a term holds anything that need not be continuous."""
    return term.has(Piecewise, sign)


def monotone(term: Expr, variable: Expr, facts: Facts, budget: Budget) -> str | None:
    """`>` for a term that is proved to grow strictly with a variable, `<` for one that falls, by
    its slope inside the interval.
    """
    known = sign_in(diff(term, variable), _inside(facts, variable), budget)
    return known if known in (">", "<") else None


def _inside(facts: Facts, variable: Expr) -> Facts:
    """The facts where a variable is at no end of its interval."""
    inner = replace(interval_of(variable, facts), lower_open=True, upper_open=True)
    return replace(facts, bounds={**facts.bounds, variable: inner})


def least_only_at(term: Expr, variable: Expr, point: Expr, facts: Facts, budget: Budget) -> bool:
    """Whether a continuous term is proved to be least where a variable is at a point of its
    interval, and nowhere else.
    """
    slope = diff(term, variable)
    away = assume(facts, Fact(variable - point, "!="), budget)
    if sign_in(slope / (variable - point), away, budget) == ">":
        return True
    there = substitute(slope, {variable: point})
    return (
        sign_in(diff(slope, variable), _inside(facts, variable), budget) == ">"
        and has_value(there, facts, budget)
        and is_zero(there, facts, budget)
    )
