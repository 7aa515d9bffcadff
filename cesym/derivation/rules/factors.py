"""The rule that takes out what all terms of a sum have in common."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd, lcm

from sympy import Add, Expr, Mul, Pow, Rational, S, expand

from cesym.derivation.rules.rule import Situation

Powers = dict[Expr, Expr]
"""Base -> exponent of a product."""


def take_out_common_factor(term: Expr, situation: Situation) -> Expr:
    r"""a^{n-1} x / q + a^n y = (a^{n-1} / q) (x + a q y), what is left multiplied out.

    Of a product, each factor that is a sum is treated so.
    """
    # All at once, since SymPy would multiply a number into a sum that stands alone beside it.
    return Mul(*(part for factor in Mul.make_args(term) for part in _taken_out(factor)))


def _taken_out(total: Expr) -> tuple[Expr, ...]:
    """The factors that a sum is a product of; anything else as it is."""
    if not isinstance(total, Add):
        return (total,)
    parts = [_powers(part) for part in total.args]
    common = _common([powers for _, powers in parts])
    content = _content([number for number, _ in parts])
    if not common and content == 1:
        return (total,)
    outside = (content, *(Pow(base, exponent) for base, exponent in common.items()))
    inside = Add(*(number / content * _without(powers, common) for number, powers in parts))
    return (*outside, expand(inside, log=False, power_base=False, power_exp=False))


def _powers(term: Expr) -> tuple[Rational, Powers]:
    """The number in front of a product, and its powers. Of sums that differ in sign only, one is
    the base where the exponent allows it.
    """
    number, rest = term.as_coeff_Mul()
    powers: Powers = {}
    if not isinstance(number, Rational):
        number, rest = S.One, term
    for factor in Mul.make_args(rest):
        base, exponent = factor.as_base_exp()
        if isinstance(base, Add) and exponent.is_Integer and base.could_extract_minus_sign():
            base, number = -base, number * S.NegativeOne**exponent
        powers[base] = powers.get(base, S.Zero) + exponent
    powers.pop(S.One, None)
    return number, powers


def _common(products: Sequence[Powers]) -> Powers:
    """For each base the least exponent, where exponents can be compared."""
    common: Powers = {}
    for base in {base: None for powers in products for base in powers}:
        exponents = [powers.get(base, S.Zero) for powers in products]
        apart = [exponent - exponents[0] for exponent in exponents]
        if all(difference.is_Rational for difference in apart):
            least = exponents[0] + min(apart)
            if least != 0:
                common[base] = least
    return common


def _content(numbers: Sequence[Rational]) -> Rational:
    """The greatest positive number by which all `numbers` can be divided, to whole numbers."""
    return Rational(gcd(*(int(n.p) for n in numbers)), lcm(*(int(n.q) for n in numbers)))


def _without(powers: Powers, common: Powers) -> Expr:
    """What is left of a product when the common factor has been taken out."""
    bases = {**powers, **dict.fromkeys(common, S.Zero), **powers}
    return Mul(*(Pow(base, e - common.get(base, S.Zero)) for base, e in bases.items()))
