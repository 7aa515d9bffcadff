"""Where a text stands in its file."""

from __future__ import annotations

from dataclasses import dataclass

from cesym.errors import Place
from cesym.reader.syntax import Span


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text stands, so that an error can point into it."""

    text: str
    name: str = "<formula>"
    line: int = 1
    column: int = 1

    def place(self, at: Span) -> Place:
        """The place of `at`, by line and column of the file."""
        before = self.text[: at.start]
        line = self.line + before.count("\n")
        column = at.start - (before.rfind("\n") + 1) + (self.column if "\n" not in before else 1)
        quoted = self.text.splitlines() or [""]
        return Place(self.name, line, column, quoted[min(before.count("\n"), len(quoted) - 1)])
