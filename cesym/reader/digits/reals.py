"""Real numbers that are enclosed: exact fractions as long as that goes, then intervals of mpmath.

Every operation returns a number that is certain to hold the true value, or raises: `Undefined`
where there is certainly no value, `Undecided` where this precision cannot tell. So what is computed
here proves that two values differ, and no rounding error looks like a difference.

mpmath rounds elementary functions outwards but for a last bit, so their results are widened here.
This module shares nothing with the prover, which computes by Arb.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import isqrt
from typing import Any

from mpmath import libmp

from cesym.errors import BudgetExceeded, DomainError

Bound = Any
"""A number of `mpmath.libmp`: sign, mantissa, exponent, number of bits."""

LONGEST_FRACTION = 8192
"""Bits up to which fractions stay exact."""

LARGEST_ARGUMENT = 2048
"""Bits before the point of the largest argument of exp."""

SLACK = 4
"""Last bits that an elementary function of mpmath is not trusted with."""

LOWEST_GAMMA = (Fraction(146163, 100000), Fraction(146164, 100000))
"""The least value of Gamma(x) for x > 0 is between these: x = 1.461632... (DLMF 5.4.20)."""

ONE = (libmp.fone, libmp.fone)


class Undefined(DomainError):
    """There is no value here: log of 0, division by 0, a derivative at a kink, and the like."""


class Undecided(BudgetExceeded):
    """The numbers are too close, or too large, to tell."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The real numbers from `lower` to `upper`."""

    lower: Bound
    upper: Bound

    @property
    def pair(self) -> tuple[Bound, Bound]:
        """Both ends, as `mpmath.libmp` takes them."""
        return self.lower, self.upper


Real = Fraction | Interval


def is_zero(x: Real) -> bool:
    """Whether `x` is known to be 0. Quicker than `x == 0`, which is asked for every operation."""
    return isinstance(x, Fraction) and x.numerator == 0


def undecided() -> Undecided:
    """The error for numbers that are too close to tell apart."""
    return Undecided("the numbers are too close or too large to tell")


@lru_cache(maxsize=100)
def around_one(bits: int) -> tuple[Bound, Bound]:
    """1 and what is so near to it that mpmath may have taken it for 1."""
    more = libmp.from_man_exp(1, SLACK - bits)
    return libmp.mpf_sub(libmp.fone, more), libmp.mpf_add(libmp.fone, more)


@dataclass(frozen=True, slots=True)
class Reals:
    """Arithmetic at a precision of `bits`."""

    bits: int

    def interval(self, x: Real) -> Interval:
        """`x` as an interval."""
        if isinstance(x, Interval):
            return x
        p, q = x.numerator, x.denominator
        return Interval(
            libmp.from_rational(p, q, self.bits, libmp.round_floor),
            libmp.from_rational(p, q, self.bits, libmp.round_ceiling),
        )

    def made(self, pair: tuple[Bound, Bound], *, slack: bool = False) -> Real:
        """The interval of a result. With `slack`, widened by some last bits."""
        if slack:
            pair = libmp.mpi_mul(pair, around_one(self.bits), self.bits)
        if any(end in (libmp.finf, libmp.fninf, libmp.fnan) for end in pair):
            raise undecided()
        return Interval(*pair)

    def exact(self, x: Fraction) -> Real:
        """`x`, as an interval when it has grown too long."""
        long = x.numerator.bit_length() + x.denominator.bit_length() > LONGEST_FRACTION
        return self.interval(x) if long else x

    # Comparing.

    def sign(self, x: Real) -> int:
        """-1, 0 or 1. Raises Undecided."""
        if isinstance(x, Fraction):
            return (x > 0) - (x < 0)
        low, high = libmp.mpf_sign(x.lower), libmp.mpf_sign(x.upper)
        if low != high:
            raise undecided()
        return low

    def compare(self, x: Real, y: Real) -> int:
        """The sign of x - y. Raises Undecided, also for equal numbers not known exactly."""
        if isinstance(x, Fraction) and isinstance(y, Fraction):
            return (x > y) - (x < y)
        return self.sign(self.subtract(x, y))

    # Arithmetic.

    def add(self, x: Real, y: Real) -> Real:
        """x + y."""
        if isinstance(x, Fraction) and isinstance(y, Fraction):
            return self.exact(x + y)
        if is_zero(x) or is_zero(y):
            return y if is_zero(x) else x
        pair = libmp.mpi_add(self.interval(x).pair, self.interval(y).pair, self.bits)
        return self.made(pair)

    def negate(self, x: Real) -> Real:
        """-x."""
        return -x if isinstance(x, Fraction) else self.made(libmp.mpi_neg(x.pair))

    def subtract(self, x: Real, y: Real) -> Real:
        """x - y."""
        return self.add(x, self.negate(y))

    def multiply(self, x: Real, y: Real) -> Real:
        """x y."""
        if isinstance(x, Fraction) and isinstance(y, Fraction):
            return self.exact(x * y)
        if is_zero(x) or is_zero(y):
            return Fraction(0)
        return self.made(libmp.mpi_mul(self.interval(x).pair, self.interval(y).pair, self.bits))

    def divide(self, x: Real, y: Real) -> Real:
        """x / y. Raises Undefined for y = 0."""
        if self.sign(y) == 0:
            raise Undefined("division by zero")
        if isinstance(x, Fraction) and isinstance(y, Fraction):
            return self.exact(x / y)
        if is_zero(x):
            return Fraction(0)
        return self.made(libmp.mpi_div(self.interval(x).pair, self.interval(y).pair, self.bits))

    def power(self, x: Real, y: Real) -> Real:
        """x^y, with 0^0 = 1. Raises Undefined for 0 to a negative, a negative to a broken power."""
        if isinstance(y, Fraction) and y.denominator == 1:
            return self.integer_power(x, int(y))
        if y == Fraction(1, 2):
            return self.sqrt(x)
        if self.sign(x) > 0:
            return self.exp(self.multiply(y, self.log(x)))
        if self.sign(x) == 0:
            if self.sign(y) > 0:
                return Fraction(0)
            raise Undefined("{base} to a negative power", base="0")
        if isinstance(y, Fraction):
            raise Undefined("a negative number to a power that is no integer")
        raise undecided()

    def integer_power(self, x: Real, n: int) -> Real:
        """x^n."""
        if n == 0:
            return Fraction(1)
        if n < 0:
            if self.sign(x) == 0:
                raise Undefined("{base} to a negative power", base="0")
            return self.divide(Fraction(1), self.integer_power(x, -n))
        if isinstance(x, Fraction):
            bits = max(x.numerator.bit_length(), x.denominator.bit_length())
            if x in (0, 1, -1) or bits * n <= LONGEST_FRACTION // 2:
                return x ** (n if abs(x) != 1 else n % 2)
        pair = libmp.mpi_pow_int(self.interval(x).pair, n, self.bits + SLACK + n.bit_length())
        return self.made(pair, slack=True)

    # Elementary functions.

    def elementary(self, function: Callable[..., Any], x: Real) -> Real:
        """An increasing function of mpmath's at `x`."""
        return self.made(function(self.interval(x).pair, self.bits), slack=True)

    def exp(self, x: Real) -> Real:
        """e^x."""
        if is_zero(x):
            return Fraction(1)
        if self.magnitude(x) > LARGEST_ARGUMENT:
            raise undecided()
        return self.elementary(libmp.mpi_exp, x)

    def expm1(self, x: Real) -> Real:
        """e^x - 1 without cancellation."""
        if is_zero(x):
            return Fraction(0)
        lost = -self.magnitude(x)
        if lost > self.bits:
            return self.between(x, self.add(x, self.integer_power(x, 2)))
        finer = Reals(self.bits + max(0, lost))
        return finer.subtract(finer.exp(x), Fraction(1))

    def log(self, x: Real) -> Real:
        """The natural logarithm. Raises Undefined for x <= 0."""
        if self.sign(x) <= 0:
            raise Undefined("log of a number that is not positive")
        if isinstance(x, Fraction) and abs(x - 1) < Fraction(1, 2):
            return self.log1p(x - 1)
        return self.elementary(libmp.mpi_log, x)

    def log1p(self, x: Real) -> Real:
        """log(1 + x) without cancellation. Raises Undefined for x <= -1."""
        if is_zero(x):
            return Fraction(0)
        magnitude = self.magnitude(x)
        if -magnitude > self.bits:
            return self.between(self.subtract(x, self.integer_power(x, 2)), x)
        if magnitude >= 0:
            return self.elementary(libmp.mpi_log, self.positive(self.add(Fraction(1), x)))
        return self.elementary(libmp.mpi_log, self.made(libmp.mpi_add(ONE, self.interval(x).pair)))

    def positive(self, x: Real) -> Real:
        """`x`. Raises Undefined unless it is positive."""
        if self.sign(x) <= 0:
            raise Undefined("log of a number that is not positive")
        return x

    def sqrt(self, x: Real) -> Real:
        """The square root, exact where it is rational. Raises Undefined for x < 0."""
        if self.sign(x) < 0:
            raise Undefined("square root of a negative number")
        if isinstance(x, Fraction):
            p, q = isqrt(x.numerator), isqrt(x.denominator)
            if p * p == x.numerator and q * q == x.denominator:
                return Fraction(p, q)
        return self.elementary(libmp.mpi_sqrt, x)

    def pi(self) -> Real:
        """The number pi."""
        low = libmp.mpf_pi(self.bits, libmp.round_floor)
        return self.made((low, libmp.mpf_pi(self.bits, libmp.round_ceiling)), slack=True)

    def lgamma(self, x: Real) -> Real:
        """log Gamma(x) for x > 0. Raises Undefined for x <= 0."""
        if self.sign(x) <= 0:
            raise Undefined("lgamma of a number that is not positive")
        if x in (1, 2):
            return Fraction(0)
        if self.compare(x, LOWEST_GAMMA[0]) != self.compare(x, LOWEST_GAMMA[1]):
            raise undecided()
        return self.monotone(libmp.mpf_loggamma, x)

    def polygamma(self, order: int, x: Real) -> Real:
        """The derivative of `lgamma` of order `order` + 1 at x > 0, where it is monotone."""
        return self.monotone(lambda end, bits: libmp.mpf_psi(order, end, bits), x)

    def monotone(self, function: Callable[[Bound, int], Bound], x: Real) -> Real:
        """A monotone function of mpmath's numbers, at both ends of `x`."""
        low, high = (function(end, self.bits + 2 * SLACK) for end in self.interval(x).pair)
        return self.made((high, low) if libmp.mpf_lt(high, low) else (low, high), slack=True)

    # Enclosures.

    def magnitude(self, x: Real) -> int:
        """The least m with |x| <= 2^m, or one more."""
        ends = [end for end in self.interval(x).pair if end != libmp.fzero]
        return max((end[2] + end[3] for end in ends), default=0)

    def between(self, low: Real, high: Real) -> Real:
        """The interval from one number to another."""
        return Interval(self.interval(low).lower, self.interval(high).upper)

    def hull_of_maximum(self, x: Real, y: Real) -> Real:
        """max(x, y), when it is not known which one is larger."""
        ends = zip(self.interval(x).pair, self.interval(y).pair, strict=True)
        low, high = (b if libmp.mpf_lt(a, b) else a for a, b in ends)
        return Interval(low, high)
