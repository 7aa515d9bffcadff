"""Max and Min written by Abs: max(a, b) = (a + b + |a - b|) / 2. One case split then serves all."""

from __future__ import annotations

from sympy import Abs, Expr, Lambda, Max, Min, Product, S, Sum

from cesym.terms.building import contains, with_arguments


def without_extremes(term: Expr) -> Expr:
    """`term` with every Max and Min written by Abs.

    >>> from sympy import Symbol
    >>> without_extremes(Max(Symbol("x", real=True), 0))
    x/2 + Abs(x)/2
    """
    if not contains(term, (Max, Min)):
        return term
    if isinstance(term, Lambda):
        return Lambda(term.signature, without_extremes(term.expr))
    if isinstance(term, Sum | Product):
        return term.func(without_extremes(term.function), *term.limits)
    arguments = [without_extremes(argument) for argument in term.args]
    if not isinstance(term, Max | Min):
        return with_arguments(term, arguments)
    half = S.Half if isinstance(term, Max) else -S.Half
    result = arguments[0]
    for argument in arguments[1:]:
        result = (result + argument) / 2 + half * Abs(result - argument)
    return result
