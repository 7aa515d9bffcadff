"""Calling an objective in C: types, threads, and what C would read beyond the end is refused."""

import numpy as np
import pytest
from codegen.c.objectives.at_levels import LOGISTIC, PAGES, SOFTMAX, functions
from codegen.c.objectives.test_accuracy import HERE, flat, samples

pages = pytest.mark.parametrize("page", PAGES)


def module_of(page):
    return functions(page, HERE[0])


@pages
@pytest.mark.parametrize("threads", [2, 5, 100])
def test_threads_change_nothing_but_the_last_digit(page, threads):
    x, y, w, b, u, h = samples(page, 5000, 12)
    module = module_of(page)
    one, many = (
        flat(
            *module.objective_and_gradient(x, y, w, b, num_threads=t),
            *module.hessian_product(x, w, u, b, h, num_threads=t),
        )
        for t in (1, threads)
    )
    np.testing.assert_array_max_ulp(one, many, 1)


@pages
def test_one_array_of_float64_makes_all_float64(page):
    x, y, w, b, _, _ = samples(page, 7, 3)
    found = module_of(page).objective_and_gradient(np.float32(x), y, w, b)
    assert {np.asarray(part).dtype for part in found} == {np.dtype(np.float64)}
    exact = module_of(page).objective_and_gradient(_rounded(x), y, w, b)
    np.testing.assert_array_equal(flat(*found), flat(*exact))


def _rounded(x):
    return np.float64(np.float32(x))


@pages
def test_arrays_of_any_layout_are_read(page):
    x, y, w, b, u, h = samples(page, 7, 3)
    module = module_of(page)
    other = np.asfortranarray(x), np.stack([y, y], 1)[:, 0], np.stack([w, w], -1)[..., 0]
    found, exact = (module.objective_and_gradient(*a, b) for a in (other, (x, y, w)))
    np.testing.assert_array_equal(flat(*found), flat(*exact))
    lists = module.hessian_product(x.tolist(), w.tolist(), u.tolist(), b, h)
    np.testing.assert_array_equal(flat(*lists), flat(*module.hessian_product(x, w, u, b, h)))


@pages
def test_what_does_not_fit_is_refused(page):
    x, y, w, b, u, h = samples(page, 7, 3)
    module = module_of(page)
    for arrays in ((x[:, :2], y, w), (x, y[:5], w), (x, y, w[:2]), (x, y, np.stack([w] * 3))):
        with pytest.raises(ValueError, match="has the shape"):
            module.objective_and_gradient(*arrays, b)
    for arrays in ((x[0], y, w), (x[:0], y[:0], w)):
        with pytest.raises(ValueError, match="expected a row per sample"):
            module.objective(*arrays, b)
    with pytest.raises(ValueError, match=r"[uU] has the shape"):
        module.hessian_product(x, w, u[:2], b, h)
    with pytest.raises(TypeError, match="expected real numbers"):
        module.objective(x + 0j, y, w, b)


def test_classes_that_are_not_there_are_refused_or_nan():
    x, y, w, b, _, _ = samples(SOFTMAX, 7, 3)
    for wrong in (-1, 3):
        y[2] = wrong
        with pytest.raises(ValueError, match="classes that are not 0 to 2"):
            module_of(SOFTMAX).objective(x, y, w, b)
    with pytest.raises(ValueError, match="broadcast"):
        module_of(SOFTMAX).objective(x, np.zeros(7, int), w, np.zeros(2))


def test_probabilities_are_targets_too():
    x, y, w, b, _, _ = samples(SOFTMAX, 7, 3)
    hard, soft = (
        module_of(SOFTMAX).objective_and_gradient(x, target, w, b) for target in (y, np.eye(3)[y])
    )
    np.testing.assert_allclose(flat(*hard), flat(*soft), rtol=1e-15)


def test_a_label_for_each_sample_is_needed():
    x, y, w, b, _, _ = samples(LOGISTIC, 7, 3)
    with pytest.raises(ValueError, match="y has the shape"):
        module_of(LOGISTIC).objective(x, y[:, np.newaxis], w, b)
