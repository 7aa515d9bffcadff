"""The long test of soundness: random and mutated claims, held against the independent evaluator.

    python benchmarks/soundness.py                        100,000 claims shown false, as many true
    python benchmarks/soundness.py -n 5000 -j 2
    python benchmarks/soundness.py --log run.jsonl        begun before: goes on where it stopped

Until N claims of all kinds are shown false by the evaluator, and N shown true, each is decided: no
false one may be proved, no true one refuted. Then N/5 random texts and N/5 mutated formulas are
given to the readers: each is read, or refused with its place. Work is done in shares, each with a
seed of its own, in processes that are killed when a case takes too long. Exit code 1 if anything is
wrong; what is wrong is printed at once, with the seed that makes it again.
"""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402

from cesym.processes import Finished, Limits, Task, finished, run  # noqa: E402
from tests.soundness.cases import KINDS  # noqa: E402
from tests.soundness.shares import OF_A_SHARE  # noqa: E402
from tests.soundness.strings import TEXTS  # noqa: E402

SECONDS_FOR_A_CASE = 60.0
SHARES_OF_A_ROUND = {"step": 4, "derivative": 10, "iff": 4, "convexity": 3, "definite": 1}
"""Shares that a kind has in a round. Of the others, of which a case takes 15 ms, it is `MOST`."""

MOST = 25

TEXTS_PER_CLAIM = 5
"""One random text of each kind for so many claims that are shown false."""


@dataclass(slots=True)
class Tally:
    """What has been counted: (kind, shown, status) -> how many; the slowest case; what is wrong."""

    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    slowest: dict[str, float] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    done: set[tuple[str, int]] = field(default_factory=set)

    def add(self, record: dict[str, Any]) -> None:
        """Count what a share has found."""
        kind = record["kind"]
        self.done.add((kind, record["number"]))
        for shown, status, count in record["counts"]:
            self.counts[kind, shown, status] += count
        self.slowest[kind] = max(self.slowest.get(kind, 0.0), record["slowest"])
        self.wrong += record["wrong"]

    def shown(self, what: str) -> int:
        """How many claims, of all kinds, were shown to be this."""
        return sum(n for (_kind, shown, _status), n in self.counts.items() if shown == what)

    def of(self, kind: str, *wanted: str) -> int:
        """How many of one kind were shown or decided so."""
        return sum(n for key, n in self.counts.items() if key[0] == kind and {*wanted} <= {*key})


def record_of(kind: str, number: int, found: Finished) -> dict[str, Any]:
    """What a share has found, as a line of the log."""
    rows = list(found.parts)
    wrong = [f"{kind}:{number}: {row['wrong']}" for row in rows if "wrong" in row]
    if found.lost is not None:
        wrong.append(f"{kind}:{number}: case {len(rows)}: {found.lost.why}")
    counts = Counter((row["shown"], row["status"]) for row in rows)
    return {
        "kind": kind,
        "number": number,
        "counts": [[*key, count] for key, count in sorted(counts.items())],
        "slowest": max((row["seconds"] for row in rows), default=0.0),
        "wrong": wrong,
    }


def records(shares: Sequence[tuple[str, int]], jobs: int) -> Iterator[dict[str, Any]]:
    """The shares, done."""
    tasks = [
        Task("tests.soundness.shares:share", {"kind": kind, "number": number})
        for kind, number in shares
    ]
    limits = Limits(seconds=SECONDS_FOR_A_CASE)
    for found in finished(run(tasks, jobs=jobs, limits=limits)):
        if found.complete:
            yield record_of(*shares[found.number], found)


def next_shares(tally: Tally, wanted: int, jobs: int) -> list[tuple[str, int]]:
    """What is to be done next; nothing when enough has been shown."""
    if min(tally.shown("false"), tally.shown("true")) < wanted:
        each = {kind: jobs * SHARES_OF_A_ROUND.get(kind, MOST) for kind in KINDS}
    else:
        enough = wanted / TEXTS_PER_CLAIM
        each = {kind: 1 for kind in TEXTS if tally.of(kind) < enough}
    done = Counter(kind for kind, _number in tally.done)
    return [(kind, done[kind] + more) for kind, count in each.items() for more in range(count)]


def table(tally: Tally) -> Table:
    shown = Table(
        "kind", "shown false", "proved", "refuted", "shown true", "proved", "refuted", "not shown",
        "slowest, s", title="claims against the independent evaluator",
    )  # fmt: skip
    for kind in KINDS:
        counts = [
            tally.of(kind, "false"),
            tally.of(kind, "false", "proved"),
            tally.of(kind, "false", "refuted"),
            tally.of(kind, "true"),
            tally.of(kind, "true", "proved"),
            tally.of(kind, "true", "refuted"),
            tally.of(kind, "open"),
        ]
        shown.add_row(kind, *map(str, counts), f"{tally.slowest.get(kind, 0):.2f}")
    shown.add_row("all", str(tally.shown("false")), "", "", str(tally.shown("true")))
    return shown


def text_table(tally: Tally) -> Table:
    shown = Table("texts", "read", "refused", "slowest, s", title="texts against the readers")
    for kind in TEXTS:
        counts = (tally.of(kind, "read"), tally.of(kind, "refused"))
        shown.add_row(kind, *map(str, counts), f"{tally.slowest.get(kind, 0):.2f}")
    return shown


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("-n", type=int, default=100_000, help="claims shown false, and true")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    parser.add_argument("--log", type=Path, help="a line of JSON for each share; read at the start")
    return parser.parse_args()


def main() -> None:
    asked = arguments()
    console = Console(width=None if sys.stdout.isatty() else 140)
    tally = Tally()
    if asked.log and asked.log.exists():
        for line in asked.log.read_text(encoding="utf-8").splitlines():
            tally.add(json.loads(line))
    with suppress(KeyboardInterrupt):
        while shares := next_shares(tally, asked.n, asked.jobs):
            for record in records(shares, asked.jobs):
                tally.add(record)
                for wrong in record["wrong"]:
                    console.print(f"[bold red]WRONG[/] {wrong}", markup=True, soft_wrap=True)
                if asked.log:
                    with asked.log.open("a", encoding="utf-8") as file:
                        file.write(json.dumps(record) + "\n")
    console.print(table(tally), text_table(tally))
    shares_of = ", ".join(f"{kind} {size}" for kind, size in OF_A_SHARE.items())
    console.print(f"{len(tally.done)} shares ({shares_of} cases); {len(tally.wrong)} wrong")
    sys.exit(1 if tally.wrong else 0)


if __name__ == "__main__":
    main()
