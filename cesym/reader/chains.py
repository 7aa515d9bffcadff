"""Chains about vectors and matrices: they are read as chains about their entries."""

from __future__ import annotations

from cesym.reader.elaborate import Entries, Source, definite_of
from cesym.reader.latex import DisplayChain
from cesym.reader.meanings import Link, Operand, ReadChain
from cesym.reader.pages import Marker
from cesym.reader.syntax import Comparison, Property
from cesym.terms.context import Context


def definite_chain(
    chain: DisplayChain, context: Context, source: Source, marker: Marker | None
) -> ReadChain:
    """What is said of a matrix."""
    (link,) = chain.links
    assert isinstance(link.right, Property)
    assert chain.left is not None and not isinstance(chain.left, Comparison | Property)
    place = source.place(link.at)
    entry, said, inner = definite_of(chain.left, link.right, context, source)
    before = Operand(chain.left_latex, chain.left, entry, place)
    after = Operand(link.right_latex, link.right, said, place)
    found = Link(before, link.operator, after, link.reason, place)
    return ReadChain(before, (found,), inner, marker, place)


def entry_chain(
    chain: DisplayChain, entries: Entries, source: Source, marker: Marker | None
) -> ReadChain:
    """An equation between vectors or matrices."""
    place = source.place(chain.links[0].at)
    texts = (chain.left_latex, *(link.right_latex for link in chain.links))
    places = (place, *(source.place(link.at) for link in chain.links))
    rows = zip(texts, entries.nodes, entries.meanings, places, strict=True)
    sides = tuple(Operand(*row) for row in rows)
    links = tuple(
        Link(before, link.operator, after, link.reason, after.place)
        for link, before, after in zip(chain.links, sides, sides[1:], strict=False)
    )
    return ReadChain(sides[0], links, entries.context, marker, place, whole=True)
