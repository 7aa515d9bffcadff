"""How far exported losses of rows are off: every loss and every entry of the gradient.

The truth is the form that is proved equal to what the page exports, in Arb balls.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from types import ModuleType

import numpy as np

from cesym.codegen.api import lambdify_rows
from cesym.codegen.measuring.calling import call
from cesym.codegen.measuring.places import unknown
from cesym.codegen.measuring.report import LEAST_NORMAL, Report, Row, Watch, row_of
from cesym.codegen.measuring.strata import USUAL, Array, Stratum, strata
from cesym.codegen.rowwise import RowLoss
from cesym.codegen.rowwise.truth import Value, rounded
from cesym.errors import UnknownName
from cesym.floats.formats import FORMATS
from cesym.floats.ordinals import Floats
from cesym.floats.rounding import Rounded
from cesym.floats.ulp import error

ARGUMENT = "spread"
"""What errors are shown against: the largest logit or probability of a row less the least."""


@dataclass(frozen=True, slots=True)
class Work:
    """A piece of work: some functions of a loss on one set of rows."""

    found: RowLoss
    target: str
    dtype: str
    functions: tuple[str, ...]
    stratum: Stratum
    points: int
    seed: int


Measured = tuple[Row, Floats, Array]


def ulp_of_rows(
    found: RowLoss,
    *,
    target: str,
    dtype: str,
    functions: Sequence[str],
    at: Mapping[str, Sequence[float]],
    points: int,
    seed: int,
    jobs: int,
    soft: bool,
    watch: Watch | None,
) -> Report:
    """As `cesym.ulp` for a loss of rows. Raises UnknownName for what is not there."""
    _require_known(found, functions, at)
    names = tuple(name for name in found.forms if not functions or name in functions)
    work = [
        Work(found, target, dtype, names, stratum, points, seed)
        for stratum in strata(found, at, soft=soft)
    ]
    rows = []
    for measured in _every(work, jobs):
        for row, spread, off in measured:
            rows.append(row)
            if watch is not None:
                watch(row, spread, off)
    return Report(found.page, target, dtype, ARGUMENT, tuple(rows))


def _require_known(found: RowLoss, functions: Sequence[str], at: Iterable[str]) -> None:
    held = [p for given in found.form.inputs for p in given.parameters if p in USUAL]
    for name in functions:
        if name not in found.forms:
            raise unknown(found.page, name, found.forms)
    for name in at:
        if name not in held:
            raise UnknownName(
                "{page} has no argument {name} that is one number",
                remedy="hold {known}" if held else "leave it out",
                page=found.page,
                name=name,
                known=", ".join(held),
            )


def _every(work: Sequence[Work], jobs: int) -> Iterator[list[Measured]]:
    if jobs <= 1:
        yield from map(_measured, work)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        yield from pool.map(_measured, work)


@cache
def _module(page: str, target: str, texts: tuple[str, ...]) -> list[ModuleType]:
    """Where the module of a loss is kept; the `texts` of its forms tell losses apart."""
    return []


def _measured(work: Work) -> list[Measured]:
    """What is found on one set: for each function its row, the spreads, and the errors."""
    kept = _module(work.found.page, work.target, tuple(work.found.forms.values()))
    if not kept:
        kept.append(lambdify_rows(work.found, work.target))
    values = work.stratum.rows(work.found, work.dtype, work.points, work.seed)
    return [_of_function(work, kept[0], name, values) for name in work.functions]


def _of_function(
    work: Work, module: ModuleType, name: str, values: Mapping[str, Array]
) -> Measured:
    held = dict(work.stratum.held)
    more = [held[p] for given in work.found.form.inputs for p in given.also]
    given = [values[given.role] for given in work.found.form.inputs]
    computed = call(module, work.target, name, given, work.dtype, more=more).reshape(-1)
    pairs = np.array([*_truth(work, name, values)], np.float64)
    storage = FORMATS[work.dtype].storage
    exact = Rounded(pairs[:, 0].astype(storage), pairs[:, 1].copy(), work.dtype)
    entries = len(computed) // len(given[0])
    place = np.repeat(np.arange(len(given[0])), entries)
    kept = _counted(work.target, exact)
    exact = Rounded(exact.nearest[kept], exact.residue[kept], exact.name)
    computed, place = computed[kept], place[kept]
    columns = [column for a in given for column in np.atleast_2d(a.T)]
    fixed = (("K", float(work.stratum.classes)), *work.stratum.held)
    grid = f"{work.stratum.name}{', soft' if work.stratum.soft else ''}"
    row = row_of(name, fixed, grid, columns, computed, exact, place)
    first = given[0].max(-1) - given[0].min(-1)
    return row, first[place], error(computed, exact)


def _counted(target: str, exact: Rounded) -> np.ndarray:
    """Where the target can be right: everywhere, or where no part of a sum is subnormal."""
    if target not in LEAST_NORMAL:
        return np.ones(exact.nearest.size, bool)
    form = FORMATS[exact.name]
    least = form.smallest_normal * 2.0**form.digits
    return (np.abs(exact.nearest) >= least) | (exact.nearest == 0)


def _truth(work: Work, name: str, values: Mapping[str, Array]) -> Iterator[tuple[float, float]]:
    """The exact results row by row, as rounded floats with what rounding left."""
    found, stratum = work.found, work.stratum
    size = stratum.classes
    entries = (1,) if name in found.form.numbers else range(1, size + 1)
    for n in range(len(next(iter(values.values())))):
        arguments: dict[str, Value] = {found.names["K"]: size}
        indices: dict[str, int] = {}
        for given in found.form.inputs:
            row = values[given.role][n]
            for declared, kind in given.declared.items():
                symbol = found.names[declared]
                if kind == "class":
                    indices[symbol] = int(row) + 1
                elif kind == "share":
                    arguments[symbol] = dict(stratum.held)[given.also[0]]
                elif kind == "target" and row.dtype.kind == "i":
                    arguments[symbol] = np.eye(size)[int(row)].tolist()
                else:
                    arguments[symbol] = row.tolist()
        for role, place in zip(found.form.logits, found.places, strict=True):
            indices[place] = int(np.argmax(values[role][n])) + 1
        form = found.forms[name]
        yield from rounded(form, arguments, work.dtype, found.entry, entries, **indices)
