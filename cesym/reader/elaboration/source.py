"""Where a text stands in its file."""

from __future__ import annotations

from dataclasses import dataclass

from cesym.errors import Place
from cesym.reader.origin import Origin
from cesym.reader.syntax import Span


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text stands, so that an error can point into it.

    `line` and `column` are those of its first character; `document` is the text of the whole file,
    when there is one. `origin` is given where the text is not a piece of its file.
    """

    text: str
    name: str = "<formula>"
    line: int = 1
    column: int = 1
    document: str = ""
    origin: Origin | None = None

    def place(self, at: Span) -> Place:
        """The place of `at`, by line and column of the file."""
        if self.origin is not None:
            return self.origin.place(at.start)
        before = self.text[: at.start].split("\n")
        first = len(before) == 1
        line, column = self.line + len(before) - 1, len(before[-1]) + (self.column if first else 1)
        if self.document:
            return Place(self.name, line, column, self.document.split("\n")[line - 1])
        quoted = self.text.split("\n")[len(before) - 1]
        return Place(self.name, line, column, " " * (self.column - 1) * first + quoted)
