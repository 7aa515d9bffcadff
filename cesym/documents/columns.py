"""The columns of a display on paper: left sides, right sides, reasons. What does not fit beside its
left side stands below it.
"""

from __future__ import annotations

from collections.abc import Sequence

from cesym.documents.cutting import pieces
from cesym.documents.displays import Row
from cesym.documents.width import width

ROOM = 26.5
"""Em between the margin and the column of reasons."""

LONGEST_LEFT = 9.0
"""Em: a longer left side gets a line of its own when there is not room enough beside it."""

REASONS = 11.0
"""Em of the column of reasons: what a display without reasons has to spare."""

INDENT = 2.0
"""Em: how far a line is set in whose left side stands above it."""

RELATION = 1.4
"""Em of a relation with the space around it."""


def columns(lines: Sequence[Row]) -> tuple[bool, float]:
    """Whether the left sides stand above the lines, and how wide, in em, a right side may then be.

    >>> crowded, room = columns([Row("a", "=", "b", "a reason")])
    >>> crowded, 24 < room < 25
    (False, True)
    """
    left = max(width(line.left) for line in lines)
    right = max(width(line.right) for line in lines)
    room = ROOM - RELATION + (0.0 if any(line.reason for line in lines) else REASONS)
    beside, below = room - left, room - INDENT
    crowded = right > beside and (
        left > LONGEST_LEFT or (left > INDENT and not _fit(lines, beside) and _fit(lines, below))
    )
    return crowded, below if crowded else beside


def _fit(lines: Sequence[Row], room: float) -> bool:
    """Whether every right side can be cut into pieces that are not wider than `room`."""
    return all(width(piece) <= room for line in lines for piece in pieces(line.right, room))
