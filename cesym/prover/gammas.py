"""The logarithm of the Gamma function: log Gamma(u + 1) = log u + log Gamma(u) for u > 0.

Of arguments that differ by an integer the one whose constant term lies in [0, 1) stands for all, as
far as everything on the way to it is proved to be positive. So log (n + 1)! - log n! = log(n + 1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Expr

from cesym.errors import UnsupportedTerm
from cesym.prover.rational import Ratio
from cesym.terms.building import log_gamma

if TYPE_CHECKING:
    from cesym.prover.tower import Tower

MOST_STEPS = 20


def normal_log_gamma(tower: Tower, term: Expr) -> Ratio:
    """The normal form of log Gamma(u)."""
    argument, result, one = tower.convert(term.args[0]), tower.constant(0), tower.constant(1)
    steps = _whole_part(argument)
    if abs(steps) > MOST_STEPS:
        steps = 0
    while steps > 0 and tower.signs.of(argument - one) == ">":
        argument -= one
        result += tower.logarithm(argument)
        steps -= 1
    while steps < 0 and tower.signs.of(argument) == ">":
        result -= tower.logarithm(argument)
        argument += one
        steps += 1
    return result + tower.atom(log_gamma(tower.term(argument)))


def _whole_part(argument: Ratio) -> int:
    """The integer part of the constant term of a polynomial; 0 for any other argument."""
    if not argument.denominator.is_constant():
        return 0
    below = int(argument.denominator.leading_coefficient())
    terms = argument.numerator.to_dict()
    constant = next((int(c) for exponents, c in terms.items() if not any(exponents)), 0)
    return constant // below


def normal_gamma(tower: Tower, term: Expr) -> Ratio:
    """The normal form of Gamma(u) = e^(log Gamma(u)) for u > 0.

    Nobody writes it, but SymPy makes log Gamma(n) for an integer n the logarithm of it.
    """
    if tower.signs.of(tower.convert(term.args[0])) != ">":
        raise UnsupportedTerm("Gamma of what is not known to be positive")
    return tower.exponential(normal_log_gamma(tower, term))
