"""What comes out of a derivation: a text for the terminal, Markdown, JSON, LaTeX, or a script for
SymPy alone.

One module for each target, loaded when it is wanted. A writer is a function of a `Derivation` and a
`Style`; it proves nothing and changes nothing, it only says what the derivation holds.
"""

from __future__ import annotations

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
    """What the terminal looks like: its width in columns and whether it shows colours. None: find
    out. Files do not heed it.
    """

    width: int | None = None
    colour: bool | None = None


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
        return write(derivation, Style(width, colour))


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
