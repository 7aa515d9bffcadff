"""Numbers of their own, for what stands in a term more than once or is easier to move by itself."""

from __future__ import annotations

from dataclasses import replace

from sympy import Expr

from cesym.prover.facts import Facts
from cesym.terms.context import Context
from cesym.terms.domains import Declaration, Interval


def free_name(name: str, context: Context) -> str:
    """`name`, or one like it should that be taken."""
    while context.kind(name) is not None:
        name += "_"
    return name


def new_number(name: str, interval: Interval, facts: Facts) -> tuple[Expr, Facts]:
    """A number in an interval, called `name` or like it should that be taken; and the facts with
    it.
    """
    name = free_name(name, facts.context)
    context = facts.context.declare(Declaration(name, interval, latex=name))
    number = context.symbol(name)
    assert isinstance(number, Expr)
    return number, replace(facts, context=context)
