"""`cesym verify --claims FILE`: many claims, one JSON object a line in, one a line out.

In: `id`; `plain`, the formula (or `latex`, with `--latex`); `assume`, an object from symbols to
domains, in which `where` holds further conditions. Other keys are left alone.

Out, in the order of the file, each line as soon as it is decided: `id`; `status`, one of `proved`,
`refuted`, `unknown`, `unreadable`; `method` (null if unreadable); `counterexample` and `residue` as
in `cesym.cli.verdicts`; `reason`, words or null; `error`, null or as in `cesym.cli.verify`;
`seconds`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from cesym.cli.codes import code_of_all
from cesym.cli.output import as_json, put
from cesym.cli.verdicts import counterexample_record
from cesym.derivation.verification import Notation, Verdicts, verify
from cesym.errors import CesymError, Place, ReadError
from cesym.prover import Verdict

Field = Literal["plain", "latex"]


def decide_all(path: str, notation: Notation, seconds: float) -> int:
    """Decide every claim of the file; what to exit with.

    Raises ReadError if the file cannot be opened.
    """
    statuses = set()
    for row in rows(path, "latex" if notation == "latex" else "plain", seconds):
        statuses.add(row["status"])
        put(as_json(row, indent=None), None)
    return code_of_all(statuses)


def rows(path: str, field: Field, seconds: float) -> Iterator[dict[str, Any]]:
    """One answer for each line that is not empty."""
    for number, line in enumerate(_lines(path), 1):
        if line.strip():
            yield _answer(line, Place(path, number, 1, line), field, seconds)


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError:
        raise ReadError("{path} is not UTF-8 text", path=path) from None
    except OSError as error:
        raise ReadError(
            "{path} cannot be read: {why}", path=path, why=error.strerror or str(error)
        ) from None


def _answer(line: str, place: Place, field: Field, seconds: float) -> dict[str, Any]:
    started, identity = time.monotonic(), None
    try:
        row = _row(line, place, field)
        identity = row.get("id")
        found = verify(row[field], let=row.get("assume", {}), notation=field, seconds=seconds)
        answer = _decided(found)
    except CesymError as error:
        answer = {"status": "unreadable", "error": error.record()}
    return {"id": identity, **EMPTY, **answer, "seconds": round(time.monotonic() - started, 3)}


EMPTY = {
    "status": None,
    "method": None,
    "counterexample": None,
    "residue": None,
    "reason": None,
    "error": None,
}


def _row(line: str, place: Place, field: Field) -> dict[str, Any]:
    """The object of a line, of the right shape."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise ReadError("this is not a line of JSON", place=place) from None
    if not isinstance(row, dict) or not isinstance(row.get(field), str):
        raise ReadError("a claim has a text under {field}", place=place, field=field)
    assume = row.get("assume", {})
    if not isinstance(assume, dict) or not all(map(_is_text, assume.values())):
        raise ReadError("assume maps symbols to domains", place=place)
    return row


def _is_text(value: object) -> bool:
    return isinstance(value, str) or (
        isinstance(value, list) and all(isinstance(one, str) for one in value)
    )


def _decided(found: Verdict | Verdicts) -> dict[str, Any]:
    """The answer of a claim; of a chain, that of the link which decides it."""
    links = found.links if isinstance(found, Verdicts) else (found,)
    link = next(link for link in links if link.status == found.status)
    return {
        "status": link.status,
        "method": link.method.render(),
        "counterexample": link.counterexample and counterexample_record(link.counterexample),
        "residue": link.residue,
        "reason": link.reason and link.reason.render(),
    }
