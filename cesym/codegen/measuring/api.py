"""The verb `ulp`: exported code is called, and each result held against the exact value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType, ModuleType

import numpy as np
import numpy.typing as npt

from cesym.codegen.api import lambdify
from cesym.codegen.functions import Function, Functions, functions_of
from cesym.codegen.measuring.calling import call, require_format
from cesym.codegen.measuring.places import (
    Setting,
    columns,
    grids,
    near_roots,
    settings,
    wanted,
)
from cesym.codegen.truth import truth
from cesym.derivation import Derivation, derive
from cesym.floats.formats import FORMATS, format_of
from cesym.floats.ordinals import Floats
from cesym.floats.rounding import Rounded
from cesym.floats.ulp import error, measure

LEAST_NORMAL: Mapping[str, float] = MappingProxyType({"jax": 1.0})
"""Targets that take subnormal numbers for 0: exact values below the least normal are left out."""

WORST = 3
"""So many of the worst inputs are kept."""


@dataclass(frozen=True, slots=True)
class Bad:
    """An input, what was computed, the exact value rounded, and the error in ulp."""

    at: tuple[float, ...]
    computed: float
    exact: float
    error: float


@dataclass(frozen=True, slots=True)
class Row:
    """One function on one grid: the largest and mean error of the finite results in ulp, and how
    many results were 0 where the exact value is a normal number, nan, or infinite.
    """

    function: str
    fixed: tuple[tuple[str, float], ...]
    grid: str
    count: int
    largest: float
    mean: float
    zeros: int
    nans: int
    infinities: int
    worst: tuple[Bad, ...]

    def within(self, limit: float) -> bool:
        """Whether no error is above `limit` and no result is a wrong 0, nan or infinite."""
        return self.largest <= limit and not (self.zeros or self.nans or self.infinities)


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured of the functions of one page, for a target and a format, as functions of
    `argument`.
    """

    page: str
    target: str
    dtype: str
    argument: str
    rows: tuple[Row, ...]

    def within(self, limit: float) -> bool:
        """Whether every row is within `limit` ulp."""
        return all(row.within(limit) for row in self.rows)


Watch = Callable[[Row, Floats, npt.NDArray[np.float64]], None]
"""Told of every row as it is found, with the free argument and the errors."""


def ulp(
    source: str | Path | Derivation,
    *,
    target: str = "numpy",
    dtype: str = "float64",
    functions: Sequence[str] = (),
    at: Mapping[str, Sequence[float]] = MappingProxyType({}),
    points: int = 20_000,
    seed: int = 0,
    watch: Watch | None = None,
) -> Report:
    """The errors in ulp of what `cesym.lambdify(source, target=target)` computes.

    The truth is the proved form in Arb balls, rounded correctly. float16 and bfloat16 are measured
    at every number; float32 and float64 on grids of `points` numbers, uniform over bit patterns and
    over ranges, at landmarks of exp and log, and around roots. Labels are 0 and 1 unless `at` gives
    other values; `functions` names those to be measured, all if empty. Results below the least
    normal number are left out for `jax`, which takes them for 0.

    Raises UnsupportedTerm for a format that the target does not know, or more than one free
    argument, UnknownName for a function or an argument that is not there, and what `lambdify`
    raises.

    >>> found = ulp("sigmoid", points=200)
    >>> found.within(3), len(found.rows)
    (True, 10)
    """
    form = format_of(dtype)
    require_format(target, form.name)
    derivation = source if isinstance(source, Derivation) else derive(source)
    exported = functions_of(derivation)
    measured = _Measured(exported, lambdify(derivation, target=target), target, form.name)
    rows = []
    every = settings(exported, at)
    for function in wanted(exported, functions):
        for setting in every:
            places = grids(setting.free, form.name, points, seed)
            if "bits" in places:
                about = near_roots(function, exported, setting, places["bits"], form.name)
                places |= {"roots": about} if about.size else {}
            for grid, x in places.items():
                row, kept, off = measured.row(function, setting, grid, x)
                rows.append(row)
                if watch is not None:
                    watch(row, kept, off)
    return Report(derivation.name, target, form.name, every[0].free.name, tuple(rows))


@dataclass(frozen=True, slots=True)
class _Measured:
    """What is measured: the functions of a page, as a module of a target calls them."""

    functions: Functions
    module: ModuleType
    target: str
    dtype: str

    def row(
        self, function: Function, setting: Setting, grid: str, x: Floats
    ) -> tuple[Row, Floats, npt.NDArray[np.float64]]:
        """One row, with the numbers that count and their errors."""
        given = columns(self.functions, setting, x)
        exact = truth(function, self.functions, *given, dtype=self.dtype)
        kept = self.counted(x, exact)
        exact = Rounded(exact.nearest[kept], exact.residue[kept], exact.name)
        given = [column[kept] for column in given]
        computed = call(self.module, self.target, function.name, given, self.dtype)
        row = row_of(function.name, setting, grid, given, computed, exact)
        return row, x[kept], error(computed, exact)

    def counted(self, x: Floats, exact: Rounded) -> npt.NDArray[np.bool_]:
        """Where the target can be right: everywhere, or where nothing is subnormal."""
        if self.target not in LEAST_NORMAL:
            return np.ones(x.size, bool)
        least = FORMATS[self.dtype].smallest_normal
        return (np.abs(exact.nearest) >= least) & ((np.abs(x) >= least) | (x == 0))


def row_of(
    name: str,
    setting: Setting,
    grid: str,
    given: Sequence[Floats],
    computed: Floats,
    exact: Rounded,
) -> Row:
    """The row of results that were computed from `given`."""
    found, off = measure(computed, exact), error(computed, exact)
    finite = np.isfinite(exact.nearest)
    places = _largest(np.where(np.isnan(off), np.inf, off))
    return Row(
        name,
        tuple(setting.fixed.items()),
        grid,
        found.count,
        found.largest,
        found.mean,
        found.zeros,
        int((np.isnan(computed) & finite).sum()),
        int((np.isinf(computed) & finite).sum()),
        tuple(_bad(place, given, computed, exact, off) for place in places),
    )


def _largest(off: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
    """The places of the largest numbers, the largest first."""
    few = min(WORST, off.size)
    places = np.argpartition(-off, few - 1)[:few]
    return places[np.argsort(-off[places], kind="stable")]


def _bad(
    place: int,
    given: Iterable[Floats],
    computed: Floats,
    exact: Rounded,
    off: npt.NDArray[np.float64],
) -> Bad:
    at = tuple(float(column[place]) for column in given)
    return Bad(at, float(computed[place]), float(exact.nearest[place]), float(off[place]))
