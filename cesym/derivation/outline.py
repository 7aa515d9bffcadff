"""What a page says, before any of it is proved: its definitions, what its chains end in, its
exports. A page that is going to be continued is proved once, with what is added to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

from sympy import Expr

from cesym.derivation.lines import Lines
from cesym.derivation.steps import Export
from cesym.derivation.structure import structure
from cesym.errors import ReadError
from cesym.reader.elaborate import Elaborated
from cesym.reader.meanings import Link, Operand, ReadChain, Reading, Unread
from cesym.terms.context import Context
from cesym.terms.printing import latex


@dataclass(frozen=True, slots=True)
class Ends:
    """What a chain begins with, what its equalities end in, and the LaTeX of that; `whole` if no
    other relation comes after them.
    """

    start: Expr
    result: Expr
    latex: str
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Outline:
    """What a page declares, defines and exports. `known` maps the structure of a left side to what
    its first chain ended in.
    """

    language: str
    context: Context
    known: Mapping[Expr, Expr]
    exports: tuple[Export, ...]

    def export(self, name: str) -> Export | None:
        """The export called `name`."""
        return next((export for export in self.exports if export.name == name), None)


def outline_of(reading: Reading) -> Outline:
    """The outline of a page that was read. Raises CesymError for what cannot be read, and for a
    line that its rule cannot fill in.
    """
    errors = [block.error for block in reading.blocks if isinstance(block, Unread)]
    for problem in (*reading.problems, *errors):
        if problem is not None:
            raise problem
    ends = tuple(_ends(reading))
    known: dict[Expr, Expr] = {}
    for one in ends:
        if one.whole:
            known.setdefault(structure(one.start), one.result)
    exports = tuple(export_of(*row, ends, reading.context) for row in reading.exports)
    return Outline(reading.page.language, reading.context, known, exports)


def export_of(
    name: str, meaning: Elaborated, text: str, ends: Iterable[Ends], context: Context
) -> Export:
    """What is exported; a definition's body where no chain starts with it. `ends` are those of the
    chains that hold without a hypothesis.
    """
    wanted = structure(meaning.term)
    found = [one for one in ends if structure(one.start) == wanted]
    if not found:
        body = context.unfold_definitions(meaning.term)
        return Export(name, meaning.term, body, body, text, latex(body, context))
    first, stable = found[0], context.unfold_definitions(found[-1].result)
    return Export(name, meaning.term, first.result, stable, text, first.latex)


def _ends(reading: Reading) -> Iterator[Ends]:
    """The ends of the chains between numbers, without hypotheses, before any inequality."""
    lines = Lines(reading.page.language)
    chains = [c for block in reading.blocks if isinstance(block, tuple) for c in block]
    for chain in chains:
        equal = tuple(takewhile(lambda link: link.operator == "==", chain.links))
        if chain.marker is not None or not equal:
            continue
        start, end = _term(chain.first), _end(chain, equal, lines)
        whole = len(equal) == len(chain.links)
        if whole:
            lines.note(start, _term(end))
        if not (chain.context.hypotheses or chain.whole):
            yield Ends(start, _term(end), end.latex, whole)


def _end(chain: ReadChain, links: Iterable[Link], lines: Lines) -> Operand:
    """The last side of the first links of a chain. What is written is taken as it is, only `?` is
    worked out.
    """
    end = chain.first
    for link in links:
        if link.after.meaning is not None:
            end = link.after
        else:
            end = lines.after(link, _term(end), chain)[1]
    return end


def _term(side: Operand) -> Expr:
    if side.meaning is None:
        raise ReadError("the left side of a display cannot be ?", place=side.place)
    return side.meaning.term
