"""How to call what each target exports: with NumPy arrays, for a NumPy array of the same dtype."""

import sys
from contextlib import contextmanager
from functools import cache
from types import ModuleType

import numpy as np
import optional
import pytest
from codegen.c.exported import compiler
from derived import derived

from cesym.codegen import TARGETS, lambdify

NEEDS = {"torch": "torch", "jax": "jax", "numba": "numba", "c": "cffi"}
"""Target -> the package without which it cannot be tried."""

ULPS = {"jax": 3.0}
"""Target -> how far it may be off, y being 0 or 1. For the others it is `MOST_ULPS`."""

MOST_ULPS = 3.0


def loaded(page, target) -> ModuleType:
    if target in NEEDS:
        optional.module(NEEDS[target])
    if target == "c":
        compiler()
    return _loaded(page, target)


@cache
def _loaded(page: str, target: str) -> ModuleType:
    return lambdify(derived(page), target=target)


def call(module, target, name, *columns):
    function = getattr(module, name)
    if target == "python":
        rows = zip(*(column.tolist() for column in columns), strict=True)
        return np.array([function(*row) for row in rows], columns[-1].dtype)
    if target == "torch":
        import torch

        return function(*map(torch.from_numpy, columns)).numpy()
    if target == "jax":
        import jax

        with jax.enable_x64(True):
            return np.asarray(function(*columns))
    return np.asarray(function(*columns))


targets = pytest.mark.parametrize("target", TARGETS)


@contextmanager
def own_settings(target):
    """What a module that is run changes of its library is as before afterwards."""
    before = sys.modules["jax"].config.jax_enable_x64 if target == "jax" else None
    try:
        yield
    finally:
        if target == "jax":
            sys.modules["jax"].config.update("jax_enable_x64", before)
