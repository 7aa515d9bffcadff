"""Objectives of linear models: exact for sure models too, differentiable, and found by proof."""

import runpy

import mpmath as mp
import numpy as np
import optional
import pytest
from codegen.calling import NEEDS, loaded, own_settings
from codegen.pages import page
from codegen.style import assert_styled
from derived import derived

from cesym.codegen import TARGETS, export
from cesym.codegen.objectives import TARGETS as IN_PYTHON
from cesym.codegen.objectives import objective_of
from cesym.errors import UnsupportedTerm

LOGISTIC, SOFTMAX = "logistic-regression", "softmax-regression"
PAGES = (LOGISTIC, SOFTMAX)
targets = pytest.mark.parametrize("target", TARGETS)


def call(page, target, name, *arrays, **options):
    function = getattr(loaded(page, target), name)
    if target == "torch":
        import torch

        found = function(*(torch.as_tensor(a) for a in arrays), **options)
    elif target == "jax":
        import jax

        with jax.enable_x64(True):
            found = function(*map(jax.numpy.asarray, arrays), **options)
    elif target == "python":
        found = function(*(np.asarray(a).tolist() for a in arrays), **options)
    else:
        found = function(*arrays, **options)
    return [np.asarray(x) for x in found] if isinstance(found, tuple) else np.asarray(found)


def samples(page, count=7, features=3, classes=4):
    """Features, labels or classes, weights, a bias, and a direction in both."""
    rng = np.random.default_rng(8)
    x = rng.normal(0, 1, (count, features))
    shape = (features,) if page == LOGISTIC else (features, classes)
    w, u = rng.normal(0, 1, (2, *shape))
    b, h = rng.normal(0, 1, (2, *shape[1:]))
    y = rng.uniform(0, 1, count) if page == LOGISTIC else rng.integers(0, classes, count)
    return x, y, w, b, u, h


def sigmoid(s):
    return 1 / (1 + mp.exp(-s))


def softmax(row):
    powers = [mp.exp(s) for s in row]
    return [p / mp.fsum(powers) for p in powers]


def truth(page, x, y, w, b, penalty):
    """The objective as a function of all weights and the bias in one row, for differences."""
    rows = [[mp.mpf(float(v)) for v in row] for row in x]
    size = np.size(w)

    def objective(all_weights):
        weights, bias = all_weights[:size], all_weights[size:]
        total = mp.mpf(0)
        for row, label in zip(rows, y, strict=True):
            if page == LOGISTIC:
                s = mp.fsum(a * c for a, c in zip(row, weights, strict=True)) + bias[0]
                t = mp.mpf(float(label))
                total -= t * mp.log(sigmoid(s)) + (1 - t) * mp.log(sigmoid(-s))
            else:
                k = len(bias)
                z = [
                    mp.fsum(a * weights[d * k + c] for d, a in enumerate(row)) + bias[c]
                    for c in range(k)
                ]
                total -= mp.log(softmax(z)[int(label)])
        return total / len(rows) + penalty / 2 * mp.fsum(c**2 for c in weights)

    return objective, [mp.mpf(float(v)) for v in [*np.ravel(w), *np.ravel(b)]]


@targets
@pytest.mark.parametrize("page", PAGES)
def test_values_gradients_and_products(page, target):
    x, y, w, b, u, h = samples(page)
    options = {"penalty": 0.25} if page == LOGISTIC else {}
    value, slopes, bias = call(page, target, "objective_and_gradient", x, y, w, b, **options)
    along, bias_along = call(page, target, "hessian_product", x, w, u, b, h, **options)
    assert value == pytest.approx(float(call(page, target, "objective", x, y, w, b, **options)))
    with mp.workdps(60):
        step = mp.mpf(10) ** -20
        objective, point = truth(page, x, y, w, b, mp.mpf(options.get("penalty", 0)))
        direction = [mp.mpf(float(v)) for v in [*np.ravel(u), *np.ravel(h)]]
        assert float(value) == pytest.approx(float(objective(point)), rel=1e-14)

        def gradient(at):
            found = []
            for place in range(len(at)):
                ahead = [c + step * (n == place) for n, c in enumerate(at)]
                behind = [c - step * (n == place) for n, c in enumerate(at)]
                found.append((objective(ahead) - objective(behind)) / (2 * step))
            return found

        exact = [float(g) for g in gradient(point)]
        far = mp.mpf(10) ** -10
        there = gradient([c + far * d for c, d in zip(point, direction, strict=True)])
        back = gradient([c - far * d for c, d in zip(point, direction, strict=True)])
        products = [float((p - q) / (2 * far)) for p, q in zip(there, back, strict=True)]
    np.testing.assert_allclose([*np.ravel(slopes), *np.ravel(bias)], exact, rtol=1e-12)
    np.testing.assert_allclose([*np.ravel(along), *np.ravel(bias_along)], products, rtol=1e-9)


@targets
def test_sure_and_right_answers_still_have_a_loss_and_a_gradient(target):
    x, y, w = np.array([[50.0], [-60.0]]), np.array([1.0, 0.0]), np.array([1.0])
    value, slopes, bias = call(LOGISTIC, target, "objective_and_gradient", x, y, w)
    one, other = np.exp(-50.0), np.exp(-60.0)
    assert value == pytest.approx((one + other) / 2, rel=1e-15)
    assert slopes[0] == pytest.approx(-(50 * one + 60 * other) / 2, rel=1e-15)
    assert bias == pytest.approx((other - one) / 2, rel=1e-15)
    z = np.array([[1.0, 0.0]])
    value, slopes, _ = call(
        SOFTMAX, target, "objective_and_gradient", x, np.array([0, 1]), z, np.zeros(2)
    )
    assert value == pytest.approx((one + other) / 2, rel=1e-15)
    np.testing.assert_allclose(slopes, -np.array([[1, -1]]) * (50 * one + 60 * other) / 2)


MOST = {"python": 4, "numba": 4, "c": 4}
"""In ulp: of the objective, and of the mean of the sizes of the terms of each derivative. The
others, which leave sums to a library, are given twice as much."""


def plain_samples(page):
    """As `samples`, but of numbers of few digits, so that every score is computed exactly."""
    rng = np.random.default_rng(3)
    x, y, w, b, u, h = samples(page, 300)
    x, w, b, u, h = (rng.integers(-64, 64, a.shape) / 8 for a in (x, w, b, u, h))
    return x, np.round(16 * y) / 16 if page == LOGISTIC else y, w, b, u, h


def terms(page, x, y, w, b, u, h):
    """For each sample its loss, and, class by class, errors and second derivatives along u, h."""
    for row, label in zip(x.tolist(), y.tolist(), strict=True):
        z = [mp.mpf(s) for s in np.atleast_1d(row @ w + b)]
        v = [mp.mpf(s) for s in np.atleast_1d(row @ u + h)]
        if page == LOGISTIC:
            p, away = sigmoid(z[0]), sigmoid(-z[0])
            yield -label * mp.log(p) - (1 - label) * mp.log(away), [p - label], [p * away * v[0]]
        else:
            p = softmax(z)
            mean = mp.fsum(map(lambda a, c: a * c, p, v))
            errors = [share - (k == label) for k, share in enumerate(p)]
            along = [share * (c - mean) for share, c in zip(p, v, strict=True)]
            yield -mp.log(p[label]), errors, along


@targets
@pytest.mark.parametrize("page", PAGES)
def test_the_sums_of_samples_are_right_to_a_few_ulp(page, target):
    x, y, w, b, u, h = plain_samples(page)
    value, *slopes = call(page, target, "objective_and_gradient", x, y, w, b)
    products = call(page, target, "hessian_product", x, w, u, b, h)
    alone = call(page, target, "objective", x, y, w, b)
    with mp.workdps(60):
        every = [*terms(page, x, y, w, b, u, h)]
        exact = float(mp.fsum(loss for loss, *_ in every) / len(x))
        most = MOST.get(target, 8)
        assert abs(value - exact) <= most * np.spacing(exact)
        assert abs(alone - exact) <= most * np.spacing(exact)
        for place, (of_weights, of_bias) in ((1, slopes), (2, products)):
            rows = [found[place] for found in every]
            for j, column in enumerate([*x.T, np.ones(len(x))]):
                ours = of_weights[j] if j < len(w) else of_bias
                for k, got in enumerate(np.atleast_1d(ours)):
                    parts = [mp.mpf(a) * row[k] for a, row in zip(column, rows, strict=True)]
                    size = float(mp.fsum(map(abs, parts)) / len(x))
                    off = abs(float(mp.mpf(float(got)) - mp.fsum(parts) / len(x)))
                    assert off <= most * np.spacing(size), (place, j, k, off / np.spacing(size))


@targets
def test_products_of_sure_samples_keep_their_digits(target):
    x, w, u = np.array([[1.0]]), np.array([[40.0, 0.0, 0.0]]), np.array([[3.0, 1.0, 0.5]])
    along, _ = call(SOFTMAX, target, "hessian_product", x, w, u, np.zeros(3), np.zeros(3))
    with mp.workdps(60):
        p = softmax([mp.mpf(40), mp.mpf(0), mp.mpf(0)])
        mean = mp.fsum(s * mp.mpf(float(v)) for s, v in zip(p, u[0], strict=True))
        exact = [float(s * (mp.mpf(float(v)) - mean)) for s, v in zip(p, u[0], strict=True)]
    np.testing.assert_allclose(along[0], exact, rtol=1e-15)


INF, NAN = np.inf, np.nan
ENDS = (
    (LOGISTIC, 1.0, INF, 0.0, 0.0, 0.0),
    (LOGISTIC, 1.0, -INF, INF, -1.0, 0.0),
    (LOGISTIC, 0.0, INF, INF, 1.0, 0.0),
    (LOGISTIC, 0.0, -INF, 0.0, 0.0, 0.0),
    (LOGISTIC, 0.5, INF, INF, 0.5, 0.0),
    (LOGISTIC, 0.0, NAN, NAN, NAN, NAN),
    (SOFTMAX, 0, [INF, 0.0], 0.0, [0.0, 0.0], [0.0, 0.0]),
    (SOFTMAX, 1, [INF, 0.0], INF, [1.0, -1.0], [0.0, 0.0]),
    (SOFTMAX, 0, [-INF, 0.0], INF, [-1.0, 1.0], [0.0, 0.0]),
    (SOFTMAX, 0, [INF, INF], NAN, [NAN, NAN], [NAN, NAN]),
    (SOFTMAX, 0, [0.0, NAN], NAN, [NAN, NAN], [NAN, NAN]),
)
"""Page, label, bias; the objective, its derivative in the bias, and the second derivatives along 1,
of two samples that are alike. In the weights they are twice that: x = 2."""


@targets
@pytest.mark.parametrize("end", ENDS, ids=str)
def test_the_boundary_table_holds(end, target):
    page, label, bias, value, slope, along = end
    x, y, b = np.full((2, 1), 2.0), np.array([label, label]), np.array(bias)
    w = np.zeros((1, *b.shape))
    u, h = np.zeros_like(w), np.where(np.arange(b.size) == 0, 1.0, 0.0).reshape(b.shape)
    found = call(page, target, "objective_and_gradient", x, y, w, b)
    products = call(page, target, "hessian_product", x, w, u, b, h)
    two = 2 * np.asarray(slope)[np.newaxis], 2 * np.asarray(along)[np.newaxis]
    for ours, exact in zip([*found, *products], [value, two[0], slope, two[1], along], strict=True):
        np.testing.assert_array_equal(ours, exact)
    np.testing.assert_array_equal(call(page, target, "objective", x, y, w, b), value)


@pytest.mark.parametrize("page", PAGES)
def test_threads_of_numba_change_nothing(page):
    x, y, w, b, u, h = samples(page, 70000)
    found = [
        call(page, "numba", name, *arrays, num_threads=threads)
        for threads in (1, 3)
        for name, arrays in (
            ("objective_and_gradient", (x, y, w, b)),
            ("hessian_product", (x, w, u, b, h)),
        )
    ]
    for one, other in ((0, 2), (1, 3)):
        for ours, theirs in zip(found[one], found[other], strict=True):
            np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("page", PAGES)
def test_numba_keeps_the_type_and_refuses_what_does_not_fit(page):
    x, y, w, b, u, h = samples(page)
    narrow = [np.float32(a) for a in (x, w, b, u, h)]
    x32, w32, b32, u32, h32 = narrow
    labels = np.float32(y) if page == LOGISTIC else y
    found = call(page, "numba", "objective_and_gradient", x32, labels, w32, b32)
    found += call(page, "numba", "hessian_product", x32, w32, u32, b32, h32)
    exact = call(page, "numba", "objective_and_gradient", x, y, w, b)
    exact += call(page, "numba", "hessian_product", x, w, u, b, h)
    for ours, theirs in zip(found, exact, strict=True):
        assert ours.dtype == (np.float32 if ours.ndim else ours.dtype)
        np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-6)
    with pytest.raises(ValueError, match=r"\(3,\): expected \(7,\)"):
        call(page, "numba", "objective", x, y[:3], w, b)


@targets
@pytest.mark.parametrize("page", PAGES)
def test_no_samples_are_refused(page, target):
    x, y, w, b, _, _ = samples(page)
    with pytest.raises(ValueError, match="expected a row per sample"):
        call(page, target, "objective", x[:0], y[:0], w, b)


@targets
@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_stretched_to_fit(page, target):
    x, y, w, b, u, h = samples(page)
    told = None if target == "python" else r"shape \(.*: expected"
    errors = (ValueError, TypeError)

    def refused(name, *given):
        with pytest.raises(errors, match=told):
            call(page, target, name, *given)

    for name in ("objective", "objective_and_gradient"):
        for labels in (y[:1], y[:3], y[:, np.newaxis] if page == LOGISTIC else y[:0]):
            refused(name, x, labels, w, b)
        for weights in (w[:1], w[..., np.newaxis] if page == LOGISTIC else w[:, 0]):
            refused(name, x, y, weights, b)
    refused("hessian_product", x, w, u[:1], b, h)
    if page != LOGISTIC:
        refused("hessian_product", x, w[:, 0], u[:, 0], b, h)


@pytest.mark.parametrize("page", PAGES)
def test_torch_differentiates_the_objective_twice(page):
    torch = optional.module(NEEDS["torch"])
    module = loaded(page, "torch")
    x, y, w, b, u, h = map(torch.as_tensor, samples(page))
    w, b = w.requires_grad_(), b.requires_grad_()

    def objective(w, b):
        return module.objective(x, y, w, b)

    assert torch.autograd.gradcheck(objective, (w, b))
    assert torch.autograd.gradgradcheck(objective, (w, b))
    found = torch.autograd.functional.vhp(objective, (w, b), (u, h))[1]
    for ours, theirs in zip(module.hessian_product(x, w, u, b, h), found, strict=True):
        torch.testing.assert_close(ours, theirs, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("page", PAGES)
def test_jax_differentiates_the_objective_twice(page):
    jax = optional.module(NEEDS["jax"])
    from jax.test_util import check_grads

    module = loaded(page, "jax")
    with jax.enable_x64(True):
        x, y, w, b, _, _ = map(jax.numpy.asarray, samples(page))
        check_grads(lambda w, b: module.objective(x, y, w, b), (w, b), order=2)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("target", IN_PYTHON)
def test_a_module_tests_itself(page, target, tmp_path, capsys):
    loaded(page, target)
    path = tmp_path / "alone.py"
    path.write_text(export(derived(page), to=target), encoding="utf-8")
    with own_settings(target):
        runpy.run_path(str(path), run_name="__main__")
    assert capsys.readouterr().out.endswith("values are right\n")


def test_it_is_formatted(tmp_path):
    for name in PAGES:
        for target in IN_PYTHON:
            path = tmp_path / f"{name.replace('-', '_')}_{target}.py"
            path.write_text(export(derived(name), to=target), encoding="utf-8")
    assert_styled(tmp_path)


DECLARED = (
    r"$N \in \mathbb{N}$, $D \in \mathbb{N}$, $A \in \mathbb{R}^{N \times D}$, $t \in [0, 1]^N$,"
    r" $v \in \mathbb{R}^D$, $c \in \mathbb{R}$, $\mu > 0$ and $j \in \{1, \dots, D\}$"
)
SCORE = r"(c + \sum_{k=1}^{D} A_{ik} v_k)"
MEAN = (
    rf"\frac{{1}}{{N}} \sum_{{i=1}}^{{N}} \left( \log(1 + \exp{SCORE}) - t_i {SCORE} \right)"
    r" + \frac{\mu}{2} \sum_{k=1}^{D} v_k^2"
)
ERRORS = rf"\frac{{1}}{{N}} \sum_{{i=1}}^{{N}} \left( \sigma{SCORE} - t_i \right)"
SLOPES = (
    rf"\frac{{1}}{{N}} \sum_{{i=1}}^{{N}} A_{{ij}} \left( \sigma{SCORE} - t_i \right) + \mu v_j"
)


def test_it_is_recognised_by_proof_in_other_letters(tmp_path):
    exports = {"objective": MEAN, "gradient": SLOPES, "bias_gradient": ERRORS}
    found = objective_of(page(tmp_path, DECLARED, exports))
    assert found is not None and found.names["X"] == "A" and found.names["penalty"] == "mu"


@pytest.mark.parametrize(
    "exports",
    [
        {"objective": MEAN, "gradient": f"2 {SLOPES}", "bias_gradient": ERRORS},
        {"objective": f"2 {MEAN}", "gradient": SLOPES, "bias_gradient": ERRORS},
        {"objective": MEAN},
    ],
)
def test_what_is_not_proved_is_refused(exports, tmp_path):
    with pytest.raises(UnsupportedTerm, match="no objective"):
        objective_of(page(tmp_path, DECLARED, exports))
