"""The functions that lambdify returns for C: any arrays in, arrays of the right type out."""

import math

import numpy as np
import pytest
from codegen.c.exported import functions
from derived import derived

from cesym.codegen import lambdify

PAGE = "binary-cross-entropy"
rng = np.random.default_rng(5)


@pytest.fixture(scope="module")
def bce():
    return functions(PAGE)


@pytest.fixture(scope="module")
def by_numpy():
    return lambdify(derived(PAGE))


COLUMNS = {
    "scalars": (1, 0.5),
    "a scalar and an array": (0, rng.normal(0, 9, 100)),
    "integers": (rng.integers(0, 2, 50), rng.integers(-9, 9, 50)),
    "mixed types": (rng.integers(0, 2, 50).astype("f4"), rng.normal(0, 9, 50)),
    "float16": (np.float16([0, 1]), np.float16([3, 4])),
    "shapes that broadcast": (rng.integers(0, 2, (7, 1)), rng.normal(0, 9, (1, 5))),
    "an array upside down": (rng.integers(0, 2, 90)[::-1] * 1.0, rng.normal(0, 9, 180)[::2]),
    "columns first": (
        np.asfortranarray(rng.integers(0, 2, (9, 8)) * 1.0),
        rng.normal(0, 9, (9, 8)),
    ),
    "nothing": (np.empty(0), np.empty(0)),
    "many": (rng.integers(0, 2, 20_001) * 1.0, rng.normal(0, 9, 20_001)),
    "many float32": (
        rng.integers(0, 2, 20_001).astype("f4"),
        rng.normal(0, 9, 20_001).astype("f4"),
    ),
}


@pytest.mark.parametrize("kind", COLUMNS)
def test_results_are_as_numpy_has_them(bce, by_numpy, kind):
    for name in bce.__all__:
        found, expected = (
            getattr(bce, name)(*COLUMNS[kind]),
            getattr(by_numpy, name)(*COLUMNS[kind]),
        )
        both = found if isinstance(found, tuple) else (found,)
        others = expected if isinstance(expected, tuple) else (expected,)
        for a, b in zip(both, others, strict=True):
            assert np.shape(a) == np.shape(b) and np.asarray(a).dtype == np.asarray(b).dtype
            np.testing.assert_allclose(a, b, rtol=8 * float(np.finfo(np.asarray(b).dtype).eps))


def test_results_go_where_they_should(bce):
    y, s = COLUMNS["many"]
    loss, gradient = np.empty_like(s), np.empty_like(s)
    found = bce.loss_and_gradient(y, s, out=(loss, gradient))
    assert found[0] is loss and found[1] is gradient
    np.testing.assert_array_equal(loss, bce.loss(y, s))
    single = np.empty(s.shape, np.float32)
    assert bce.loss(y, s, out=single) is single
    np.testing.assert_array_equal(single, bce.loss(y, s).astype(np.float32))
    with pytest.raises(ValueError, match="shape"):
        bce.loss(y, s, out=np.empty(3))
    with pytest.raises(TypeError, match="out"):
        bce.loss(y, s, out=np.empty(s.shape, int))


def test_results_may_take_the_place_of_arguments(bce):
    y, s = COLUMNS["many"]
    expected, place = bce.gradient(y, s), s.copy()
    bce.gradient(y, place, out=place)
    np.testing.assert_array_equal(place, expected)
    shifted = np.concatenate([s, [0.0]])
    bce.gradient(y, shifted[:-1], out=shifted[1:])
    np.testing.assert_array_equal(shifted[1:], expected)


def test_arguments_by_name_and_wrong_ones(bce):
    assert bce.loss(s=2.0, y=1.0) == bce.loss(1.0, 2.0)
    for wrong in ((1.0,), (1.0, 2.0, 3.0)):
        with pytest.raises(TypeError, match="loss takes y, s"):
            bce.loss(*wrong)
    with pytest.raises(TypeError, match="expected real numbers"):
        bce.loss(1.0, 2j)


def test_threads_and_large_arrays_make_no_difference(bce):
    """Large arrays go past the cache, from any address; parts go to threads."""
    count = 600_011
    s = np.random.default_rng(1).normal(0, 9, count)
    y = (s > 3).astype(float)
    expected = np.concatenate(
        [bce.loss(y[k : k + 999], s[k : k + 999]) for k in range(0, count, 999)]
    )
    for threads in (1, 2, 3):
        np.testing.assert_array_equal(bce.loss(y, s, num_threads=threads), expected)
    room = np.empty(count + 8)
    for start in range(8):
        loss = room[start : start + count]
        both = bce.loss_and_gradient(y, s, out=(loss, np.empty(count)))
        np.testing.assert_array_equal(both[0], expected)


def test_the_ends(bce):
    """Limits at infinity, for labels of every kind; nan for nan."""
    inf, nan = np.inf, np.nan
    for setting in ("accurate", "fast"):
        for dtype in (np.float64, np.float32):
            module = functions(PAGE, setting)
            y = np.array([0, 0, 1, 1, 0.25, 0.25, 0, 1, nan], dtype)
            s = np.array([-inf, inf, -inf, inf, inf, -inf, nan, nan, 1], dtype)
            loss, gradient = module.loss_and_gradient(y, s)
            np.testing.assert_array_equal(loss, [0, inf, inf, 0, inf, inf, nan, nan, nan])
            np.testing.assert_array_equal(gradient, [0, 1, -1, 0, 0.75, -0.25, nan, nan, nan])
            np.testing.assert_array_equal(module.hessian(y, s)[:8], [0, 0, 0, 0, 0, 0, nan, nan])


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("reduction", ["none", "sum", "mean"])
def test_weights_and_sums(bce, by_numpy, dtype, reduction):
    s = np.random.default_rng(4).normal(0, 9, 40_003).astype(dtype)
    y, weight = (s > 2).astype(dtype), np.abs(s)
    for options in ({}, {"weight": weight}, {"weight": 2}, {"weight": weight.astype(float)}):
        expected = by_numpy.loss(y, s, reduction=reduction, **options)
        for threads in (1, 3):
            found = bce.loss(y, s, reduction=reduction, num_threads=threads, **options)
            assert found.dtype == expected.dtype and found.shape == expected.shape
            np.testing.assert_allclose(found, expected, rtol=4 * float(np.finfo(dtype).eps))
    with pytest.raises(ValueError, match="reduction"):
        bce.loss(y, s, reduction="total")


def test_sums_lose_nothing(bce):
    """Eight losses of which each is lost beside the first in float64: only their errors tell."""
    s = np.array([2.0**60] + [1.0] * 4096)
    y = np.zeros_like(s)
    exact = math.fsum(bce.loss(y, s))
    assert exact != sum(bce.loss(y, s).tolist())
    assert bce.loss(y, s, reduction="sum") == exact
    assert bce.loss(y[:3], np.full(3, np.inf), reduction="sum") == np.inf
    assert bce.loss(y[:2], np.array([np.inf, 1]), weight=np.array([0.0, 1]), reduction="sum") > 1
