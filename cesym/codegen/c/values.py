"""Values in C: what they are, how numbers are spelled, and operations on exact pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import ctx

from cesym.codegen.c.constants import DOUBLE, PRECISION
from cesym.codegen.intervals import LARGEST
from cesym.codegen.nodes import ARGUMENT, CONSTANT, NUMBER, TESTS, Node
from cesym.codegen.truth import exactly

SINGLE, PAIR, EXACT = "single", "pair", "exact"

ONE_FLOAT, TWO_FLOATS, TRUTH = "x", "p", "m"
"""What a value is in C: V, P or M of its dialect."""

TEST = {">=": "ge", ">": "gt", "<=": "ge", "<": "gt"}
"""Comparison -> what it is called; where it points to the left, the operands change places."""


@dataclass(frozen=True, slots=True)
class Value:
    """The text of a value, and what it is."""

    text: str
    kind: str


def leaf(node: Node, grade: str) -> Value:
    """An argument, or a number."""
    if node.head == ARGUMENT:
        name = str(node.leaf)
        return Value(f"dd_of({name})", TWO_FLOATS) if grade == EXACT else Value(name, "x")
    if node.leaf == LARGEST and grade != EXACT:
        return Value("@set($MAX)", ONE_FLOAT)
    high, low = _two_floats(node)
    if grade == EXACT:
        return Value(f"dd_sum({_literal(high)}, {_literal(low)})", TWO_FLOATS)
    if grade == SINGLE or low == 0:
        return Value(f"@set({_literal(high)})", ONE_FLOAT)
    return Value(f"@pair(@set({_literal(high)}), @set({_literal(low)}))", TWO_FLOATS)


def exact(head: str, operands: Sequence[str]) -> Value:
    """An operation on pairs that are good to 2^-100."""
    if head in TESTS:
        a, b = operands if head[0] == ">" else operands[::-1]
        return Value(f"dd_{TEST[head]}({a}, {b})", TRUTH)
    if head == "where":
        return Value("{} ? {} : {}".format(*operands), TWO_FLOATS)
    name = {"+": "add", "-": "sub", "*": "mul", "weigh": "mul", "/": "div"}.get(head)
    return Value(f"dd_{name or head}({', '.join(operands)})", TWO_FLOATS)


def _two_floats(node: Node) -> tuple[float, float]:
    """A number as the sum of two."""
    if node.head == CONSTANT:
        with ctx.workprec(PRECISION):
            return DOUBLE.split(exactly(node, {}))
    assert node.head == NUMBER and isinstance(node.leaf, Fraction)
    high = float(node.leaf)
    return high, float(node.leaf - Fraction(high))


def names(node: Node) -> Iterator[str]:
    """Names for the value of a node, the best first."""
    if node.head == "exp":
        yield "t"
    letters = "abcdefghijklmnopqruvwxz"
    yield from letters
    yield from (f"{letter}{number}" for number in range(1, 100) for letter in letters)


def _literal(value: float) -> str:
    return repr(value) if value == int(value) and abs(value) < 2**53 else value.hex()
