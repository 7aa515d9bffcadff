"""Measure exported code beside what people use today: loss and gradient of binary cross-entropy.

    python benchmarks/speed.py                         the full measurement (about ten minutes)
    python benchmarks/speed.py -n 1000000 --rounds 3   a quick look
    python benchmarks/speed.py --write                 keep the result in docs/performance.md

All systems take turns in one process for each number of threads, so that what else the machine does
hits all alike; first calls and compilation are not counted. Shown are the median and the best time
of all rounds per number, beside those of the memory: two arrays read and two written, stored past
the cache. Those that can write into given arrays do; the others make new ones, as their users do. A
row "new arrays" shows what that costs. Systems that are not installed are named and left out. Exit
code 1 if a goal is missed, with `--goals`.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
DTYPES = ("float64", "float32")
IN_CACHE = 32_768
OURS = ("cesym c, accurate", "cesym c, fast")


@dataclass(frozen=True, slots=True)
class Row:
    """One system: nanoseconds per number, median and best."""

    system: str
    dtype: str
    threads: int
    n: int
    median: float
    best: float


def aligned(n: int, dtype: str) -> Any:
    """Zeros at a multiple of 64, as allocators for numeric code hand out."""
    import numpy as np

    size = n * np.dtype(dtype).itemsize
    room = np.zeros(size + 64, np.uint8)
    start = -room.ctypes.data % 64
    return room[start : start + size].view(dtype)


def bench(n: int, dtype: str, threads: int, *, soft: bool) -> Any:
    import numpy as np
    from peers import Bench

    rng = np.random.default_rng(1)
    y, s, loss, gradient = (aligned(n, dtype) for _ in range(4))
    s[:] = rng.normal(0, 4, n)
    y[:] = rng.random(n) if soft else rng.integers(0, 2, n)
    return Bench(y, s, loss, gradient, threads)


def ours() -> dict[str, Any]:
    """What `cesym export` writes today: name -> what makes it ready."""
    from cesym.codegen import TARGETS, lambdify
    from cesym.derivation import derive

    page = derive("binary-cross-entropy")

    def placed(get: Any, *, threaded: bool = True) -> Any:
        def make(b: Any) -> Any:
            both, options = get(), {"num_threads": b.threads} if threaded else {}
            return lambda: both(b.y, b.s, out=(b.loss, b.gradient), **options)

        return make

    def fresh(get: Any) -> Any:
        def make(b: Any) -> Any:
            both = get()
            return lambda: both(b.y, b.s, num_threads=b.threads)

        return make

    made: dict[str, Any] = {}
    for name in OURS:
        setting = name.rpartition(" ")[2]
        get = partial(_fused, lambdify, page, target="c", setting=setting)
        made |= {name: placed(get), f"{name}, new arrays": fresh(get)}
        for level, label in ((1, "AVX2"), (0, "neither")):
            made[f"{name}, {label}"] = placed(partial(at_level, page, setting, level))
    for target in ("numpy", "numba"):
        if target in TARGETS:
            get = partial(_fused, lambdify, page, target=target)
            made[f"cesym {target}"] = placed(get, threaded=target != "numpy")
    return made


def _fused(lambdify: Any, page: Any, **options: Any) -> Any:
    return lambdify(page, **options).loss_and_gradient


def at_level(page: Any, setting: str, level: int) -> Any:
    """The function that a processor without AVX-512, or without AVX2, would run."""
    from cesym.codegen.c import SETTINGS, kernels, module
    from cesym.codegen.c.compiling import compiled
    from cesym.codegen.c.wrapper import wrapped
    from cesym.codegen.functions import functions_of

    functions = functions_of(page)
    text = f"#define CESYM_LEVEL {level}\n{module(functions, None, setting)}"
    return wrapped(kernels(functions), SETTINGS[setting], compiled(text)).loss_and_gradient


BANDWIDTH = r"""
#include <stddef.h>
#if defined(__SSE2__)
#include <emmintrin.h>
void stream(size_t n, const double *a, const double *b, double *c, double *d, int threads)
{
#pragma omp parallel for num_threads(threads) schedule(static)
    for (size_t i = 0; i < n / 8; i++) {
        _mm_prefetch((const char *)(a + 8 * i) + 2048, _MM_HINT_T0);
        _mm_prefetch((const char *)(b + 8 * i) + 2048, _MM_HINT_T0);
        for (int k = 0; k < 8; k += 2) {
            __m128d x = _mm_load_pd(a + 8 * i + k), y = _mm_load_pd(b + 8 * i + k);
            _mm_stream_pd(c + 8 * i + k, _mm_add_pd(x, y));
            _mm_stream_pd(d + 8 * i + k, _mm_sub_pd(x, y));
        }
    }
}
#endif
void plain(size_t n, const double *a, const double *b, double *c, double *d, int threads)
{
#pragma omp parallel for num_threads(threads) schedule(static)
    for (size_t i = 0; i < n; i++) {
        c[i] = a[i] + b[i];
        d[i] = a[i] - b[i];
    }
}
"""
STREAM, STORED = "memory: 2 read, 2 written past the cache", "memory: 2 read, 2 written"


def memory(b: Any) -> dict[str, Any]:
    """Two arrays read and two written with next to no arithmetic, seen as float64."""
    from cffi import FFI

    from cesym.codegen.c.compiling import compiled

    ffi, runs = FFI(), {}
    arguments = "(size_t, const double *, const double *, double *, double *, int);"
    ffi.cdef(f"void stream{arguments} void plain{arguments}")
    library = ffi.dlopen(str(compiled(BANDWIDTH)))
    arrays = [ffi.from_buffer("double[]", a.view("float64")) for a in (b.y, b.s)]
    arrays += [ffi.from_buffer("double[]", a.view("float64")) for a in (b.loss, b.gradient)]
    for name, label in (("stream", STREAM), ("plain", STORED)):
        if hasattr(library, name):
            # The library is named in the function, since it is closed when nobody holds it.
            runs[label] = lambda name=name: getattr(library, name)(
                len(arrays[0]), *arrays, b.threads
            )
    return runs


def ready(every: dict[str, Any], b: Any, only: list[str]) -> tuple[dict[str, Any], list[str]]:
    """Everything that can be run, and the names of what is not installed."""
    runs, missing = {}, []
    for name, make in every.items():
        if only and not any(part in name for part in only):
            continue
        try:
            runs[name] = make(b)
        except ImportError as error:
            missing.append(f"{name} ({error.name})")
    return runs, missing


def measure(asked: argparse.Namespace, threads: int) -> dict[str, Any]:
    """Rows of one process. Textbook formulas overflow, which NumPy need not tell us."""
    import numpy as np
    from peers import PEERS

    np.seterr(all="ignore")
    rows, missing = [], []
    for dtype in DTYPES:
        for n in (asked.n, IN_CACHE):
            b = bench(n, dtype, threads, soft=asked.soft)
            runs, missing = ready({**ours(), **PEERS}, b, asked.only)
            for name, middle, best in timed({**memory(b), **runs}, n, asked.rounds):
                rows.append(asdict(Row(name, dtype, threads, n, middle, best)))
    return {"rows": rows, "missing": missing}


def timed(runs: dict[str, Any], n: int, rounds: int) -> Iterator[tuple[str, float, float]]:
    """Let all take turns; the median and best time of each, in nanoseconds for one of n numbers."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    repeat = max(1, 1_000_000 // n)
    for run in runs.values():
        run()
    for _ in range(rounds):
        for name, run in runs.items():
            run()
            start = time.perf_counter()
            for _ in range(repeat):
                run()
            times[name].append((time.perf_counter() - start) / repeat / n * 1e9)
    for name, found in times.items():
        yield name, sorted(found)[len(found) // 2], min(found)


def in_process(script: str, threads: int) -> dict[str, Any]:
    """A script's part for so many threads, with which every library starts; one stays on its
    core.
    """
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'benchmarks'}"}
    for name in ("OMP", "NUMBA", "MKL", "OPENBLAS", "NUMEXPR"):
        environment[f"{name}_NUM_THREADS"] = str(threads)
    if threads == 1:
        environment["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
    command = [sys.executable, script, *sys.argv[1:], "--worker", str(threads)]
    core = {max(os.sched_getaffinity(0))} if hasattr(os, "sched_getaffinity") else set()

    def hold() -> None:
        if threads == 1 and core:
            os.sched_setaffinity(0, core)

    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, check=True, preexec_fn=hold
    )
    return json.loads(done.stdout.splitlines()[-1])


def parser_of(about: str | None, n: int, what: str) -> argparse.ArgumentParser:
    """The options of a measurement of speed, at `n` of `what` unless another number is said."""
    parser = argparse.ArgumentParser(
        description=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("-n", type=int, default=n, help=what)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--only", nargs="+", default=[], help="systems whose names hold this")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    parser.add_argument("--goals", action="store_true", help="exit code 1 if a goal is missed")
    parser.add_argument("--worker", type=int, help=argparse.SUPPRESS)
    return parser


def arguments() -> argparse.Namespace:
    parser = parser_of(__doc__, 10_000_000, "numbers")
    parser.add_argument("--soft", action="store_true", help="labels between 0 and 1")
    return parser.parse_args()


def rows_and_missing(
    found: Sequence[dict[str, Any]], row: type[Any]
) -> tuple[list[Any], list[str]]:
    """The rows of all processes, and the names of what is not installed."""
    rows = [row(**one) for part in found for one in part["rows"]]
    return rows, sorted({name for part in found for name in part["missing"]})


def main() -> None:
    asked = arguments()
    if asked.worker:
        print(json.dumps(measure(asked, asked.worker)))
        return
    from speed_report import goals, shown, written

    found = [in_process(__file__, threads) for threads in asked.threads]
    rows, missing = rows_and_missing(found, Row)
    print(shown(rows, missing))
    met = goals(rows)
    print(*(f"{'met' if ok else 'MISSED'}: {text}" for text, ok in met), sep="\n")
    if asked.write:
        written(ROOT / "docs" / "performance.md", rows, missing, met, soft=asked.soft)
    sys.exit(asked.goals and not all(ok for _text, ok in met))


if __name__ == "__main__":
    main()
