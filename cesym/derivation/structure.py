"""When two terms are the same line of a textbook: equal up to the order of terms and factors,
signs, and names of bound indices.
"""

from __future__ import annotations

from functools import lru_cache

from sympy import Add, Basic, Expr, Integer, Lambda, Mul, Pow, S

from cesym.terms.binders import canonical, freshen
from cesym.terms.differentiation import At, Diff


def same_structure(left: Expr, right: Expr) -> bool:
    """Whether two terms are the same line.

    >>> from sympy import symbols
    >>> a, b, c = symbols("a b c")
    >>> same_structure((a - b) * c, -(b - a) * c), same_structure(a * (b + c), a * b + a * c)
    (True, False)
    """
    return left == right or structure(left) == structure(right)


@lru_cache(maxsize=4096)
def structure(term: Expr) -> Expr:
    """The representative of all terms with the same structure."""
    return canonical(_normal(freshen(term)))


def _normal(term: Basic) -> Basic:
    if not term.args:
        return term
    if isinstance(term, Lambda):
        return Lambda(term.signature, _normal(term.expr))
    if isinstance(term, At):
        return _evaluated(term)
    if isinstance(term, Diff):
        return _merged(term)
    arguments = [_normal(argument) for argument in term.args]
    if isinstance(term, Mul):
        return _signed(arguments)
    rebuilt = term.func(*arguments)
    return _signed([rebuilt]) if isinstance(rebuilt, Pow) else rebuilt


def _signed(factors: list[Basic]) -> Basic:
    """A product with the signs of its sums pulled out, and the numbers that divide their terms:
    SymPy makes `2 x + 2 y` of `2 (x + y)` where nothing else stands beside it.
    """
    number, kept = S.One, []
    for factor in factors:
        base, exponent = factor.as_base_exp() if isinstance(factor, Pow) else (factor, S.One)
        if isinstance(base, Add) and exponent.is_Integer:
            content, base = base.primitive()
            if base.could_extract_minus_sign():
                content, base = -content, -base
            number *= content**exponent
            factor = Pow(base, exponent)
        kept.append(factor)
    return Mul(number, *kept)


def _evaluated(term: At) -> Basic:
    """`f'(x)` at a symbol x is the derivative by x."""
    function, value = term.args
    assert isinstance(function, Lambda)
    (bound,) = function.signature
    body, value = _normal(function.expr), _normal(value)
    if value.is_Symbol:
        return body.xreplace({bound: value})
    return At(Lambda(bound, body), value)


def _merged(term: Diff) -> Basic:
    """Derivatives of derivatives by the same variable as one of higher order."""
    body, variable, order = (_normal(argument) for argument in term.args)
    while isinstance(body, Diff) and body.args[1] == variable:
        order = Integer(order + body.args[2])
        body = body.args[0]
    return Diff(body, variable, order)
