"""Exponentials as positive numbers: what holds of every x > 0 holds of e^v for every real v.

With x = e^v a term in v is f(x), where e^(n v) became x^n for integers n and v became log x. If
f(x) >= 0 for all x > 0, the term is not negative for any v; the same with > 0, and with x = e^-v.
Nothing is asked of v but that it is a real number; what else is known of it is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sympy import Expr, exp, log

from cesym.prover.facts import Facts
from cesym.prover.inequalities.numbers import new_number
from cesym.prover.inequalities.touch import variables
from cesym.prover.signs import POSITIVE


def without_exponentials(term: Expr, facts: Facts) -> Iterator[tuple[Expr, Facts]]:
    """`term` with x for e^v or for e^-v, for each v that allows it, and what is known then."""
    for variable in variables(term, facts):
        powers = {e: e.args[0] / variable for e in term.atoms(exp) if e.has(variable)}
        if not powers or not all(power.is_Integer for power in powers.values()):
            continue
        signs = {key: sign for key, sign in facts.signs.items() if not key.has(variable)}
        for side in (1, -1):
            exponent = variable if side > 0 else -variable
            x, known = new_number(f"exp({exponent})", POSITIVE, replace(facts, signs=signs))
            changed = term.xreplace({e: x ** (side * power) for e, power in powers.items()})
            yield changed.xreplace({variable: side * log(x)}), known
