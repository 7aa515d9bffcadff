"""What comes out of a derivation: a text for the terminal, Markdown, JSON, LaTeX, or a script for
SymPy alone.

One module for each target, loaded when it is wanted. A writer is a function of a `Derivation` and a
`Style`; it proves nothing and changes nothing, it only says what the derivation holds.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cesym.errors import UnknownName
from cesym.messages import using_language

if TYPE_CHECKING:
    from cesym.derivation.steps import Derivation

TARGETS: dict[str, str] = {
    "text": "cesym.documents.text:write",
    "markdown": "cesym.documents.markdown:write",
    "latex": "cesym.documents.latex:write",
    "json": "cesym.documents.json:write",
    "sympy": "cesym.documents.sympy_script:write",
}
"""Target -> the writer, as module:function."""


@dataclass(frozen=True, slots=True)
class Style:
    """How wide a text is, in columns, and whether it has colours. Only `text` heeds it."""

    width: int
    colour: bool

    @classmethod
    def of_terminal(cls) -> Style:
        """As standard output shows it: colours only for a terminal, unless NO_COLOR is set."""
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        return cls(shutil.get_terminal_size((PIPED, 24)).columns, colour)

    @classmethod
    def of_file(cls) -> Style:
        """As a file shows it."""
        return cls(shutil.get_terminal_size((PIPED, 24)).columns, colour=False)


PIPED = 100
"""Columns where there is no terminal."""

Writer = Callable[["Derivation", Style], str]


def render(
    derivation: Derivation,
    to: str = "text",
    *,
    language: str | None = None,
    width: int | None = None,
    colour: bool | None = None,
) -> str:
    """The derivation as a document of the kind `to`, one of `TARGETS`.

    `language` is that of the words around the page, which keeps its own; without it they are in the
    page's language. Raises UnknownName for another target, and OutputError for what a target cannot
    hold.
    """
    write = _writer(to)
    with using_language(language or derivation.language):
        found = Style.of_terminal()
        return write(
            derivation,
            Style(width or found.width, found.colour if colour is None else colour),
        )


def _writer(to: str) -> Writer:
    from importlib import import_module

    if to not in TARGETS:
        raise UnknownName(
            "there is no document called {name}",
            remedy="it is one of: {targets}",
            name=to,
            targets=", ".join(TARGETS),
        )
    module, _, function = TARGETS[to].partition(":")
    return getattr(import_module(module), function)
