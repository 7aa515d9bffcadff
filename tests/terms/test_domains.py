"""Domains: what lies inside, what is empty, how they are shown."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cesym.terms.domains import (
    OPEN_UNIT,
    POSITIVE_INTEGERS,
    REAL,
    UNIT,
    Declaration,
    FiniteSet,
    IndexRange,
    Interval,
)

ENDS = st.none() | st.builds(Fraction, st.integers(-6, 6), st.integers(1, 3))
INTERVALS = st.builds(
    Interval,
    ENDS,
    ENDS,
    lower_open=st.booleans(),
    upper_open=st.booleans(),
    integer=st.booleans(),
)
GRID = [Fraction(n, 12) for n in range(-100, 101)]
"""Every interval with ends in halves and thirds that holds any number holds one of these."""


class TestInterval:
    @given(INTERVALS)
    def test_it_is_empty_when_nothing_lies_inside(self, interval):
        assert interval.empty == (not any(value in interval for value in GRID))

    @given(INTERVALS, st.sampled_from(GRID))
    def test_what_lies_inside(self, interval, value):
        inside = not interval.integer or value.denominator == 1
        if interval.lower is not None:
            inside &= value > interval.lower or (
                value == interval.lower and not interval.lower_open
            )
        if interval.upper is not None:
            inside &= value < interval.upper or (
                value == interval.upper and not interval.upper_open
            )
        assert (value in interval) == inside

    @pytest.mark.parametrize(
        ("interval", "shown"),
        [
            (REAL, "real"),
            (UNIT, "[0, 1]"),
            (OPEN_UNIT, "(0, 1)"),
            (Interval(Fraction(0), None), "[0, oo)"),
            (Interval(None, Fraction(1, 2), upper_open=True), "(-oo, 1/2)"),
            (POSITIVE_INTEGERS, "integers >= 1"),
            (Interval(None, None, integer=True), "integers"),
            (Interval(Fraction(2), Fraction(5), integer=True), "integers from 2 to 5"),
            (Interval(None, Fraction(5), integer=True), "integers <= 5"),
        ],
    )
    def test_how_it_is_shown(self, interval, shown):
        assert repr(interval) == shown


class TestFiniteSet:
    def test_membership_is_exact(self):
        halves = FiniteSet((Fraction(0), Fraction(1, 2)))
        assert Fraction(2, 4) in halves
        assert Fraction(1) not in halves
        assert repr(halves) == "{0, 1/2}"


class TestDeclaration:
    @pytest.mark.parametrize(
        ("declaration", "shown"),
        [
            (Declaration("s", REAL), "s in real"),
            (Declaration("y", FiniteSet((Fraction(0), Fraction(1)))), "y in {0, 1}"),
            (Declaration("j", IndexRange("K")), "j in index(K)"),
            (Declaration("z", REAL, ("K",)), "z in real^K"),
            (Declaration("X", UNIT, ("N", 3)), "X in [0, 1]^(N, 3)"),
            (Declaration("p", UNIT, ("K",), "simplex"), "p in simplex(K)"),
            (Declaration("q", OPEN_UNIT, ("K",), "simplex"), "q in open_simplex(K)"),
            (Declaration("t", UNIT, ("K",), "onehot"), "t in onehot(K)"),
        ],
    )
    def test_it_is_shown_as_a_line_that_declares_it(self, declaration, shown):
        assert repr(declaration) == shown

    def test_the_spelling_does_not_change_what_it_is(self):
        assert Declaration("y_hat", UNIT, latex=r"\hat{y}") != Declaration("y_hat", REAL)
