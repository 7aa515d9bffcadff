"""The answer to one line of a file of claims, as `cesym.cli.claims` describes it: made in a worker,
where no verdict but its record can leave.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import sympy.tensor.tensor  # noqa: F401 - SymPy's first sum would: here it is no claim's time

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
    """The answer to line `number` of the file, which the last part is.

    Each link has its own time, so there is a None for each that was decided; and the answer comes
    once without the likely mistake, which a worker stopped in the search of it does not take along.
    """
    started, identity = time.monotonic(), None

    def whole(found: dict[str, Any]) -> dict[str, Any]:
        used = round(time.monotonic() - started, 3)
        return {"id": identity, **EMPTY, **found, "seconds": used}

    try:
        row = _row(line, Place(path, number, 1, line), field)
        identity = row.get("id")
        links = []
        for link in read_claim(row[field], context_of(row.get("assume", {})), field):
            links.append(decide(link, seconds=seconds))
            yield None
    except CesymError as error:
        yield whole({"status": "unreadable", "error": error.record()})
        return
    link = _deciding(links)
    yield whole(_decided(link))
    mistake = diagnose_in_time(link, seconds)
    if mistake is not None:
        yield whole(_decided(link) | {"mistake": mistake_record(mistake)})


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


def _deciding(links: Sequence[Verdict]) -> Verdict:
    """The link of a chain that decides it."""
    status = Verdicts(tuple(links)).status
    return next(link for link in links if link.status == status)


def _decided(link: Verdict) -> dict[str, Any]:
    return {
        "status": link.status,
        "method": link.method.render(),
        "counterexample": link.counterexample and counterexample_record(link.counterexample),
        "residue": link.residue,
        "reason": link.reason and link.reason.render(),
    }
