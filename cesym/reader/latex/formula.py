"""The text of a formula and where it stands, so that every error can point into it.

Here are the limits on what is read at all. This module knows nothing of LaTeX.
"""

from __future__ import annotations

from dataclasses import dataclass

from cesym.errors import Place, ReadError
from cesym.reader.origin import Origin
from cesym.reader.syntax import Span

LONGEST_FORMULA = 4000
"""Characters of one expression."""

LONGEST_DISPLAY = 40_000
"""Characters of one display, all its rows together."""

DEEPEST_NESTING = 60
"""Brackets, braces and arguments inside each other."""

LONGEST_NUMBER = 40
"""Digits of one literal."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A text to read, and its place in a file.

    `line` and `column` are those of its first character. `document` is the text of the whole file,
    when there is one: errors quote their line from it. `origin` is given where the text is not a
    piece of its file, and says more than these.
    """

    text: str
    source: str = "<formula>"
    line: int = 1
    column: int = 1
    document: str = ""
    origin: Origin | None = None

    def place(self, at: Span) -> Place:
        """The line and column of `at`, counted in characters from 1."""
        if self.origin is not None:
            return self.origin.place(at.start)
        before = self.text[: at.start].split("\n")
        line, first = self.line + len(before) - 1, len(before) == 1
        column = len(before[-1]) + (self.column if first else 1)
        if self.document:
            return Place(self.source, line, column, self.document.split("\n")[line - 1])
        padding = " " * (self.column - 1) if first else ""
        return Place(self.source, line, column, padding + self.text.split("\n")[len(before) - 1])

    def quote(self, at: Span) -> str:
        """The text at `at`."""
        return self.text[at.start : at.stop]

    def error(
        self, at: Span, template: str, remedy: str | None = None, **fields: object
    ) -> ReadError:
        """A ReadError that points at `at`."""
        return ReadError(template, place=self.place(at), remedy=remedy, **fields)

    def ambiguous(self, at: Span, first: str, second: str) -> ReadError:
        """The error for a text with two readings; it names both."""
        return self.error(
            at,
            "{text} can mean {first} or {second}",
            "write the one that is meant",
            text=self.quote(at),
            first=first,
            second=second,
        )

    def limited(self, length: int) -> Formula:
        """The formula itself. Raises ReadError when it has more than `length` characters."""
        if len(self.text) <= length:
            return self
        raise self.error(
            Span(length, length + 1),
            "the formula has {found} characters, more than {length}",
            "divide it, with definitions",
            found=len(self.text),
            length=length,
        )
