"""Floats from everywhere in the domains of a function's arguments, and which are promised."""

import numpy as np

from cesym.codegen.functions import Function, Functions
from cesym.codegen.truth import rounded
from cesym.floats.grids import GRIDS, landmarks
from cesym.terms.domains import Declaration, FiniteSet, Interval

LEAST_NORMAL = 2.0**-1022


def columns(functions: Functions, n: int, seed: int) -> list[np.ndarray]:
    """A column of `n` float64 numbers for each argument."""
    rng = np.random.default_rng(seed)
    return [_column(declaration, n, rng) for declaration in functions.arguments]


def _column(declaration: Declaration, n: int, rng: np.random.Generator) -> np.ndarray:
    domain = declaration.domain
    if isinstance(domain, FiniteSet):
        return rng.choice([float(value) for value in domain.values], n)
    assert isinstance(domain, Interval)
    if domain.lower is not None and domain.upper is not None:
        low, high = float(domain.lower), float(domain.upper)
        tiny = 2.0 ** -rng.uniform(0, 60, n)
        every = [rng.uniform(0, 1, n), tiny, 1 - tiny, rng.integers(0, 2, n), np.full(n, 0.5)]
        found = low + (high - low) * _mixed(every, rng)
        if domain.lower_open:
            found = np.maximum(found, np.nextafter(low, high))
        return np.minimum(found, np.nextafter(high, low)) if domain.upper_open else found
    if domain.lower is None and domain.upper is None:
        grids = [*(make(n, np.float64, int(rng.integers(99))) for make in GRIDS.values())]
        every = [rng.choice(grid, n) for grid in [*grids, landmarks(np.float64)]]
        return _mixed([*every, rng.normal(0, 1, n), rng.normal(0, 10, n)], rng)
    low = float(domain.lower or 0)
    every = [
        rng.integers(0, 30, n),
        np.exp(rng.normal(0, 3, n)),
        2.0 ** rng.uniform(-900, 900, n),
        np.ones(n),
        np.full(n, 2.0),
    ]
    found = low + _mixed(every, rng)
    return np.maximum(found, np.nextafter(low, 9)) if domain.lower_open else found


def _mixed(every: list[np.ndarray], rng: np.random.Generator) -> np.ndarray:
    return np.choose(rng.integers(0, len(every), every[0].size), every).astype(float)


def promised(function: Function, functions: Functions, at: list[np.ndarray]) -> np.ndarray:
    """Whether the statement on the error of a function speaks of the rows of `at`."""
    found = np.ones(at[0].size, bool)
    for name in function.shown.hard:
        place = [d.name for d in functions.arguments].index(name)
        found &= np.isin(at[place], (0, 1))
    for stated in (function.shown.stated, function.shown.needs):
        if stated is None or (stated is function.shown.stated and function.shown.hard):
            continue
        for program in stated.finite:
            found &= np.isfinite(rounded(program, functions, *at, dtype=np.float64).nearest)
        for program in stated.normal:
            value = rounded(program, functions, *at, dtype=np.float64)
            zero = (value.nearest == 0) & (value.residue == 0)
            found &= (np.abs(value.nearest) >= LEAST_NORMAL) | zero
    return found
