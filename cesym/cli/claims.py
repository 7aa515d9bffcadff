"""`cesym verify --claims FILE`: many claims, one JSON object a line in, one a line out.

In: `id`; `plain`, the formula (or `latex`, with `--latex`); `assume`, an object from symbols to
domains, in which `where` holds further conditions. Other keys are left alone.

Out, in the order of the file, each line as soon as it and those before it are decided: `id`;
`status`, one of `proved`, `refuted`, `unknown`, `unreadable`; `method` (null if unreadable);
`counterexample`, `mistake` and `residue` as in `cesym.cli.verdicts`; `reason`, words or null;
`error`, null or as in `cesym.cli.verify`; `seconds`.

The claims are decided by `cesym.cli.answers`, in worker processes that are killed when a claim
passes its time or the limit on memory, even inside a library; such a claim is unknown. With 0
workers it is this process that decides them, and only the prover itself looks at the clock.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cesym.cli.codes import code_of_all
from cesym.cli.output import as_json, put
from cesym.errors import ReadError
from cesym.messages import _
from cesym.processes import Finished, Limits, Task, finished, run, run_here

if TYPE_CHECKING:
    from cesym.derivation.verification import Notation

ANSWER = "cesym.cli.answers:answer"

EXTRA_SECONDS = 1.0
"""What a worker gets beyond the time of the claim, in which the prover should stop by itself."""


def decide_all(path: str, notation: Notation, seconds: float, jobs: int) -> int:
    """Decide every claim of the file; what to exit with.

    Raises ReadError if the file cannot be opened.
    """
    lines = [(number, line) for number, line in enumerate(_lines(path), 1) if line.strip()]
    field = "latex" if notation == "latex" else "plain"
    tasks = [
        Task(ANSWER, {"line": line, "path": path, "number": n, "field": field, "seconds": seconds})
        for n, line in lines
    ]
    limits = Limits(seconds=seconds + EXTRA_SECONDS)
    events = run(tasks, jobs=jobs, limits=limits) if jobs else run_here(tasks)
    statuses = set()
    for found in finished(events):
        if found.complete:
            row = _row(found, lines)
            statuses.add(row["status"])
            put(as_json(row, indent=None), None)
    return code_of_all(statuses)


def _row(found: Finished, lines: Sequence[tuple[int, str]]) -> dict[str, Any]:
    """The answer of a worker, or that of a claim which was lost with it."""
    if found.parts and found.parts[-1] is not None:
        return found.parts[-1]
    assert found.lost is not None
    row = json.loads(lines[found.number][1])
    words = {"method": _("not decided"), "reason": found.lost.why.render()}
    return {"id": row.get("id"), **EMPTY, "status": "unknown", **words}


EMPTY = {
    "status": None,
    "method": None,
    "counterexample": None,
    "mistake": None,
    "residue": None,
    "reason": None,
    "error": None,
    "seconds": None,
}
"""The keys of an answer after `id`."""


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError:
        raise ReadError("{path} is not UTF-8 text", path=path) from None
    except OSError as error:
        raise ReadError(
            "{path} cannot be read: {why}", path=path, why=error.strerror or str(error)
        ) from None
