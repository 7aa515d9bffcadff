"""Measure how time and memory of a verdict grow with what is asked.

    python benchmarks/scaling.py                     a table
    python benchmarks/scaling.py --to plots          and a plot of each, in the folder `plots`
    python benchmarks/scaling.py --only claims jobs

Every point is measured in a process of its own, so that its memory (the most that was resident) is
its own too. `order` is the slope between the last two points on logarithmic axes: 1 for what
grows in proportion. The plots are SVG and need matplotlib (`pip install "cesym[plot]"`).
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rich.console import Console
from rich.table import Table

from cesym.processes import Limits, Task, finished, run

Asked = tuple[str, dict[str, str]]
"""A claim, and what is declared."""

MANY = 200
"""Claims that are shared out among the workers."""

SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Axis:
    """What grows: `asked` gives the claims for a number."""

    name: str
    numbers: tuple[int, ...]
    asked: Callable[[int], list[Asked]]


def several(count: int) -> list[Asked]:
    """Different claims about a loss."""
    loss = "-(y*log(sigmoid(s)) + (1-y)*log(1-sigmoid(s)))"
    assume = {"y": "[0,1]", "s": "real"}
    return [(f"diff({n}*{loss}, s) == {n}*(sigmoid(s) - y)", assume) for n in range(1, count + 1)]


def wide(size: int) -> list[Asked]:
    """The logarithm of a product of that many factors."""
    names = [f"x{n}" for n in range(size)]
    left, right = "*".join(names), " + ".join(f"log({name})" for name in names)
    return [(f"log({left}) == {right}", dict.fromkeys(names, "(0,oo)"))]


def nested(depth: int) -> list[Asked]:
    """Functions inside each other, so deep."""
    left = right = "x"
    for _ in range(depth):
        left, right = f"softplus({left})", f"log(1+exp({right}))"
    return [(f"{left} == {right}", {"x": "real"})]


def literal(size: int) -> list[Asked]:
    """The gradient of cross-entropy over that many classes, written out."""
    total = " + ".join(f"exp(z[{k}])" for k in range(1, size + 1))
    claim = f"diff(log({total}) - z[1], z[2]) == softmax(z)[2]"
    return [(claim, {"z": f"real^{size}"})]


def free(count: int) -> list[Asked]:
    """That many indices, of which any two may be equal."""
    indices = [f"i{n}" for n in range(count)]
    left = " + ".join(f"diff(logsumexp(z), z[{i}])*z[{j}]" for i in indices for j in indices)
    right = " + ".join(f"softmax(z)[{i}]*z[{j}]" for i in indices for j in indices)
    deltas = "*".join(f"(1-delta({i},{j}))" for i, j in pairwise(indices))
    factor = f"*{deltas}" if deltas else ""
    assume = {"K": "integer>=1", "z": "real^K", **dict.fromkeys(indices, "index(K)")}
    return [(f"({left}){factor} == ({right}){factor}", assume)]


CPUS = os.cpu_count() or 1
AXES = (
    Axis("claims", (1, 10, 100, 300, 1000), several),
    Axis("size", (2, 4, 8, 16, 32, 64), wide),
    Axis("nesting", (1, 2, 4, 8, 16), nested),
    Axis("literal K", (2, 4, 8, 16, 32, 64), literal),
    Axis("free indices", (1, 2, 3, 4, 5), free),
)
JOBS = tuple(sorted({1, 2, *(n for n in (4, 8, 16, 32) if n <= CPUS)}))


@dataclass(frozen=True, slots=True)
class Point:
    """A measurement: seconds, MiB resident at most, and the claims that were not proved."""

    number: int
    seconds: float
    mebibytes: float
    left: int


def measured(axis: str, number: int) -> Iterator[tuple[float, float, int]]:
    """One point, as a worker answers, after a claim that loads what is loaded once."""
    import resource

    from cesym.derivation.verification import verify

    verify("diff(log(t), t) == 1/t", let={"t": "(0,oo)"})
    asked = next(one for one in AXES if one.name == axis).asked(number)
    started = perf_counter()
    left = sum(not verify(text, let=let, seconds=SECONDS).proved for text, let in asked)
    seconds = perf_counter() - started
    yield seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, left


def decided(texts: Sequence[Asked]) -> Iterator[int]:
    """How many of some claims were not proved."""
    from cesym.derivation.verification import verify

    yield sum(not verify(text, let=let).proved for text, let in texts)


def points(axis: Axis) -> Iterator[Point]:
    """The points of an axis; the first that is lost is the last."""
    for number in axis.numbers:
        task = Task("scaling:measured", {"axis": axis.name, "number": number})
        (found,) = finished(run([task], limits=Limits(seconds=SECONDS + 10)))
        if found.lost is not None:
            return
        yield Point(number, *found.parts[0])


def job_points() -> Iterator[Point]:
    """The time of many claims, by the number of workers, with their start."""
    for jobs in JOBS:
        tasks = [Task("scaling:decided", {"texts": [asked]}) for asked in several(MANY)]
        started = perf_counter()
        found = list(finished(run(tasks, jobs=jobs)))
        seconds = perf_counter() - started
        left = sum(one.lost is not None or one.parts[0] > 0 for one in found)
        yield Point(jobs, seconds, float("nan"), left)


def order(measured: Sequence[Point]) -> float:
    """The slope between the last two points."""
    if len(measured) < 2:
        return float("nan")
    before, last = measured[-2:]
    return log(last.seconds / before.seconds) / log(last.number / before.number)


def table(found: dict[str, list[Point]]) -> Table:
    shown = Table("grows", "number", "s", "MiB", "not proved", "order", title="scaling")
    for name, measured in found.items():
        for row, point in enumerate(measured):
            last = row == len(measured) - 1
            shown.add_row(
                name if row == 0 else "",
                str(point.number),
                f"{point.seconds:.3f}",
                "" if point.mebibytes != point.mebibytes else f"{point.mebibytes:.0f}",
                str(point.left or ""),
                f"{order(measured):.2f}" if last else "",
                end_section=last,
            )
    return shown


def plot(found: dict[str, list[Point]], folder: Path) -> None:
    """A figure for each axis."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise SystemExit('matplotlib is missing: pip install "cesym[plot]"') from None
    folder.mkdir(parents=True, exist_ok=True)
    for name, measured in found.items():
        numbers = [point.number for point in measured]
        figure = Figure(figsize=(5, 3.5), layout="constrained")
        axes = figure.subplots()
        axes.loglog(numbers, [point.seconds for point in measured], "o-", color="tab:blue")
        axes.set_xlabel(name)
        axes.set_ylabel("seconds", color="tab:blue")
        if measured and measured[0].mebibytes == measured[0].mebibytes:
            memory = axes.twinx()
            memory.plot(numbers, [p.mebibytes for p in measured], "s--", color="tab:orange")
            memory.set_ylim(bottom=0)
            memory.set_ylabel("MiB", color="tab:orange")
        figure.savefig(folder / f"{name.replace(' ', '-')}.svg")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = [axis.name for axis in AXES] + ["jobs"]
    parser.add_argument("--only", nargs="+", choices=names, default=names, metavar="AXIS")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="where to put the plots")
    return parser.parse_args()


def main() -> None:
    asked = arguments()
    found = {axis.name: list(points(axis)) for axis in AXES if axis.name in asked.only}
    if "jobs" in asked.only:
        found["jobs"] = list(job_points())
    Console(width=None if sys.stdout.isatty() else 120).print(table(found))
    if asked.to is not None:
        plot(found, asked.to)


if __name__ == "__main__":
    main()
