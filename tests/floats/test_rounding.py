"""Rounding of balls against an independent rounding of exact fractions by integer arithmetic."""

from fractions import Fraction

import numpy as np
import pytest
from flint import arb, ctx
from hypothesis import example, given
from hypothesis import strategies as st

from cesym.floats.rounding import Rounded, round_ball, round_values

FORMATS = {"float32": (24, -149, 128), "float64": (53, -1074, 1024)}
NAMES = pytest.mark.parametrize("name", FORMATS)


def nearest(x: Fraction, name: str) -> tuple[Fraction | float, Fraction]:
    """Round by integers: (nearest float or infinity, residue in ulps of that float)."""
    digits, least, top = FORMATS[name]
    size = abs(x)
    sign = -1 if x < 0 else 1
    exponent = least
    while size >= Fraction(2) ** (exponent + digits):
        exponent += 1
    unit = Fraction(2) ** exponent
    rounded = round(size / unit) * unit  # Fraction rounds half to even
    if rounded >= Fraction(2) ** top:
        return sign * float("inf"), Fraction(0)
    if rounded >= Fraction(2) ** (exponent + digits):
        unit *= 2
    return sign * rounded, sign * (size - rounded) / unit


@st.composite
def dyadics(draw: st.DrawFn) -> tuple[int, int]:
    """Numbers near floats and near the middles between them, over all exponents."""
    digits = draw(st.sampled_from([1, 2, 24, 25, 53, 54]))
    head = draw(st.integers(2 ** (digits - 1), 2**digits))
    tail = draw(st.integers(0, 40))
    bump = draw(st.integers(-1, 1)) if tail else 0
    exponent = draw(st.one_of(st.integers(-1180, 1030), st.integers(-210, 135)))
    return draw(st.sampled_from([1, -1])) * (head * 2**tail + bump), exponent - tail


@NAMES
@given(number=dyadics())
@example(number=(2**54 - 1, 970))  # the tie between the largest float64 and infinity
@example(number=(2**25 - 1, 103))  # the same for float32
@example(number=(1, -1075))  # the tie between 0 and the least subnormal
@example(number=(2**54 - 1, -54))  # a tie on the inner side of a power of two
@example(number=(0, 0))
def test_exact_balls_round_as_fractions_do(name: str, number: tuple[int, int]) -> None:
    mantissa, exponent = number
    with ctx.workprec(256):
        found = round_ball(arb(mantissa) * arb(2) ** exponent, name)
    value, residue = nearest(Fraction(mantissa) * Fraction(2) ** exponent, name)
    assert found is not None
    assert found[0] == value
    assert found[1] == pytest.approx(float(residue), abs=2**-39)


@NAMES
def test_a_ball_over_a_boundary_decides_nothing(name: str) -> None:
    digits, _, top = FORMATS[name]
    with ctx.workprec(256):
        radius = arb(0, 1) * arb(2) ** -200  # the ball of radius 2^-200 about 0
        for middle in (
            1 + arb(2) ** -digits,
            1 - arb(2) ** (-digits - 1),
            arb(2) ** (FORMATS[name][1] - 1),
        ):
            assert round_ball(middle + radius, name) is None
        edge = arb(2) ** top - arb(2) ** (top - digits - 1)
        assert round_ball(edge * (1 + radius), name) is None
        assert round_ball(edge * (1 + radius) - arb(2) ** (top - 190), name) is not None


def test_precision_is_raised_until_the_ball_decides() -> None:
    used = []

    def near_tie(x: arb) -> arb:
        used.append(ctx.prec)
        return x + arb(2) ** -53 + (arb(-400)).exp()  # above the tie by 2^-577

    truth = round_values(near_tie, [1.0], dtype=np.float64)
    assert truth.nearest[0] == 1 + 2**-52
    assert used == [128, 256, 512, 1024]


def test_an_undecidable_value_is_an_error_that_names_the_point() -> None:
    def tie(x: arb) -> arb:
        return x + arb(2) ** -53 + arb(2).sqrt() ** 2 - 2

    with pytest.raises(ArithmeticError, match=r"\(1\.0"):
        round_values(tie, [1.0], dtype=np.float64, last_precision=1024)
    either = round_values(tie, [1.0], dtype=np.float64, last_precision=1024, either_at_ties=True)
    assert abs(either.residue[0]) == 0.5 and either.nearest[0] in (1.0, 1.0 + 2**-52)


@NAMES
def test_values_keep_the_dtype_and_the_working_precision(name: str) -> None:
    before = ctx.prec
    truth = round_values(lambda x, y: x + y, [1.0, 2.0], [2.0, 3.0], dtype=name)
    assert truth.nearest.dtype == name and truth.nearest.tolist() == [3.0, 5.0]
    assert truth.residue.tolist() == [0.0, 0.0]
    assert ctx.prec == before


def test_vanishing_and_overflowing_values() -> None:
    truth = round_values(lambda x: x.exp(), [-1e300, -745.0, 1e4], dtype=np.float64)
    assert isinstance(truth, Rounded)
    assert truth.nearest.tolist() == [0.0, 5e-324, np.inf]
    assert truth.residue[0] == 0 and truth.residue[2] == 0
