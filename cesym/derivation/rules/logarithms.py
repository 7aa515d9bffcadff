"""Rules about logarithms."""

from __future__ import annotations

from sympy import Add, Expr, Mul, Product, S, Sum, exp, expand_log, log

from cesym.derivation.rules.rule import Situation, each
from cesym.terms.functions import log1p


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
