"""Compiled C against exact values, on every level of the processor that there is."""

import ctypes
import re
from functools import cache

import numpy as np
import pytest
from codegen.c.exported import (
    LEVELS,
    at_any_level,
    compiled,
    compiler,
    functions,
    has_avx512,
    use_level,
)
from codegen.programs import _exact
from derived import derived

from cesym.codegen import export
from cesym.codegen.c.programs import SETTINGS
from cesym.codegen.functions import functions_of
from cesym.codegen.lowering import lower
from cesym.floats.grids import GRIDS, landmarks
from cesym.floats.rounding import round_values
from cesym.floats.ulp import error, wrong_zeros

PAGE = "binary-cross-entropy"
LIMITS = {"accurate": {"float64": 0.6, "float32": 0.501}, "fast": {"float64": 4.0, "float32": 4.0}}
SUBNORMAL = 0.7501
POINTS = 300
DTYPES = (np.float64, np.float32)


@cache
def program(page, name):
    found = functions_of(derived(page))
    (function,) = (f for f in found.functions if f.name == name)
    return lower(function.form, found.context), [d.name for d in found.arguments]


def exact(page, name, *columns):
    """The exact values at floats, rounded to the type of the last column."""
    node, arguments = program(page, name)

    def value(*points):
        return _exact(node, dict(zip(arguments, points, strict=True)))

    dtype = columns[-1].dtype
    return round_values(value, *columns, dtype=dtype, last_precision=4096, either_at_ties=True)


@cache
def library(setting, tmp):
    return at_any_level(export(derived(PAGE), to="c", setting=setting), tmp / f"{setting}.so")


def call(found, name, results, *columns):
    dtype = columns[-1].dtype
    outputs = [np.empty_like(columns[-1]) for _ in range(results)]
    function = getattr(found, f"binary_cross_entropy_{name}_f{dtype.itemsize * 8}")
    pointers = [ctypes.c_void_p(array.ctypes.data) for array in (*columns, *outputs)]
    function(ctypes.c_size_t(columns[-1].size), *pointers, ctypes.c_int(1))
    return outputs


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("c")


@cache
def points(dtype):
    every = [make(POINTS, dtype, 7) for make in GRIDS.values()]
    return np.concatenate([*every, landmarks(dtype)])


@cache
def truths(name, label, dtype):
    s = points(dtype)
    return exact(PAGE, name, np.full_like(s, label), s)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("label", [0.0, 1.0])
def test_hard_labels(level, setting, dtype, label, folder):
    compiler()
    if level == 2 and not has_avx512():
        pytest.skip("this processor has no AVX-512")
    found, s = use_level(library(setting, folder), level), points(dtype)
    y = np.full_like(s, label)
    loss, gradient = call(found, "loss_and_gradient", 2, y, s)
    (hessian,) = call(found, "hessian", 1, y, s)
    tiny = np.finfo(dtype).tiny
    for name, computed in (("loss", loss), ("gradient", gradient), ("hessian", hessian)):
        truth = truths(name, label, dtype)
        off, limit = error(computed, truth), LIMITS[setting][np.dtype(dtype).name]
        small = np.abs(truth.nearest) < 2 * tiny
        assert off[~small].max() <= limit, (name, s[~small][off[~small].argmax()])
        assert off.max() <= max(limit, SUBNORMAL)
        assert not wrong_zeros(computed, truth).any()
        np.testing.assert_array_equal(call(found, name, 1, y, s)[0], computed)


@pytest.mark.parametrize("page", ["sigmoid", "squared-error"])
def test_other_pages(page):
    module = functions(page)
    s = points(np.float64)
    for label in (0.0, 1.0):
        columns = (s,) if page == "sigmoid" else (np.full_like(s, label), s)
        for name in module.__all__:
            if "_and_" in name:
                continue
            truth = exact(page, name, *columns)
            off = error(getattr(module, name)(*columns), truth)
            assert off.max() <= SUBNORMAL, (page, name, s[off.argmax()])


def soft_cases(dtype, count=400):
    """Soft labels and scores: anywhere, and at the floats next to the root of the gradient."""
    rng = np.random.default_rng(3)
    y = np.concatenate([rng.random(count), 10.0 ** -rng.uniform(0, 20, count)]).astype(dtype)
    y[count // 2 :: 7] = 1 - y[count // 2 :: 7]
    s = rng.normal(0, 4, 2 * count).astype(dtype)
    with np.errstate(divide="ignore"):
        root = (np.log(y.astype(float)) - np.log1p(-y.astype(float))).astype(dtype)
    s[::3] = np.where(np.isfinite(root), root, 0)[::3]
    s[1::3] = np.nextafter(s[::3], dtype(0))[: s[1::3].size]
    y[1::3] = y[::3][: y[1::3].size]
    return y, s


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_gradient_of_soft_labels_is_right_even_next_to_its_root(dtype):
    y, s = soft_cases(dtype)
    truth = exact(PAGE, "gradient", y, s)
    computed = functions(PAGE).gradient(y, s)
    off, size = error(computed, truth), np.abs(truth.nearest.astype(float))
    far = size >= 2.0**-40 * np.minimum(y, 1 - y).astype(float)
    assert far.any() and (dtype == np.float32 or not far.all())
    assert off[far].max() <= 1.0, (y[far][off[far].argmax()], s[far][off[far].argmax()])
    left = np.abs(computed.astype(float) - truth.nearest.astype(float))[~far]
    assert (left <= 2.0**-90 * y[~far].astype(float) + size[~far] * np.finfo(dtype).eps).all()


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("setting", SETTINGS)
def test_the_loss_of_soft_labels(dtype, setting):
    y, s = soft_cases(dtype)
    limit = LIMITS[setting][np.dtype(dtype).name]
    assert error(functions(PAGE, setting).loss(y, s), exact(PAGE, "loss", y, s)).max() <= limit


def test_a_fault_is_seen(folder):
    """The check can fail: one coefficient less in the polynomial of the logarithm."""
    compiler()
    text = export(derived(PAGE), to="c")
    step = re.compile(r"(d_log_tail_p\(\wd_V x\)\n{[^}]*?)    q = \wd_fma\(q, x, [^\n]*\n")
    broken, count = step.subn(r"\1", text)
    assert count == 3
    found = ctypes.CDLL(str(compiled(broken, folder / "broken.so")))
    s = points(np.float64)
    (loss,) = call(found, "loss", 1, np.zeros_like(s), s)
    assert error(loss, truths("loss", 0.0, np.float64)).max() > 0.6
