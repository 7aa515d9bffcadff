"""Errors in ulp: the definition at its corners, and a function known to be right."""

import math

import numpy as np
import pytest

from cesym.floats.grids import landmarks
from cesym.floats.rounding import Rounded, round_values
from cesym.floats.ulp import error, measure, spacing, wrong_zeros

DTYPES = pytest.mark.parametrize("dtype", [np.float32, np.float64])


@DTYPES
def test_spacing_at_the_ends(dtype: type) -> None:
    about = np.finfo(dtype)
    x = np.array([0.0, about.tiny, about.max, np.inf, -1.0], dtype)
    least, top = about.smallest_subnormal, about.max - np.nextafter(about.max, dtype(0))
    assert spacing(x).tolist() == [least, least, top, top, about.eps]


@DTYPES
def test_the_nearest_float_is_off_by_the_residue(dtype: type) -> None:
    x = landmarks(dtype)
    x = x[np.abs(x) < 60]
    truth = round_values(lambda s: s.exp(), x, dtype=dtype)
    assert np.array_equal(error(truth.nearest, truth), np.abs(truth.residue))
    assert measure(truth.nearest, truth).largest <= 0.5


def test_square_root_is_correctly_rounded() -> None:
    x = np.random.default_rng(0).uniform(0, 9, 2000)
    truth = round_values(lambda s: s.sqrt(), x, dtype=np.float64)
    assert np.array_equal(np.sqrt(x), truth.nearest)
    assert 0.49 < measure(np.sqrt(x), truth).largest <= 0.5


def test_one_step_off_is_one_ulp_more() -> None:
    truth = round_values(lambda s: s.exp(), [0.3], dtype=np.float64)
    above = np.nextafter(truth.nearest, 2.0)
    assert error(above, truth)[0] == pytest.approx(1 - truth.residue[0])


def test_results_that_are_no_numbers() -> None:
    truth = Rounded(np.array([1.0, np.inf, np.inf, -np.inf]), np.zeros(4))
    off = error(np.array([np.nan, np.inf, 1.0, np.inf]), truth)
    assert off.tolist() == [np.inf, 0.0, np.inf, np.inf]


def test_measure_counts_what_failed_and_what_vanished() -> None:
    truth = Rounded(np.array([1.0, 2.0, 3.0, 5e-324]), np.zeros(4))
    found = measure(np.array([1.0, 0.0, np.nan, 0.0]), truth)
    assert (found.zeros, found.failures, found.worst) == (1, 1, 2)
    assert found.largest == 2.0**52 and math.isclose(found.mean, (2.0**52 + 1) / 3)
    assert not found.within(1e300)
    assert wrong_zeros(np.zeros(4), truth).tolist() == [True, True, True, False]


def test_mixed_formats_are_refused() -> None:
    with pytest.raises(TypeError, match="float32"):
        error(np.zeros(1, np.float32), Rounded(np.zeros(1), np.zeros(1)))
