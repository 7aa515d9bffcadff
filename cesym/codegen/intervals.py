"""Intervals of exact rational ends that enclose what an operation can yield.

Sums and products of rationals are exact; exp, log and their kin are taken in floats and widened
outwards by more than they can be off. No rounding here can make an enclosure too narrow.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

LARGEST = Fraction(sys.float_info.max)
"""The largest finite float64."""

BEYOND = Fraction(2) ** 2200
"""An end of an interval that stands for any number beyond the largest float."""

WIDENING = 4
"""Ends from `math` are moved by so many floats: its functions are off by at most two."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers from `low` to `high`, both ends within."""

    low: Fraction
    high: Fraction

    @property
    def largest(self) -> Fraction:
        """The largest magnitude in it."""
        return max(abs(self.low), abs(self.high))

    @property
    def smallest(self) -> Fraction:
        """The smallest magnitude in it."""
        return Fraction(0) if 0 in self else min(abs(self.low), abs(self.high))

    @property
    def is_point(self) -> bool:
        """Whether it is a single number."""
        return self.low == self.high

    @property
    def overflows(self) -> bool:
        """Whether it holds numbers that no float64 does."""
        return self.largest > LARGEST * (1 + Fraction(1, 2**54))

    def opened(self) -> Interval:
        """The same with `BEYOND` for every end past the largest float, from inside that float."""
        if not self.overflows:
            return self
        low, high = max(self.low, -BEYOND), min(self.high, BEYOND)
        low = -BEYOND if low < -LARGEST else min(low, LARGEST)
        high = BEYOND if high > LARGEST else max(high, -LARGEST)
        return Interval(low, high)

    def held(self) -> Interval:
        """The floats in it."""
        return Interval(
            max(min(self.low, LARGEST), -LARGEST), max(min(self.high, LARGEST), -LARGEST)
        )

    def __contains__(self, value: int | Fraction) -> bool:
        return self.low <= value <= self.high

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        found = hull(*(a * b for a in (self.low, self.high) for b in (other.low, other.high)))
        if not (self.overflows or other.overflows):
            return found
        # However small the other factor is, a number beyond all floats may be large enough.
        return Interval(
            -BEYOND if found.low < 0 else found.low, BEYOND if found.high > 0 else found.high
        )

    def reciprocal(self) -> Interval:
        """1/x of an interval without 0."""
        low, high = 1 / self.high, 1 / self.low
        if self.overflows:
            low, high = min(low, Fraction(0)), max(high, Fraction(0))
        return Interval(low, high)

    def magnitude(self) -> Interval:
        """|x|."""
        return Interval(self.smallest, self.largest)

    def square(self) -> Interval:
        """x^2, never negative."""
        return Interval(self.smallest**2, self.largest**2)

    def map(self, function: Callable[[float], float]) -> Interval:
        """A function that grows, by its values at the ends, widened outwards.

        >>> Interval(Fraction(0), Fraction(1)).map(math.exp).high > math.e
        True
        """
        low = function(_float_beyond(self.low, -math.inf))
        high = function(_float_beyond(self.high, math.inf))
        for _ in range(WIDENING):
            low, high = math.nextafter(low, -math.inf), math.nextafter(high, math.inf)
        return Interval(Fraction(low), Fraction(high))

    def cut(
        self, low: int | Fraction | None = None, high: int | Fraction | None = None
    ) -> Interval:
        """What is known to lie between `low` and `high` anyway."""
        low = self.low if low is None else max(self.low, Fraction(low))
        high = self.high if high is None else min(self.high, Fraction(high))
        return Interval(low, high)


def _float_beyond(value: Fraction, towards: float) -> float:
    """`value` if it is a float, else a float beyond it."""
    found = float(value)
    return found if Fraction(found) == value else math.nextafter(found, towards)


def point(value: int | Fraction) -> Interval:
    """The interval of one number."""
    return Interval(Fraction(value), Fraction(value))


def hull(*values: Fraction) -> Interval:
    """The smallest interval that holds all `values`."""
    return Interval(min(values), max(values))


def union(a: Interval, b: Interval) -> Interval:
    """The smallest interval that holds both."""
    return hull(a.low, a.high, b.low, b.high)
