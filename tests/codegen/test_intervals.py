"""Intervals hold every value of an operation on their members."""

import math
from fractions import Fraction

from flint import arb, ctx, fmpq
from hypothesis import given
from hypothesis import strategies as st

from cesym.codegen.intervals import Interval, point, union

fractions = st.fractions(-700, 700)
intervals = st.tuples(fractions, fractions).map(lambda ends: Interval(min(ends), max(ends)))


def members(interval):
    return (interval.low + share * (interval.high - interval.low) for share in SHARES)


def ball(value):
    return arb(fmpq(value.numerator, value.denominator))


SHARES = [Fraction(k, 7) for k in range(8)]


@given(intervals, intervals)
def test_sums_and_products_of_members_are_inside(a, b):
    for x in members(a):
        assert x**2 in a.square() and abs(x) in a.magnitude() and -x in -a
        assert a.smallest <= abs(x) <= a.largest and x in union(a, b)
        for y in members(b):
            assert x + y in a + b and x - y in a - b and x * y in a * b
        if 0 not in a:
            assert 1 / x in a.reciprocal()


@given(intervals)
def test_growing_functions_are_widened_outwards(a):
    for name in ("exp", "expm1", "tanh"):
        found = a.map(getattr(math, name))
        with ctx.workprec(200):
            low, high = (getattr(ball(end), name)() for end in (a.low, a.high))
            assert ball(found.low) < low and high < ball(found.high)


def test_what_is_known_anyway_cuts():
    assert Interval(Fraction(-1), Fraction(2)).cut(0, 1) == Interval(Fraction(0), Fraction(1))
    assert point(3).is_point
