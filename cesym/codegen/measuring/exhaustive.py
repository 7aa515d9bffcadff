"""Every float32: each of the 2^32 patterns that is a finite number of the domain, part by part.

Arb would take days. The truth here is the exported NumPy code in float64, which is off by no more
than its bound says: some 2^-26 ulp of float32. So errors are right to that, and no tie needs to be
decided. What is done is kept in a file, one line of JSON for every part, and not done again.
"""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from cesym import __version__
from cesym.codegen.api import bare_code, lambdify
from cesym.codegen.functions import Function, Functions, functions_of
from cesym.codegen.measuring.calling import call, require_format
from cesym.codegen.measuring.places import CHUNKS, Setting, chunk, columns, settings, wanted
from cesym.codegen.measuring.report import LEAST_NORMAL, WORST, Bad, Report, Row, row_of
from cesym.derivation import derive
from cesym.errors import OutputError, UnsupportedTerm
from cesym.floats.formats import FORMATS
from cesym.floats.ordinals import Floats
from cesym.floats.rounding import Rounded

DTYPE = "float32"
GRID = "every"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of work: one function at one setting, over one part of the patterns."""

    function: str
    fixed: tuple[tuple[str, float], ...]
    number: int


Progress = Callable[[int, int], None]
"""Told how many parts are done, of how many."""


def ulp_of_every_float32(
    source: str | Path,
    *,
    target: str = "numpy",
    functions: Sequence[str] = (),
    at: Mapping[str, Sequence[float]] = MappingProxyType({}),
    parts: Iterable[int] = range(CHUNKS),
    jobs: int = 1,
    resume: Path | None = None,
    progress: Progress = lambda _done, _of: None,
) -> Report:
    """As `ulp` for float32, at every finite number; `parts` are those of `CHUNKS` that are wanted.

    With `resume` what is found is added to this file, and what stands there already is not done
    again. Raises OutputError when the file is of something else, UnsupportedTerm for labels other
    than those for which a bound is known, and what `ulp` raises.
    """
    require_format(target, DTYPE)
    exported = _exported(str(source))
    work = [
        Part(f.name, tuple(setting.fixed.items()), number)
        for f in wanted(exported, functions)
        for setting in settings(exported, at)
        if _require_bound(f, setting)
        for number in parts
    ]
    stamp = _stamp(str(source), target)
    done = _kept(resume, stamp) if resume is not None else {}
    found = {part: row for part, row in done.items() if part in set(work)}
    progress(len(found), len(work))
    for part, row in _rows(str(source), target, [p for p in work if p not in found], jobs):
        found[part] = row
        if resume is not None:
            _keep(resume, stamp, part, row)
        progress(len(found), len(work))
    groups: dict[tuple[str, tuple[tuple[str, float], ...]], list[Row]] = {}
    for part in work:
        if (row := found[part]) is not None:
            groups.setdefault((part.function, part.fixed), []).append(row)
    rows = tuple(_together(group) for group in groups.values())
    argument = settings(exported, at)[0].free.name
    return Report(exported.page, target, DTYPE, argument, rows)


def _require_bound(function: Function, setting: Setting) -> bool:
    for name in function.shown.hard:
        if setting.fixed.get(name, 0.0) not in (0.0, 1.0):
            raise UnsupportedTerm(
                "{function} at {name} = {value}: in float64 no bound on its error is known",
                remedy="measure grids, without --exhaustive",
                function=function.name,
                name=name,
                value=setting.fixed[name],
            )
    return True


@cache
def _exported(source: str) -> Functions:
    return functions_of(derive(source))


@cache
def _module(source: str, target: str) -> Any:
    return lambdify(source, target=target)


def _rows(
    source: str, target: str, work: Sequence[Part], jobs: int
) -> Iterator[tuple[Part, Row | None]]:
    if jobs <= 1:
        yield from ((part, _row(source, target, part)) for part in work)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        found = pool.map(_row, [source] * len(work), [target] * len(work), work)
        yield from zip(work, found, strict=True)


def _row(source: str, target: str, part: Part) -> Row | None:
    """The row of one part; None if nothing of it lies in the domain."""
    exported = _exported(source)
    free = settings(exported, {name: [value] for name, value in part.fixed})[0].free
    setting = Setting(dict(part.fixed), free)
    x = chunk(free, part.number)
    if not x.size:
        return None
    given = columns(exported, setting, x)
    wide = [column.astype(np.float64) for column in given]
    exact = rounded(call(_module(source, "numpy"), "numpy", part.function, wide, "float64"))
    kept = _counted(target, x, exact.nearest)
    if not kept.any():
        return None
    given = [column[kept] for column in given]
    exact = Rounded(exact.nearest[kept], exact.residue[kept], DTYPE)
    computed = call(_module(source, target), target, part.function, given, DTYPE)
    return row_of(part.function, tuple(setting.fixed.items()), GRID, given, computed, exact)


def rounded(values: Floats) -> Rounded:
    """float64 numbers rounded to float32, with the rest in its ulps.

    >>> rounded(np.array([1 + 2.0**-25])).residue
    array([0.25])
    """
    form = FORMATS[DTYPE]
    with np.errstate(over="ignore"):
        nearest = values.astype(form.storage)
    back = nearest.astype(np.float64)
    with np.errstate(invalid="ignore"):
        residue = (values - back) / form.spacing(nearest)
    return Rounded(nearest, np.where(np.isinf(back), 0.0, residue), DTYPE)


def _counted(target: str, x: Floats, nearest: Floats) -> np.ndarray:
    if target not in LEAST_NORMAL:
        return np.ones(x.size, bool)
    least = FORMATS[DTYPE].smallest_normal
    return (np.abs(nearest) >= least) & ((np.abs(x) >= least) | (x == 0))


def _together(rows: Sequence[Row]) -> Row:
    """The rows of all parts as one."""
    count = sum(row.count for row in rows)
    worst = sorted((bad for row in rows for bad in row.worst), key=lambda bad: -bad.error)
    return Row(
        rows[0].function,
        rows[0].fixed,
        GRID,
        count,
        max(row.largest for row in rows),
        sum(row.mean * row.count for row in rows) / count,
        sum(row.zeros for row in rows),
        sum(row.nans for row in rows),
        sum(row.infinities for row in rows),
        tuple(worst[:WORST]),
    )


def _stamp(source: str, target: str) -> dict[str, str]:
    """What the lines of a file belong to: the very code that is measured."""
    texts = "".join(bare_code(_exported(source), name) for name in (target, "numpy"))
    code = sha256(texts.encode()).hexdigest()
    return {"cesym": __version__, "target": target, "code": code}


def _keep(path: Path, stamp: Mapping[str, str], part: Part, row: Row | None) -> None:
    record = {**stamp, **asdict(part), "row": None if row is None else asdict(row)}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(record) + "\n")


def _kept(path: Path, stamp: Mapping[str, str]) -> dict[Part, Row | None]:
    """The parts in the file. The last line may be torn, when the machine went down."""
    if not path.exists():
        return {}
    *lines, last = [*path.read_text(encoding="utf-8").split("\n")]
    if last:
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    found = {}
    for line in lines:
        record = json.loads(line)
        if {name: record.get(name) for name in stamp} != dict(stamp):
            raise OutputError(
                "{path} holds results for other code",
                remedy="choose another file, or delete it",
                path=str(path),
            )
        part = Part(record["function"], _pairs(record["fixed"]), record["number"])
        found[part] = None if record["row"] is None else _row_of_record(record["row"])
    return found


def _row_of_record(record: dict[str, Any]) -> Row:
    worst = tuple(
        Bad(tuple(b["at"]), b["computed"], b["exact"], b["error"]) for b in record["worst"]
    )
    return Row(**{**record, "fixed": _pairs(record["fixed"]), "worst": worst})


def _pairs(items: Sequence[Sequence[Any]]) -> tuple[tuple[str, float], ...]:
    return tuple((name, value) for name, value in items)
