"""The heads of terms that have a normal form, and how a tower converts each."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from sympy import (
    Abs,
    Add,
    Expr,
    Indexed,
    KroneckerDelta,
    Mul,
    Piecewise,
    Pow,
    Product,
    S,
    Sum,
    Symbol,
    cosh,
    exp,
    gamma,
    log,
    loggamma,
    sign,
    sinh,
    tanh,
)

from cesym.errors import UnsupportedTerm
from cesym.prover.atoms import Atom
from cesym.prover.gammas import normal_gamma, normal_log_gamma
from cesym.prover.rational import Ratio
from cesym.prover.tower import Tower
from cesym.terms.functions import xlogy

Rule = Callable[[Tower, Expr], Ratio]
"""From a term to its normal form."""


def _hyperbolic(combine: Callable[[Ratio, Ratio], Ratio], doubled: bool) -> Rule:
    def rule(tower: Tower, term: Expr) -> Ratio:
        argument = tower.convert(term.args[0])
        power = tower.exponential(argument + argument if doubled else argument)
        return combine(power, tower.constant(1))

    return rule


@cache
def rule_for(head: type) -> Rule:
    """How a term with this head is converted. Raises UnsupportedTerm for one that is not known."""
    for known, rule in _RULES:
        if issubclass(head, known):
            return rule
    raise UnsupportedTerm("the prover does not know {head}", head=head.__name__)


_RULES: tuple[tuple[type | tuple[type, ...], Rule], ...] = (
    ((Symbol, Indexed, Atom, type(S.Pi)), Tower.atom),
    (Add, Tower.add),
    (Mul, Tower.multiply),
    (type(S.Exp1), lambda tower, _: tower.exponential(tower.constant(1))),
    (exp, lambda tower, term: tower.exponential(tower.convert(term.args[0]))),
    (log, lambda tower, term: tower.logarithm(tower.convert(term.args[0]))),
    (Pow, Tower.power),
    (xlogy, Tower.xlogy),
    (Abs, Tower.absolute),
    (sign, Tower.sign),
    (Piecewise, Tower.cases),
    (Sum, Tower.sum),
    (Product, Tower.product),
    (tanh, _hyperbolic(lambda t, one: (t - one) / (t + one), doubled=True)),
    (sinh, _hyperbolic(lambda t, one: (t - one / t) / (one + one), doubled=False)),
    (cosh, _hyperbolic(lambda t, one: (t + one / t) / (one + one), doubled=False)),
    (loggamma, normal_log_gamma),
    (gamma, normal_gamma),
    (KroneckerDelta, Tower.opaque),
)
