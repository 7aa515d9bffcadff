"""Measure exported code beside what people use today: loss and gradient of rows of logits.

    python benchmarks/speed_rows.py                         the full measurement (some minutes)
    python benchmarks/speed_rows.py -n 100000 --rounds 3    a quick look
    python benchmarks/speed_rows.py --write                 keep the result in docs/performance.md

As `speed.py`, for the cross-entropy of 10 and of 1000 classes: all systems take turns in one
process for each number of threads, and first calls are not counted. Shown are the median and best
time of all rounds per logit. Exit code 1 if a goal is missed, with `--goals`.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from speed import DTYPES, ROOT, aligned, in_process, parser_of, ready, rows_and_missing, timed

CLASSES = (10, 1000)
ACCURATE, FAST = "cesym c, accurate", "cesym c, fast"
EAGER, JIT = "PyTorch, eager", "JAX and optax, jit"

ABOUT = """\
Losses and gradient of the cross-entropy of a class and a softmax, in nanoseconds per logit; {n}
logits in rows of 10 and of 1000 classes, normal with deviation 4. Written by `python
benchmarks/speed_rows.py --write`, on the machine above. All systems took turns in one process,
compilation is not counted. *times accurate* and *times fast* are a system's median over that of
`cesym c`. What is new on every call and what is written where it is told is as above.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One system: nanoseconds per logit, median and best."""

    system: str
    dtype: str
    threads: int
    classes: int
    median: float
    best: float


def bench(n: int, classes: int, dtype: str, threads: int) -> Any:
    import numpy as np
    from peers_rows import Bench

    rng = np.random.default_rng(1)
    count = max(1, n // classes)
    z, gradient = (aligned(count * classes, dtype).reshape(count, classes) for _ in range(2))
    z[:] = rng.normal(0, 4, z.shape)
    return Bench(z, rng.integers(0, classes, count), aligned(count, dtype), gradient, threads)


def ours() -> dict[str, Any]:
    """What `cesym export` writes today: name -> what makes it ready."""
    from cesym.codegen import lambdify
    from cesym.derivation import derive

    page = derive("categorical-cross-entropy")

    def placed(both: Any) -> Any:
        def make(b: Any) -> Any:
            out = (b.loss, b.gradient)
            return lambda: both(b.z, b.classes, out=out, num_threads=b.threads)

        return make

    def fresh(both: Any) -> Any:
        return lambda b: lambda: both(b.z, b.classes, num_threads=b.threads)

    def by_numpy(b: Any) -> Any:
        both, out = lambdify(page).loss_and_gradient, (b.loss, b.gradient)
        return lambda: both(b.z, b.classes, out=out)

    def by_numba(b: Any) -> Any:
        return placed(lambdify(page, target="numba").loss_and_gradient)(b)

    made = {"cesym numpy": by_numpy, "cesym numba": by_numba}
    for name, setting in ((ACCURATE, "accurate"), (FAST, "fast")):
        both = lambdify(page, target="c", setting=setting).loss_and_gradient
        made[name] = placed(both)
        made[f"{name}, new arrays"] = fresh(both)
        for level, label in ((1, "AVX2"), (0, "neither")):
            made[f"{name}, {label}"] = placed(at_level(page, setting, level))
    return made


def at_level(page: Any, setting: str, level: int) -> Any:
    """The function that a processor without AVX-512, or without AVX2, would run."""
    from cesym.codegen.c.compiling import compiled
    from cesym.codegen.c.programs import name_in_c
    from cesym.codegen.c.rows import module
    from cesym.codegen.c.rows.wrapper import wrapped
    from cesym.codegen.rowwise import row_loss_of

    found = row_loss_of(page)
    assert found is not None
    text = f"#define CESYM_LEVEL {level}\n{module(found, setting, documented=False)}"
    return wrapped(name_in_c(found.page), compiled(text)).loss_and_gradient


def measure(asked: argparse.Namespace, threads: int) -> dict[str, Any]:
    """Rows of one process."""
    import numpy as np
    from peers_rows import PEERS

    np.seterr(all="ignore")
    rows, missing = [], []
    for dtype in DTYPES:
        for classes in CLASSES:
            b = bench(asked.n, classes, dtype, threads)
            runs, missing = ready({**ours(), **PEERS}, b, asked.only)
            for name, middle, best in timed(runs, b.z.size, asked.rounds):
                rows.append(asdict(Row(name, dtype, threads, classes, middle, best)))
    return {"rows": rows, "missing": missing}


def tables(rows: Sequence[Row]) -> Iterator[str]:
    """A Markdown table for each type, number of classes and number of threads."""
    keys = dict.fromkeys((row.dtype, row.classes, row.threads) for row in rows)
    for key in keys:
        part = [row for row in rows if (row.dtype, row.classes, row.threads) == key]
        ours = [
            next((row.median for row in part if row.system == system), None)
            for system in (ACCURATE, FAST)
        ]
        dtype, classes, threads = key
        yield f"### {dtype}, {classes} classes, {threads} thread{'s' * (threads > 1)}\n"
        yield "| system | median | best | times accurate | times fast |"
        yield "|---|--:|--:|--:|--:|"
        for row in sorted(part, key=lambda row: row.median):
            ratios = " | ".join(f"{row.median / our:.2f}" if our else "" for our in ours)
            yield f"| {row.system} | {row.median:.2f} | {row.best:.2f} | {ratios} |"
        yield ""


def goals(rows: Sequence[Row]) -> list[tuple[str, bool]]:
    """What was promised, and whether it holds: by medians."""
    met = []
    medians = {(row.system, row.dtype, row.classes, row.threads): row.median for row in rows}
    for dtype in DTYPES:
        for classes in CLASSES:
            for text, slow, quick, needed in (
                (f"accurate over {EAGER}", (EAGER, 1), (ACCURATE, 1), 2.0),
                (f"fast over {JIT}", (JIT, 1), (FAST, 1), 1.5),
                ("accurate, two threads over one", (ACCURATE, 1), (ACCURATE, 2), 1.7),
            ):
                above, below = (
                    medians.get((system, dtype, classes, threads))
                    for system, threads in (slow, quick)
                )
                if above and below:
                    ratio = above / below
                    text = f"{dtype}, {classes} classes, {text}: {ratio:.2f} (goal {needed:g})"
                    met.append((text, ratio >= needed))
    return met


def written(path: Path, n: int, shown: Sequence[str]) -> None:
    """The part of the page on rows, anew."""
    from speed_report import ROWS, section

    text = path.read_text("utf-8") if path.exists() else "# Speed\n"
    text = text.removesuffix(section(path, ROWS)).rstrip()
    about = ABOUT.format(n=f"{n:.0e}".replace("e+0", "e"))
    body = "\n".join(shown).rstrip()
    path.write_text(f"{text}\n\n{ROWS}\n\n{about}\n{body}\n", encoding="utf-8")


def main() -> None:
    asked = parser_of(__doc__, 2_000_000, "logits").parse_args()
    if asked.worker:
        print(json.dumps(measure(asked, asked.worker)))
        return
    found = [in_process(__file__, threads) for threads in asked.threads]
    rows, missing = rows_and_missing(found, Row)
    met = goals(rows)
    told = [f"- {'met' if ok else 'missed'}: {text}" for text, ok in met]
    told += [f"- not installed: {', '.join(missing)}"] if missing else []
    shown = [*told, "", *tables(rows)]
    print(*shown, sep="\n")
    if asked.write:
        written(ROOT / "docs" / "performance.md", asked.n, shown)
    sys.exit(asked.goals and not all(ok for _text, ok in met))


if __name__ == "__main__":
    main()
