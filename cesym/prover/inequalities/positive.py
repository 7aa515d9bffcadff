"""Exponentials as positive numbers: what holds of every x > 0 holds of e^v for every real v.

With x = e^v a term in v is f(x), where e^(n v) became x^n for integers n and v became log x. If
f(x) >= 0 for all x > 0, the term is not negative for any v; the same with > 0, and with x = e^-v.
Nothing is asked of v but that it is a real number; what else is known of it is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from sympy import Expr, Symbol, exp, log

from cesym.prover.facts import Facts
from cesym.prover.inequalities.touch import variables
from cesym.terms.domains import Declaration, Interval

POSITIVE = Interval(Fraction(0), None, lower_open=True)


def without_exponentials(term: Expr, facts: Facts) -> Iterator[tuple[Expr, Facts]]:
    """`term` with x for e^v or for e^-v, for each v that allows it, and what is known then."""
    for variable in variables(term, facts):
        powers = {e: e.args[0] / variable for e in term.atoms(exp) if e.has(variable)}
        if not powers or not all(power.is_Integer for power in powers.values()):
            continue
        signs = {key: sign for key, sign in facts.signs.items() if not key.has(variable)}
        for side in (1, -1):
            name = _free_name(variable if side > 0 else -variable, facts)
            context = facts.context.declare(Declaration(name, POSITIVE, latex=name))
            known, x = replace(facts, context=context, signs=signs), context.symbol(name)
            assert isinstance(x, Symbol)
            changed = term.xreplace({e: x ** (side * power) for e, power in powers.items()})
            yield changed.xreplace({variable: side * log(x)}), known


def _free_name(exponent: Expr, facts: Facts) -> str:
    """A name that says what it stands for, since a method of proof may name it."""
    name = f"exp({exponent})"
    while facts.context.kind(name) is not None:
        name += "_"
    return name
