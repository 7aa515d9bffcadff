"""Equations between vectors and matrices on a page: chains about their entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sympy import Expr

from cesym.reader.elaboration.arrays import Array
from cesym.reader.elaboration.properties import meaning
from cesym.reader.elaboration.source import Source
from cesym.reader.elaboration.statements import Elaborated, free_indices, index_node
from cesym.reader.elaboration.walk import Walk
from cesym.reader.syntax import Comparison, Node, Property, Side, Subscript
from cesym.terms.context import Context


@dataclass(frozen=True, slots=True)
class Entries:
    """The sides of an equation between vectors or matrices, as numbers: their entries at new
    indices, which `context` declares.
    """

    nodes: tuple[Node, ...]
    meanings: tuple[Elaborated, ...]
    context: Context


@dataclass(frozen=True, slots=True)
class _Side:
    node: Node
    found: Expr | Array
    meaning: Elaborated


def entries_of(nodes: Sequence[Side | None], context: Context, source: Source) -> Entries | None:
    """The entries that a chain of equations is about; None where a side is a number or `?`.

    Whether there is anything to do shows at the first side.

    Raises ReadError for sides of different sizes, and for vectors whose entries are listed.
    """
    first_side = _side(nodes[0], context, source)
    if first_side is None or not isinstance(first_side.found, Array):
        return None
    sides = [first_side, *(_side(node, context, source) for node in nodes[1:])]
    known = [side for side in sides if side is not None]
    arrays = [side.found for side in known if isinstance(side.found, Array)]
    if len(arrays) < len(nodes):
        return None
    first = first_side.found
    for side, array in zip(known, arrays, strict=True):
        if array.sizes != first.sizes or array.listed(array.entry):
            raise Walk(context, source).error(side.node, "the two sides have different sizes")
    inner, free = free_indices(context, first, {})
    indices = tuple(free[index] for index in first.indices)
    entry = tuple(map(index_node, indices))
    return Entries(
        tuple(Subscript(side.node, entry, side.node.at) for side in known),
        tuple(
            Elaborated(array.at(*indices), side.meaning.conditions, side.meaning.kinks)
            for side, array in zip(known, arrays, strict=True)
        ),
        inner,
    )


def _side(node: Side | None, context: Context, source: Source) -> _Side | None:
    if node is None or isinstance(node, Comparison | Property):
        return None
    walk = Walk(context, source)
    found = meaning(node, walk)
    conditions, kinks = tuple(walk.frame.conditions), tuple(walk.frame.kinks)
    term = found.entry if isinstance(found, Array) else found
    return _Side(node, found, Elaborated(term, conditions, kinks))
