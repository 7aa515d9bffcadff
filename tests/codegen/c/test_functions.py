"""Every operation that C is written for, in every setting and dialect, against exact values."""

import ctypes
from fractions import Fraction
from functools import cache

import numpy as np
import pytest
from codegen.c.exported import LEVELS, at_any_level, has_avx512, use_level
from codegen.programs import _exact

from cesym.codegen.c import writer
from cesym.codegen.c.programs import SETTINGS, Kernel
from cesym.codegen.nodes import argument, number, operation
from cesym.floats.grids import bit_patterns, interval
from cesym.floats.rounding import round_values
from cesym.floats.ulp import error
from cesym.terms.domains import REAL, Declaration, Interval

X = argument("x")
ONE, TWO, THIRD = number(1), number(2), operation("/", number(1), number(3))
THIRDS = operation("*", X, THIRD)
"""Rounded, so that the operation around it takes a pair."""
LOG = operation("log1p", operation("exp", operation("neg", operation("abs", X))))
SIZE, POWER = operation("abs", X), operation("exp", operation("min", X, number(80)))

POSITIVE = Interval(Fraction(0), None)

PROGRAMS = {
    name: (operation(head, inner), positive)
    for head, positive in (
        ("exp", False),
        ("expm1", False),
        ("tanh", False),
        ("log", True),
        ("log1p", True),
        ("sqrt", True),
        ("abs", False),
    )
    for name, inner in ((head, X), (f"{head}_of_rounded", THIRDS))
} | {
    "square_of_log1p": (operation("*", LOG, LOG), False),
    "entropy": (operation("weigh", X, operation("log", X)), True),
    "square": (operation("*", THIRDS, THIRDS), False),
    "quotient": (operation("/", POWER, operation("+", ONE, POWER)), False),
    "difference": (operation("-", operation("sqrt", X), operation("log1p", X)), True),
    "larger": (operation("max", operation("expm1", X), THIRDS), False),
    "smaller": (operation("min", operation("expm1", X), THIRDS), False),
    "cases": (operation("where", operation("<", X, ONE), THIRDS, operation("sqrt", SIZE)), False),
}
UNWELL = {"difference", *(f"{head}_of_rounded" for head in ("exp", "expm1", "tanh", "log"))}
"""What one rounding before spoils; so it is not asked of what carries no rests."""

ULPS = {"accurate": {"float64": 0.52, "float32": 0.501}, "fast": {"float64": 4.0, "float32": 4.0}}


def kernels():
    return [
        Kernel(name, "page", (Declaration("x", POSITIVE if positive else REAL),), {"r": node})
        for name, (node, positive) in PROGRAMS.items()
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("functions")


@cache
def library(setting, folder):
    """Without much optimisation, which would take long and change no result."""
    text = writer.source(kernels(), SETTINGS[setting])
    return at_any_level(text, folder / f"{setting}.so", "-O1")


@cache
def points(dtype, positive):
    x = np.concatenate(
        [
            bit_patterns(100, dtype, 3),
            interval(60, dtype, 4, radius=40),
            interval(60, dtype, 5, radius=1.5),
            interval(30, dtype, 6, radius=700),
            1 + interval(60, dtype, 7, radius=2.0**-6),
        ]
    )
    x = np.unique(np.abs(x[x != 0]) if positive else x)
    return x if positive else x[np.abs(x) < 2000]


def _as_product(node):
    if node.is_leaf:
        return node
    operands = map(_as_product, node.operands)
    return operation("*" if node.head == "weigh" else node.head, *operands)


@cache
def truth(name, dtype):
    node, positive = PROGRAMS[name]
    x = points(dtype, positive)

    def value(point):
        return _exact(_as_product(node), {"x": point})

    return round_values(value, x, dtype=dtype, last_precision=1200, either_at_ties=True)


@pytest.mark.parametrize("name", PROGRAMS)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("setting", SETTINGS)
def test_operations(name, dtype, level, setting, folder):
    if level == 2 and not has_avx512():
        pytest.skip("this processor has no AVX-512")
    if name in UNWELL and (setting == "fast" or (name == "difference" and dtype is np.float32)):
        return
    x = points(dtype, PROGRAMS[name][1])
    found = np.empty_like(x)
    function = getattr(use_level(library(setting, folder), level), f"page_{name}_f{8 * x.itemsize}")
    pointers = [ctypes.c_void_p(array.ctypes.data) for array in (x, found)]
    function(ctypes.c_size_t(x.size), *pointers, ctypes.c_int(1))
    exact = truth(name, dtype)
    off = error(found, exact)
    small = np.abs(exact.nearest) < 4 * np.finfo(dtype).tiny
    limit = ULPS[setting][np.dtype(dtype).name]
    worst = np.argmax(np.where(small, 0, off))
    assert off[~small].max() <= limit, (x[worst], found[worst], exact.nearest[worst])
    # Without fused multiply-add the rest of a product underflows too.
    assert off.max() <= max(limit, 1.01 if level else 2.01), x[np.argmax(off)]


ENDS = {
    "exp": ([-np.inf, np.inf, np.nan], [0, np.inf, np.nan]),
    "expm1": ([-np.inf, np.inf, np.nan], [-1, np.inf, np.nan]),
    "tanh": ([-np.inf, np.inf, np.nan, 0], [-1, 1, np.nan, 0]),
    "log": ([0, 1, np.inf, -1, np.nan], [-np.inf, 0, np.inf, np.nan, np.nan]),
    "log1p": ([-1, 0, np.inf, -2, np.nan], [-np.inf, 0, np.inf, np.nan, np.nan]),
    "sqrt": ([0, np.inf, np.nan], [0, np.inf, np.nan]),
    "entropy": ([0, 1, np.inf, np.nan], [0, 0, np.inf, np.nan]),
}


@pytest.mark.parametrize("name", ENDS)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("setting", SETTINGS)
def test_ends(name, dtype, level, setting, folder):
    x, expected = (np.array(values, dtype) for values in ENDS[name])
    found = np.empty_like(x)
    function = getattr(use_level(library(setting, folder), level), f"page_{name}_f{8 * x.itemsize}")
    pointers = [ctypes.c_void_p(array.ctypes.data) for array in (x, found)]
    function(ctypes.c_size_t(x.size), *pointers, ctypes.c_int(1))
    np.testing.assert_array_equal(found, expected)
