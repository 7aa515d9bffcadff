"""Walks over a finished syntax tree: parts, free names, depth, and exact values."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from cesym.reader.latex.formula import Formula
from cesym.reader.syntax import (
    BigOperator,
    Binary,
    Call,
    Cases,
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
    Subscript,
    Transpose,
    Vector,
)

BESIDE = ""
"""The operator between two factors that stand side by side, until their shapes are known."""

DEEPEST_TREE = 120
"""Nodes from the root to a leaf; a sum of n terms is n deep."""

LARGEST_EXPONENT = 64
"""Of a power of numbers; a power of symbols may go to `LARGEST_SYMBOLIC`."""

LARGEST_SYMBOLIC = 1000

LARGEST_BITS = 4096
"""Of a number that a power stands for."""


def children(node: Node) -> tuple[Node, ...]:
    """The parts of a node."""
    match node:
        case Negate(operand):
            return (operand,)
        case Binary(_, left, right):
            return (left, right)
        case Call(_, arguments):
            return arguments
        case Subscript(base, indices):
            return (base, *indices)
        case BigOperator(_, body, _, lower, upper, excluded):
            return (body, lower, upper) + (() if excluded is None else (excluded,))
        case Derivative(body, variables):
            return (body, *(variable for variable, _ in variables))
        case Prime(_, _, argument):
            return (argument,)
        case Evaluated(body, variable, value):
            return (body, variable, value)
        case Cases(branches):
            return tuple(_of_branches(branches))
        case Vector(items):
            return items
        case Transpose(operand):
            return (operand,)
        case Gradient(_, body, variable) | Extremum(_, body, variable):
            return (body, variable)
        case Limit(body, variable, target):
            return (body, variable, target)
        case _:
            return ()


def _of_branches(branches: tuple) -> Iterator[Node]:
    for value, condition in branches:
        yield value
        if condition is not None:
            yield condition.left
            yield condition.right


def free_names(root: Node) -> frozenset[str]:
    """The names in a node, without those bound inside it."""
    found: set[str] = set()
    pending: list[tuple[Node, frozenset[str]]] = [(root, frozenset())]
    while pending:
        node, bound = pending.pop()
        if isinstance(node, Name) and node.name not in bound:
            found.add(node.name)
        inside = bound | {node.index} if isinstance(node, BigOperator) else bound
        for child in children(node):
            body = isinstance(node, BigOperator) and child is node.body
            pending.append((child, inside if body else bound))
    return frozenset(found)


def check_depth(formula: Formula, root: Node) -> None:
    """Raises ReadError for a tree that is too deep."""
    pending = [(root, 1)]
    while pending:
        node, depth = pending.pop()
        if depth > DEEPEST_TREE:
            raise formula.error(
                root.at,
                "the formula has more than {count} operations inside each other",
                "divide it, with definitions",
                count=DEEPEST_TREE,
            )
        pending.extend((child, depth + 1) for child in children(node))


def check_power(formula: Formula, node: Binary) -> None:
    """Raises ReadError for a power that is too large."""
    exponent = value_of(node.right)
    if exponent is None:
        return
    base = value_of(node.left)
    largest = LARGEST_SYMBOLIC if free_names(node.left) else LARGEST_EXPONENT
    if abs(exponent) > largest or exponent.denominator > largest:
        raise formula.error(
            node.at, "the exponent is too large, it may go to {count}", count=largest
        )
    if base is not None and abs(exponent) * _bits(base) > LARGEST_BITS:
        raise formula.error(node.at, "this power of numbers has too many digits")


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def value_of(node: Node) -> Fraction | None:
    """The exact rational value of a node of literals; None where there is no such value."""
    match node:
        case Number(value):
            return value
        case Negate(operand):
            value = value_of(operand)
            return None if value is None else -value
        case Binary(operator, left, right):
            first, second = value_of(left), value_of(right)
            if first is None or second is None:
                return None
            return _combined(operator, first, second)
        case _:
            return None


def _combined(operator: str, first: Fraction, second: Fraction) -> Fraction | None:
    match operator:
        case "+":
            return first + second
        case "-":
            return first - second
        case "*" | "":
            return first * second
        case "/" if second:
            return first / second
        case "^" if second.denominator == 1 and (first or second > 0):
            return first ** int(second) if abs(second) * _bits(first) <= LARGEST_BITS else None
        case _:
            return None
