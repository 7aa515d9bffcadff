"""JAX: derivatives to the order that the page goes to, types, reductions, transformations."""

import numpy as np
import optional
import pytest
from codegen.calling import call, loaded

from cesym.floats.grids import landmarks

jax = optional.module("jax")
jnp = jax.numpy
bce = loaded("binary-cross-entropy", "jax")
S = np.array([-30.0, -2.5, -1e-3, 0.7, 3.0, 25.0])
Y = np.array([0.0, 1.0, 0.3, 1.0, 0.0, 0.9])


@pytest.fixture(autouse=True)
def _wide():
    with jax.enable_x64(True):
        yield


def test_first_and_second_derivatives_are_right():
    from jax.test_util import check_grads

    check_grads(bce.loss, (jnp.asarray(Y), jnp.asarray(S)), order=2)
    check_grads(bce.gradient, (jnp.asarray(Y), jnp.asarray(S)), order=1)


def test_derivatives_are_the_exported_functions_to_the_last_digit():
    first = jax.vmap(jax.grad(bce.loss, argnums=1))
    second = jax.vmap(jax.grad(jax.grad(bce.loss, argnums=1), argnums=1))
    np.testing.assert_array_equal(first(Y, S), bce.gradient(Y, S))
    np.testing.assert_array_equal(second(Y, S), bce.hessian(Y, S))


def test_a_confident_right_answer_still_has_a_gradient():
    found = jax.grad(bce.loss, argnums=1)(1.0, 40.0)
    assert float(found) == pytest.approx(-4.248354e-18)


def test_beyond_the_exported_order_is_an_error():
    with pytest.raises(NotImplementedError, match="hessian by s"):
        jax.grad(bce.hessian, argnums=1)(1.0, 0.5)


def test_transformations_give_the_same_floats():
    for function in (bce.loss, bce.gradient, bce.hessian):
        plain = np.asarray(function(Y, S))
        np.testing.assert_array_max_ulp(np.asarray(jax.jit(function)(Y, S)), plain, 2)
        np.testing.assert_array_max_ulp(np.asarray(jax.vmap(function)(Y, S)), plain, 2)


@pytest.mark.parametrize("dtype", [jnp.float16, jnp.bfloat16, jnp.float32])
def test_narrow_types_are_computed_in_float64_and_rounded_once(dtype):
    y, s = jnp.asarray(Y, dtype), jnp.asarray(S, dtype)
    for function in (bce.loss, bce.gradient, bce.hessian):
        found = function(y, s)
        exact = function(y.astype(jnp.float64), s.astype(jnp.float64)).astype(dtype)
        assert found.dtype == dtype and (found == exact).all()


def test_without_float64_it_is_float32():
    with jax.enable_x64(False):
        s = landmarks(np.float32)
        s = s[np.abs(s) < 87]
        found = bce.gradient(np.ones_like(s), s)
        assert found.dtype == jnp.float32
    exact = call(bce, "jax", "gradient", np.ones(s.size), s.astype(float)).astype(np.float32)
    np.testing.assert_array_max_ulp(np.asarray(found), exact, 3)


def test_the_last_normal_results_are_not_lost():
    found = bce.loss(np.zeros(3), np.array([-708.0, -708.2, -708.39]))
    assert (np.asarray(found) >= 2.2250738585072014e-308).all()


def test_types_and_shapes():
    found = bce.loss(np.array([0, 1, 1]), np.zeros((2, 3), np.float32))
    assert found.shape == (2, 3) and found.dtype == jnp.float32
    assert bce.loss(1, 0).dtype == jnp.float64
    with pytest.raises(TypeError, match="y is complex"):
        bce.loss(1j, S)


def test_reductions_and_weights():
    w = np.array([0.0, 1.0, 2.0, 0.5, 0.0, 1.0])
    each = np.asarray(bce.loss(Y, S))
    np.testing.assert_array_equal(bce.loss(Y, S, weight=w), each * w)
    np.testing.assert_allclose(bce.loss(Y, S, reduction="sum"), each.sum(), 1e-15)
    mean = bce.loss(Y, S, weight=w, reduction="mean")
    np.testing.assert_allclose(mean, np.average(each, weights=w), 1e-15)
    assert float(bce.loss(0.0, jnp.inf, weight=0.0, reduction="sum")) == 0
    with pytest.raises(ValueError, match="reduction"):
        bce.loss(Y, S, reduction="average")
    slope = jax.grad(lambda s: bce.loss(Y, s, reduction="mean"))(S)
    np.testing.assert_allclose(slope, bce.gradient(Y, S) / len(S), 1e-15)
