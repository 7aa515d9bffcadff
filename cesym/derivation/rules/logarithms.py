"""Rules about logarithms and exponentials."""

from __future__ import annotations

from sympy import Add, Basic, Expr, Mul, Pow, Product, S, Sum, exp, expand_log, log

from cesym.derivation.rules.rule import Situation, each
from cesym.terms.functions import expm1, log1p


def expand_logarithm(term: Expr, situation: Situation) -> Expr:
    """log of products, quotients and powers as sums."""
    return each(term, lambda e: isinstance(e, log), expanded)


def expanded(term: log) -> Expr:
    """One logarithm as a sum. That its parts are positive is for the prover to say."""
    inside = term.args[0]
    if isinstance(inside, Product):
        return Sum(expanded(log(inside.function, evaluate=False)), *inside.limits)
    parts = []
    for base, exponent in (part.as_base_exp() for part in Mul.make_args(inside)):
        if isinstance(base, exp):
            parts.append(exponent * base.args[0])
        elif base is S.Exp1:
            parts.append(exponent)
        elif isinstance(base, Product):
            parts.append(exponent * expanded(log(base, evaluate=False)))
        elif base.is_Rational:
            parts.append(exponent * expand_log(log(base)))
        else:
            parts.append(exponent * log(base))
    return Add(*parts) if parts else expand_log(term)


def use_log1p(term: Expr, situation: Situation) -> Expr:
    """log(1 + t) = log1p(t)."""
    return each(
        term,
        lambda e: isinstance(e, log) and isinstance(e.args[0], Add) and S.One in e.args[0].args,
        lambda e: log1p(e.args[0] - 1),
    )


def use_expm1(term: Expr, situation: Situation) -> Expr:
    """c e^t - c = c expm1(t), for a number c."""

    def written(e: Add) -> Expr:
        for part in e.args:
            factor, power = part.as_coeff_Mul()
            if isinstance(power, exp) and -factor in e.args:
                return e - part + factor + factor * expm1(power.args[0])
        return e

    return each(term, lambda e: isinstance(e, Add), written)


def combine_logarithms(term: Expr, situation: Situation) -> Expr:
    """c log a + c log b = c log(a b), and c log a - c log b = c log(a / b)."""
    return each(term, lambda e: isinstance(e, Add), _combined)


def _combined(terms: Add) -> Expr:
    rest: list[Expr] = []
    arguments: dict[Expr, Expr] = {}
    for part in terms.args:
        logs = [factor for factor in Mul.make_args(part) if isinstance(factor, log)]
        if len(logs) != 1:
            rest.append(part)
            continue
        (logarithm,) = logs
        weight, inside = part / logarithm, logarithm.args[0]
        if -weight in arguments:
            weight, inside = -weight, 1 / inside
        arguments[weight] = arguments.get(weight, S.One) * inside
    return Add(*rest, *(_forwards(weight, inside) for weight, inside in arguments.items()))


def _forwards(weight: Expr, inside: Expr) -> Expr:
    """`weight log inside` without a sign in front where a fraction can be turned over."""
    if weight.could_extract_minus_sign() and _is_fraction(inside):
        return -weight * log(1 / inside)
    return weight * log(inside)


def turn_fraction(term: Expr, situation: Situation) -> Expr:
    """-log(a / b) = log(b / a), also where the sign stands before a sum."""
    return each(term, lambda e: isinstance(e, Mul), _turned)


def _turned(product: Mul) -> Basic:
    if not product.could_extract_minus_sign():
        return product
    factors = list(Mul.make_args(-product))
    for number, factor in enumerate(factors):
        turned = _turned_inside(factor)
        if turned is not None:
            return Mul(*factors[:number], turned, *factors[number + 1 :])
    return product


def _turned_inside(factor: Expr) -> Expr | None:
    """The negative of a logarithm of a fraction, or of a sum of such; None for anything else."""
    if isinstance(factor, log) and _is_fraction(factor.args[0]):
        return log(1 / factor.args[0])
    if isinstance(factor, Sum):
        opposite = -factor.function
        inside = _turned(opposite) if isinstance(opposite, Mul) else opposite
        if inside != opposite:
            return Sum(inside, *factor.limits)
    return None


def _is_fraction(term: Expr) -> bool:
    """Whether something stands below: `a / b`, but not `e^{-x}`."""
    return any(
        isinstance(part, Pow) and part.base is not S.Exp1 and part.exp.could_extract_minus_sign()
        for part in Mul.make_args(term)
    )


def tangent(term: Expr, situation: Situation) -> Expr:
    """log t <= t - 1, the tangent at 1: every logarithm by its bound."""
    return each(term, lambda e: isinstance(e, log), lambda e: e.args[0] - 1)
