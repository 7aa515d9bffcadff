"""Losses of rows in C: right to the last digit for logits of any spread, on every processor."""

import numpy as np
import pytest
from codegen.c.rows.at_levels import HERE, both
from codegen.rowwise.exactly import of_rows, with_class, with_target

from cesym.codegen.c.comment import SUBNORMAL
from cesym.codegen.c.rows.words import DOUBLE_LIMIT, DOUBLE_SHARE, SINGLE_LIMIT, SINGLE_SHARE
from cesym.floats.ulp import error, measure

LIMITS = {np.float64: DOUBLE_LIMIT, np.float32: SINGLE_LIMIT}
ROWS = {2: 60, 10: 40, 128: 9, 129: 4, 1000: 3}
"""Classes -> how many rows: few, the most that stand side by side, one more, many."""

levels = pytest.mark.parametrize("level", HERE)
dtypes = pytest.mark.parametrize("dtype", LIMITS)


def rows(classes, spread, dtype, count):
    """Logits, with the class of half of the rows that of the largest."""
    rng = np.random.default_rng(classes)
    z = rng.normal(0, spread, (count, classes)).astype(dtype)
    c = rng.integers(0, classes, count)
    c[::2] = z[::2].argmax(1)
    return z, c


def exactly(z, c):
    return of_rows(lambda row: with_class(*row), list(zip(z, c, strict=True)), z.dtype.type)


@levels
@dtypes
@pytest.mark.parametrize("spread", [1.0, 100.0, 300.0])
@pytest.mark.parametrize("classes", ROWS)
def test_classes_lose_no_digit(level, dtype, spread, classes):
    z, c = rows(classes, spread, dtype, ROWS[classes])
    exact = exactly(z, c)
    found = np.column_stack(both(level, z, c)).ravel()
    normal = np.abs(exact.nearest) >= np.finfo(dtype).tiny
    limit = np.where(normal | (dtype is np.float32), LIMITS[dtype], SUBNORMAL)
    off = error(found, exact)
    assert (off <= limit).all(), off.max()
    assert (found[normal] != 0).all()


@levels
@pytest.mark.parametrize("gap", [100.0, 400.0, 650.0])
def test_far_powers_keep_what_their_differences_lose(level, gap):
    z, c = rows(200, 3.0, np.float64, 3)
    z[:, 0] += gap
    found = measure(np.column_stack(both(level, z, c)).ravel(), exactly(z, c))
    assert found.within(0.53), found


@levels
@dtypes
def test_more_classes_than_are_kept(level, dtype):
    z, c = rows(1100, 5.0, dtype, 2)
    found = both(level, z, c, flags=("-DCESYM_PLACES=1024",))
    measured = measure(np.column_stack(found).ravel(), exactly(z, c))
    assert measured.within(LIMITS[dtype]), measured
    kept = both(level, z, c)
    np.testing.assert_array_max_ulp(found[1], kept[1], 1, dtype)


@levels
def test_many_subnormal_powers_are_added_before_they_are_rounded(level):
    z = np.array([[-744.0], [-712.5], [-709.0]]) - np.arange(300) % 7 / 4
    z[:, 3] = 0.0
    c = np.full(len(z), 3)
    found = measure(np.column_stack(both(level, z, c)).ravel(), exactly(z, c))
    assert found.within(SUBNORMAL), found


@levels
def test_the_logarithm_of_two_classes(level):
    gaps = np.concatenate([np.linspace(0, 40, 1500), np.geomspace(1e-9, 700, 500)])
    z = np.column_stack([np.zeros_like(gaps), -gaps])
    c = np.zeros(len(z), int)
    found = measure(np.column_stack(both(level, z, c)).ravel(), exactly(z, c))
    assert found.within(DOUBLE_LIMIT), found


@levels
@dtypes
@pytest.mark.parametrize("spread", [1.0, 30.0])
@pytest.mark.parametrize("classes", [2, 10, 129])
def test_probabilities(level, dtype, spread, classes):
    z, _ = rows(classes, spread, dtype, ROWS[classes] // 2)
    p = np.random.default_rng(1).dirichlet(np.full(classes, 0.5), len(z)).astype(dtype)
    p[::3, :1] = 0
    exact = of_rows(lambda row: with_target(*row), list(zip(z, p, strict=True)), dtype)
    found = measure(np.column_stack(both(level, z, p)).ravel(), exact)
    assert found.within(LIMITS[dtype]), found


ROOT = {np.float64: 2.0 ** int(DOUBLE_SHARE[2:]), np.float32: 2.0 ** int(SINGLE_SHARE[2:])}
"""The error next to a root, as a share of the target."""


@levels
@dtypes
@pytest.mark.parametrize("classes", [2, 10, 129])
def test_probabilities_next_to_roots(level, dtype, classes):
    z, _ = rows(classes, 2.0, dtype, ROWS[classes] // 2)
    powers = np.exp(z.astype(np.float64) - z.max(1, keepdims=True))
    p = (powers / powers.sum(1, keepdims=True)).astype(dtype)
    exact = of_rows(lambda row: with_target(*row), list(zip(z, p, strict=True)), dtype)
    off = error(np.column_stack(both(level, z, p)).ravel(), exact).reshape(len(z), -1)[:, 1:]
    units = np.spacing(np.abs(exact.nearest)).reshape(len(z), -1)[:, 1:].astype(np.float64)
    assert (np.maximum(off - 0.5, 0) * units <= ROOT[dtype] * p).all()
    assert (np.abs(exact.nearest.reshape(len(z), -1)[:, 1:]) < p * 2.0**-20).all()


@levels
@dtypes
@pytest.mark.parametrize("classes", [10, 129])
def test_smoothing(level, dtype, classes):
    z, c = rows(classes, 30.0, dtype, 4)
    share = 0.125  # so that the weights are exact
    mixed = (1 - share) * np.eye(classes)[c] + share / classes
    exact = of_rows(lambda row: with_target(*row), list(zip(z, mixed, strict=True)), dtype)
    hot = np.eye(classes, dtype=dtype)[c]
    for target in (c, hot):
        found = measure(np.column_stack(both(level, z, target, smoothing=share)).ravel(), exact)
        assert found.within(2), found
