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

from cesym.codegen import export
from cesym.codegen.objectives import TARGETS, objective_of
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


@targets
@pytest.mark.parametrize("page", PAGES)
def test_no_samples_are_refused(page, target):
    x, y, w, b, _, _ = samples(page)
    with pytest.raises(ValueError, match="expected a row per sample"):
        call(page, target, "objective", x[:0], y[:0], w, b)


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
@targets
def test_a_module_tests_itself(page, target, tmp_path, capsys):
    loaded(page, target)
    path = tmp_path / "alone.py"
    path.write_text(export(derived(page), to=target), encoding="utf-8")
    with own_settings(target):
        runpy.run_path(str(path), run_name="__main__")
    assert capsys.readouterr().out.endswith("values are right\n")


def test_it_is_formatted(tmp_path):
    for name in PAGES:
        for target in TARGETS:
            path = tmp_path / f"{name.replace('-', '_')}_{target}.py"
            path.write_text(export(derived(name), to=target), encoding="utf-8")
    assert_styled(tmp_path)


@pytest.mark.parametrize("target", ["c", "numba", "python"])
def test_targets_without_objectives_say_so(target):
    with pytest.raises(UnsupportedTerm, match="objectives"):
        export(derived(LOGISTIC), to=target)


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
