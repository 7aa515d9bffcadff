"""Texts with styles as JSON can hold them: a worker makes the lines that this process prints."""

from __future__ import annotations

from typing import Any

from rich.text import Span, Text


def as_data(line: Text) -> list[Any]:
    """A text, its style, and the styles of its stretches."""
    return [line.plain, str(line.style), [[s.start, s.end, str(s.style)] for s in line.spans]]


def as_text(data: list[Any]) -> Text:
    """The text again.

    >>> line = Text.assemble(("[x]", "bold"), " y", style="dim")
    >>> as_text(as_data(line)) == line, as_text(as_data(line)).spans == line.spans
    (True, True)
    """
    plain, style, spans = data
    return Text(plain, style, spans=[Span(*span) for span in spans])
