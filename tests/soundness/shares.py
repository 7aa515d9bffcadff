"""A share of the long run: cases of one kind from one seed, as work for a process of its own."""

from collections.abc import Iterator
from random import Random
from time import monotonic

from tests.soundness.cases import KINDS, random_case
from tests.soundness.judging import judge
from tests.soundness.strings import TEXTS, answered

OF_A_SHARE = {**dict.fromkeys(KINDS, 50), **dict.fromkeys(TEXTS, 1000)}
"""Cases of a share, by kind."""

Row = dict[str, object]


def share(kind: str, number: int) -> Iterator[Row]:
    """One row for each case: `shown`, `status`, `seconds`, and `text` where it is wrong.

    A claim is `wrong` when it is shown false and proved, or shown true and refuted; a text when a
    reader crashes, which ends the process.
    """
    random = Random(f"{kind}:{number}")
    for _ in range(OF_A_SHARE[kind]):
        yield _text(kind, random) if kind in TEXTS else _claim(kind, random)


def _claim(kind: str, random: Random) -> Row:
    while True:
        started = monotonic()
        found = judge(random_case(kind, random), random)
        if found is not None:
            row: Row = {"shown": found.shown, "status": found.status}
            row["seconds"] = round(monotonic() - started, 3)
            return row | ({"wrong": found.text} if found.wrong else {})


def _text(kind: str, random: Random) -> Row:
    language, text = TEXTS[kind](random)
    started = monotonic()
    status = answered(language, text)
    return {"shown": "text", "status": status, "seconds": round(monotonic() - started, 3)}
