"""Syntax trees taken apart and put together, with the indices in scope at each node."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any

from cesym.reader.syntax import BigOperator, Comparison, Node, Span

Rebuild = Callable[[Any], Any]


def places(
    node: Any, scope: tuple[str, ...] = (), rebuild: Rebuild = lambda n: n
) -> Iterator[tuple[Any, tuple[str, ...], Rebuild]]:
    """Every node of a tree, the indices bound around it, and how to put another in its place."""
    if isinstance(node, tuple):
        for number, part in enumerate(node):
            yield from places(
                part, scope, lambda new, n=number: rebuild((*node[:n], new, *node[n + 1 :]))
            )
        return
    if not hasattr(node, "at"):
        return
    yield node, scope, rebuild
    for field in fields(node):
        value = getattr(node, field.name)
        if field.name == "at" or isinstance(value, str | Span | int) or value is None:
            continue
        inner = scope
        if isinstance(node, BigOperator) and field.name in ("body", "excluded"):
            inner = (*scope, node.index)
        yield from places(
            value, inner, lambda new, f=field.name: rebuild(replace(node, **{f: new}))
        )


def expressions(node: Node) -> list[tuple[Node, tuple[str, ...], Rebuild]]:
    """The places at which another expression may stand."""
    return [row for row in places(node) if not isinstance(row[0], Comparison)]
