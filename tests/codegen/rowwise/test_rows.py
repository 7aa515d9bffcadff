"""Losses of rows: right to the last digits for logits of any spread, in every library."""

from functools import partial

import numpy as np
import optional
import pytest
from codegen.calling import NEEDS, loaded
from codegen.rowwise.exactly import of_rows, with_class, with_target

from cesym.codegen.rowwise import TARGETS
from cesym.floats.ulp import error, measure

PAGE = "categorical-cross-entropy"
targets = pytest.mark.parametrize("target", (*TARGETS, "c"))
of_many_rows = pytest.mark.parametrize("target", [t for t in (*TARGETS, "c") if t != "python"])
SHAPES = {10: 60, 1000: 3}
LEAST = {"float64": -708.3, "float32": -87.3}


def call(target, name, *arrays, wide=True, page=PAGE, **options):
    function = getattr(loaded(page, target), name)
    if target == "python":
        return row_by_row(function, arrays, options)
    if target == "torch":
        import torch

        return function(*map(torch.from_numpy, map(np.asarray, arrays)), **options).numpy()
    if target == "jax":
        import jax

        with jax.enable_x64(wide):  # compiled as a whole, which is quicker than step by step
            return np.asarray(jax.jit(partial(function, **options))(*arrays))
    return np.asarray(function(*arrays, **options))


def row_by_row(function, arrays, options):
    """What a function of one row gives for each row of the first array."""
    arrays = [np.asarray(array) for array in arrays]
    axes = max(array.ndim for array in arrays)
    shape = np.broadcast_shapes(*(a.shape for a in arrays if a.ndim == axes))
    full = [np.broadcast_to(a, shape if a.ndim == axes else shape[:-1]) for a in arrays]
    found = [function(*(a[at].tolist() for a in full), **options) for at in np.ndindex(shape[:-1])]
    return np.reshape(np.array(found), shape[:-1] + np.shape(found)[1:])


def rows(classes, spread, dtype):
    """Logits, with the class of half of the rows that of the largest."""
    rng = np.random.default_rng(classes)
    z = rng.normal(0, spread, (SHAPES[classes], classes)).astype(dtype)
    c = rng.integers(0, classes, len(z))
    c[::2] = z[::2].argmax(1)
    return z, c


def kept(target, exact, dtype):
    """XLA takes subnormal numbers for 0, also as parts of a sum: there a result must be larger."""
    least = np.finfo(dtype).tiny / np.finfo(dtype).eps
    return (np.abs(exact.nearest) >= least) | (exact.nearest == 0) | (target != "jax")


@targets
@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("spread", [1.0, 100.0])
@pytest.mark.parametrize("classes", SHAPES)
def test_classes_lose_no_digits(target, classes, spread, dtype, wide):
    if not wide and (target != "jax" or dtype is np.float64):
        return  # only JAX may lack float64
    if target == "python" and dtype is np.float32:
        return  # it knows float64 alone
    z, c = rows(classes, spread, dtype)
    exact = of_rows(lambda row: with_class(*row), list(zip(z, c, strict=True)), dtype)
    losses = call(target, "loss", z, c, wide=wide)
    slopes = call(target, "gradient", z, c, wide=wide)
    assert losses.dtype == slopes.dtype == dtype
    computed = np.column_stack([losses, slopes]).ravel()
    counted = kept(target, exact, dtype)
    exact = type(exact)(exact.nearest[counted], exact.residue[counted])
    found = measure(computed[counted], exact)
    assert found.within(4), found


@targets
@pytest.mark.parametrize("spread", [1.0, 100.0])
def test_probabilities_lose_digits_at_roots_only(target, spread):
    z, _ = rows(10, spread, np.float64)
    p = np.random.default_rng(1).dirichlet(np.full(10, 0.5), len(z))
    p[::3, :4] = 0
    exact = of_rows(lambda row: with_target(*row), list(zip(z, p, strict=True)), np.float64)
    losses, slopes = (call(target, name, z, p) for name in ("loss", "gradient"))
    off = error(np.column_stack([losses, slopes]).ravel(), exact).reshape(len(z), 11)
    assert off[:, 0].max() <= 4
    units = np.spacing(np.abs(exact.nearest)).reshape(len(z), 11)[:, 1:]
    counted = kept(target, exact, np.float64).reshape(len(z), 11)[:, 1:]
    assert (off[:, 1:] <= np.maximum(4, 2.0**-50 * p / units))[counted].all()


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("spread", [1.0, 100.0])
def test_a_temperature_loses_no_digits(target, spread):
    z, c = rows(10, spread, np.float64)
    temperatures = np.random.default_rng(2).uniform(0.05, 20, len(z))
    every = zip(z, c, temperatures, strict=True)
    exact = of_rows(lambda row: with_class(*row), list(every), np.float64)
    losses, slopes = (
        call(target, name, z, c, temperatures, page="temperature-and-distillation")
        for name in ("loss", "gradient")
    )
    computed = np.column_stack([losses, slopes]).ravel()
    counted = kept(target, exact, np.float64)
    exact = type(exact)(exact.nearest[counted], exact.residue[counted])
    found = measure(computed[counted], exact)
    assert found.within(4), found


@pytest.mark.parametrize("target", TARGETS)
def test_the_usual_temperature_changes_nothing(target):
    z, c = rows(10, 30.0, np.float64)
    for name in ("loss", "gradient"):
        usual = call(target, name, z, c, np.ones(()), page="temperature-and-distillation")
        np.testing.assert_array_equal(usual, call(target, name, z, c))


@targets
def test_one_hot_rows_are_classes(target):
    z, c = rows(10, 30.0, np.float64)
    hot = np.eye(10)[c]
    for name in ("loss", "gradient"):
        one, other = (call(target, name, z, wanted) for wanted in (c, hot))
        np.testing.assert_array_max_ulp(one, other, 4)


@targets
def test_smoothing_mixes_with_the_uniform_distribution(target):
    z, c = rows(10, 3.0, np.float64)
    mixed = 0.9 * np.eye(10)[c] + 0.01
    for name in ("loss", "gradient"):
        found = call(target, name, z, c, label_smoothing=0.1)
        np.testing.assert_allclose(found, call(target, name, z, mixed), rtol=1e-12, atol=1e-15)
    with pytest.raises(ValueError, match="label_smoothing"):
        call(target, "loss", z, c, label_smoothing=2.0)


@of_many_rows
def test_ignored_rows_weights_and_reductions(target):
    z, c = rows(10, 3.0, np.float64)
    each = call(target, "loss", z, c)
    c = c.copy()
    c[:5] = -100
    found = call(target, "loss", z, c, ignore_index=-100)
    np.testing.assert_array_equal(found[:5], 0)
    np.testing.assert_array_equal(found[5:], each[5:])
    assert not call(target, "gradient", z, c, ignore_index=-100)[:5].any()
    mean = call(target, "loss", z, c, ignore_index=-100, reduction="mean")
    assert mean == pytest.approx(each[5:].mean(), rel=1e-14)
    halves = call(target, "loss", z, c, ignore_index=-100, weight=0.5, reduction="sum")
    assert halves == pytest.approx(each[5:].sum() / 2, rel=1e-14)
    with pytest.raises(ValueError, match="reduction"):
        call(target, "loss", z, c, ignore_index=-100, reduction="average")
    with pytest.raises(ValueError, match="ignore_index"):
        call(target, "loss", z, np.full(z.shape, 0.1), ignore_index=0)


@targets
def test_infinite_logits_give_the_limits(target):
    z = np.array([[np.inf, 0.0, 1.0], [-np.inf, 0.0, 0.0], [0.0, np.nan, 0.0]])
    losses = call(target, "loss", np.repeat(z, 2, 0), np.array([0, 1, 1, 0, 0, 1]))
    np.testing.assert_array_equal(losses, [0, np.inf, np.log(2), np.inf, np.nan, np.nan])
    slopes = call(target, "gradient", z[:2], np.array([0, 1]))
    np.testing.assert_array_equal(slopes, [[0, 0, 0], [0, -0.5, 0.5]])
    soft = call(target, "loss", z[1:2], np.array([[0.0, 0.5, 0.5]]))
    assert soft == pytest.approx(np.log(2))
    soft = call(target, "loss", np.repeat(z[:2], 2, 0), np.array([[0.5, 0.5, 0], [1, 0, 0]] * 2))
    np.testing.assert_array_equal(soft, [np.inf, 0, np.inf, np.inf])
    smooth = call(target, "loss", z[1:2], np.array([1]), label_smoothing=0.5)
    np.testing.assert_array_equal(smooth, [np.inf])


@targets
def test_one_call_gives_what_two_give(target):
    module = loaded(PAGE, target)
    if hasattr(module, "loss_and_gradient"):
        z, c = rows(10, 30.0, np.float64)
        for wanted in (c, np.eye(10)[c]):
            for row, at in zip(z[:5], wanted, strict=False):
                given = (row.tolist(), at.tolist()) if target == "python" else (row, at)
                both = module.loss_and_gradient(*given)
                np.testing.assert_array_equal(both[0], call(target, "loss", row, at))
                np.testing.assert_array_equal(both[1], call(target, "gradient", row, at))
    else:
        assert target in ("torch", "jax")


@pytest.mark.parametrize("target", ["numpy", "numba", "c"])
def test_results_stand_where_they_are_wanted(target):
    module, (z, c) = loaded(PAGE, target), rows(10, 3.0, np.float32)
    z = np.repeat(z, 60, 0)
    c = np.repeat(c, 60)
    loss, gradient = module.loss(z, c), module.gradient(z, c)
    place, places = np.empty_like(loss), np.empty_like(gradient)
    threads = {} if target == "numpy" else {"num_threads": 2}
    assert module.loss(z, c, out=place) is place
    np.testing.assert_array_equal(place, loss)
    wide = np.empty((*z.shape[:-1], 20), np.float64)[:, ::2]  # not contiguous
    for out in (places, wide):
        found = module.loss_and_gradient(z, c, out=(place, out), **threads)
        assert found[0] is place and found[1] is out
        np.testing.assert_array_equal(out.astype(np.float32), gradient)
        np.testing.assert_array_equal(place, loss)
    own = z.copy()
    module.gradient(own, c, out=own)
    np.testing.assert_array_equal(own, gradient)
    with pytest.raises(ValueError, match="shape"):
        module.gradient(z, c, out=place)
    with pytest.raises(ValueError, match="out is for"):
        module.loss(z, c, out=place, reduction="sum")


@pytest.mark.parametrize("target", ["numpy", "numba", "python", "c"])
def test_rows_without_a_class_are_refused(target):
    with pytest.raises(ValueError, match="class"):
        call(target, "gradient", np.zeros((1, 0)), np.zeros((1, 0)))


@of_many_rows
def test_more_axes_and_other_types(target):
    z, c = np.zeros((2, 3, 4), np.float32), np.zeros((2, 3), np.int64)
    assert call(target, "loss", z, c).shape == (2, 3)
    assert call(target, "gradient", z, c).shape == (2, 3, 4)
    assert call(target, "loss", np.zeros((5, 1)), np.zeros(5, int)).tolist() == [0] * 5
    assert call(target, "loss", np.zeros((0, 3)), np.zeros(0, int)).shape == (0,)
    with pytest.raises(TypeError, match="expected rows of real"):
        call(target, "loss", z.astype(complex), c)


@targets
def test_a_class_that_is_not_there(target):
    z = np.zeros((2, 3))
    if target in ("numpy", "numba", "python", "c"):
        with pytest.raises(ValueError, match="not 0 to 2"):
            call(target, "loss", z, np.array([0, 3]))
    else:
        for name in ("loss", "gradient"):
            found = call(target, name, z, np.array([0, 3]))
            assert np.isfinite(found[0]).all() and np.isnan(found[1]).all()


def test_torch_differentiates_twice():
    torch = optional.module(NEEDS["torch"])
    module = loaded(PAGE, "torch")
    z, c = (torch.from_numpy(x) for x in rows(10, 1.0, np.float64))
    z, c = z[:4].clone().requires_grad_(), c[:4]
    soft = torch.softmax(z.detach() * 2, -1).requires_grad_()
    for wanted in (c, soft):
        assert torch.autograd.gradcheck(module.loss, (z, wanted))
        assert torch.autograd.gradgradcheck(module.loss, (z, wanted))
    (slope,) = torch.autograd.grad(module.loss(z, c).sum(), z)
    assert torch.equal(slope, module.gradient(z, c))
    low = module.loss(z.detach().bfloat16(), c)
    assert low.dtype == torch.bfloat16
    mapped = torch.func.vmap(torch.func.grad(module.loss))(z.detach(), c)
    assert torch.equal(mapped, slope)


def test_torch_differentiates_at_a_temperature():
    torch = optional.module(NEEDS["torch"])
    module = loaded("temperature-and-distillation", "torch")
    z, c = (torch.from_numpy(x)[:4] for x in rows(10, 1.0, np.float64))
    z = z.clone().requires_grad_()
    soft = torch.softmax(z.detach() * 2, -1).requires_grad_()
    t = torch.tensor([0.5, 1.0, 2.0, 4.0], dtype=torch.float64)
    for wanted in (c, soft):
        assert torch.autograd.gradcheck(module.loss, (z, wanted, t))
        assert torch.autograd.gradgradcheck(module.loss, (z, wanted, t))
    with pytest.raises(NotImplementedError, match="loss by temperature"):
        module.loss(z, c, t.requires_grad_()).sum().backward()


def test_jax_differentiates_at_a_temperature():
    jax = optional.module(NEEDS["jax"])
    from jax.test_util import check_grads

    module = loaded("temperature-and-distillation", "jax")
    z, _ = rows(10, 1.0, np.float64)
    with jax.enable_x64(True):
        z, soft = jax.numpy.asarray(z[:4]), jax.nn.softmax(2 * z[:4])
        check_grads(lambda z, p: module.loss(z, p, 3.0), (z, soft), order=2)
        with pytest.raises(NotImplementedError, match="loss by temperature"):
            jax.grad(lambda t: module.loss(z, soft, t).sum())(3.0)


def test_jax_differentiates_twice():
    jax = optional.module(NEEDS["jax"])
    from jax.test_util import check_grads

    module = loaded(PAGE, "jax")
    z, c = rows(10, 1.0, np.float64)
    with jax.enable_x64(True):
        z, soft = jax.numpy.asarray(z[:4]), jax.nn.softmax(2 * z[:4])
        check_grads(lambda z: module.loss(z, c[:4]), (z,), order=2)
        check_grads(module.loss, (z, soft), order=2)
        slope = jax.vmap(jax.grad(module.loss))(z, c[:4])
        np.testing.assert_array_equal(slope, module.gradient(z, c[:4]))
        np.testing.assert_array_max_ulp(
            np.asarray(jax.jit(module.loss)(z, c[:4])), np.asarray(module.loss(z, c[:4])), 3
        )


@pytest.mark.parametrize("classes", [10, 63, 64, 65])
def test_a_row_is_as_it_is_alone_whatever_stands_in_its_block(classes):
    rng = np.random.default_rng(8)
    count = 3 * loaded(PAGE, "numpy")._BLOCK // classes + 1
    z, c = rng.normal(0, 100, (count, classes)), rng.integers(0, classes, count)
    z[0, 0], z[1, 1], z[2, 2] = 1e4, np.inf, np.nan  # the other way to compute powers
    losses, slopes = loaded(PAGE, "numpy").loss_and_gradient(z, c)
    for n in (*range(8), count // 2, count - 2, count - 1):
        np.testing.assert_array_max_ulp(losses[n], call("numpy", "loss", z[n], c[n]), 4)
        np.testing.assert_array_max_ulp(slopes[n], call("numpy", "gradient", z[n], c[n]), 4)
    assert np.isnan(losses).tolist() == [n == 2 for n in range(count)]
