"""Rules that take limits."""

from __future__ import annotations

from sympy import AccumBounds, Basic, Expr, Limit, limit, nan, zoo

from cesym.derivation.rules.rule import RuleFails, Situation, each
from cesym.terms.context import Context
from cesym.terms.differentiation import evaluate
from cesym.terms.domains import Interval
from cesym.terms.functions import unfold
from cesym.terms.optimisation import LimitOf

DIRECTIONS = {1: "+", -1: "-", 0: "+-"}
"""Side of a limit -> what SymPy calls it."""


def take_limit(term: Expr, situation: Situation) -> Expr:
    """Every limit in the line, taken by SymPy of what definitions and named functions stand for."""
    context = situation.context
    return each(term, lambda e: isinstance(e, LimitOf), lambda e: _taken(e, context))


def _taken(term: LimitOf, context: Context) -> Expr:
    body, variable, target, _ = term.args
    plain = unfold(evaluate(context.unfold_definitions(body), context.ranges()))
    try:
        found = limit(plain, variable, target, _direction(term, context))
    except (NotImplementedError, ValueError) as error:
        raise RuleFails("SymPy does not find this limit") from error
    if isinstance(found, Limit) or found.has(Limit, AccumBounds, nan, zoo):
        raise RuleFails("SymPy does not find this limit")
    return found


def _direction(term: LimitOf, context: Context) -> str:
    """From which side SymPy is to come: at an end of the domain there is only one."""
    _, variable, target, side = term.args
    declaration = context.declarations.get(str(variable))
    domain = declaration.domain if declaration is not None else None
    if side == 0 and isinstance(domain, Interval):
        if _is(domain.lower, target):
            return DIRECTIONS[1]
        if _is(domain.upper, target):
            return DIRECTIONS[-1]
    return DIRECTIONS[int(side)]


def _is(end: object, target: Basic) -> bool:
    return end is not None and target == end
