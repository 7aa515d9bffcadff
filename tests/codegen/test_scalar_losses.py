"""Every scalar loss of the library, in every target: as near to the truth as its code says."""

from functools import cache

import numpy as np
import pytest
from codegen.calling import call, loaded, targets
from derived import derived

from cesym.codegen import SETTINGS
from cesym.codegen.boundaries import boundary_values
from cesym.codegen.functions import functions_of
from cesym.codegen.measured import key, largest
from cesym.codegen.measuring.promises import promise_of
from cesym.codegen.truth import truth
from cesym.floats.ulp import error
from cesym.terms.printing import plain

MOST: dict[str, float] = {
    "bernoulli-cloglog": 8,
    "class-weights": 4,
    "entropy": 4,
    "exponential-log": 4,
    "focal": 4,
    "gaussian": 4,
    "gaussian-identity": 4,
    "gaussian-log-variance": 4,
    "binomial-logistic": 4,
    "jensen-shannon": 4,
    "kl-directions": 4,
    "margin-form": 4,
    "negative-binomial-log": 4,
    "poisson": 4,
    "poisson-identity": 4,
    "poisson-log": 4,
    "squared-error": 6,
}
"""Page or family -> the largest error, in ulp of what it is stated in, that was measured."""

MOST_IN_C, SUBNORMAL_IN_C = 1.0, 1.5
"""The second where what the error is stated in is subnormal."""

WORSE = 2.0
"""At other points the largest error is at most so many times that which the table holds."""

N = 150


@cache
def promises(page):
    """The functions of a page: each with its form, and with points, exact values and sizes."""
    functions = functions_of(derived(page))
    return [
        (f, plain(f.form, functions.context), promise_of(f, functions, N, seed=5))
        for f in functions.functions
    ]


@targets
@pytest.mark.parametrize("page", MOST)
def test_no_result_is_further_off_than_it_says(page, target):
    module = loaded(page, target)
    for function, form, promise in promises(page):
        kept = promise.looked_at(target)
        assert kept.sum() >= N / 10, function.name
        off = promise.errors(call(module, target, function.name, *promise.at))
        least = np.finfo(float).tiny
        in_c = np.where(np.abs(promise.size) < least, SUBNORMAL_IN_C, MOST_IN_C)
        limit = np.minimum(function.shown.ulps, in_c if target == "c" else MOST[page])
        known = largest(form, key(target, SETTINGS.get(target, (None,))[0]))
        limit = np.broadcast_to(np.minimum(limit, WORSE * known["float64"]), off.shape)
        worst = np.argmax(np.where(kept, off - limit, -np.inf))
        place = [float(column[worst]) for column in promise.at]
        assert (off <= limit)[kept].all(), (function.name, place, off[worst])


@targets
@pytest.mark.parametrize("page", MOST)
def test_targets_agree_at_the_boundary(page, target):
    functions = functions_of(derived(page))
    table = boundary_values(functions, vars(loaded(page, "python")))
    for name, rows in table.items():
        if not rows:
            continue
        points = np.array([point for point, _value in rows]).T
        found = call(loaded(page, target), target, name, *points)
        np.testing.assert_array_equal(found, [value for _point, value in rows], err_msg=name)


@targets
@pytest.mark.parametrize("page", ["kl-directions", "jensen-shannon"])
def test_a_divergence_of_nearly_equal_probabilities_keeps_its_digits(page, target):
    functions, module = functions_of(derived(page)), loaded(page, target)
    loss = functions.functions[0]
    rng = np.random.default_rng(3)
    p = np.concatenate([rng.uniform(0, 1, 60), 2.0 ** -rng.uniform(1, 50, 60)])
    q = p * (1 + 2.0 ** -rng.uniform(40, 52, p.size) * rng.choice([-1, 1], p.size))
    p, q = p[(q > 0) & (q < 1)], q[(q > 0) & (q < 1)]
    found = call(module, target, "loss", p, q)
    assert (found >= 0).all() and (found[p != q] > 0).all()
    kept = np.abs(found) > 1e-300
    off = error(found, truth(loss, functions, p, q, dtype=np.float64))
    assert off[kept].max() <= 4
    same = call(module, target, "loss", p, p)
    np.testing.assert_array_equal(same, 0)


@targets
def test_an_exponential_of_an_exponential_keeps_its_digits(target):
    """Up to the least number: there every rounding of e^s counts 700 times."""
    functions = functions_of(derived("bernoulli-cloglog"))
    module = loaded("bernoulli-cloglog", target)
    s = np.concatenate([np.linspace(-2, 6.5, 120), np.linspace(-600, 0, 60)])
    y = np.ones_like(s)
    for function in functions.functions:
        found = call(module, target, function.name, y, s)
        off = error(found, truth(function, functions, y, s, dtype=np.float64))
        assert off.max() <= (MOST_IN_C if target == "c" else 8), (function.name, s[off.argmax()])


COUNTS = np.concatenate(
    [np.arange(200.0), np.nextafter([0, 1, 2, 3, 4], 9), np.nextafter([1, 2, 3, 4], 0), [0.5, 1e9]]
)


@targets
def test_a_factorial_keeps_its_digits_next_to_its_roots(target):
    """The loss of the mean e^s with s far below 0 is log Gamma(y + 1) - y s."""
    functions = functions_of(derived("poisson-identity"))
    loss, module = functions.functions[0], loaded("poisson-identity", target)
    found = call(module, target, "loss", COUNTS, np.full_like(COUNTS, 1.0))
    exact = truth(loss, functions, COUNTS, np.full_like(COUNTS, 1.0), dtype=np.float64)
    assert error(found, exact).max() <= 4
