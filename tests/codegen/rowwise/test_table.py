"""Every loss of the table: accurate, with the limits at the boundary, differentiable twice."""

import mpmath as mp
import numpy as np
import optional
import pytest
from codegen.calling import NEEDS, loaded
from codegen.rowwise.test_rows import call, row_by_row

from cesym.codegen.rowwise import TARGETS
from cesym.codegen.rowwise.table import ROW_FORMS
from cesym.codegen.rowwise.words import ERRORS

targets = pytest.mark.parametrize("target", (*TARGETS, "c"))

PAGES = {
    "cross-entropy": "categorical-cross-entropy",
    "cross-entropy at a temperature": "temperature-and-distillation",
    "cross-entropy of a smoothed label": "label-smoothing",
    "divergence of logits": "divergence-of-logits",
    "divergence of probabilities": "divergence-of-probabilities",
    "entropy of logits": "entropy-of-logits",
    "entropy of probabilities": "entropy-of-probabilities",
}
LOGITS = "divergence-of-logits"
PROBABILITIES = "divergence-of-probabilities"
CLOSE = (1e-12, 1e-6, 0.01, 1.0, 30.0)


def test_every_form_has_a_page_and_words():
    assert PAGES.keys() == ERRORS.keys() == {form.name for form in ROW_FORMS}


@pytest.mark.parametrize("form", ROW_FORMS, ids=lambda form: form.name)
def test_every_form_is_found_on_its_page(form):
    names = {*form.programs, "_and_".join(form.programs)}
    assert set(loaded(PAGES[form.name], "numpy").__all__) == names


def mpf(row):
    return [mp.mpf(float(x)) for x in row]


def softmax(row):
    powers = [mp.exp(x) for x in mpf(row)]
    return [power / mp.fsum(powers) for power in powers]


def off(computed, exact):
    """The errors in ulp of the exact values; a result that is no number is far off."""
    found = []
    for ours, truth in zip(np.ravel(computed), exact, strict=True):
        if not np.isfinite(ours):
            return [np.inf]
        unit = mp.mpf(float(np.spacing(abs(np.float64(truth)))))
        found.append(float(abs(mp.mpf(float(ours)) - truth) / unit))
    return found


def pairs(spread, step, classes=7, count=40):
    """Logits, and others that are close to them up to a shift."""
    rng = np.random.default_rng(int(1 / step) % 1000 + classes)
    w = rng.normal(0, spread, (count, classes))
    return w, w + rng.normal(0, step, w.shape) + 5.0


@targets
@pytest.mark.parametrize("step", CLOSE)
@pytest.mark.parametrize("spread", [1.0, 30.0])
def test_the_divergence_of_logits_is_right_however_close_they_are(target, spread, step):
    w, z = pairs(spread, step)
    losses, slopes = (call(target, name, w, z, page=LOGITS) for name in ("loss", "gradient"))
    with mp.workprec(1000):
        every = [(softmax(a), softmax(b)) for a, b in zip(w, z, strict=True)]
        exact = [mp.fsum(p * mp.log(p / q) for p, q in zip(*both, strict=True)) for both in every]
        assert max(off(losses, exact)) <= (7 if target == "jax" else 5)
        for row, (p, q) in zip(slopes, every, strict=True):
            for ours, a, b in zip(row, p, q, strict=True):
                assert abs(mp.mpf(float(ours)) - (b - a)) <= 2.0**-50 * (a + b)
    assert (losses >= 0).all()


@targets
def test_equal_predictions_have_no_divergence(target):
    w = np.round(1024 * pairs(30.0, 1.0)[0]) / 1024  # so that a shift of them is exact
    for z in (w, w + 3.0):
        assert not call(target, "loss", w, z, page=LOGITS).any()
        assert not call(target, "gradient", w, z, page=LOGITS).any()


@targets
def test_infinite_logits_give_the_limits_of_the_divergence(target):
    inf = np.inf
    w = np.array([[-inf, 0, 0], [0, 0, 0], [-inf, 0, 0], [0, np.nan, 0], [inf, 0, 0]])
    z = np.array([[-inf, 0, 1], [-inf, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]])
    losses = call(target, "loss", w, z, page=LOGITS)
    two = np.log((1 + np.e) ** 2 / (4 * np.e)) / 2
    np.testing.assert_allclose(losses, [two, inf, np.log(1.5), np.nan, np.log(3)], rtol=1e-15)
    slopes = call(target, "gradient", w, z, page=LOGITS)
    assert slopes[0, 0] == 0 and np.isnan(slopes[3]).all()
    np.testing.assert_allclose(slopes[1], [-1 / 3, 1 / 6, 1 / 6], rtol=1e-15)
    np.testing.assert_allclose(slopes[2], [1 / 3, -1 / 6, -1 / 6], rtol=1e-15)
    np.testing.assert_allclose(slopes[4], [-2 / 3, 1 / 3, 1 / 3], rtol=1e-15)


def near(step, classes=9, count=60):
    """Rows of positive numbers, and others within about `step` of them."""
    rng = np.random.default_rng(3)
    p = rng.dirichlet(np.full(classes, 0.5), count) + 1e-300
    return p, p * np.exp(rng.uniform(-step, step, p.shape))


@targets
@pytest.mark.parametrize("step", CLOSE)
def test_the_divergence_of_probabilities_is_right_however_close_they_are(target, step):
    p, q = near(step)
    losses, slopes = (call(target, name, p, q, page=PROBABILITIES) for name in ("loss", "gradient"))
    with mp.workprec(1000):
        rows = [(mpf(a), mpf(b)) for a, b in zip(p, q, strict=True)]
        exact = [
            mp.fsum(b - a - a * mp.log(b / a) for a, b in zip(*row, strict=True)) for row in rows
        ]
        assert max(off(losses, exact)) <= 4
        entries = [(b - a) / b for row in rows for a, b in zip(*row, strict=True)]
        assert max(off(slopes, entries)) <= 2
    assert (losses >= 0).all()


@targets
@pytest.mark.parametrize("step", [*CLOSE, 1.0986, 1.1])
def test_every_term_of_the_divergence_is_right(target, step):
    """Rows of one class: nothing is averaged, and the branches meet at a ratio of 3."""
    rng = np.random.default_rng(4)
    p = np.exp(rng.uniform(-30, 0, (800, 1)))
    q = p * np.exp(rng.uniform(-step, step, p.shape))
    losses = call(target, "loss", p, q, page=PROBABILITIES)
    with mp.workprec(1000):
        every = zip(mpf(p[:, 0]), mpf(q[:, 0]), strict=True)
        exact = [b - a - a * mp.log(b / a) for a, b in every]
        assert max(off(losses, exact)) <= 4


@targets
def test_zeros_give_the_limits_of_the_divergence(target):
    p = np.array([[0, 1.0], [0.5, 0.5], [0, 0], [-0.5, 0.5], [np.nan, 1], [1e-320, 1.0]])
    q = np.array([[0.5, 0.5], [0, 1.0], [0, 0], [-0.5, 0.5], [0.5, 0.5], [1.0, 1.0]])
    losses = call(target, "loss", p, q, page=PROBABILITIES)
    exact = [np.log(2), np.inf, 0, np.nan, np.nan, 1]
    np.testing.assert_allclose(losses, exact, rtol=1e-15)
    slopes = call(target, "gradient", p[:3], q[:3], page=PROBABILITIES)
    np.testing.assert_array_equal(slopes, [[1, -1], [-np.inf, 0.5], [1, 1]])


@targets
@pytest.mark.parametrize("spread", [1.0, 30.0, 300.0])
def test_the_entropy_of_logits_is_right_for_sure_models_too(target, spread):
    z = np.random.default_rng(5).normal(0, spread, (60, 6))
    entropies, slopes = (
        call(target, name, z, page="entropy-of-logits") for name in ("entropy", "gradient")
    )
    with mp.workprec(1000):
        rows = [softmax(row) for row in z]
        exact = [-mp.fsum(p * mp.log(p) for p in row) for row in rows]
        normal = [n for n, entropy in enumerate(exact) if entropy > 1e-290]
        assert len(normal) > 40
        assert max(off(entropies[normal], [exact[n] for n in normal])) <= 4
        for found, row, entropy in zip(slopes, rows, exact, strict=True):
            for ours, p in zip(found, row, strict=True):
                error = abs(mp.mpf(float(ours)) + p * (mp.log(p) + entropy))
                assert error <= 2.0**-50 * p * (1 - mp.log(p)) + 1e-300
    assert (entropies >= 0).all()


@targets
def test_the_entropy_of_probabilities(target):
    p, _ = near(1.0)
    p[0], p[1] = 0, np.eye(9)[0]
    page = "entropy-of-probabilities"
    entropies, slopes = (call(target, name, p, page=page) for name in ("entropy", "gradient"))
    with mp.workprec(300):
        rows = [[x for x in mpf(row) if x] for row in p]
        exact = [-mp.fsum(x * mp.log(x) for x in row) for row in rows]
        assert max(off(entropies[2:], exact[2:])) <= 4
        entries = [-mp.log(x) - 1 for row in rows[2:] for x in row]
        units = off(slopes[2:], entries)
        sizes = [max(2.0, float(2.0**-52 / np.spacing(float(abs(e))))) for e in entries]
        assert all(unit <= size for unit, size in zip(units, sizes, strict=True))
    assert not entropies[:2].any() and slopes[0, 0] == np.inf
    assert np.isnan(call(target, "entropy", -p[3:4], page=page)).all()


@targets
@pytest.mark.parametrize("smoothing", [0.0, 0.1, 1.0])
def test_smoothed_labels_lose_no_digits(target, smoothing):
    rng = np.random.default_rng(6)
    z, c = rng.normal(0, 30, (40, 5)), rng.integers(0, 5, 40)
    # The part is a number, not an array, and so is bound before anything is traced.
    losses, slopes = (smooth(target, name, z, c, smoothing) for name in ("loss", "gradient"))
    with mp.workprec(1000):
        part = mp.mpf(smoothing)
        for row, label, ours, found in zip(z, c, losses, slopes, strict=True):
            q = softmax(row)
            t = [(1 - part) * (k == label) + part / 5 for k in range(5)]
            exact = -mp.fsum(a * mp.log(b) for a, b in zip(t, q, strict=True))
            assert max(off(ours, [exact])) <= 4
            for slope, a, b in zip(found, q, t, strict=True):
                error = abs(mp.mpf(float(slope)) - (a - b))
                assert error <= max(4 * np.spacing(float(abs(a - b))), 2.0**-50 * b)


def smooth(target, name, z, c, smoothing):
    function = getattr(loaded("label-smoothing", target), name)
    if target == "torch":
        import torch

        return function(torch.from_numpy(z), torch.from_numpy(c), smoothing).numpy()
    if target == "jax":
        import jax

        with jax.enable_x64(True):
            return np.asarray(function(z, c, smoothing))
    if target == "python":
        return row_by_row(function, (z, c, smoothing), {})
    return function(z, c, smoothing)


@targets
def test_smoothed_labels_are_classes(target):
    loaded("label-smoothing", target)
    z = np.zeros((2, 3))
    with pytest.raises(TypeError, match="expected classes"):
        smooth(target, "loss", z, np.full((2, 3), 1 / 3), 0.1)
    with pytest.raises(ValueError, match="expected 0 to 1"):
        smooth(target, "loss", z, np.zeros(2, int), 1.5)


@pytest.mark.parametrize("target", [t for t in (*TARGETS, "c") if t != "python"])
def test_rows_of_numbers_are_weighed_and_summed(target):
    w, z = pairs(1.0, 1.0)
    each = call(target, "loss", w, z, page=LOGITS)
    total = call(target, "loss", w, z, page=LOGITS, reduction="sum", weight=0.5)
    assert total == pytest.approx(each.sum() / 2, rel=1e-14)
    mean = call(target, "loss", w.astype(np.float32), z, page=LOGITS, reduction="mean")
    assert mean.dtype == np.float64 and mean == pytest.approx(each.mean(), rel=1e-6)
    one = call(target, "loss", w[0], z, page=LOGITS)  # rows broadcast
    assert one.shape == each.shape and one[0] == each[0]
    with pytest.raises(ValueError, match="reduction"):
        call(target, "loss", w, z, page=LOGITS, reduction="all")


NUMBERS = [
    ("divergence-of-logits", "loss", 1),
    ("divergence-of-probabilities", "loss", 1),
    ("entropy-of-logits", "entropy", 0),
    ("entropy-of-probabilities", "entropy", 0),
]
"""Page, function, and the argument that it is differentiated in."""


def arguments(page, place):
    p, q = np.random.default_rng(7).uniform(0.2, 1, (2, 3, 4))
    arrays = (np.log(p), np.log(q)) if "logits" in page else (p, q)
    return arrays[: place + 1]


@pytest.mark.parametrize(("page", "name", "place"), NUMBERS)
def test_torch_differentiates_twice(page, name, place):
    torch = optional.module(NEEDS["torch"])
    module = loaded(page, "torch")
    given = [torch.from_numpy(x) for x in arguments(page, place)]
    given[place] = given[place].clone().requires_grad_()
    function = getattr(module, name)
    assert torch.autograd.gradcheck(function, given)
    assert torch.autograd.gradgradcheck(function, given)
    (slope,) = torch.autograd.grad(function(*given).sum(), given[place])
    assert torch.equal(slope, module.gradient(*given))
    if place:
        given[0] = given[0].clone().requires_grad_()
        with pytest.raises(NotImplementedError, match=f"{name} by [wp]:"):
            function(*given).sum().backward()


@pytest.mark.parametrize(("page", "name", "place"), NUMBERS)
def test_jax_differentiates_twice(page, name, place):
    jax = optional.module(NEEDS["jax"])
    from jax.test_util import check_grads

    function = getattr(loaded(page, "jax"), name)
    with jax.enable_x64(True):
        *constant, x = map(jax.numpy.asarray, arguments(page, place))
        check_grads(lambda x: function(*constant, x), (x,), order=2)
        slope = jax.grad(lambda x: function(*constant, x).sum())(x)
        np.testing.assert_array_equal(slope, loaded(page, "jax").gradient(*constant, x))
        if constant:
            with pytest.raises(NotImplementedError, match=f"{name} by [wp]:"):
                jax.grad(lambda w: function(w, x).sum())(constant[0])
