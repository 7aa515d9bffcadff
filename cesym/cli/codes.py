"""What `cesym` exits with."""

from __future__ import annotations

from collections.abc import Iterable

OK = 0
REFUTED = 1
UNREADABLE = 2
"""Not readable, or wrong usage."""
UNKNOWN = 3
INTERRUPTED = 130
BROKEN_PIPE = 141

BY_STATUS = {"proved": OK, "refuted": REFUTED, "unreadable": UNREADABLE, "unknown": UNKNOWN}


def code_of_all(statuses: Iterable[str]) -> int:
    """The code of many: that of the worst, where refuted comes before unreadable before unknown.

    >>> code_of_all(["proved", "unknown", "unreadable"]), code_of_all([])
    (2, 0)
    """
    found = {BY_STATUS[status] for status in statuses}
    return next((code for code in (REFUTED, UNREADABLE, UNKNOWN) if code in found), OK)
