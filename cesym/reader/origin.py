"""Where the characters of a formula stand in the file that it was taken from.

A formula of a paper is not a piece of its file once macros are expanded, and a cell of a notebook
has lines of its own: each character remembers where it came from.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from cesym.errors import Place


@dataclass(frozen=True, slots=True)
class Origin:
    """`offsets` says for each character of the formula, and for its end, at which character of
    `document` it stands; `source` names the file, or the cell.

    >>> origin = Origin("a.tex", "Let\\nq = p", (4, 6, 8, 9))
    >>> str(origin.place(2)), origin.place(2).text
    ('a.tex:2:5', 'q = p')
    """

    source: str
    document: str
    offsets: tuple[int, ...]

    def place(self, offset: int) -> Place:
        """The place of the character at `offset` of the formula."""
        position = self.offsets[min(offset, len(self.offsets) - 1)]
        return place_in(self.document, position, self.source)


def place_in(document: str, position: int, source: str) -> Place:
    """The place of the character at `position` of a text."""
    starts = _line_starts(document)
    line = bisect_right(starts, position)
    start = starts[line - 1]
    stop = starts[line] - 1 if line < len(starts) else len(document)
    return Place(source, line, position - start + 1, document[start:stop])


@lru_cache(maxsize=4)
def _line_starts(document: str) -> list[int]:
    """Where the lines of a text begin."""
    return [0, *(match.end() for match in re.finditer("\n", document))]
