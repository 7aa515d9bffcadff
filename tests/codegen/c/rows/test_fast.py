"""The setting fast for rows in C: two ulp for every kind of logits, on every processor."""

import numpy as np
import pytest
from codegen.c.rows.at_levels import HERE, both
from codegen.c.rows.test_accuracy import exactly

from cesym.codegen.c.rows.words import FAST_LIMIT
from cesym.floats.ulp import error

ROWS = {2: 40, 10: 24, 128: 8, 129: 3, 1000: 2}
"""Classes -> how many rows."""

FAR = {np.float64: 400.0, np.float32: 60.0}
FARTHEST = {np.float64: 735.0, np.float32: 98.0}
LIMIT = {np.float64: 1536.0, np.float32: 224.0}
"""Where the largest logit is taken from the others before anything else."""

levels = pytest.mark.parametrize("level", HERE)
dtypes = pytest.mark.parametrize("dtype", FAR)


def first(classes, height):
    return np.where(np.arange(classes) == 0, height, 0.0)


def near(spread, middle=0.0):
    return lambda rng, shape, dtype: rng.normal(middle, spread, shape)


KINDS = {
    "a little spread": near(4),
    "spread": near(100),
    "widely spread": near(300),
    "large": near(20, 1e4),
    "large and negative": near(20, -1e6),
    "nearly equal": near(1e-4, 5),
    "equal": lambda rng, shape, dtype: np.full(shape, 3.7),
    "tied": lambda rng, shape, dtype: np.round(rng.normal(0, 1, shape)),
    "sure": lambda rng, shape, dtype: rng.normal(0, 3, shape) + first(shape[1], FAR[dtype]),
    "nothing left": lambda rng, shape, dtype: (
        rng.normal(0, 3, shape) + first(shape[1], FARTHEST[dtype])
    ),
    "of every size": lambda rng, shape, dtype: (
        rng.normal(0, 1, shape) * 10.0 ** rng.uniform(-3, 8, shape)
    ),
    "at the limit": lambda rng, shape, dtype: rng.normal(LIMIT[dtype] - 9, 20, shape),
}


@levels
@dtypes
@pytest.mark.parametrize("classes", ROWS)
@pytest.mark.parametrize("kind", KINDS)
def test_two_ulp_are_enough(level, dtype, classes, kind):
    rng = np.random.default_rng(classes)
    z = KINDS[kind](rng, (ROWS[classes], classes), dtype).astype(dtype)
    c = rng.integers(0, classes, len(z))
    c[::2] = z[::2].argmax(1)
    exact = exactly(z, c)
    found = np.column_stack(both(level, z, c, setting="fast")).ravel()
    off = error(found, exact)
    assert (off <= FAST_LIMIT).all(), off.max()
    assert (found[np.abs(exact.nearest) >= np.finfo(dtype).tiny] != 0).all()


@levels
@dtypes
def test_more_classes_than_are_kept(level, dtype):
    rng = np.random.default_rng(0)
    z, c = rng.normal(0, 5, (3, 2077)).astype(dtype), np.array([5, 2070, 2076])
    few = both(level, z, c, setting="fast", flags=("-DCESYM_PLACES=1024",))
    off = error(np.column_stack(few).ravel(), exactly(z, c))
    assert (off <= FAST_LIMIT).all(), off.max()


@levels
@dtypes
def test_probabilities_are_computed_as_accurately(level, dtype):
    rng = np.random.default_rng(0)
    z, p = rng.normal(0, 5, (9, 10)).astype(dtype), rng.dirichlet(np.ones(10), 9).astype(dtype)
    for found, expected in zip(both(level, z, p, setting="fast"), both(level, z, p), strict=True):
        np.testing.assert_array_equal(found, expected)
