"""All targets beside all peers, for accuracy.py --all: one line for each system, dtype and loss."""

import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from types import ModuleType

import numpy as np
from accuracy_peers import PEERS, ROW_PEERS, Functions
from flint import arb, ctx
from rich.console import Console
from rich.table import Table

from cesym.codegen import TARGETS, lambdify
from cesym.codegen.measuring.calling import FORMATS_OF, USUAL, call
from cesym.errors import MissingProgram
from cesym.floats.formats import FORMATS
from cesym.floats.grids import GRIDS, landmarks
from cesym.floats.rounding import Rounded, round_ball
from cesym.floats.ulp import Accuracy, measure

DTYPES = ("float64", "float32")
PAGE, ROW_PAGE = "binary-cross-entropy", "categorical-cross-entropy"
LIMIT, ROW_LIMIT = 3.0, 4.0
IN_C, ROWS_IN_C = 0.7501, 2.0
"""The largest errors allowed, in ulp. Of a logit in C it is 0.6 where results are not subnormal."""

CLASSES = {10: 400, 1000: 20}
"""Number of classes -> of rows, if there are as many points in a grid."""

SPREAD = 100.0
SUBNORMAL_IS_ZERO = ("jax", "JAX, optax")

Wanted = Callable[[str], bool]
"""Whether a system of this name is to be measured."""

Truth = Callable[[str, float, np.ndarray, Executor], Rounded]


@dataclass(frozen=True, slots=True)
class Line:
    """A system measured on all grids: function -> its accuracy."""

    system: str
    dtype: str
    what: str
    limit: float | None
    found: Mapping[str, Accuracy]

    @property
    def passes(self) -> bool:
        return self.limit is None or all(a.within(self.limit) for a in self.found.values())


def ours(wanted: Wanted, console: Console) -> Iterator[tuple[str, Functions, tuple[str, ...]]]:
    """The targets, by name, and the formats that each knows."""
    for target, module in modules(PAGE, wanted, console):
        functions = {
            name: partial(called, module, target, name) for name in ("loss", "gradient", "hessian")
        }
        yield target, functions, FORMATS_OF.get(target, USUAL)


def called(module: ModuleType, target: str, name: str, *arrays: np.ndarray) -> np.ndarray:
    """An exported function at arrays, of which the first says in which type it computes."""
    return call(module, target, name, arrays, arrays[0].dtype.name)


def available(
    table: Mapping[str, Callable[[], Functions]], wanted: Wanted, console: Console
) -> dict[str, Functions]:
    found = {}
    for name, make in table.items():
        if not wanted(name):
            continue
        try:
            found[name] = make()
        except ModuleNotFoundError as missing:
            console.print(f"{name} is left out: {missing}")
    return found


def quietly(function: Callable[..., np.ndarray], *arrays: np.ndarray) -> np.ndarray:
    """What a function gives, whatever it warns of."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return function(*arrays)


def counted(system: str, exact: Rounded, *, in_rows: bool = False) -> np.ndarray:
    """XLA takes subnormal numbers for 0: there it is not asked for them, nor for sums of which a
    subnormal part could be more than half an ulp.
    """
    form = FORMATS[exact.format.name]
    least = form.smallest_normal * (2.0**form.digits if in_rows else 1.0)
    return (np.abs(exact.nearest) >= least) | (system not in SUBNORMAL_IS_ZERO)


def measured(
    system: str, computed: np.ndarray, exact: Rounded, *, in_rows: bool = False
) -> Accuracy:
    kept = counted(system, exact, in_rows=in_rows)
    return measure(computed[kept], Rounded(exact.nearest[kept], exact.residue[kept]))


def lines(truth: Truth, n: int, wanted: Wanted, pool: Executor, console: Console) -> Iterator[Line]:
    """The losses of a logit, for the labels 0 and 1, on all grids together."""
    systems: list[tuple[str, Functions, tuple[str, ...], float | None]] = [
        (name, functions, known, IN_C if name == "c" else LIMIT)
        for name, functions, known in ours(wanted, console)
    ]
    peers = available(PEERS, wanted, console)
    systems += [(name, functions, DTYPES, None) for name, functions in peers.items()]
    for dtype in DTYPES:
        grids = [make(n, dtype, 1) for make in GRIDS.values()]
        s = np.concatenate([*grids, landmarks(dtype)])
        exact = {
            (name, y): truth(name, y, s, pool)
            for name in ("loss", "gradient", "hessian")
            for y in (0.0, 1.0)
        }
        for system, functions, known, most in systems:
            if dtype in known:
                found = {
                    name: _of_both_labels(system, function, exact, name, s)
                    for name, function in functions.items()
                }
                yield Line(system, dtype, "logit", most, found)


def _of_both_labels(
    system: str,
    function: Callable[[np.ndarray, np.ndarray], np.ndarray],
    exact: Mapping[tuple[str, float], Rounded],
    name: str,
    s: np.ndarray,
) -> Accuracy:
    computed, nearest, residue = [], [], []
    for y in (0.0, 1.0):
        computed.append(quietly(function, np.full_like(s, y), s))
        nearest.append(exact[name, y].nearest)
        residue.append(exact[name, y].residue)
    together = Rounded(np.concatenate(nearest), np.concatenate(residue))
    return measured(system, np.concatenate(computed), together)


def row_lines(n: int, wanted: Wanted, console: Console) -> Iterator[Line]:
    """The losses of rows of logits, for classes."""
    systems: list[tuple[str, Functions, tuple[str, ...], float | None]] = []
    for target, module in modules(ROW_PAGE, wanted, console):
        functions = {name: partial(called, module, target, name) for name in ("loss", "gradient")}
        limit = ROWS_IN_C if target == "c" else ROW_LIMIT
        systems.append((target, functions, FORMATS_OF.get(target, USUAL), limit))
    peers = available(ROW_PEERS, wanted, console)
    systems += [(name, functions, DTYPES, None) for name, functions in peers.items()]
    for classes, count in CLASSES.items():
        for dtype in DTYPES:
            rng = np.random.default_rng(classes)
            some = max(2, min(count, n * 10 // classes))
            z = rng.normal(0, SPREAD, (some, classes)).astype(dtype)
            c = rng.integers(0, classes, some)
            c[::2] = z[::2].argmax(1)
            exact = exact_rows(z, c, dtype)
            for system, functions, known, most in systems:
                if dtype not in known:
                    continue
                found = {}
                for name, function in functions.items():
                    computed = quietly(function, z, c).ravel()
                    found[name] = measured(system, computed, exact[name], in_rows=True)
                yield Line(system, dtype, f"{classes} classes", most, found)


def modules(page: str, wanted: Wanted, console: Console) -> Iterator[tuple[str, ModuleType]]:
    """What is exported for each target that can be tried here; the others are named."""
    for target in filter(wanted, TARGETS):
        try:
            yield target, lambdify(page, target=target)
        except MissingProgram as missing:
            console.print(f"{target} is left out: {missing}")


def exact_rows(z: np.ndarray, c: np.ndarray, dtype: str) -> dict[str, Rounded]:
    """Loss and gradient as exact numbers: log1p of the sum of the other powers, and the shares."""
    pairs: dict[str, list[tuple[float, float]]] = {"loss": [], "gradient": []}
    for row, place in zip(z, c, strict=True):
        precision = 256
        while True:
            with ctx.workprec(precision):
                powers = [(arb(float(x)) - arb(float(row[place]))).exp() for x in row]
                others = sum((p for j, p in enumerate(powers) if j != place), arb(0))
                slopes = [(p if j != place else -others) for j, p in enumerate(powers)]
                values = [others.log1p(), *(slope / (1 + others) for slope in slopes)]
                rounded = [round_ball(value, dtype) for value in values]
            found = [pair for pair in rounded if pair is not None]
            if len(found) == len(rounded):
                break
            precision *= 2
        pairs["loss"].append(found[0])
        pairs["gradient"] += found[1:]
    arrays = {name: np.array(rows) for name, rows in pairs.items()}
    return {name: Rounded(a[:, 0].astype(dtype), a[:, 1].copy()) for name, a in arrays.items()}


def show(found: list[Line], console: Console) -> None:
    """Largest error in ulp; Z: share of wrong zeros; F: share of nan and infinite results."""
    table = Table(title="Largest errors in ulp; Z wrongly 0, F nan or infinite", title_style="")
    for heading in ("loss of", "dtype", "system", "loss", "gradient", "hessian", "limit", ""):
        table.add_column(heading)
    for line in sorted(found, key=lambda line: (line.what, line.dtype)):
        cells = [cell(line.found.get(name)) for name in ("loss", "gradient", "hessian")]
        passed = "" if line.limit is None else "ok" if line.passes else "[bold red]FAIL[/]"
        limit = "" if line.limit is None else f"{line.limit:g}"
        table.add_row(line.what, line.dtype, line.system, *cells, limit, passed)
    console.print(table)


def cell(found: Accuracy | None) -> str:
    if found is None:
        return ""
    marks = {"Z": found.zeros, "F": found.failures}
    shares = [f" {mark}{100 * n / found.count:.2g}%" for mark, n in marks.items() if n]
    return f"{found.largest:.4g}{''.join(shares)}"
