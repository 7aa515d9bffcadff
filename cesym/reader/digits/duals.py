"""Derivatives without any algebra: numbers that carry their slope (forward differentiation).

A `Dual` is a value and its slope along one direction; each derivative in a formula has a direction
of its own, `tag`, so that derivatives of derivatives do not mix. Both parts may be duals of an
outer derivative again.

A derivative is taken of the text as written, part by part: it is Undefined where a part has a kink
or leaves its domain, even where two kinks would cancel, as in abs(x) - abs(x) at 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from cesym.reader.digits.reals import Interval, Real, Reals, Undefined, undecided


@dataclass(frozen=True, slots=True)
class Dual:
    """`value + slope d`, d being the direction `tag`."""

    tag: int
    value: Number
    slope: Number


Number = Real | Dual

ZERO, ONE = Fraction(0), Fraction(1)


def real(x: Number) -> Real:
    """The number itself, without slopes."""
    while isinstance(x, Dual):
        x = x.value
    return x


def tag_of(*numbers: Number) -> int:
    """The innermost direction of some numbers, 0 when there is none."""
    return max((x.tag for x in numbers if isinstance(x, Dual)), default=0)


def split(x: Number, tag: int) -> tuple[Number, Number]:
    """Value and slope along `tag`."""
    return (x.value, x.slope) if isinstance(x, Dual) and x.tag == tag else (x, ZERO)


@dataclass(frozen=True, slots=True)
class Calculus:
    """Arithmetic of duals over `reals`."""

    reals: Reals

    def compare(self, x: Number, y: Number) -> int:
        """The sign of x - y, without slopes."""
        return self.reals.compare(real(x), real(y))

    def same(self, x: Number, y: Number) -> bool:
        """Whether two numbers agree exactly, with all their slopes. Raises Undecided."""
        tag = tag_of(x, y)
        if tag == 0:
            return self.compare(x, y) == 0
        pairs = zip(split(x, tag), split(y, tag), strict=True)
        return all(self.same(a, b) for a, b in pairs)

    # Arithmetic.

    def add(self, x: Number, y: Number) -> Number:
        """x + y."""
        if not isinstance(x, Dual) and not isinstance(y, Dual):
            return self.reals.add(x, y)
        tag = tag_of(x, y)
        (a, da), (b, db) = split(x, tag), split(y, tag)
        return Dual(tag, self.add(a, b), self.add(da, db))

    def negate(self, x: Number) -> Number:
        """-x."""
        if isinstance(x, Dual):
            return Dual(x.tag, self.negate(x.value), self.negate(x.slope))
        return self.reals.negate(x)

    def subtract(self, x: Number, y: Number) -> Number:
        """x - y."""
        return self.add(x, self.negate(y))

    def multiply(self, x: Number, y: Number) -> Number:
        """x y. An exact 0 that depends on nothing makes the product depend on nothing."""
        if not isinstance(x, Dual) and not isinstance(y, Dual):
            return self.reals.multiply(x, y)
        if x == 0 or y == 0:
            return ZERO
        tag = tag_of(x, y)
        (a, da), (b, db) = split(x, tag), split(y, tag)
        slope = self.add(self.multiply(da, b), self.multiply(a, db))
        return Dual(tag, self.multiply(a, b), slope)

    def divide(self, x: Number, y: Number) -> Number:
        """x / y. Raises Undefined for y = 0."""
        if not isinstance(x, Dual) and not isinstance(y, Dual):
            return self.reals.divide(x, y)
        tag = tag_of(x, y)
        (a, da), (b, db) = split(x, tag), split(y, tag)
        quotient = self.divide(a, b)
        slope = self.divide(self.subtract(da, self.multiply(quotient, db)), b)
        return Dual(tag, quotient, slope)

    def power(self, x: Number, y: Number) -> Number:
        """x^y, with 0^0 = 1."""
        if not isinstance(x, Dual) and not isinstance(y, Dual):
            return self.reals.power(x, y)
        tag = tag_of(x, y)
        (a, da), (b, db) = split(x, tag), split(y, tag)
        value = self.power(a, b)
        if isinstance(y, Dual) and y.tag == tag:
            return Dual(tag, value, self._slope_of_exponential(value, a, da, b, db))
        if b == 0:
            return Dual(tag, value, ZERO)
        exponent = real(b)
        whole = isinstance(exponent, Fraction) and exponent.denominator == 1
        if not whole and self.reals.sign(real(a)) == 0:
            raise self.kink(da)
        factor = self.multiply(b, self.power(a, self.subtract(b, ONE)))
        return Dual(tag, value, self.multiply(factor, da))

    def _slope_of_exponential(
        self, value: Number, a: Number, da: Number, b: Number, db: Number
    ) -> Number:
        """The slope of a^b where b varies."""
        if a == 0 and da == 0:
            if self.reals.sign(real(b)) == 0:
                raise self.kink(db)
            return ZERO
        inside = self.add(
            self.multiply(db, self.unary("log", a)), self.divide(self.multiply(b, da), a)
        )
        return self.multiply(value, inside)

    # Functions.

    def unary(self, name: str, x: Number) -> Number:
        """A smooth function of one variable, from the table `SMOOTH`."""
        value, slope = SMOOTH[name]
        if not isinstance(x, Dual):
            return value(self.reals, x)
        result = self.unary(name, x.value)
        try:
            factor = slope(self, x.value)
        except Undefined:
            raise self.kink(x.slope) from None
        return Dual(x.tag, result, self.multiply(factor, x.slope))

    def polygamma(self, order: int, x: Number) -> Number:
        """The derivative of lgamma of order `order` + 1."""
        if not isinstance(x, Dual):
            return self.reals.polygamma(order, x)
        factor = self.polygamma(order + 1, x.value)
        return Dual(x.tag, self.polygamma(order, x.value), self.multiply(factor, x.slope))

    def kink(self, slope: Number) -> Exception:
        """The error for a part that is not smooth where its argument passes with `slope`.

        With slope 0 the part may be smooth all the same, as abs(x^2) is at 0.
        """
        if self.reals.sign(real(slope)) == 0:
            return undecided()
        return Undefined("there is no derivative at a kink or at the end of a domain")

    def sign(self, x: Number) -> Number:
        """-1, 0 or 1."""
        side = self.reals.sign(real(x))
        if side == 0 and isinstance(x, Dual):
            raise self.kink(x.slope)
        return Fraction(side)

    def abs(self, x: Number) -> Number:
        """|x|."""
        return self.maximum(x, self.negate(x))

    def maximum(self, x: Number, y: Number) -> Number:
        """max(x, y). Where they are equal, their slopes must be equal too."""
        tag = tag_of(x, y)
        if tag == 0:
            a, b = real(x), real(y)
            if isinstance(a, Interval) or isinstance(b, Interval):
                return self.reals.hull_of_maximum(a, b)
            return max(a, b)
        side = self.compare(x, y)
        if side != 0 or self.same(x, y):
            return x if side >= 0 else y
        raise self.kink(self.subtract(split(x, tag)[1], split(y, tag)[1]))

    def minimum(self, x: Number, y: Number) -> Number:
        """min(x, y)."""
        return self.negate(self.maximum(self.negate(x), self.negate(y)))

    def xlogy(self, x: Number, y: Number) -> Number:
        """x log y, and 0 for x = 0 and y >= 0."""
        if x == 0 and not isinstance(y, Dual) and self.reals.sign(y) == 0:
            return ZERO
        return self.multiply(x, self.unary("log", y))


def _sigmoid(reals: Reals, x: Real) -> Real:
    return reals.divide(ONE, reals.add(ONE, reals.exp(reals.negate(x))))


def _softplus(reals: Reals, x: Real) -> Real:
    below = reals.magnitude(x) < 1 or reals.sign(x) < 0
    if below:
        return reals.log1p(reals.exp(x))
    return reals.add(x, reals.log1p(reals.exp(reals.negate(x))))


def _tanh(reals: Reals, x: Real) -> Real:
    twice = reals.multiply(Fraction(-2), x)
    return reals.divide(reals.negate(reals.expm1(twice)), reals.add(ONE, reals.exp(twice)))


def _cosh(reals: Reals, x: Real) -> Real:
    total = reals.add(reals.exp(x), reals.exp(reals.negate(x)))
    return reals.divide(total, Fraction(2))


def _sinh(reals: Reals, x: Real) -> Real:
    factor = reals.add(ONE, reals.exp(reals.negate(x)))
    return reals.divide(reals.multiply(reals.expm1(x), factor), Fraction(2))


def _atanh(reals: Reals, x: Real) -> Real:
    if reals.sign(reals.subtract(ONE, reals.multiply(x, x))) <= 0:
        raise Undefined("atanh of a number that is not between -1 and 1")
    difference = reals.subtract(reals.log1p(x), reals.log1p(reals.negate(x)))
    return reals.divide(difference, Fraction(2))


def _logit(reals: Reals, x: Real) -> Real:
    return reals.subtract(reals.log(x), reals.log1p(reals.negate(x)))


def _sigmoid_slope(calculus: Calculus, x: Number) -> Number:
    other = calculus.unary("sigmoid", calculus.negate(x))
    return calculus.multiply(calculus.unary("sigmoid", x), other)


def _tanh_slope(calculus: Calculus, x: Number) -> Number:
    twice = _sigmoid_slope(calculus, calculus.multiply(Fraction(2), x))
    return calculus.multiply(Fraction(4), twice)


def _sqrt_slope(calculus: Calculus, x: Number) -> Number:
    return calculus.divide(Fraction(1, 2), calculus.unary("sqrt", x))


def _logit_slope(calculus: Calculus, x: Number) -> Number:
    product = calculus.multiply(x, calculus.subtract(ONE, x))
    return calculus.divide(ONE, product)


def _atanh_slope(calculus: Calculus, x: Number) -> Number:
    return calculus.divide(ONE, calculus.subtract(ONE, calculus.multiply(x, x)))


def _log1p_slope(calculus: Calculus, x: Number) -> Number:
    return calculus.divide(ONE, calculus.add(ONE, x))


SMOOTH: dict[str, tuple[Callable[[Reals, Real], Real], Callable[[Calculus, Number], Number]]] = {
    "exp": (lambda reals, x: reals.exp(x), lambda calculus, x: calculus.unary("exp", x)),
    "expm1": (lambda reals, x: reals.expm1(x), lambda calculus, x: calculus.unary("exp", x)),
    "log": (lambda reals, x: reals.log(x), lambda calculus, x: calculus.divide(ONE, x)),
    "log1p": (lambda reals, x: reals.log1p(x), _log1p_slope),
    "sqrt": (lambda reals, x: reals.sqrt(x), _sqrt_slope),
    "sigmoid": (_sigmoid, _sigmoid_slope),
    "softplus": (_softplus, lambda calculus, x: calculus.unary("sigmoid", x)),
    "logit": (_logit, _logit_slope),
    "tanh": (_tanh, _tanh_slope),
    "cosh": (_cosh, lambda calculus, x: calculus.unary("sinh", x)),
    "sinh": (_sinh, lambda calculus, x: calculus.unary("cosh", x)),
    "atanh": (_atanh, _atanh_slope),
    "lgamma": (lambda reals, x: reals.lgamma(x), lambda calculus, x: calculus.polygamma(0, x)),
}
"""Smooth functions of one variable: value, and derivative in terms of the others."""
