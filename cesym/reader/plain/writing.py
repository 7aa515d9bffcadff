"""A syntax tree in the plain language, as it would be typed: nothing is simplified or reordered."""

from __future__ import annotations

from enum import IntEnum
from functools import singledispatch

from cesym.errors import UnsupportedTerm
from cesym.reader.syntax import (
    BigOperator,
    Binary,
    Call,
    Cases,
    Comparison,
    Constant,
    Derivative,
    Evaluated,
    Extremum,
    Gradient,
    Limit,
    Name,
    Negate,
    Node,
    Number,
    Prime,
    Property,
    Side,
    Subscript,
    Transpose,
    Vector,
)


class Level(IntEnum):
    """How tightly a text holds together, as in Python."""

    SUM = 0
    PRODUCT = 1
    NEGATIVE = 2
    POWER = 3
    ATOM = 4


LEVELS = {
    "+": (Level.SUM, Level.SUM, Level.PRODUCT),
    "-": (Level.SUM, Level.SUM, Level.PRODUCT),
    "*": (Level.PRODUCT, Level.PRODUCT, Level.POWER),
    "/": (Level.PRODUCT, Level.PRODUCT, Level.POWER),
    "@": (Level.PRODUCT, Level.PRODUCT, Level.POWER),
    "^": (Level.POWER, Level.ATOM, Level.POWER),
}
"""Operator -> the level of the whole, and those that the operands need."""

SIGNS = {"+": " + ", "-": " - ", "^": "**"}
ENDS = {1: ", '+'", -1: ", '-'", 0: ""}


def write(node: Node) -> str:
    """The text of `node`. Raises UnsupportedTerm for the few trees that the plain language cannot
    say, such as a prime at a formula.

    >>> from fractions import Fraction
    >>> s = Name("s")
    >>> write(Binary("*", Number(Fraction(2)), Binary("-", Call("sigmoid", (s,)), Name("y"))))
    '2*(sigmoid(s) - y)'
    """
    return _written(node)[0]


PROPERTIES = {
    ("convex", False): "convex",
    ("convex", True): "strictly_convex",
    ("concave", False): "concave",
    ("concave", True): "strictly_concave",
    ("definite", False): "psd",
    ("definite", True): "pd",
}
"""Kind of a property, and whether it is strict -> the call that states it."""


def write_relation(left: Side, operator: str, right: Side) -> str:
    """The text of a relation, or of a claim that says more than one.

    >>> s = Name("s")
    >>> write_relation(Call("exp", (s,)), "is", Property("convex", s))
    'convex(exp(s), s)'
    """
    if isinstance(right, Property):
        variable = [] if right.variable is None else [right.variable.name]
        return f"{PROPERTIES[right.kind, right.strict]}({', '.join([_side(left), *variable])})"
    return f"{_side(left)} {operator} {_side(right)}"


def _side(side: Side) -> str:
    if isinstance(side, Comparison):
        return write_relation(side.left, side.operator, side.right)
    assert not isinstance(side, Property)
    return write(side)


def _at_least(node: Node, level: Level) -> str:
    text, found = _written(node)
    return text if found >= level else f"({text})"


@singledispatch
def _written(node: Node) -> tuple[str, Level]:
    raise UnsupportedTerm("the plain language has no {kind}", kind=type(node).__name__)


@_written.register
def _(node: Number) -> tuple[str, Level]:
    if node.value < 0:
        return str(node.value), Level.NEGATIVE if node.value.denominator == 1 else Level.PRODUCT
    return str(node.value), Level.ATOM if node.value.denominator == 1 else Level.PRODUCT


@_written.register
def _(node: Constant) -> tuple[str, Level]:
    return ("exp(1)" if node.name == "e" else node.name), Level.ATOM


@_written.register
def _(node: Name) -> tuple[str, Level]:
    return node.name, Level.ATOM


@_written.register
def _(node: Negate) -> tuple[str, Level]:
    text, level = _written(node.operand)
    if level == Level.SUM:
        return f"-({text})", Level.NEGATIVE
    return f"-{text}", min(level, Level.NEGATIVE)


@_written.register
def _(node: Binary) -> tuple[str, Level]:
    whole, left, right = LEVELS[node.operator]
    sign = SIGNS.get(node.operator, node.operator)
    return f"{_at_least(node.left, left)}{sign}{_at_least(node.right, right)}", whole


def _call(name: str, *arguments: Node | str) -> tuple[str, Level]:
    texts = (argument if isinstance(argument, str) else write(argument) for argument in arguments)
    return f"{name}({', '.join(texts)})", Level.ATOM


@_written.register
def _(node: Call) -> tuple[str, Level]:
    return _call(node.function, *node.arguments)


@_written.register
def _(node: Subscript) -> tuple[str, Level]:
    inside = ", ".join(map(write, node.indices))
    return f"{_at_least(node.base, Level.ATOM)}[{inside}]", Level.ATOM


@_written.register
def _(node: BigOperator) -> tuple[str, Level]:
    if node.excluded is not None:
        raise UnsupportedTerm("the plain language has no {kind}", kind="sum over k != j")
    limits = f"({node.index}, {write(node.lower)}, {write(node.upper)})"
    return _call(node.kind, node.body, limits)


@_written.register
def _(node: Derivative) -> tuple[str, Level]:
    by = []
    for variable, order in node.variables:
        by += [write(variable)] + [str(order)] * (order > 1)
    return _call("diff", node.body, *by)


@_written.register
def _(node: Prime) -> tuple[str, Level]:
    if not isinstance(node.argument, Name):
        raise UnsupportedTerm("the plain language has no {kind}", kind="prime")
    return _written(
        Derivative(Call(node.function, (node.argument,)), ((node.argument, node.order),))
    )


@_written.register
def _(node: Evaluated) -> tuple[str, Level]:
    return _call("at", node.body, node.variable, node.value)


@_written.register
def _(node: Comparison) -> tuple[str, Level]:
    return write_relation(node.left, node.operator, node.right), Level.SUM


@_written.register
def _(node: Cases) -> tuple[str, Level]:
    (value, test), *rest = node.branches
    if test is None:
        return _written(value)
    if not rest:
        raise UnsupportedTerm("the plain language has no {kind}", kind="open case distinction")
    return _call("where", write_relation(test.left, test.operator, test.right), value,
                 Cases(tuple(rest)))  # fmt: skip


@_written.register
def _(node: Vector) -> tuple[str, Level]:
    return f"[{', '.join(map(write, node.items))}]", Level.ATOM


@_written.register
def _(node: Transpose) -> tuple[str, Level]:
    return f"{_at_least(node.operand, Level.ATOM)}.T", Level.ATOM


@_written.register
def _(node: Gradient) -> tuple[str, Level]:
    return _call(node.kind, node.body, node.variable)


@_written.register
def _(node: Extremum) -> tuple[str, Level]:
    return _call(node.kind, node.body, node.variable)


@_written.register
def _(node: Limit) -> tuple[str, Level]:
    text, level = _call("limit", node.body, node.variable, node.target)
    return f"{text[:-1]}{ENDS[node.side]})", level
