"""Rows that are not finite, or of one class: as the NumPy module has them, on every processor."""

import numpy as np
import pytest
from codegen.c.rows.at_levels import HERE, PAGE, both
from derived import derived

from cesym.codegen import lambdify
from cesym.codegen.api import SETTINGS

INF, NAN = np.inf, np.nan

ROWS = {
    "one inf": [INF, 0, 1],
    "two inf": [INF, INF, 0],
    "all inf": [INF, INF, INF],
    "one -inf": [-INF, 0, 1],
    "all but one -inf": [-INF, -INF, 1],
    "all -inf": [-INF, -INF, -INF],
    "inf and -inf": [INF, -INF, 0],
    "nan": [0, NAN, 1],
    "nan and inf": [NAN, INF, 0],
    "all nan": [NAN, NAN, NAN],
    "ties": [2, 2, 1],
    "all tied": [2, 2, 2],
    "large numbers": [1e38, -1e38, 0],
    "all far below": [-3e38, -3e38, -3e38],
    "one class": [4],
    "one class, inf": [INF],
    "one class, -inf": [-INF],
    "one class, nan": [NAN],
}
TARGETS = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0.5, 0.5, 0], [0, 0.25, 0.75], [NAN, 0, 1]]


@pytest.fixture(scope="module")
def by_numpy():
    return lambdify(derived(PAGE))


@pytest.mark.parametrize("setting", SETTINGS["c"])
@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("level", HERE)
@pytest.mark.parametrize("kind", ROWS)
def test_rows_are_as_numpy_has_them(by_numpy, kind, level, dtype, wide, setting):
    row = np.array(ROWS[kind], dtype)
    if wide:
        row = np.concatenate([row, np.full(200, -INF, dtype)])
    z = np.tile(row, (5, 1))
    classes = np.arange(5) % min(3, len(row))
    padded = np.zeros((len(TARGETS), len(row)), dtype)
    first = np.array(TARGETS, dtype)[:, : len(row)]
    padded[:, : first.shape[1]] = first
    cases = [(z, classes, s) for s in (0.0, 0.125)]
    cases += [(z[:1], p[None], s) for p in padded for s in (0.0, 0.125)]
    for logits, target, smoothing in cases:
        found = both(level, logits, target, smoothing=smoothing, setting=setting)
        for name, values in zip(("loss", "gradient"), found, strict=True):
            expected = getattr(by_numpy, name)(logits, target, label_smoothing=smoothing)
            np.testing.assert_allclose(values, expected, rtol=4 * np.finfo(dtype).eps, atol=1e-15)


@pytest.mark.parametrize("setting", SETTINGS["c"])
@pytest.mark.parametrize("classes", [3, 200])
@pytest.mark.parametrize("level", HERE)
def test_classes_that_are_ignored_or_not_there(level, classes, setting):
    z = np.arange(8.0 * classes).reshape(8, classes) % 5
    target = np.array([0, -1, classes, 1, -1, 2, -7, 0])
    loss, slopes = both(level, z, target, setting=setting)
    assert (loss[[1, 4]] == 0).all() and (slopes[[1, 4]] == 0).all()
    assert np.isnan(loss[[2, 6]]).all() and np.isnan(slopes[[2, 6]]).all()
    assert np.isfinite(loss[[0, 3, 5, 7]]).all() and np.isfinite(slopes[[0, 3, 5, 7]]).all()
