from fractions import Fraction

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import libmp

from cesym.reader.digits.duals import SMOOTH
from cesym.reader.digits.reals import Interval, Real, Reals, Undecided, Undefined

BITS = 120
REALS = Reals(BITS)
EXACT = mpmath.mp.clone()
EXACT.prec = 40 * BITS
"""Digits enough for the truth: arguments down to 2^-1500 are tried."""

COARSER = mpmath.mp.clone()
COARSER.prec = 1400
"""For lgamma, which takes long; it is not asked below 1 - 10^-304."""

TRUTH = {
    "exp": EXACT.exp,
    "expm1": EXACT.expm1,
    "log": EXACT.log,
    "log1p": EXACT.log1p,
    "sqrt": EXACT.sqrt,
    "sigmoid": lambda x: 1 / (1 + EXACT.exp(-x)),
    "softplus": lambda x: EXACT.log1p(EXACT.exp(x)),
    "logit": lambda x: EXACT.log(x / (1 - x)),
    "tanh": EXACT.tanh,
    "cosh": EXACT.cosh,
    "sinh": EXACT.sinh,
    "atanh": EXACT.atanh,
    "lgamma": lambda x: COARSER.loggamma(x),
}

SIZES = st.integers(-1500, 10)
NUMBERS = st.builds(
    lambda p, q, e: Fraction(p, q) * Fraction(2) ** e,
    st.integers(-999, 999),
    st.integers(1, 99),
    SIZES,
)
TINY = Fraction(1, 10**304)
SPECIAL = [
    0,
    1,
    -1,
    Fraction(1, 2),
    TINY,
    -TINY,
    1 - TINY,
    1 + TINY,
    300,
    -300,
    2,
    4,
    Fraction(9, 4),
]


def encloses(x: Real, truth: mpmath.mpf) -> bool:
    low, high = REALS.interval(x).pair
    return bool(EXACT.make_mpf(low) <= truth <= EXACT.make_mpf(high))


def narrow(x: Real, lost: int = 24) -> bool:
    """Whether all bits but the last few are certain."""
    low, high = REALS.interval(x).pair
    width, size = libmp.mpf_sub(high, low), libmp.mpf_abs(low)
    return libmp.mpf_le(width, libmp.mpf_shift(size, lost - BITS))


def test_every_smooth_function_has_its_truth():
    assert TRUTH.keys() == SMOOTH.keys()


@pytest.mark.parametrize("name", TRUTH)
@given(x=st.one_of(NUMBERS, st.sampled_from(SPECIAL).map(Fraction)), exact=st.booleans())
def test_the_value_is_enclosed_narrowly(name, x, exact):
    given_ = x if exact else REALS.interval(x)
    try:
        value = SMOOTH[name][0](REALS, given_)
    except (Undefined, Undecided):
        domain = {"log": x <= 0, "log1p": x <= -1, "sqrt": x < 0, "logit": not 0 < x < 1}
        domain |= {"atanh": abs(x) >= 1, "lgamma": x <= 0}
        assert domain.get(name, False) or not exact
        return
    truth = TRUTH[name](EXACT.mpf(x.numerator) / x.denominator)
    assert encloses(value, truth)
    if exact and name not in ("logit", "lgamma"):
        assert narrow(value)


OPERATIONS = {
    "add": lambda x, y: x + y,
    "subtract": lambda x, y: x - y,
    "multiply": lambda x, y: x * y,
    "divide": lambda x, y: x / y,
}


@pytest.mark.parametrize("name", OPERATIONS)
@given(x=NUMBERS, y=NUMBERS)
def test_arithmetic_of_fractions_is_exact_and_that_of_intervals_encloses(name, x, y):
    if name == "divide" and y == 0:
        with pytest.raises(Undefined):
            REALS.divide(x, y)
        return
    truth = OPERATIONS[name](x, y)
    assert getattr(REALS, name)(x, y) == truth
    inexact = getattr(REALS, name)(REALS.interval(x), REALS.interval(y))
    assert encloses(inexact, EXACT.mpf(truth.numerator) / truth.denominator)


@given(x=NUMBERS, y=st.fractions(-9, 9, max_denominator=6))
def test_powers(x, y):
    broken = y.denominator != 1
    if (x < 0 and broken) or (x == 0 and y < 0):
        with pytest.raises(Undefined):
            REALS.power(x, y)
        return
    a, b = (EXACT.mpf(f.numerator) / f.denominator for f in (x, y))
    truth = a**b
    assert encloses(REALS.power(x, y), EXACT.re(truth))


@pytest.mark.parametrize(
    ("x", "y", "value"),
    [(0, 0, 1), (0, 3, 0), (0, Fraction(1, 3), 0), (4, Fraction(1, 2), 2), (1, 10**30, 1)],
)
def test_exact_powers(x, y, value):
    assert REALS.power(Fraction(x), Fraction(y)) == value


def test_what_cannot_be_told_apart_is_undecided():
    zero = REALS.subtract(
        REALS.log(Fraction(6)), REALS.add(REALS.log(Fraction(2)), REALS.log(Fraction(3)))
    )
    assert isinstance(zero, Interval)
    for ask in (REALS.sign, REALS.log, REALS.sqrt, lambda x: REALS.divide(Fraction(1), x)):
        with pytest.raises(Undecided):
            ask(zero)
    with pytest.raises(Undecided):
        REALS.exp(Fraction(10) ** 700)


def test_a_fraction_that_grows_too_long_becomes_an_interval():
    x = Fraction(3, 7)
    for _ in range(20):
        x = REALS.multiply(x, x)
    assert isinstance(x, Interval)
    assert encloses(x, (EXACT.mpf(3) / 7) ** (2**20))
