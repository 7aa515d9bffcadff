"""The places of a syntax tree at which something else may be put."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from cesym.reader.syntax import (
    BigOperator,
    Binary,
    Call,
    Cases,
    Comparison,
    Derivative,
    Evaluated,
    Extremum,
    Gradient,
    Limit,
    Name,
    Negate,
    Node,
    Number,
    Subscript,
    Transpose,
    Vector,
)

Rebuild = Callable[[Any], Any]

INNER: dict[type, tuple[str, ...]] = {
    Negate: ("operand",),
    Binary: ("left", "right"),
    Call: ("arguments",),
    Subscript: ("base",),
    BigOperator: ("body",),
    Derivative: ("body",),
    Evaluated: ("body", "value"),
    Comparison: ("left", "right"),
    Cases: ("branches",),
    Vector: ("items",),
    Transpose: ("operand",),
    Gradient: ("body",),
    Limit: ("body",),
    Extremum: ("body",),
}
"""Node -> the fields that hold formulas. Indices, limits and variables are not among them."""

INDICES: dict[type, str] = {Subscript: "indices", Call: "arguments"}

ASKED = (Derivative, Gradient, Limit, Extremum)
"""A side of this kind says what is asked; the other side is the answer that may be wrong."""


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a tree, the indices bound around it, and how to put another part in its stead."""

    node: Node
    scope: tuple[str, ...]
    put: Rebuild


def places(node: Node) -> Iterator[Place]:
    """Every formula in `node`, the whole of it first."""
    for place in _walk(node, (), lambda new: new):
        if not isinstance(place.node, Comparison):
            yield place


def index_places(node: Node) -> Iterator[Place]:
    """Every index of an entry or a delta."""
    for place in _walk(node, (), lambda new: new):
        field = INDICES.get(type(place.node))
        if field is None or (isinstance(place.node, Call) and place.node.function != "delta"):
            continue
        for number, index in enumerate(getattr(place.node, field)):
            yield Place(index, place.scope, _into(place, field, number))


def _into(place: Place, field: str, number: int) -> Rebuild:
    row = getattr(place.node, field)
    return lambda new: place.put(
        replace(place.node, **{field: (*row[:number], new, *row[number + 1 :])})
    )


def _walk(node: Any, scope: tuple[str, ...], put: Rebuild) -> Iterator[Place]:
    if isinstance(node, tuple):
        for number, part in enumerate(node):
            here = lambda new, n=number: put((*node[:n], new, *node[n + 1 :]))  # noqa: E731
            yield from _walk(part, scope, here)
        return
    if node is None:
        return
    yield Place(node, scope, put)
    if (isinstance(node, Call) and node.function == "delta") or (
        isinstance(node, Subscript) and isinstance(node.base, Name)
    ):
        return
    for name in INNER.get(type(node), ()):
        inner = (*scope, node.index) if isinstance(node, BigOperator) else scope
        here = lambda new, f=name: put(replace(node, **{f: new}))  # noqa: E731
        yield from _walk(getattr(node, name), inner, here)


def renamed(node: Any, change: Callable[[Name], Node]) -> Any:
    """`node` with every free name that stands for a number or array changed, indices left alone."""
    if isinstance(node, tuple):
        return tuple(renamed(part, change) for part in node)
    if isinstance(node, Name):
        return change(node)
    if isinstance(node, Subscript) and isinstance(node.base, Name):
        new = change(node.base)
        return replace(node, base=new) if isinstance(new, Name) else node
    if node is None or isinstance(node, ASKED) or type(node) not in INNER:
        return node
    changed = {name: renamed(getattr(node, name), change) for name in INNER[type(node)]}
    return replace(node, **changed)


def names(node: Any) -> Iterator[str]:
    """The names in a tree, bound ones too, each as often as it occurs."""
    if isinstance(node, Name):
        yield node.name
    elif isinstance(node, tuple):
        for part in node:
            yield from names(part)
    elif hasattr(node, "at"):
        for name in type(node).__match_args__:
            yield from names(getattr(node, name))


def is_number(node: Node, value: int) -> bool:
    """Whether a node is the literal `value`."""
    return isinstance(node, Number) and node.value == value
