"""Quotients of polynomials with integer coefficients, in lowest terms: the ground on which the
normal form stands.

Polynomials are python-flint's `fmpz_mpoly`; generator number i stands for atom number i of a
`Tower`. An equality of two ratios is an identity of rational functions, so it holds at every point
at which the denominators that went in are not 0.
"""

from __future__ import annotations

from functools import lru_cache
from math import comb
from typing import Any

from flint import fmpz_mpoly_ctx

from cesym.errors import BudgetExceeded, UnsupportedTerm

Polynomial = Any
"""`flint.fmpz_mpoly`; python-flint has no type stubs for it."""

LARGEST_POWER = 200_000
"""Powers that may have more terms than this are not started either."""

LARGEST_PRODUCT = 4_000_000
"""Products with more pairs of terms than this are not started: they can not be interrupted."""

LARGEST_DEGREE = 1_500
"""What has a higher degree is not factored: that takes minutes, and can not be interrupted."""

MOST_TERMS = 5_000
"""What has more terms is not factored, for the same reason."""

LARGEST_COMMON = 1_000_000
"""The same for common factors, which are found sooner."""

LARGEST_NUMBER = 1_000_000
"""Powers with numbers of more bits than this are not started either."""


class Ring:
    """Z[t0, ..., t(size-1)]."""

    __slots__ = ("context", "generators", "one", "size", "zero")

    def __init__(self, size: int) -> None:
        self.size = size
        self.context = fmpz_mpoly_ctx.get(tuple(f"t{i}" for i in range(size)), "lex")
        self.generators = self.context.gens()
        self.one = self.context.constant(1)
        self.zero = self.context.constant(0)

    def ratio(self, numerator: int, denominator: int = 1) -> Ratio:
        """A rational number."""
        return Ratio(self, self.context.constant(numerator), self.context.constant(denominator))

    def generator(self, number: int) -> Ratio:
        """The generator itself."""
        return Ratio(self, self.generators[number], self.one, reduced=True)

    def polynomial(self, terms: dict[tuple[int, ...], int]) -> Polynomial:
        """The polynomial with these exponents and coefficients."""
        return self.context.from_dict(terms)


@lru_cache
def ring(size: int) -> Ring:
    """The ring with `size` generators, made once."""
    return Ring(size)


def used(polynomial: Polynomial) -> list[int]:
    """The numbers of the generators that occur."""
    return [i for i, degree in enumerate(polynomial.degrees()) if degree > 0]


def product(left: Polynomial, right: Polynomial) -> Polynomial:
    """left * right, unless it would be huge."""
    if len(left) * len(right) > LARGEST_PRODUCT:
        raise BudgetExceeded("the normal form is too large")
    return left * right


def factored(polynomial: Polynomial) -> tuple[int, list[tuple[Polynomial, int]]]:
    """The content, and the irreducible factors with their exponents. Raises UnsupportedTerm for a
    polynomial of a very high degree or very many terms, or with coefficients that flint cannot sort
    the factors by.

    >>> t = ring(2).generators[0]
    >>> factored(4 * t**2 - 4)
    (4, [(t0 - 1, 1), (t0 + 1, 1)])
    """
    _check_degree(LARGEST_DEGREE, polynomial)
    if len(polynomial) > MOST_TERMS:
        raise UnsupportedTerm("the normal form is too large")
    try:
        content, factors = polynomial.factor()
    except OverflowError:
        raise UnsupportedTerm("the normal form is too large") from None
    return int(content), [(factor, int(exponent)) for factor, exponent in factors]


def _check_degree(largest: int, *polynomials: Polynomial) -> None:
    """Refuse what is of a higher degree, where that matters: not beside a monomial."""
    if all(len(p) > 1 for p in polynomials) and any(_degree(p) > largest for p in polynomials):
        raise UnsupportedTerm("the normal form is too large")


def _bits(*polynomials: Polynomial) -> int:
    """The bits of the largest coefficient, 0 where all are 1 or -1."""
    return max(max(abs(int(c)) for c in p.coeffs() or [1]).bit_length() - 1 for p in polynomials)


def _degree(polynomial: Polynomial) -> int:
    return sum(map(int, polynomial.degrees()))


class Ratio:
    """numerator / denominator in lowest terms, the denominator's leading coefficient positive.

    >>> r = ring(4)
    >>> x = r.generator(0)
    >>> ((x**2 - r.ratio(1)) / (x - r.ratio(1)) - x - r.ratio(1)).is_zero
    True
    """

    __slots__ = ("denominator", "numerator", "ring")

    def __init__(
        self, ring: Ring, numerator: Polynomial, denominator: Polynomial, *, reduced: bool = False
    ) -> None:
        if not reduced and not denominator.is_one():
            _check_degree(LARGEST_COMMON, numerator, denominator)
            common = numerator.gcd(denominator)
            if not common.is_one():
                numerator, denominator = numerator // common, denominator // common
            if denominator.leading_coefficient() < 0:
                numerator, denominator = -numerator, -denominator
        self.ring, self.numerator, self.denominator = ring, numerator, denominator

    @property
    def is_zero(self) -> bool:
        """Whether this is the zero function."""
        return self.numerator.is_zero()

    @property
    def is_polynomial(self) -> bool:
        """Whether the denominator is 1."""
        return self.denominator.is_one()

    def __add__(self, other: Ratio) -> Ratio:
        if self.denominator == other.denominator:
            return Ratio(self.ring, self.numerator + other.numerator, self.denominator)
        numerator = product(self.numerator, other.denominator) + product(
            other.numerator, self.denominator
        )
        return Ratio(self.ring, numerator, product(self.denominator, other.denominator))

    def __neg__(self) -> Ratio:
        return Ratio(self.ring, -self.numerator, self.denominator, reduced=True)

    def __sub__(self, other: Ratio) -> Ratio:
        return self + (-other)

    def __mul__(self, other: Ratio) -> Ratio:
        numerator = product(self.numerator, other.numerator)
        return Ratio(self.ring, numerator, product(self.denominator, other.denominator))

    def inverse(self) -> Ratio:
        """1 / self. Raises ZeroDivisionError for the zero function."""
        if self.is_zero:
            raise ZeroDivisionError
        return Ratio(self.ring, self.denominator, self.numerator)

    def __truediv__(self, other: Ratio) -> Ratio:
        return self * other.inverse()

    def __pow__(self, exponent: int) -> Ratio:
        if exponent < 0:
            return self.inverse() ** -exponent
        if exponent * _bits(self.numerator, self.denominator) > LARGEST_NUMBER:
            raise UnsupportedTerm("the normal form is too large")
        terms = max(len(self.numerator), len(self.denominator))
        if terms > 1 and comb(terms + exponent - 1, exponent) > LARGEST_POWER:
            raise BudgetExceeded("the normal form is too large")
        return Ratio(self.ring, self.numerator**exponent, self.denominator**exponent, reduced=True)
