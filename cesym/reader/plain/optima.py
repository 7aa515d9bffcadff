"""The calls that speak of a whole variable: gradients, limits and minima."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from cesym.reader.syntax import Extremum, Gradient, Limit, Name, Node

if TYPE_CHECKING:
    from cesym.reader.plain.formulas import Reading

SIDES = {"'+'": 1, '"+"': 1, "'-'": -1, '"-"': -1}
"""How the side of a limit is written -> `Limit.side`."""


def expect(reading: Reading, node: ast.Call, pattern: str, *counts: int) -> None:
    """Check the number of arguments; `pattern` is how the call is written."""
    if len(node.args) not in counts:
        raise reading.error(node, "this is written {pattern}", pattern=pattern)


def declared(reading: Reading, node: ast.expr, *kinds: str) -> Name:
    """A declared name of one of some kinds, all of it: a number, or a whole vector or matrix."""
    if isinstance(node, ast.Name) and reading.kind(node.id) in kinds:
        return Name(node.id, reading.tree.span(node))
    if isinstance(node, ast.Name):
        reading.node(node)
    example = "s" if kinds == ("scalar",) else "s or w"
    raise reading.error(node, "a declared name is expected here", "such as {name}", name=example)


def _gradient(kind: str) -> Callable[[Reading, ast.Call], Node]:
    def read(reading: Reading, node: ast.Call) -> Node:
        expect(reading, node, f"{kind}(e, w)", 2)
        body, variable = node.args
        name = declared(reading, variable, "scalar", "vector")
        return Gradient(kind, reading.node(body), name, reading.tree.span(node))

    return read


def _extremum(kind: str) -> Callable[[Reading, ast.Call], Node]:
    def read(reading: Reading, node: ast.Call) -> Node:
        expect(reading, node, f"{kind}(e, v)", 2)
        body, variable = node.args
        name = declared(reading, variable, "scalar", "vector")
        return Extremum(kind, reading.node(body), name, reading.tree.span(node))

    return read


def limit(reading: Reading, node: ast.Call) -> Node:
    """`limit(e, v, to)`, `limit(e, v, to, '+')`."""
    expect(reading, node, "limit(e, v, to, '+')", 3, 4)
    body, variable, target, *rest = node.args
    side = SIDES.get(reading.tree.quote(rest[0])) if rest else 0
    if side is None:
        raise reading.error(rest[0], "this is written {pattern}", pattern="limit(e, v, to, '+')")
    name = declared(reading, variable, "scalar")
    return Limit(reading.node(body), name, reading.side(target), side, reading.tree.span(node))


FORMS: dict[str, Callable[[Reading, ast.Call], Node]] = {
    "grad": _gradient("grad"),
    "hessian": _gradient("hessian"),
    "jacobian": _gradient("jacobian"),
    "argmin": _extremum("argmin"),
    "minvalue": _extremum("minvalue"),
    "limit": limit,
}
"""Name -> the program that reads a call of it."""
