r"""The logarithm of the gamma function from operations that every target has.

Few libraries have one, and those that do lose all digits close to its roots. With F(y) = log
\Gamma(1 + y), which for whole y is log y!, for y >= 0:

    y < 2:        F(y) = y (y - 1) R(y - 1), with the two roots as factors;
    2 <= y < 4:   F(y) = log(y) + F(y - 1), once or twice;
    y >= 4:       F(y) = y (log y - 1) + (log y)/2 + log(2 pi)/2 + W(1/y^2)/y.

R and W are polynomials that interpolate at the nodes of Chebyshev; W takes the place of the series
of Stirling. No terms of different signs are added where they could cancel.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache, reduce

from flint import arb, ctx
from sympy import Add, Expr, S, loggamma

from cesym.codegen.elementary import Bound, as_float
from cesym.codegen.intervals import BEYOND, Interval
from cesym.codegen.nodes import Node, number, operation
from cesym.codegen.polynomials import PRECISION, interpolated

HALF, ONE, TWO, THREE, FOUR = map(number, (Fraction(1, 2), 1, 2, 3, 4))

DIGITS = 106
"""Bits of the coefficients; a target rounds them to what it has."""

COUNTS = {"R": 30, "W": 12}
"""Coefficients: so many are right to 2^-60."""

ULPS = 9.0
"""Of F. It is worst at y = 4: there y (log y - 1) is off by 8, and is half of the sum."""

LEAST = Fraction(-1, 8)
"""F is at least -0.1215."""


def find_log_factorial(term: Expr) -> tuple[Expr, tuple[Expr, ...]] | None:
    """log Gamma(1 + y), and y.

    >>> from sympy import Symbol
    >>> find_log_factorial(loggamma(Symbol("y") + 1))[1]
    (y,)
    """
    if not isinstance(term, loggamma):
        return None
    (x,) = term.args
    return (term, (x - 1,)) if isinstance(x, Add) and S.One in x.args else None


def find_log_gamma(term: Expr) -> tuple[Expr, tuple[Expr, ...]] | None:
    """log Gamma(x) of something else, and x."""
    return (term, term.args) if isinstance(term, loggamma) else None


def log_factorial_bound(y: Bound) -> Bound:
    """The bound of F(y), from that of an exact y >= 0."""
    return Bound(_values(y.values), ULPS, 2.0)


def log_gamma_bound(x: Bound) -> Bound:
    """The bound of log Gamma(x), from that of an exact x > 0.

    It is F(x - 1), where that is exact or x is huge; or F(x) - log x for x < 1, whose terms have
    different signs and are at most 2.5 times their difference.
    """
    low = x.values.low
    values = _values(Interval(max(low - 1, Fraction(0)), max(x.values.high - 1, Fraction(0))))
    if low < 1:
        most = 1 - math.log(max(as_float(low), math.ulp(0.0)))
        values = Interval(values.low, max(values.high, Fraction(most)))
    return Bound(values, 2.5 * ULPS + 2, 2.0)


def _values(y: Interval) -> Interval:
    """All values of F."""
    low = LEAST if y.low < 1 else Fraction(0)
    try:
        high = Fraction(math.lgamma(1 + as_float(y.high))) * Fraction(1001, 1000)
    except OverflowError:
        high = BEYOND
    return Interval(low, max(high, Fraction(0)))


def log_factorial(y: Node) -> Node:
    """F(y) in other operations.

    >>> from cesym.codegen.nodes import argument
    >>> log_factorial(argument("y")).head
    'where'
    """
    return operation("where", operation("<", y, FOUR), _small(y), _large(y))


def log_gamma(x: Node) -> Node:
    """log Gamma(x) in other operations."""
    test = operation(">=", x, ONE)
    found = log_factorial(operation("where", test, operation("-", x, ONE), x))
    less = operation("-", found, operation("log", x))
    return operation("where", test, found, less)


def _small(y: Node) -> Node:
    held = operation("min", y, FOUR)
    once, twice = operation("-", held, ONE), operation("-", held, TWO)
    far, further = operation(">=", held, TWO), operation(">=", held, THREE)
    z = operation("where", far, operation("where", further, twice, once), held)
    product = operation("where", further, operation("*", held, once), held)
    factor = operation("where", far, product, ONE)
    t = operation("-", z, ONE)
    part = operation("*", operation("*", z, t), _horner("R", t))
    return operation("+", part, operation("log", factor))


def _large(y: Node) -> Node:
    held = operation("max", y, FOUR)
    logarithm = operation("log", held)
    inverse = operation("/", ONE, held)
    rest = operation("*", inverse, _horner("W", operation("*", inverse, inverse)))
    constant = operation("+", number(_constant()), rest)
    half = operation("+", operation("*", HALF, logarithm), constant)
    return operation("+", operation("*", held, operation("-", logarithm, ONE)), half)


def _horner(name: str, x: Node) -> Node:
    last, *others = (number(c) for c in reversed(_coefficients()[name]))
    return reduce(lambda rest, c: operation("+", c, operation("*", x, rest)), others, last)


@cache
def _coefficients() -> dict[str, tuple[Fraction, ...]]:
    """Of R on [-1, 1] and of W on [0, 1/16]."""
    reach = {"R": (_remainder, arb(-1), arb(1)), "W": (_correction, arb(0), arb(1) / 16)}
    return {
        name: tuple(map(_rounded, interpolated(function, low, high, COUNTS[name])))
        for name, (function, low, high) in reach.items()
    }


def _remainder(t: arb) -> arb:
    """F(1 + t) / (t (1 + t))."""
    return (t + 2).lgamma() / (t * (1 + t))


def _correction(t: arb) -> arb:
    """y (F(y) - y (log y - 1) - (log y)/2 - log(2 pi)/2) with y = t^(-1/2)."""
    y = 1 / t.sqrt()
    return y * ((y + 1).lgamma() - y * (y.log() - 1) - y.log() / 2 - (2 * arb.pi()).log() / 2)


@cache
def _constant() -> Fraction:
    """log(2 pi)/2."""
    with ctx.workprec(PRECISION):
        return _rounded((2 * arb.pi()).log() / 2)


def _rounded(value: arb) -> Fraction:
    """A number of `DIGITS` bits next to the ball, which is far smaller than that."""
    _, exponent = math.frexp(float(value))
    with ctx.workprec(PRECISION):
        scaled = (value * arb(2) ** (DIGITS - exponent)).floor().unique_fmpz()
    assert scaled is not None
    return Fraction(int(scaled)) * Fraction(2) ** (exponent - DIGITS)
