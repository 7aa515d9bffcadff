"""Objectives in C against exact values: on any processor, in either setting, for either type."""

import mpmath as mp
import numpy as np
import pytest
from codegen.c.exported import LEVELS, has_avx512
from codegen.c.objectives.at_levels import LOGISTIC, PAGES, functions

from cesym.codegen.api import SETTINGS
from cesym.codegen.c.objectives.words import MOST, SINGLE_MOST

HERE = [level for level in LEVELS if level < 2 or has_avx512()]
levels = pytest.mark.parametrize("level", HERE)
pages = pytest.mark.parametrize("page", PAGES)

FAST = 32
"""In ulp, as `MOST` for the setting accurate: of the objective, and of the mean of the sizes of the
terms of each derivative."""


def samples(page, count, features, classes=3):
    """Small models of samples with numbers of all digits."""
    rng = np.random.default_rng(count + features)
    shape = (features,) if page == LOGISTIC else (features, classes)
    x = rng.normal(0, 1, (count, features))
    w, u = rng.normal(0, features**-0.5, (2, *shape))
    b, h = rng.normal(0, 1, (2, *shape[1:]))
    y = rng.uniform(0, 1, count) if page == LOGISTIC else rng.integers(0, classes, count)
    return x, y, w, b, u, h


def truth(page, x, y, w, b, u, h):
    """The objective; the derivatives, the sizes of their terms; the same of the products."""
    with mp.workdps(50):
        loss, errors, along = mp.mpf(0), [], []
        for row, label in zip(x.tolist(), y.tolist(), strict=True):
            z, v = (_scores(row, m, c) for m, c in ((w, b), (u, h)))
            if page == LOGISTIC:
                z, v = [mp.mpf(0), *z], [mp.mpf(0), *v]
            powers = [mp.exp(s) for s in z]
            p = [power / mp.fsum(powers) for power in powers]
            target = [1 - label, label] if page == LOGISTIC else np.eye(len(z))[label].tolist()
            loss -= mp.fsum(t * mp.log(q) for t, q in zip(target, p, strict=True))
            mean = mp.fsum(q * s for q, s in zip(p, v, strict=True))
            first = 1 if page == LOGISTIC else 0
            errors.append([q - t for q, t in zip(p, target, strict=True)][first:])
            along.append([q * (s - mean) for q, s in zip(p, v, strict=True)][first:])
        parts = [(loss / len(x), loss / len(x))]
        for rows in (errors, along):
            for column in (*x.T.tolist(), [1.0] * len(x)):
                for of_class in zip(*rows, strict=True):
                    terms = [a * e for a, e in zip(column, of_class, strict=True)]
                    parts.append((mp.fsum(terms) / len(x), mp.fsum(map(abs, terms)) / len(x)))
        return [(float(value), float(size)) for value, size in parts]


def _scores(row, w, b):
    columns = np.reshape(w, (len(row), -1)).T.tolist()
    return [
        mp.fsum([bias, *(mp.mpf(a) * c for a, c in zip(row, column, strict=True))])
        for column, bias in zip(columns, np.atleast_1d(b).tolist(), strict=True)
    ]


def flat(*parts):
    return np.concatenate([np.ravel(part) for part in parts])


@levels
@pages
@pytest.mark.parametrize("setting", SETTINGS["c"])
@pytest.mark.parametrize(("count", "features"), [(1, 1), (70, 7), (130, 8), (65, 19)])
def test_it_is_right_to_a_few_ulp(page, level, setting, count, features):
    x, y, w, b, u, h = samples(page, count, features)
    module = functions(page, level, setting)
    found = flat(*module.objective_and_gradient(x, y, w, b), *module.hessian_product(x, w, u, b, h))
    exact, sizes = map(np.array, zip(*truth(page, x, y, w, b, u, h), strict=True))
    off = np.abs(found - exact) / np.spacing(sizes)
    assert off.max() <= (MOST if setting == "accurate" else FAST), off
    assert module.objective(x, y, w, b) == found[0]


@levels
@pages
def test_float32_is_rounded_once(page, level):
    given = [a.astype(np.float32) if a.dtype.kind == "f" else a for a in samples(page, 70, 9)]
    x, y, w, b, u, h = given
    module = functions(page, level)
    found = flat(*module.objective_and_gradient(x, y, w, b), *module.hessian_product(x, w, u, b, h))
    assert found.dtype == np.float32
    exact, _sizes = map(np.array, zip(*truth(page, *map(_wide, given)), strict=True))
    ulps = np.spacing(np.abs(exact).astype(np.float32))
    assert (np.abs(found - exact) <= SINGLE_MOST * ulps).all()


def _wide(a):
    return a.astype(np.float64) if a.dtype.kind == "f" else a


@levels
@pages
def test_scores_whose_terms_cancel_keep_their_digits(page, level):
    x = np.array([[2.0**60, 3.0, -(2.0**60) - 2.0**20 + 2.0**8, 2.0**-50]])
    w = np.array([1.0 + 2.0**-40, 1.0, 1.0, 1.0])
    exact = 2.0**8 + 3.0
    w = w if page == LOGISTIC else np.stack([w, 0 * w], 1)
    y = np.array([0.0]) if page == LOGISTIC else np.array([1])
    assert functions(page, level).objective(x, y, w) == exact
    assert functions(page, level, "fast").objective(x, y, w) == pytest.approx(exact, abs=2.0**9)


@levels
def test_penalties_are_added(level):
    x, y, w, b, u, h = samples(LOGISTIC, 5, 9)
    module = functions(LOGISTIC, level)
    plain, more = (module.objective_and_gradient(x, y, w, b, penalty=p) for p in (0.0, 0.5))
    assert more[0] == pytest.approx(plain[0] + 0.25 * (w @ w), rel=1e-15)
    np.testing.assert_allclose(more[1], plain[1] + 0.5 * w, rtol=1e-15)
    assert more[2] == plain[2]
    along, bias = module.hessian_product(x, w, u, b, h)
    np.testing.assert_allclose(
        module.hessian_product(x, w, u, b, h, penalty=0.5)[0], along + 0.5 * u, rtol=1e-15
    )
    assert module.hessian_product(x, w, u, b, h, penalty=0.5)[1] == bias
