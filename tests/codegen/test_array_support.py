"""How exported functions treat arrays: types, shapes, `out`, and what they refuse."""

import numpy as np
import pytest
from derived import derived
from hypothesis import given
from hypothesis import strategies as st

from cesym.codegen import lambdify

bce = lambdify(derived("binary-cross-entropy"))
FUNCTIONS = (bce.loss, bce.gradient, bce.hessian)
f16, f32, f64 = (np.dtype(t) for t in (np.float16, np.float32, np.float64))


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(
    ("y", "s", "dtype"),
    [
        (np.ones(3, f32), np.ones(3, f32), f32),
        (np.ones(3), np.ones(3, f32), f64),
        (np.ones(3, int), np.ones(3, f32), f32),
        (np.ones(3, bool), np.ones(3, f16), f16),
        (1, np.ones(3, f32), f32),
        (0.5, np.ones(3, f32), f32),
        (np.float64(0.5), np.ones(3, f32), f64),
        ([0, 1, 1], [1, 2, 3], f64),
        (1, 2, f64),
        (1.0, np.float32(2), f32),
    ],
)
def test_float_types_are_kept(function, y, s, dtype):
    result = function(y, s)
    assert result.dtype == dtype and np.shape(result) == np.broadcast_shapes(*map(np.shape, (y, s)))


def test_numbers_give_a_numpy_scalar():
    assert type(bce.loss(1, 0.5)) is np.float64
    assert all(type(r) is np.float32 for r in bce.loss_and_gradient(1, np.float32(0.5)))


def test_arguments_broadcast():
    y, s = np.array([[0.0], [1.0]]), np.linspace(-3, 3, 5)
    found = bce.loss(y, s)
    assert found.shape == (2, 5)
    np.testing.assert_array_equal(found[1], [bce.loss(1, x) for x in s])
    assert bce.loss(np.zeros((0, 3)), 1.0).shape == (0, 3)
    with pytest.raises(ValueError, match="shape"):
        bce.loss(np.zeros(2), np.zeros(3))


def test_blocks_are_joined():
    s = np.linspace(-30, 30, 3 * 8192 + 5)
    whole = bce.loss(1, s)
    np.testing.assert_array_equal(whole[::997], [bce.loss(1, x) for x in s[::997]])
    fortran = np.asfortranarray(s[:24576].reshape(128, 192))
    np.testing.assert_array_equal(bce.loss(1, fortran).ravel(), whole[:24576])
    np.testing.assert_array_equal(bce.loss(1, s[::-3]), whole[::-3])


@pytest.mark.parametrize("dtype", [f32, f64])
def test_results_go_into_out(dtype):
    y, s = np.array([0, 1, 1], dtype), np.array([-3, 0.5, 800], dtype)
    for function in FUNCTIONS:
        out = np.empty(3, dtype)
        assert function(y, s, out=out) is out
        np.testing.assert_array_equal(out, function(y, s))
    pair = np.empty(3, dtype), np.empty(3, dtype)
    found = bce.loss_and_gradient(y, s, out=pair)
    assert found[0] is pair[0] and found[1] is pair[1]
    np.testing.assert_array_equal(pair, [bce.loss(y, s), bce.gradient(y, s)])


def test_out_may_be_an_argument():
    expected = bce.gradient(1, np.linspace(-5, 5, 20000))
    s = np.linspace(-5, 5, 20000)
    bce.gradient(1, s, out=s)
    np.testing.assert_array_equal(s, expected)
    shifted = np.linspace(-5, 5, 20001)
    bce.gradient(1, shifted[:-1], out=shifted[1:])
    np.testing.assert_array_equal(shifted[1:], bce.gradient(1, np.linspace(-5, 5, 20001)[:-1]))


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        ([0.0, 0.0], TypeError),
        (np.zeros(2, int), TypeError),
        (np.zeros(2, complex), TypeError),
        (np.zeros(3), ValueError),
        (np.zeros((1, 2)), ValueError),
    ],
)
def test_an_out_that_does_not_fit_is_refused(bad, error):
    with pytest.raises(error, match="out"):
        bce.loss(np.zeros(2), np.zeros(2), out=bad)


@pytest.mark.parametrize(
    "bad", [1j, "1", None, [None], np.array(["1"]), np.array([1], object), np.longdouble(1)]
)
def test_what_is_no_real_number_is_refused(bad):
    if getattr(bad, "dtype", None) == np.longdouble and np.longdouble == np.float64:
        pytest.skip("long double is double here")
    with pytest.raises(TypeError, match="s has dtype"):
        bce.loss(1, bad)
    with pytest.raises(TypeError, match="y has dtype"):
        bce.loss(bad, 1)


@given(st.floats(), st.floats(width=32))
def test_nothing_is_said_whatever_numpy_is_told_to_do(y, s):
    with np.errstate(all="raise"):
        for function in (bce.gradient, bce.hessian):
            function(min(max(y, 0), 1), s)
        bce.loss(1, s), bce.loss(0, s)


def test_the_fused_function_gives_the_floats_of_the_two():
    rng = np.random.default_rng(0)
    y, s = rng.random(5000), rng.normal(0, 40, 5000)
    for t in (f32, f64):
        both = bce.loss_and_gradient(y.astype(t), s.astype(t))
        alone = bce.loss(y.astype(t), s.astype(t)), bce.gradient(y.astype(t), s.astype(t))
        np.testing.assert_array_equal(both, alone)


def test_infinite_scores_give_the_limits_and_nan_stays_nan():
    inf = np.inf
    assert [bce.loss(y, s) for y in (0, 1) for s in (-inf, inf)] == [0, inf, inf, 0]
    assert [bce.gradient(y, s) for y in (0, 1) for s in (-inf, inf)] == [0, 1, -1, 0]
    assert bce.loss(0.5, inf) == inf and bce.gradient(0.25, inf) == 0.75
    assert bce.hessian(0, inf) == bce.hessian(0, -inf) == 0
    for function in FUNCTIONS:
        assert np.isnan(function(1, np.nan))
    assert np.isnan(bce.loss(np.nan, 1)) and np.isnan(bce.gradient(np.nan, 1))
    assert not np.isnan(bce.hessian(np.nan, 1))


def test_reductions_and_weights():
    y, s, w = np.array([0, 1, 1, 0]), np.array([-3.0, 0.5, 30, 2]), np.array([0, 1, 2, 0.5])
    each = bce.loss(y, s)
    np.testing.assert_array_equal(bce.loss(y, s, weight=w), each * w)
    assert bce.loss(y, s, reduction="sum") == pytest.approx(each.sum(), rel=1e-15)
    assert bce.loss(y, s, reduction="mean") == pytest.approx(each.mean(), rel=1e-15)
    mean = bce.loss(y, s, weight=w, reduction="mean")
    assert mean == pytest.approx(np.average(each, weights=w), rel=1e-15)
    assert bce.loss(0, np.inf, weight=0.0, reduction="sum") == 0
    out = np.empty(4)
    assert bce.loss(y, s, weight=w, out=out) is out
    np.testing.assert_array_equal(out, each * w)


def test_a_sum_of_float32_is_rounded_once():
    s = np.linspace(-5, 5, 10001, dtype=f32)
    found = bce.loss(1, s, reduction="sum")
    assert type(found) is np.float32
    assert found == np.float32(bce.loss(1, s).astype(f64).sum())


@pytest.mark.parametrize(
    "wrong",
    [{"reduction": "average"}, {"reduction": "sum", "out": np.empty(2)}, {"weight": np.ones(3)}],
)
def test_reductions_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError):
        bce.loss(np.zeros(2), np.zeros(2), **wrong)
    with pytest.raises(TypeError, match="weight has dtype"):
        bce.loss(0, 0, weight=1j)
