"""Roots of variables as variables: f(x, sqrt(x)) for x >= 0 as f(u^2, u) for u >= 0."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import lcm

from sympy import Expr, Pow, Rational

from cesym.prover.facts import Facts
from cesym.prover.inequalities.numbers import new_number
from cesym.prover.inequalities.touch import interval_of, variables
from cesym.terms.domains import Interval


def without_roots(term: Expr, facts: Facts) -> tuple[Expr, Facts] | None:
    """`term` with u^n for each variable x >= 0 of which there are n-th roots, and what is known
    then; None where there is no such variable.

    u runs through all the roots of the values of x, and through more where these are not bounded
    by 0 and 1.
    """
    changed = term
    for variable in variables(term, facts):
        roots = [p for p in changed.atoms(Pow) if p.base == variable and not p.exp.is_Integer]
        interval = interval_of(variable, facts)
        if not roots or not all(isinstance(root.exp, Rational) for root in roots):
            continue
        if interval.lower is None or interval.lower < 0:
            continue
        degree = lcm(*(int(root.exp.q) for root in roots))
        number, facts = _root(variable, interval, facts)
        powers = {root: number ** (degree * root.exp) for root in roots}
        changed = changed.xreplace(powers).xreplace({variable: number**degree})
    return None if changed is term else (changed, facts)


def _root(variable: Expr, interval: Interval, facts: Facts) -> tuple[Expr, Facts]:
    """The root of a variable as a number of its own."""
    bounded = interval.upper == 1
    domain = Interval(
        Fraction(0),
        Fraction(1) if bounded else None,
        lower_open=interval.lower_open or interval.lower != 0,
        upper_open=bounded and interval.upper_open,
    )
    number, facts = new_number("root", domain, facts)
    signs = {key: sign for key, sign in facts.signs.items() if not key.has(variable)}
    return number, replace(facts, signs=signs)
