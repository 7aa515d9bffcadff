"""Claims that are more than a chain of relations: `A iff B`, `convex(e, v)`, `psd(M)`."""

from __future__ import annotations

import ast
from itertools import pairwise
from typing import TYPE_CHECKING

from cesym.reader.plain.optima import declared, expect
from cesym.reader.syntax import Chain, Property

if TYPE_CHECKING:
    from cesym.reader.plain.formulas import Reading

PROPERTIES: dict[str, tuple[str, bool]] = {
    "convex": ("convex", False),
    "strictly_convex": ("convex", True),
    "concave": ("concave", False),
    "strictly_concave": ("concave", True),
    "psd": ("definite", False),
    "pd": ("definite", True),
}
"""Call that stands alone as a claim -> kind of the property, and whether it is strict."""

PATTERNS = {"definite": "{name}(M)", "convex": "{name}(e, v)", "concave": "{name}(e, v)"}
"""Kind of a property -> how it is written."""


def read_statement(reading: Reading) -> Chain | None:
    """What the tree says, if that is one of these; None for anything else. Raises ReadError."""
    root = reading.tree.root
    match root:
        case ast.BoolOp(op=ast.Or(), values=sides):
            return _equivalence(reading, root, sides)
        case ast.Call(func=ast.Name(id=name)) if (
            name in PROPERTIES and reading.kind(name) != "function"
        ):
            return _property(reading, root, name)
    return None


def _equivalence(reading: Reading, root: ast.BoolOp, sides: list[ast.expr]) -> Chain:
    for left, right in pairwise(sides):
        if not (isinstance(left, ast.Compare) and isinstance(right, ast.Compare)):
            wrong = right if isinstance(left, ast.Compare) else left
            raise reading.error(
                wrong, "a relation is expected on both sides of iff", "such as x == 1"
            )
    operands = tuple(map(reading.test, sides))
    return Chain(operands, ("iff",) * (len(sides) - 1), reading.tree.span(root))


def _property(reading: Reading, node: ast.Call, name: str) -> Chain:
    kind, strict = PROPERTIES[name]
    expect(reading, node, PATTERNS[kind].format(name=name), 1 if kind == "definite" else 2)
    body, *rest = node.args
    at = reading.tree.span(node)
    variable = declared(reading, rest[0], "scalar", "vector") if rest else None
    operands = (reading.node(body), Property(kind, variable, strict, at))
    return Chain(operands, ("is",), at)
