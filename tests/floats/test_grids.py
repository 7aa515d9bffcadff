"""Grids: deterministic, finite, one point in each cell."""

import numpy as np
import pytest

from cesym.floats.grids import GRIDS, landmarks
from cesym.floats.ordinals import ordinal

DTYPES = pytest.mark.parametrize("dtype", [np.float32, np.float64])
BOUNDS = {"±40": 40.0, "±800": 800.0, "±0.001": 1e-3}


@DTYPES
@pytest.mark.parametrize("name", GRIDS)
def test_the_seed_decides_the_grid(name: str, dtype: type) -> None:
    first, again, other = (GRIDS[name](500, dtype, seed) for seed in (1, 1, 2))
    assert first.dtype == dtype and np.isfinite(first).all()
    assert np.array_equal(first, again) and not np.array_equal(first, other)
    assert (np.diff(first) >= 0).all()


@DTYPES
@pytest.mark.parametrize("name", BOUNDS)
def test_each_cell_of_an_interval_has_a_point(name: str, dtype: type) -> None:
    radius = BOUNDS[name]
    x = GRIDS[name](100, dtype, 0).astype(np.float64)
    cell = (x / radius + 1) / 2 * 100
    assert (np.abs(cell - np.arange(100) - 0.5) <= 0.5001).all()


@DTYPES
@pytest.mark.parametrize("count", [1, 7, 1000])
def test_bit_patterns_spread_over_all_floats(count: int, dtype: type) -> None:
    places = ordinal(GRIDS["bits"](count, dtype, 3)).astype(np.float64)
    last = float(ordinal(np.array([np.finfo(dtype).max], dtype))[0])
    cell = (places / last + 1) / 2 * count
    assert (np.abs(cell - np.arange(count) - 0.5) <= 0.5001).all()


@DTYPES
def test_landmarks_hold_both_ends_and_zero(dtype: type) -> None:
    x = landmarks(dtype)
    assert np.isfinite(x).all() and 0.0 in x
    assert x.max() == np.finfo(dtype).max and x.min() == -np.finfo(dtype).max
