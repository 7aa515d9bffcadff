"""Programs: what is computed, operation by operation, in the order in which it is rounded.

A SymPy term is free of order, and the order decides the rounding. A `Node` is one float operation
with its operands. Nothing here knows a target language.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

NUMBER, CONSTANT, ARGUMENT = "number", "constant", "argument"

TESTS = (">=", "<=", ">", "<")
"""Comparisons of two operands: 1 where they hold, else 0."""

OPERATIONS = (
    *("+", "-", "*", "/", "neg", "abs", "max", "min"),
    *("exp", "log", "log1p", "expm1", "sqrt", "tanh"),
    *("where", "weigh", *TESTS),
    *("total", "sum_error", "product_error", "exp_error"),
    *("divergence", "cloglog", "cloglog_slope", "cloglog_curve"),
    *("log_quotient", "log_factorial", "log_gamma"),
)
"""Every head with operands.

`where(test, a, b)` is a where the test holds, else b. `weigh(a, b)` is the product a * b in which a
weight a = 0 makes 0 even of an infinite b, as in the limit. `total` is the sum of its operands as
if in twice the precision, rounded once; `sum_error(a, b)` and `product_error(a, b)` are what
rounding takes from a + b and a * b, exactly, and would be 0 if nothing were rounded. So would
`exp_error(x, a)`, for a = exp(x): what rounding took from that, right to 2^-63 of a for x in [0, 8]
and a finite number elsewhere. The last two rows are what `cesym.codegen.special` writes out.
"""


@dataclass(frozen=True, slots=True)
class Node:
    """An operation on `operands`; or a number, a named constant or argument, in `leaf`."""

    head: str
    operands: tuple[Node, ...] = ()
    leaf: Fraction | str | None = None

    @property
    def is_leaf(self) -> bool:
        """Whether this is a number, a constant or an argument."""
        return not self.operands

    def walk(self) -> Iterator[Node]:
        """This node and all below it, operands first."""
        for operand in self.operands:
            yield from operand.walk()
        yield self


def number(value: Fraction | int) -> Node:
    """The node of a number.

    >>> number(2).leaf
    Fraction(2, 1)
    """
    return Node(NUMBER, leaf=Fraction(value))


def argument(name: str) -> Node:
    """The node of an argument, or of a variable that holds a result."""
    return Node(ARGUMENT, leaf=name)


def constant(name: str) -> Node:
    """The node of a number that is no fraction, as pi."""
    return Node(CONSTANT, leaf=name)


def operation(head: str, *operands: Node) -> Node:
    """The node of an operation.

    >>> operation("+", argument("x"), number(1)).head
    '+'
    """
    if head not in OPERATIONS:
        raise ValueError(f"no operation {head!r}")
    return Node(head, operands)
