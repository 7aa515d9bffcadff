"""What `speed.py` measured, as a table of ratios; and the page that keeps it."""

import platform
import subprocess
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from peers import PEERS

if TYPE_CHECKING:
    from speed import Row

ACCURATE, FAST = "cesym c, accurate", "cesym c, fast"
STREAM = "memory: 2 read, 2 written past the cache"
SKLEARN = "scikit-learn HalfBinomialLoss"
PACKAGES = (
    *("numpy", "scipy", "scikit-learn", "torch", "jax", "optax", "numba", "numexpr", "sympy"),
    "cesym",
)
IN_CACHE = 32_768

Goal = tuple[str, bool]

ABOUT = """\
Loss and gradient of the binary cross-entropy from labels and logits, in nanoseconds per number.
Written by `python benchmarks/speed.py --write`. Logits are normal with deviation 4, labels
{labels}. All systems took turns in one process, compilation is not counted. GB/s counts two numbers
read and two written; *times accurate* is a system's median over that of `cesym c, accurate`. The
rows `new arrays` allocate their results on every call, as NumPy, SciPy, SymPy, PyTorch and JAX do;
the others write where they are told. `AVX2` and `neither` are the loops that processors without
AVX-512, or without AVX2, run.
"""


def pick(
    rows: Sequence["Row"], system: str, dtype: str, threads: int, *, cache: bool
) -> "Row | None":
    found = [
        row
        for row in rows
        if (row.system, row.dtype, row.threads) == (system, dtype, threads)
        and (row.n == IN_CACHE) == cache
    ]
    return found[0] if found else None


def fastest(rows: Sequence["Row"], dtype: str, threads: int, *, cache: bool) -> "Row | None":
    """The peer with the least median."""
    found = [pick(rows, name, dtype, threads, cache=cache) for name in PEERS]
    return min((row for row in found if row), key=lambda row: row.median, default=None)


def tables(rows: Sequence["Row"]) -> Iterator[str]:
    """A Markdown table for each type, size and number of threads."""
    keys = dict.fromkeys((row.dtype, row.n, row.threads) for row in rows)
    for dtype, n, threads in keys:
        part = [row for row in rows if (row.dtype, row.n, row.threads) == (dtype, n, threads)]
        ours = [
            next((r.median for r in part if r.system == name), None) for name in (ACCURATE, FAST)
        ]
        size = "in cache" if n == IN_CACHE else f"n = {n:.0e}".replace("e+0", "e")
        yield f"### {dtype}, {size}, {threads} thread{'s' * (threads > 1)}\n"
        yield "| system | median | best | GB/s | times accurate | times fast |"
        yield "|---|--:|--:|--:|--:|--:|"
        for row in sorted(part, key=lambda row: row.median):
            ratios = [f"{row.median / our:.2f}" if our else "" for our in ours]
            bytes_each = 32 if dtype == "float64" else 16
            cells = [f"{nanoseconds(row):.2f}", f"{nanoseconds(row, best=True):.2f}"]
            rate = bytes_each / nanoseconds(row)
            yield f"| {row.system} | {' | '.join(cells)} | {rate:.1f} | {' | '.join(ratios)} |"
        yield ""


def nanoseconds(row: "Row", *, best: bool = False) -> float:
    """Per number."""
    return row.best if best else row.median


def goals(rows: Sequence["Row"]) -> list[Goal]:
    """What was promised, and whether it holds: by medians."""
    met: list[Goal] = []

    def add(text: str, measured: float, needed: float) -> None:
        met.append((f"{text}: {measured:.2f} (goal {needed:g})", measured >= needed))

    for dtype in ("float64", "float32"):
        accurate, fast = (pick(rows, name, dtype, 1, cache=False) for name in (ACCURATE, FAST))
        peer, stream = (
            fastest(rows, dtype, 1, cache=False),
            pick(rows, STREAM, dtype, 1, cache=False),
        )
        sklearn = pick(rows, SKLEARN, dtype, 1, cache=False)
        if accurate and fast and peer:
            add(f"{dtype}, accurate over {peer.system}", peer.median / accurate.median, 2.5)
            add(f"{dtype}, fast over {peer.system}", peer.median / fast.median, 5)
        if accurate and sklearn:
            add(f"{dtype}, accurate over scikit-learn", sklearn.median / accurate.median, 5)
        if fast and stream:
            add(f"{dtype}, fast, share of the bandwidth", stream.median / fast.median, 0.75)
        near, cached = (
            fastest(rows, dtype, 1, cache=True),
            pick(rows, ACCURATE, dtype, 1, cache=True),
        )
        if near and cached:
            add(f"{dtype}, accurate in cache over {near.system}", near.median / cached.median, 1)
        for name in (ACCURATE, FAST):
            one, two = (pick(rows, name, dtype, t, cache=False) for t in (1, 2))
            if one and two:
                add(f"{dtype}, {name}, two threads over one", one.median / two.median, 1.7)
    return met


def shown(rows: Sequence["Row"], missing: Sequence[str]) -> str:
    text = "\n".join(tables(rows))
    return f"{text}\nNot installed: {', '.join(missing)}\n" if missing else text


def machine() -> list[str]:
    """The processor, its memory, and the versions of everything."""
    from cesym.codegen.c.compiling import FLAGS, find_compiler

    lines = (
        Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        if Path("/proc/cpuinfo").exists()
        else []
    )
    about = dict(line.split(":", 1) for line in lines if ":" in line)
    about = {key.strip(): value.strip() for key, value in about.items()}
    levels = [name for name in ("avx512f", "avx2", "fma") if name in about.get("flags", "").split()]
    compiler = subprocess.run(
        [find_compiler(), "--version"], capture_output=True, text=True, check=True
    )
    found = []
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return [
        f"- {about.get('model name', platform.processor())}, {about.get('cpu cores', '?')} cores,"
        f" caches {about.get('cache size', '?')}; {', '.join(levels)}",
        f"- {platform.system()} {platform.release()}, Python {platform.python_version()}",
        f"- {compiler.stdout.splitlines()[0]}, `{' '.join(FLAGS)}`",
        f"- {', '.join(found)}",
    ]


def written(
    path: Path, rows: Sequence["Row"], missing: Sequence[str], met: Sequence[Goal], *, soft: bool
) -> None:
    """The page, anew."""
    parts = [
        "# Speed\n",
        ABOUT.format(labels="between 0 and 1" if soft else "0 or 1"),
        "## The machine\n",
        *machine(),
        *([f"- not installed: {', '.join(missing)}"] if missing else []),
        "",
        "## Goals\n",
        *(f"- {'met' if ok else 'missed'}: {text}" for text, ok in met),
        "",
        "## Measured\n",
        *tables(rows),
    ]
    kept = section(path, ROWS)
    text = "\n".join(parts).rstrip() + "\n"
    path.write_text(f"{text}\n{kept}" if kept else text, encoding="utf-8")


ROWS = "## Losses of rows"
"""The heading of the part that `speed_rows.py` writes, at the end of the page."""


def section(path: Path, heading: str) -> str:
    """What stands on the page from a heading on, "" if it is not there."""
    text = path.read_text("utf-8") if path.exists() else ""
    _before, found, after = text.partition(f"{heading}\n")
    return found + after
