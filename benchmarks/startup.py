"""Measure what it costs to start cesym, against bare Python and against importing SymPy.

    python benchmarks/startup.py            the limits are judged; exit code 1 if one is passed
    python benchmarks/startup.py -n 21      more runs

`cesym --help` may take 100 ms more than `python -c pass`, and `cesym derive binary-cross-entropy`
3 times as long as `python -c "import sympy"`: the page was derived before and is found in the
cache. What deriving it anew takes is measured beside it and stated; it has no limit. The commands
of a pair run in turn, so that a machine whose speed drifts slows both alike, and what is judged is
the median over the pairs of runs. A first pair that is not counted fills the caches.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from rich.console import Console
from rich.table import Table

CESYM = "from cesym.cli import main; main()"
FEWEST_RUNS = 7


@dataclass(frozen=True, slots=True)
class Limit:
    """`cesym` with these arguments is held against `python -c baseline` by `cost`, in `unit`.

    Without `most` it is only stated.
    """

    arguments: tuple[str, ...]
    baseline: str
    cost: Callable[[float, float], float]
    most: float | None
    unit: str


LIMITS = (
    Limit(("--help",), "pass", lambda ours, theirs: 1000 * (ours - theirs), 100.0, "ms more"),
    Limit(
        ("derive", "binary-cross-entropy"),
        "import sympy",
        lambda ours, theirs: ours / theirs,
        3.0,
        "times",
    ),
    Limit(
        ("derive", "--no-cache", "binary-cross-entropy"),
        "import sympy",
        lambda ours, theirs: ours / theirs,
        None,
        "times",
    ),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """The seconds of each run of both commands, pair by pair."""

    limit: Limit
    ours: tuple[float, ...]
    theirs: tuple[float, ...]

    @property
    def cost(self) -> float:
        """The median over the pairs."""
        return median(map(self.limit.cost, self.ours, self.theirs))

    @property
    def passes(self) -> bool:
        return self.limit.most is None or self.cost <= self.limit.most


def seconds(program: str, *arguments: str, cache: str) -> float:
    """The time of one run of `python -c program arguments`, from start to exit."""
    environ = os.environ | {"CESYM_LANG": "en", "CESYM_CACHE": cache}
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env=environ,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - started


def measure(limit: Limit, runs: int) -> Measured:
    """Both commands in turn, `runs` times each; the pair that fills the cache is not counted."""
    with tempfile.TemporaryDirectory() as cache:
        pairs = [
            (seconds(CESYM, *limit.arguments, cache=cache), seconds(limit.baseline, cache=cache))
            for _ in range(runs + 1)
        ]
    ours, theirs = zip(*pairs[1:], strict=True)
    return Measured(limit, ours, theirs)


VERDICTS = {True: "[green]ok", False: "[bold red]FAIL"}


def table(measured: list[Measured], runs: int) -> Table:
    title = f"start-up, median of {runs} pairs of runs"
    shown = Table("command", "s", "held against", "s", "cost", "limit", "", title=title)
    for row in measured:
        limit = row.limit
        shown.add_row(
            " ".join(("cesym", *limit.arguments)),
            f"{median(row.ours):.3f}",
            f'python -c "{limit.baseline}"',
            f"{median(row.theirs):.3f}",
            f"{row.cost:.3g} {limit.unit}",
            "" if limit.most is None else f"{limit.most:g}",
            "stated" if limit.most is None else VERDICTS[row.passes],
        )
    return shown


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("-n", type=int, default=FEWEST_RUNS, help="pairs of runs")
    asked = parser.parse_args()
    if asked.n < 1:
        parser.error("at least one pair of runs is needed")
    return asked


def main() -> None:
    asked = arguments()
    measured = [measure(limit, asked.n) for limit in LIMITS]
    Console(width=None if sys.stdout.isatty() else 120).print(table(measured, asked.n))
    sys.exit(0 if all(row.passes for row in measured) else 1)


if __name__ == "__main__":
    main()
