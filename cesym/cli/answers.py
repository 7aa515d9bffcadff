"""The answer to one line of a file of claims, as `cesym.cli.claims` describes it: made in a worker,
where no verdict but its record can leave.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from cesym.cli.claims import EMPTY
from cesym.cli.verdicts import counterexample_record, mistake_record
from cesym.derivation.verification import Verdicts, context_of, read_claim
from cesym.errors import CesymError, Place, ReadError
from cesym.prover import Verdict, decide
from cesym.prover.diagnosis import diagnose_in_time

Field = Literal["plain", "latex"]


def answer(
    *, line: str, path: str, number: int, field: Field, seconds: float
) -> Iterator[dict[str, Any] | None]:
    """The answer to line `number` of the file, after a None for every link that was decided: each
    link has its own time.
    """
    started, identity = time.monotonic(), None
    try:
        row = _row(line, Place(path, number, 1, line), field)
        identity = row.get("id")
        links = []
        for link in read_claim(row[field], context_of(row.get("assume", {})), field):
            links.append(decide(link, seconds=seconds))
            yield None
        found = _decided(links, seconds)
    except CesymError as error:
        found = {"status": "unreadable", "error": error.record()}
    used = round(time.monotonic() - started, 3)
    yield {"id": identity, **EMPTY, **found, "seconds": used}


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


def _decided(links: Sequence[Verdict], seconds: float) -> dict[str, Any]:
    """The answer of a claim; of a chain, that of the link which decides it."""
    status = Verdicts(tuple(links)).status
    link = next(link for link in links if link.status == status)
    mistake = diagnose_in_time(link, seconds)
    return {
        "status": link.status,
        "method": link.method.render(),
        "counterexample": link.counterexample and counterexample_record(link.counterexample),
        "mistake": mistake and mistake_record(mistake),
        "residue": link.residue,
        "reason": link.reason and link.reason.render(),
    }
