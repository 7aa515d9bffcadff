"""Floats from everywhere in the domains of a function's arguments, and which are promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cesym.codegen.functions import Function, Functions
from cesym.codegen.truth import rounded, sizes, truth
from cesym.floats.formats import FORMATS
from cesym.floats.grids import GRIDS, landmarks
from cesym.floats.ordinals import Floats
from cesym.floats.rounding import Rounded
from cesym.floats.ulp import error, spacing
from cesym.terms.domains import Declaration, FiniteSet, Interval

Mask = npt.NDArray[np.bool_]

JAX_ROOM = 2.0**100
"""XLA takes subnormal numbers for 0: it is asked where nothing is within this of them."""


def columns(functions: Functions, n: int, seed: int, dtype: str = "float64") -> list[Floats]:
    """A column of `n` numbers for each argument."""
    rng = np.random.default_rng(seed)
    return [_column(declaration, n, rng, dtype) for declaration in functions.arguments]


def _column(declaration: Declaration, n: int, rng: np.random.Generator, dtype: str) -> Floats:
    form = FORMATS[dtype].storage
    domain = declaration.domain
    if isinstance(domain, FiniteSet):
        return rng.choice([float(value) for value in domain.values], n).astype(form)
    assert isinstance(domain, Interval)
    if domain.lower is None and domain.upper is None:
        grids = [*(make(n, form, int(rng.integers(99))) for make in GRIDS.values())]
        every = [rng.choice(grid, n) for grid in [*grids, landmarks(form)]]
        return _mixed([*every, rng.normal(0, 1, n), rng.normal(0, 10, n)], rng).astype(form)
    found = (_between if domain.upper is not None else _above)(domain, n, rng, form)
    low = form.type(float(domain.lower or 0))
    if domain.lower_open:
        found = np.maximum(found, np.nextafter(low, form.type(np.inf)))
    if domain.upper is None:
        return found
    high = form.type(float(domain.upper))
    return np.minimum(found, np.nextafter(high, low) if domain.upper_open else high)


def _between(domain: Interval, n: int, rng: np.random.Generator, form: np.dtype) -> Floats:
    low, high = float(domain.lower or 0), float(domain.upper or 0)
    tiny = 2.0 ** -rng.uniform(0, 60, n)
    every = [rng.uniform(0, 1, n), tiny, 1 - tiny, rng.integers(0, 2, n), np.full(n, 0.5)]
    return (low + (high - low) * _mixed(every, rng)).astype(form)


def _above(domain: Interval, n: int, rng: np.random.Generator, form: np.dtype) -> Floats:
    reach = 0.88 * np.finfo(form).maxexp
    every = [
        rng.integers(0, 30, n),
        np.exp(rng.normal(0, 3, n)),
        2.0 ** rng.uniform(-reach, reach, n),
        np.ones(n),
        np.full(n, 2.0),
    ]
    return (float(domain.lower or 0) + _mixed(every, rng)).astype(form)


def _mixed(every: list[np.ndarray], rng: np.random.Generator) -> Floats:
    return np.choose(rng.integers(0, len(every), every[0].size), every).astype(float)


def promised(
    function: Function, functions: Functions, at: Sequence[Floats], dtype: str = "float64"
) -> Mask:
    """Whether the statement on the error of a function speaks of the rows of `at`."""
    found = np.ones(at[0].size, bool)
    for name in function.shown.hard:
        place = [d.name for d in functions.arguments].index(name)
        found &= np.isin(at[place], (0, 1))
    for stated in (function.shown.stated, function.shown.needs):
        if stated is None or (stated is function.shown.stated and function.shown.hard):
            continue
        for program in stated.finite:
            found &= np.isfinite(rounded(program, functions, *at, dtype=dtype).nearest)
        for program in stated.normal:
            value = rounded(program, functions, *at, dtype=dtype)
            zero = (value.nearest == 0) & (value.residue == 0)
            found &= (np.abs(value.nearest) >= FORMATS[dtype].smallest_normal) | zero
    return found


@dataclass(frozen=True, slots=True)
class Promise:
    """Points for which the error of a function is stated, the exact results there, and what these
    are stated in.
    """

    at: tuple[Floats, ...]
    exact: Rounded
    size: Floats

    def looked_at(self, target: str) -> Mask:
        """Where a size is a float; in JAX, where nothing is near to subnormal numbers."""
        about = np.finfo(self.size.dtype)
        found = np.isfinite(self.size) & (np.abs(self.size) < about.max / 2)
        if target == "jax":
            least, most = float(about.tiny) * JAX_ROOM, -0.85 * np.log(float(about.tiny))
            found &= np.abs(self.size) > least
            for column in self.at:
                found &= (np.abs(column) < most) & ((np.abs(column) > least) | (column == 0))
        return found

    def errors(self, computed: Floats) -> npt.NDArray[np.float64]:
        """How far off results are, in ulp of what the error of the function is stated in."""
        own, stated = (spacing(x).astype(float) for x in (self.exact.nearest, self.size))
        with np.errstate(all="ignore"):
            return error(computed, self.exact) * (own / stated)  # either may be the least number


def promise_of(
    function: Function, functions: Functions, n: int, seed: int, dtype: str = "float64"
) -> Promise:
    """What is promised of a function at `n` points from everywhere in its domain, or fewer."""
    every = columns(functions, n, seed, dtype)
    names = [declaration.name for declaration in functions.arguments]
    for name in function.shown.hard:
        place = names.index(name)
        every[place] = np.random.default_rng(seed).integers(0, 2, n).astype(every[place].dtype)
    kept = promised(function, functions, every, dtype)
    at = tuple(column[kept] for column in every)
    exact = truth(function, functions, *at, dtype=dtype)
    return Promise(at, exact, sizes(function, functions, *at, dtype=dtype).nearest)
