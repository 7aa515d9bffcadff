"""Measure exported code against exact values: largest and mean error in ulp.

    python benchmarks/accuracy.py                      what `cesym export` writes today for NumPy
    python benchmarks/accuracy.py --to c --limit 0.75  what it writes in C
    python benchmarks/accuracy.py --exhaustive         C for all 2^32 logits in float32
    python benchmarks/accuracy.py mine.py -n 100000    a file with loss, gradient, hessian of (y, s)
    python benchmarks/accuracy.py --all                all targets beside what people use today
    python benchmarks/accuracy.py --all --write        and keep it in docs/accuracy.md

The truth is an Arb ball per point, rounded correctly (cesym.floats.rounding), from formulas
written down in truths.py, apart from the exported ones; no float arithmetic enters it. Each grid
has N stratified points. A row fails if an error exceeds the limit, a result is nan or infinite, a
result is 0 where the exact one is a normal float, or NumPy warned. Exit code 1 if a row fails.

Rows of labels other than 0 and 1 are shown and not judged: there the gradient has a root at
s = logit(y), and near a root the relative error of any float64 formula in exp(-|s|) is unbounded.

With --all the targets are judged, and the peers only shown: labels 0 and 1 (limit 3 ulp, 0.75 in
C), labels between them (see soft_labels.py), rows of logits N(0, 100^2) with 10 and 1000 classes
(limit 4 ulp, 2 in C), the divergence of two rows of logits that differ by about 1e-9, 1e-3 and 1,
and by a shift (limit 5 ulp, 7 in JAX), and that of two coins that differ by at most 1e-12 (4 ulp).

To measure another level of NumPy's vector code: NPY_DISABLE_CPU_FEATURES="AVX512_ICL X86_V4".
"""

import argparse
import importlib.util
import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType

import numpy as np
from rich.console import Console
from rich.table import Table
from truths import TRUTHS

from cesym.floats.grids import GRIDS, landmarks
from cesym.floats.ordinals import Floats
from cesym.floats.rounding import Rounded, round_values
from cesym.floats.ulp import Accuracy, measure

CHUNK = 25_000
LAST_PRECISION = 4096
DTYPES = ("float64", "float32")
SEED = 20_240_229
FUSED = "loss_and_gradient"
PAGE = Path(__file__).parents[1] / "docs" / "accuracy.md"


@dataclass(frozen=True, slots=True)
class Row:
    """One function measured on one grid."""

    function: str
    dtype: str
    label: float
    grid: str
    accuracy: Accuracy
    worst: float
    warnings: tuple[str, ...]
    judged: bool

    def passes(self, limit: float) -> bool:
        return not self.judged or (self.accuracy.within(limit) and not self.warnings)


def truth_of_chunk(name: str, function: str, label: float, s: Floats) -> Rounded:
    exact = TRUTHS[name][function]
    labels = np.full(s.size, label)
    return round_values(
        exact, labels, s, dtype=s.dtype, last_precision=LAST_PRECISION, either_at_ties=True
    )


def truth(name: str, function: str, label: float, s: Floats, pool: Executor) -> Rounded:
    pieces = np.array_split(s, max(1, s.size // CHUNK))
    futures = [pool.submit(truth_of_chunk, name, function, label, piece) for piece in pieces]
    parts = [future.result() for future in futures]
    return Rounded(
        np.concatenate([part.nearest for part in parts]),
        np.concatenate([part.residue for part in parts]),
    )


def call(
    module: ModuleType, function: str, y: Floats, s: Floats
) -> tuple[tuple[Floats, ...], tuple[str, ...]]:
    """Return what the function returns, as a tuple, and what NumPy warned about."""
    with warnings.catch_warnings(record=True) as heard, np.errstate(all="warn", under="ignore"):
        warnings.simplefilter("always")
        result = getattr(module, function)(y, s)
    results = result if isinstance(result, tuple) else (result,)
    for array in results:
        if array.dtype != s.dtype or array.shape != s.shape:
            raise SystemExit(
                f"{function} of {s.dtype}{s.shape} arrays is {array.dtype}{array.shape}"
            )
    return results, tuple(sorted({str(warning.message) for warning in heard}))


def rows(module: ModuleType, name: str, labels: list[float], n: int, jobs: int) -> Iterator[Row]:
    with ProcessPoolExecutor(jobs) as pool:
        for dtype in DTYPES:
            grids = {grid: make(n, dtype, SEED) for grid, make in GRIDS.items()}
            grids["landmarks"] = landmarks(dtype)
            for grid, s in grids.items():
                for label in labels:
                    y = np.full_like(s, label)
                    exact = float(y[0])  # the label as this format holds it
                    for function in TRUTHS[name]:
                        (computed,), heard = call(module, function, y, s)
                        found = measure(computed, truth(name, function, exact, s, pool))
                        worst = float(s[found.worst])
                        judged = label in (0, 1)
                        yield Row(function, dtype, label, grid, found, worst, heard, judged)


def fused_differs(module: ModuleType, labels: list[float], n: int) -> bool:
    """Tell whether the fused function, if there is one, differs anywhere from the two alone."""
    if not hasattr(module, FUSED):
        return False
    for dtype in DTYPES:
        for make in GRIDS.values():
            s = make(n, dtype, SEED)
            for label in labels:
                y = np.full_like(s, label)
                both, _ = call(module, FUSED, y, s)
                alone = call(module, "loss", y, s)[0] + call(module, "gradient", y, s)[0]
                if not all(map(np.array_equal, both, alone)):
                    return True
    return False


def show(measured: list[Row], limit: float, console: Console) -> None:
    table = Table(title=f"Errors in ulp; limit {limit:g}; NumPy {np.__version__}", title_style="")
    for heading in ("function", "dtype", "y", "grid"):
        table.add_column(heading)
    for heading in ("points", "max", "mean", "worst s", "zeros", "nan/inf", "warnings", ""):
        table.add_column(heading, justify="right")
    order = {function: place for place, function in enumerate(("loss", "gradient", "hessian"))}
    for row in sorted(measured, key=lambda row: (order[row.function], row.dtype != "float64")):
        found = row.accuracy
        passed = "" if not row.judged else "ok" if row.passes(limit) else "[bold red]FAIL[/]"
        table.add_row(
            row.function,
            row.dtype,
            f"{row.label:g}",
            row.grid,
            str(found.count),
            f"{found.largest:.4g}",
            f"{found.mean:.3g}",
            repr(row.worst),
            str(found.zeros),
            str(found.failures),
            str(len(row.warnings)),
            passed,
        )
    console.print(table)
    for text in sorted({text for row in measured for text in row.warnings}):
        console.print(f"NumPy warned: {text}")


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def exported(name: str) -> ModuleType:
    """What `cesym export NAME --to numpy` writes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "exported.py")
        start = "from cesym.cli import main; main()"
        command = [sys.executable, "-c", start, "export", name, "--to", "numpy", "-o", str(path)]
        subprocess.run(command, check=True)
        return load(path)


def ready(asked: argparse.Namespace) -> ModuleType:
    """The module to measure."""
    if asked.module:
        return load(asked.module)
    if asked.to == "numpy":
        return exported(asked.name)
    from cesym.codegen import lambdify

    return lambdify(asked.name, target=asked.to, setting=asked.setting)


def every_pattern(asked: argparse.Namespace) -> bool:
    """Print a row for each function and label; tell whether all are within 0.501 ulp."""
    from accuracy_page import EXHAUSTIVE, exhaustive_lines, keep
    from exhaustive import exhaustive

    found = []
    setting = asked.setting or "accurate"
    for line in exhaustive(asked.name, asked.labels, setting, asked.jobs):
        found.append(line)
        print(f"{line}, {line.seconds:.0f} s", flush=True)
    if asked.write:
        keep(PAGE, EXHAUSTIVE, exhaustive_lines(found))
    return setting != "accurate" or all(line.largest <= 0.501 for line in found)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("module", nargs="?", type=Path, help="a Python file; default: exported")
    parser.add_argument("--as", dest="name", choices=TRUTHS, default="binary-cross-entropy")
    parser.add_argument("--to", choices=("numpy", "numba", "c"), default="numpy")
    parser.add_argument("--setting", choices=("accurate", "fast"), help="of c")
    parser.add_argument("--exhaustive", action="store_true", help="all float32 logits, in C")
    parser.add_argument(
        "-n", type=int, help="points per grid; 1,000,000, and 20,000 with --all, unless told"
    )
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count(), help="processes")
    parser.add_argument("--all", action="store_true", help="all targets and peers, side by side")
    parser.add_argument("--systems", nargs="+", metavar="NAME", help="with --all: only these")
    parser.add_argument("--write", action="store_true", help="of --all and --exhaustive: keep it")
    parser.add_argument(
        "--limit", type=float, default=3.0, help="largest error allowed, in ulp; not with --all"
    )
    parser.add_argument("--labels", type=float, nargs="+", default=[0.0, 1.0], metavar="Y")
    asked = parser.parse_args()
    if asked.write and asked.systems:
        parser.error("--write keeps all systems: leave --systems out")
    return asked


def compare(asked: argparse.Namespace) -> bool:
    """Print all systems side by side; whether every target passes."""
    from accuracy_page import COMPARED, compared_lines, keep
    from comparison import lines, row_lines, show
    from divergences import coin_lines, divergence_lines
    from soft_labels import soft_lines

    n, console = asked.n or 20_000, Console(width=None if sys.stdout.isatty() else 140)

    def exact(function: str, label: float, s: Floats, pool: Executor) -> Rounded:
        return truth("binary-cross-entropy", function, label, s, pool)

    def wanted(name: str) -> bool:
        return not asked.systems or name in asked.systems

    # Started afresh, as libraries with threads of their own must not be forked.
    with ProcessPoolExecutor(asked.jobs, mp_context=get_context("spawn")) as pool:
        found = list(lines(exact, n, wanted, pool, console))
    for others in (soft_lines, row_lines, divergence_lines, coin_lines):
        found += others(n, wanted, console)
    show(found, console)
    if asked.write:
        keep(PAGE, COMPARED, compared_lines(found))
    return all(line.passes for line in found)


def main() -> None:
    asked = arguments()
    if asked.all:
        sys.exit(0 if compare(asked) else 1)
    if asked.exhaustive:
        sys.exit(not every_pattern(asked))
    module, n = ready(asked), asked.n or 1_000_000
    console = Console(width=None if sys.stdout.isatty() else 140)
    progress = Console(stderr=True)
    measured = []
    with progress.status("measuring") as status:
        for row in rows(module, asked.name, asked.labels, n, asked.jobs):
            measured.append(row)
            status.update(f"{row.dtype} y={row.label:g} {row.grid} {row.function}")
    show(measured, asked.limit, console)
    differs = fused_differs(module, asked.labels, n)
    if differs:
        console.print(f"[bold red]FAIL[/] {FUSED} differs from loss and gradient")
    failed = [row for row in measured if not row.passes(asked.limit)]
    sys.exit(1 if failed or differs else 0)


if __name__ == "__main__":
    main()
