"""Numbers, names, signs and the operations between two operands."""

from __future__ import annotations

from collections.abc import Callable

from sympy import E, Expr, Rational, pi

from cesym.messages import N_
from cesym.reader.elaboration.arrays import Array, whole
from cesym.reader.elaboration.calls import inherit
from cesym.reader.elaboration.matrices import product
from cesym.reader.elaboration.walk import Walk, value
from cesym.reader.syntax import Binary, Constant, Name, Negate, Number
from cesym.terms.building import exponential
from cesym.terms.conditions import nonzero, of_power

CONSTANTS: dict[str, Expr] = {"pi": pi, "e": E}

OPERATIONS: dict[str, Callable[[Expr, Expr], Expr]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "^": lambda a, b: exponential(b) if a == E else a**b,
}


@value.register
def _(node: Number, walk: Walk) -> Expr:
    return Rational(node.value.numerator, node.value.denominator)


@value.register
def _(node: Constant, walk: Walk) -> Expr:
    if node.name not in CONSTANTS:
        raise walk.error(
            node,
            "infinity is not a number",
            "it can only be the target of a limit, or what a limit or minimum equals",
        )
    return CONSTANTS[node.name]


@value.register
def _(node: Name, walk: Walk) -> Expr | Array:
    if node.name in walk.scope:
        return walk.scope[node.name].symbol
    kind = walk.context.kind(node.name)
    if kind is None:
        raise walk.error(
            node,
            "{name} is not declared",
            'declare it, for example --let "{name} in real"',
            name=node.name,
        )
    if kind == "function":
        definition = walk.context.definitions[node.name]
        call = f"{node.name}({', '.join(p.name for p in definition.parameters)})"
        raise walk.error(node, "{name} is a function", "write {call}", name=node.name, call=call)
    if kind == "definition":
        definition = walk.context.definitions[node.name]
        inherit(walk, definition, {})
        return definition.folded
    symbol = walk.context.symbol(node.name)
    if kind == "vector":
        shape = walk.context.declarations[node.name].shape
        return whole(symbol, tuple(map(walk.context.size, shape)))
    return symbol


@value.register
def _(node: Negate, walk: Walk) -> Expr | Array:
    return walk.elementwise(node, lambda x: -x, walk.value(node.operand))


@value.register
def _(node: Binary, walk: Walk) -> Expr | Array:
    if node.operator == "@":
        return product(node, walk)
    left, right = walk.value(node.left), walk.value(node.right)
    result = walk.elementwise(node, OPERATIONS[node.operator], left, right)
    if node.operator == "/" and not _is_number_but_zero(right):
        walk.require_of_entries(node, lambda _, b: (nonzero(b, N_("denominator")),), left, right)
    if node.operator == "^":
        walk.require_of_entries(node, of_power, left, right)
    return walk.real(node, result)


def _is_number_but_zero(term: Expr | Array) -> bool:
    return not isinstance(term, Array) and bool(term.is_Rational) and term != 0
