"""The table of formats agrees with NumPy, and rounding to 16 bits with what NumPy does."""

import numpy as np
import pytest
from flint import arb
from hypothesis import given
from hypothesis import strategies as st

from cesym.floats.formats import FORMATS, format_of
from cesym.floats.rounding import Rounded, round_ball, round_values
from cesym.floats.ulp import error

KNOWN = [name for name in FORMATS if name != "bfloat16"]


@pytest.mark.parametrize("name", KNOWN)
def test_the_table_agrees_with_numpy(name):
    form, about = FORMATS[name], np.finfo(name)
    assert form.largest == float(about.max) and form.smallest_normal == float(about.tiny)
    assert 2.0**form.least_exponent == float(about.smallest_subnormal)


@pytest.mark.parametrize("name", KNOWN)
@given(st.data())
def test_neighbours_and_spacing_are_those_of_numpy(name, data):
    width = int(name[5:])
    x = data.draw(st.floats(allow_nan=False, allow_infinity=False, width=width))
    form, kind = FORMATS[name], np.dtype(name).type
    for side in (-1, 1):
        with np.errstate(over="ignore", under="ignore"):
            expected = float(np.nextafter(kind(x), kind(side * np.inf)))
        assert form.neighbour(x, side) == expected
    if abs(x) < form.largest / 2:
        assert float(form.spacing(np.array([x]))[0]) == float(np.spacing(np.abs(kind(x))))


@given(st.floats(-70000, 70000))
def test_rounding_to_float16_is_that_of_numpy(x):
    with np.errstate(over="ignore"):
        expected = float(np.float16(x))
    found = round_ball(arb(x), np.float16)
    assert found is not None and found[0] == expected


def test_every_bfloat16_rounds_to_itself_and_ties_go_to_even():
    every = FORMATS["bfloat16"].every()
    some = every[::97]
    exact = round_values(lambda x: x, some, dtype="bfloat16")
    np.testing.assert_array_equal(exact.nearest, some)
    assert not exact.residue.any() and exact.format.name == "bfloat16"
    tie = round_values(lambda x: x, [1 + 2.0**-8, 1 + 3 * 2.0**-8], dtype="bfloat16")
    assert tie.nearest.tolist() == [1, 1 + 2.0**-6]


def test_errors_are_in_ulps_of_the_format():
    truth = Rounded(np.array([1.0], np.float32), np.array([0.25]), "bfloat16")
    assert error(np.array([1 + 2.0**-7], np.float32), truth).tolist() == [0.75]


def test_other_formats_are_refused():
    with pytest.raises(TypeError, match="expected one of"):
        format_of(np.int32)
    with pytest.raises(ValueError, match="too many"):
        FORMATS["float32"].every()
