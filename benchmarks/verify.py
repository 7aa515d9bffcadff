"""Hold the verdicts of cesym on a file of claims against those of SymPy, in one run.

    python benchmarks/verify.py ../shared/claims/claims.jsonl
    python benchmarks/verify.py claims.jsonl --rows          and what each says of each claim
    python benchmarks/verify.py claims.jsonl --kind equality -j 2

Three columns: `cesym`; `simplify(left - right) == 0`; `(left - right).equals(0)`. SymPy is given
every help: cesym reads the claim, declares what SymPy can be told of the symbols, unfolds the named
functions and takes the derivatives; limits are taken by `limit`, inequalities decided by
`simplify`; minima are unknown to it. What SymPy answers is taken by its word: True is proved; of
`equals` False is refuted, of `simplify` only a number other than 0. Every call is made in a process
that is killed after --seconds. A row is right or wrong by the `truth` in the file. Exit code 1 if
cesym decides one wrong.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rich.console import Console
from rich.table import Table

from cesym.processes import Finished, Limits, Task, finished, run

OURS, SIMPLIFY, EQUALS = "cesym", "simplify(l - r) == 0", "equals"
OUTCOMES = ("right", "wrong", "unknown", "timed out", "error")
BY_TRUTH = {True: "proved", False: "refuted"}
DONE = "verify:decided"


def decided(method: str, text: str, assume: dict[str, Any], seconds: float) -> Iterator[Any]:
    """Status and seconds of one claim, as a worker answers. Reading it is not counted."""
    import sympy

    from cesym.derivation.verification import context_of, read_claim
    from cesym.prover import decide
    from cesym.prover.workspace import workspace
    from cesym.terms.optimisation import ArgMin, LimitOf, MinValue

    context = context_of(assume)
    claims = read_claim(text, context, "plain")
    started = perf_counter()
    if method == OURS:
        found = [decide(claim, seconds=seconds).status for claim in claims]
        yield worst(found), perf_counter() - started
        return
    ready = workspace(context).settle
    found = []
    for claim in claims:
        left = claim.left
        if isinstance(left, ArgMin | MinValue):
            found.append("unknown")
            continue
        if isinstance(left, LimitOf):
            side = {1: "+", 0: "+-", -1: "-"}[int(left.args[3])]
            term = sympy.limit(ready(left.args[0]), left.args[1], left.args[2], side)
        else:
            term = ready(left)
        found.append(by_sympy(method, term, claim.operator, ready(claim.right)))
    yield worst(found), perf_counter() - started


def by_sympy(method: str, left: Any, operator: str, right: Any) -> str:
    """What SymPy says of one relation."""
    from sympy import Number, Rel, false, oo, simplify, true

    if operator != "==":
        said = simplify(Rel(left, right, operator))
        return {true: "proved", false: "refuted"}.get(said, "unknown")
    if left == right:
        return "proved"
    if {left, right} & {oo, -oo}:
        return "refuted"
    difference = left - right
    if method == EQUALS:
        return {True: "proved", False: "refuted", None: "unknown"}[difference.equals(0)]
    simple = simplify(difference)
    if simple == 0:
        return "proved"
    return "refuted" if isinstance(simple, Number) else "unknown"


def worst(found: Sequence[str]) -> str:
    """The verdict on a chain of which these are the verdicts."""
    return next((one for one in ("refuted", "unknown") if one in found), "proved")


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a claim: `outcome` is one of OUTCOMES."""

    outcome: str
    seconds: float
    said: str


def answer(found: Finished, truth: bool, seconds: float) -> Answer:
    """A worker's result by the truth."""
    if found.lost is not None:
        outcome = "timed out" if found.lost.kind == "time" else "error"
        return Answer(outcome, seconds if outcome == "timed out" else 0.0, str(found.lost.why))
    status, used = found.parts[0]
    if status == "unknown":
        return Answer("unknown", used, status)
    return Answer("right" if status == BY_TRUTH[truth] else "wrong", used, status)


def answers(
    method: str, rows: Sequence[dict[str, Any]], seconds: float, jobs: int
) -> Iterator[Answer]:
    """What a method says of the rows, in order."""
    tasks = [
        Task(
            DONE, {"method": method, "text": r["plain"], "assume": r["assume"], "seconds": seconds}
        )
        for r in rows
    ]
    limits = Limits(seconds=seconds + (1 if method == OURS else 0))
    for found in finished(run(tasks, jobs=jobs, limits=limits)):
        yield answer(found, rows[found.number]["truth"], seconds)


def table(found: dict[str, list[Answer]], title: str) -> Table:
    shown = Table("", *OUTCOMES, "median, s", "p95, s", "longest, s", title=title)
    for method, given in found.items():
        counts = Counter(one.outcome for one in given)
        times = [one.seconds for one in given if one.outcome != "error"] or [0.0]
        late = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
        used = [f"{time:.3f}" for time in (median(times), late, max(times))]
        shown.add_row(method, *(str(counts[outcome]) for outcome in OUTCOMES), *used)
    return shown


def row_table(rows: Sequence[dict[str, Any]], found: dict[str, list[Answer]]) -> Table:
    shown = Table("claim", "kind", "truth", *found)
    for number, row in enumerate(rows):
        given = [f"{a[number].outcome} {a[number].seconds:.2f} s" for a in found.values()]
        shown.add_row(str(row.get("id")), row.get("kind"), str(row["truth"]), *given)
    return shown


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("claims", type=Path, help="a file of claims, with `truth` in each line")
    parser.add_argument("--seconds", type=float, default=10.0, help="for a claim")
    parser.add_argument("--kind", help="claims of this kind only")
    parser.add_argument("--rows", action="store_true", help="show each claim")
    parser.add_argument("-j", "--jobs", type=int, default=1, help="processes")
    return parser.parse_args()


def main() -> None:
    asked = arguments()
    lines = asked.claims.read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, filter(str.strip, lines)) if "truth" in row]
    rows = [row for row in rows if asked.kind in (None, row.get("kind"))]
    console = Console(width=None if sys.stdout.isatty() else 140)
    found = {
        method: list(answers(method, rows, asked.seconds, asked.jobs))
        for method in (OURS, SIMPLIFY, EQUALS)
    }
    if asked.rows:
        console.print(row_table(rows, found))
    title = f"{len(rows)} claims, at most {asked.seconds:g} s each"
    console.print(table(found, title))
    sys.exit(1 if any(one.outcome == "wrong" for one in found[OURS]) else 0)


if __name__ == "__main__":
    main()
