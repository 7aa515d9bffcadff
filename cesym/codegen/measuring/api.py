"""The verb `ulp`: exported code is called, and each result held against the exact value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from cesym.codegen.measuring.report import LEAST_NORMAL, Report, Row, Watch, row_of
from cesym.codegen.measuring.rows import ulp_of_rows
from cesym.codegen.rowwise import row_loss_of
from cesym.codegen.truth import truth
from cesym.derivation import Derivation, derive
from cesym.errors import UnsupportedTerm
from cesym.floats.formats import FORMATS, format_of
from cesym.floats.ordinals import Floats
from cesym.floats.rounding import Rounded
from cesym.floats.ulp import error


def ulp(
    source: str | Path | Derivation,
    *,
    target: str = "numpy",
    dtype: str = "float64",
    functions: Sequence[str] = (),
    at: Mapping[str, Sequence[float]] = MappingProxyType({}),
    points: int = 20_000,
    seed: int = 0,
    jobs: int = 1,
    soft: bool = False,
    watch: Watch | None = None,
) -> Report:
    """The errors in ulp of what `cesym.lambdify(source, target=target)` computes.

    The truth is the proved form in Arb balls, rounded correctly. float16 and bfloat16 are measured
    at every number; float32 and float64 on grids of `points` numbers, uniform over bit patterns and
    over ranges, at landmarks of exp and log, and around roots. Labels are 0 and 1 unless `at` gives
    other values; `functions` names those to be measured, all if empty. Results below the least
    normal number are left out for `jax`, which takes them for 0.

    Of a loss of rows every loss and every entry of the gradient is measured, for 2, 10 and 1000
    classes, on sets of rows with about `points` results each: logits close together, far apart,
    equal or nearly so, or one far above the others; probabilities that are even or not. The target
    is a class, or with `soft` probabilities; then, as for every gradient with a root, errors next
    to the root are large in its ulps. `at` holds a temperature or a smoothing, and `jobs` sets are
    measured at a time.

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
    if rows_of_page := row_loss_of(derivation):
        return ulp_of_rows(
            rows_of_page,
            target=target,
            dtype=form.name,
            functions=functions,
            at=at,
            points=points,
            seed=seed,
            jobs=jobs,
            soft=soft,
            watch=watch,
        )
    if soft:
        raise UnsupportedTerm(
            "{page} exports functions of numbers, whose labels are numbers",
            remedy="give the label a value: --at NAME=VALUE",
            page=derivation.name,
        )
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
        row = row_of(function.name, tuple(setting.fixed.items()), grid, given, computed, exact)
        return row, x[kept], error(computed, exact)

    def counted(self, x: Floats, exact: Rounded) -> npt.NDArray[np.bool_]:
        """Where the target can be right: everywhere, or where nothing is subnormal."""
        if self.target not in LEAST_NORMAL:
            return np.ones(x.size, bool)
        least = FORMATS[self.dtype].smallest_normal
        return (np.abs(exact.nearest) >= least) & ((np.abs(x) >= least) | (x == 0))
