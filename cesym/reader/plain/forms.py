"""The calls whose arguments are more than numbers: sums, products, derivatives, values, branches.

A row of `FORMS` reads one of them. Such a call binds a name or says what to differentiate by, so
its arguments cannot be read one by one.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from cesym.reader.plain import optima
from cesym.reader.plain.optima import expect
from cesym.reader.syntax import BigOperator, Call, Cases, Derivative, Evaluated, Name, Node

if TYPE_CHECKING:
    from cesym.reader.plain.formulas import Reading

HIGHEST_ORDER = 9
"""The highest order of a derivative."""

NOT_YET = {"argmax": "argmax(...)", "maxvalue": "maxvalue(...)"}
"""Names that the reader knows and cannot read yet -> how they are written."""


def total(reading: Reading, node: ast.Call, kind: str, pattern: str) -> Node:
    """`sum(e, (k, lo, hi))` and `product(e, (k, lo, hi))`."""
    expect(reading, node, pattern, 2)
    body, limits = node.args
    if not isinstance(limits, ast.Tuple) or len(limits.elts) != 3:
        raise reading.error(limits, "this is written {pattern}", pattern=pattern)
    index, lower, upper = limits.elts
    if not isinstance(index, ast.Name):
        raise reading.error(index, "the index of a sum or product is a name", "such as k")
    reading.check_new(index)
    first, last = reading.node(lower), reading.node(upper)
    reading.bound.append(index.id)
    read = reading.node(body)
    reading.bound.pop()
    return BigOperator(kind, read, index.id, first, last, at=reading.tree.span(node))


def sum_(reading: Reading, node: ast.Call) -> Node:
    """`sum(e, (k, lo, hi))`, and `sum(v)`, the sum of all entries of a vector or matrix."""
    if len(node.args) == 1:
        return Call("sum", (reading.node(node.args[0]),), reading.tree.span(node))
    return total(reading, node, "sum", "sum(e, (k, 1, K))")


def product(reading: Reading, node: ast.Call) -> Node:
    """`product(e, (k, lo, hi))`."""
    return total(reading, node, "product", "product(e, (k, 1, K))")


def diff(reading: Reading, node: ast.Call) -> Node:
    """`diff(e, v)`, `diff(e, v, 2)`, `diff(e, u, v)`: an order stands after its variable."""
    if len(node.args) < 2:
        raise reading.error(node, "this is written {pattern}", pattern="diff(e, v)")
    first, *rest = node.args
    variables: list[tuple[Node, int]] = []
    counted = True
    for argument in rest:
        if isinstance(argument, ast.Constant) and not counted:
            variables[-1] = (variables[-1][0], _order(reading, argument))
            counted = True
        else:
            variables.append((variable(reading, argument), 1))
            counted = False
    return Derivative(_differentiand(reading, first), tuple(variables), reading.tree.span(node))


def _order(reading: Reading, node: ast.Constant) -> int:
    order = reading.tree.literal(node)
    if order.denominator != 1 or not 1 <= order <= HIGHEST_ORDER:
        raise reading.error(
            node, "the order of a derivative is a number from 1 to {count}", count=HIGHEST_ORDER
        )
    return int(order)


def _differentiand(reading: Reading, node: ast.expr) -> Node:
    """What is differentiated: a bare function stands for itself at its own parameters."""
    if isinstance(node, ast.Name) and reading.kind(node.id) == "function":
        return Name(node.id, reading.tree.span(node))
    return reading.node(node)


def variable(reading: Reading, node: ast.expr) -> Node:
    """What a derivative is taken by: a declared number, or an entry of a declared vector."""
    base = node.value if isinstance(node, ast.Subscript) else node
    if not isinstance(base, ast.Name):
        raise reading.error(
            node, "a derivative is taken by a name or an entry of a vector", "such as s or z[j]"
        )
    read, kind = reading.node(node), reading.kind(base.id)
    if kind == "vector" and base is node:
        raise reading.error(
            node,
            "{name} is a vector, a derivative is taken by one entry",
            "write {name}[j], with --let '{line}'",
            name=base.id,
            line="j in index(K)",
        )
    if kind not in ("scalar", "vector"):
        raise reading.error(node, "there is no derivative by {name}", name=base.id)
    return read


def at(reading: Reading, node: ast.Call) -> Node:
    """`at(e, q, value)`: the value of e at q = value."""
    expect(reading, node, "at(e, q, value)", 3)
    body, name, value = node.args
    if not isinstance(name, ast.Name) or reading.kind(name.id) != "scalar":
        raise reading.error(name, "a declared number is expected here", "such as q")
    variable_ = Name(name.id, reading.tree.span(name))
    return Evaluated(reading.node(body), variable_, reading.node(value), reading.tree.span(node))


def where(reading: Reading, node: ast.Call) -> Node:
    """`where(condition, a, b)`: a where the condition holds, b elsewhere."""
    expect(reading, node, "where(x > 0, a, b)", 3)
    condition, yes, no = node.args
    branches = ((reading.node(yes), reading.test(condition)), (reading.node(no), None))
    return Cases(branches, reading.tree.span(node))


FORMS: dict[str, Callable[[Reading, ast.Call], Node]] = {
    "sum": sum_,
    "Sum": sum_,
    "product": product,
    "Product": product,
    "Prod": product,
    "diff": diff,
    "at": at,
    "where": where,
    **optima.FORMS,
}
"""Name -> the program that reads a call of it."""
