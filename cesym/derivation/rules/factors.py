"""The rule that takes out what all terms of a sum have in common."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd, lcm

from sympy import Add, Expr, Mul, Pow, Rational, S, exp, expand

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
    return (*outside, _multiplied_out(inside))


def _multiplied_out(total: Expr) -> Expr:
    """Products multiplied out; powers of sums too, where that makes it shorter."""
    kept, whole = (
        expand(total, log=False, power_base=False, power_exp=False, multinomial=multinomial)
        for multinomial in (False, True)
    )
    return min(kept, whole, key=lambda term: term.count_ops())


def _powers(term: Expr) -> tuple[Rational, Powers]:
    """The number in front of a product, and its powers. Of sums that differ in sign only, the one
    with a positive number in it is the base, where the exponent allows it: 1 - q, not q - 1.
    """
    number, rest = term.as_coeff_Mul()
    powers: Powers = {}
    if not isinstance(number, Rational):
        number, rest = S.One, term
    for factor in Mul.make_args(rest):
        base, exponent = _base_and_exponent(factor)
        if isinstance(base, Add) and exponent.is_Integer and _is_upside_down(base):
            base, number = -base, number * S.NegativeOne**exponent
        powers[base] = powers.get(base, S.Zero) + exponent
    powers.pop(S.One, None)
    return number, powers


def _base_and_exponent(factor: Expr) -> tuple[Expr, Expr]:
    """The same for e^(n u) as for (e^u)^n."""
    if isinstance(factor, exp):
        number, rest = factor.args[0].as_coeff_Mul()
        return (exp(rest), number) if rest != 1 else (factor, S.One)
    return factor.as_base_exp()


def _is_upside_down(base: Add) -> bool:
    number, _ = base.as_coeff_Add()
    return bool(number < 0) if number.is_Rational and number else base.could_extract_minus_sign()


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
