"""What a measurement says: a row for each function on each grid."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

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


def row_of(
    name: str,
    fixed: tuple[tuple[str, float], ...],
    grid: str,
    given: Sequence[npt.NDArray[Any]],
    computed: Floats,
    exact: Rounded,
    inputs: npt.NDArray[np.intp] | None = None,
) -> Row:
    """The row of results that were computed from `given`; `inputs` are the places there of what
    each was computed from, if not its own.
    """
    found, off = measure(computed, exact), error(computed, exact)
    finite = np.isfinite(exact.nearest)
    places = _largest(np.where(np.isnan(off), np.inf, off))
    return Row(
        name,
        fixed,
        grid,
        found.count,
        found.largest,
        found.mean,
        found.zeros,
        int((np.isnan(computed) & finite).sum()),
        int((np.isinf(computed) & finite).sum()),
        tuple(
            Bad(
                tuple(float(column[at if inputs is None else inputs[at]]) for column in given),
                *(float(found[at]) for found in (computed, exact.nearest, off)),
            )
            for at in places
        ),
    )


def _largest(off: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
    """The places of the largest numbers, the largest first."""
    few = min(WORST, off.size)
    places = np.argpartition(-off, few - 1)[:few]
    return places[np.argsort(-off[places], kind="stable")]
