"""Whether a term is smooth inside a domain, and continuous at its ends.

Sums, products, exponentials and hyperbolic functions are analytic everywhere; logarithms and powers
with an exponent that is not an integer are where what they are taken of is positive, negative
powers where it is not 0. A term built of these alone, with all of that proved, is analytic.

At an end u log v may have u = v = 0: it is continuous there when v is a constant times u, since
u log(c u) tends to 0 as u does. A power with a positive exponent is continuous at 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sympy import (
    Abs,
    Add,
    Expr,
    Indexed,
    IndexedBase,
    KroneckerDelta,
    Mul,
    Pow,
    Sum,
    Symbol,
    cosh,
    exp,
    log,
    preorder_traversal,
    sinh,
    tanh,
)

from cesym.prover.budget import Budget
from cesym.prover.facts import Facts
from cesym.prover.inequalities.search import sign_in
from cesym.prover.relations import ENOUGH
from cesym.terms.domains import Interval
from cesym.terms.functions import xlogy

ANALYTIC = (Add, Mul, Pow, exp, log, xlogy, Sum, cosh, sinh, tanh, KroneckerDelta)
"""Heads that are analytic where they are smooth at all."""


def opened(facts: Facts, variable: Symbol | IndexedBase) -> Facts:
    """The facts inside: where no value of a variable, or of the entries of a vector, is at an end.

    A probability vector with one entry has it at the end 1, and nowhere to move.
    """
    if isinstance(variable, Symbol):
        known = facts.interval(variable)
        assert known is not None
        inner = replace(known, lower_open=True, upper_open=True)
        return replace(facts, bounds={**facts.bounds, variable: inner})
    name = str(variable.label)
    declaration = facts.context.declarations[name]
    assert isinstance(declaration.domain, Interval)
    upper_open = declaration.domain.upper_open or declaration.constraint is None
    inner = replace(declaration.domain, lower_open=True, upper_open=upper_open)
    declarations = {**facts.context.declarations, name: replace(declaration, domain=inner)}
    return replace(facts, context=replace(facts.context, declarations=declarations))


def smooth(term: Expr, variable: Symbol | IndexedBase, facts: Facts, budget: Budget) -> bool:
    """Whether a term is analytic in a variable at every point that `facts` allow."""
    return all(_is_smooth(part, facts, budget) for part in _parts(term) if part.has(variable))


def _is_smooth(part: Expr, facts: Facts, budget: Budget) -> bool:
    if not _known(part):
        return False
    return _off(part, facts, budget) is None


def _off(part: Expr, facts: Facts, budget: Budget) -> Expr | None:
    """What would have to be positive, or not 0, for a part to be smooth, where that is not proved;
    None where it is.
    """
    if isinstance(part, log):
        inside, wanted = part.args[0], ">"
    elif isinstance(part, xlogy):
        inside, wanted = part.args[1], ">"
    elif isinstance(part, Pow) and not part.exp.is_Integer:
        inside, wanted = part.base, ">"
    elif isinstance(part, Pow) and part.exp.is_negative:
        inside, wanted = part.base, "!="
    else:
        return None
    proved = inside.is_Rational and inside > 0
    return None if proved or sign_in(inside, facts, budget) in ENOUGH[wanted] else inside


def continuous_at_ends(
    term: Expr, variable: Symbol | IndexedBase, facts: Facts, budget: Budget
) -> bool:
    """Whether a term that is smooth inside is continuous on the whole domain of a variable."""
    for part in _parts(term):
        inside = _off(part, facts, budget) if part.has(variable) else None
        if inside is None:
            continue
        if isinstance(part, xlogy) and not (inside / part.args[0]).has(variable):
            continue
        if isinstance(part, Pow) and part.exp.is_Rational and part.exp.is_positive:
            continue
        return False
    return True


def _parts(term: Expr) -> list[Expr]:
    """A term and everything inside it, but for indices and the limits of sums."""
    found: list[Expr] = []
    walk = preorder_traversal(term)
    for part in walk:
        if isinstance(part, Indexed):
            walk.skip()
        if isinstance(part, Expr):
            found.append(part)
    return found


def _known(part: Expr) -> bool:
    return isinstance(part, (*ANALYTIC, Symbol, Indexed)) or bool(part.is_number and not part.args)


def without_convex_kinks(
    term: Expr,
    variable: Symbol | IndexedBase,
    curvature_of: Callable[[Expr], Expr],
    facts: Facts,
    budget: Budget,
) -> Expr:
    """`term` without the summands c |u| with u linear in a variable, c >= 0 and free of it, and
    without sums of such: they are convex, so that the term is convex, or strictly so, if the rest
    is. `curvature_of` gives the second derivative.
    """
    if not term.has(Abs):
        return term

    def convex(part: Expr) -> bool:
        """Whether a summand is one of these."""
        inner = [f for f in Mul.make_args(part) if isinstance(f, Sum | Abs)]
        weight = Mul(*(f for f in Mul.make_args(part) if not isinstance(f, Sum | Abs)))
        if len(inner) != 1 or weight.has(variable, Abs, Sum):
            return False
        if sign_in(weight, facts, budget) not in ENOUGH[">="]:
            return False
        (only,) = inner
        if isinstance(only, Sum):
            return all(map(convex, Add.make_args(only.function.expand())))
        inside = only.args[0]
        return not inside.has(Abs) and curvature_of(inside).expand() == 0

    return Add(*(part for part in Add.make_args(term.expand()) if not convex(part)))
