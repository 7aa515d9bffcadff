"""A page with its meaning: what its displays say, in the context that they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cesym.errors import CesymError, Place
from cesym.reader.elaborate import Elaborated
from cesym.reader.pages import Display, Heading, Marker, Page, Paragraph
from cesym.reader.syntax import Define, Side
from cesym.terms.context import Context, Definition


@dataclass(frozen=True, slots=True)
class Operand:
    """One side of a link: the author's LaTeX, the tree, and its meaning. `meaning` is None for a
    `?`.
    """

    latex: str
    node: Side | None
    meaning: Elaborated | None
    place: Place


@dataclass(frozen=True, slots=True)
class Link:
    """`before operator after`, with the reason written beside it."""

    before: Operand
    operator: str
    after: Operand
    reason: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class ReadChain:
    """A chain of a display, in the context that it stands in. `whole` says that it is written
    between vectors or matrices, and read as one about their entries.
    """

    first: Operand
    links: tuple[Link, ...]
    context: Context
    marker: Marker | None
    place: Place
    whole: bool = False


@dataclass(frozen=True, slots=True)
class ReadDefinition:
    """A displayed definition."""

    definition: Definition
    latex: str
    context: Context
    place: Place


@dataclass(frozen=True, slots=True)
class Unread:
    """A display that was left out (`skip`) or could not be read (`error`)."""

    display: Display
    error: CesymError | None
    place: Place


ReadBlock = Heading | Paragraph | ReadDefinition | Unread | tuple[ReadChain, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A page with its meaning.

    `context` is what holds when the last section has ended; `problems` are the errors in its prose;
    `defines` are the definitions as written, by name.
    """

    page: Page
    blocks: tuple[ReadBlock, ...]
    context: Context
    problems: tuple[CesymError, ...] = ()
    exports: tuple[tuple[str, Elaborated, str], ...] = field(default=())
    defines: Mapping[str, Define] = field(default_factory=dict)
