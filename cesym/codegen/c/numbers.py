"""What is known of the numbers in a program: ranges, order, whether they may be infinite."""

from __future__ import annotations

from dataclasses import dataclass

from cesym.codegen.idioms import HUGE
from cesym.codegen.intervals import Interval
from cesym.codegen.nodes import ARGUMENT, Node
from cesym.codegen.stability import closed_values, values
from cesym.terms.domains import Declaration

MOST_EXPONENT = 700
"""exp of less is far from overflow."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers that a program computes from the declared arguments."""

    declarations: tuple[Declaration, ...]

    def interval(self, node: Node) -> Interval | None:
        """An interval that holds all its values, or None if none is known."""
        return values(node, self.declarations)

    def closed(self, node: Node) -> Interval | None:
        """As `interval`, with the ends that the domains leave out: their results are promised."""
        return closed_values(node, self.declarations)

    def may_be_infinite(self, node: Node) -> bool:
        """Whether hi may be infinite, or 0 by a square root; then lo may be no number."""
        if node.is_leaf:
            found = self.interval(node)
            return node.head == ARGUMENT and (found is None or found.largest >= HUGE)
        inner = node.operands[1:] if node.head == "where" else node.operands
        where = self.closed(node.operands[-1])
        match node.head:
            case "tanh":
                return False
            case "exp" | "expm1":
                return where is None or where.high > MOST_EXPONENT
            case "log" | "sqrt" | "/" if where is None or where.low <= 0 <= where.high:
                return True
            case "log1p" if where is None or where.low <= -1:
                return True
        return any(map(self.may_be_infinite, inner))

    def ordered(self, a: Node, b: Node) -> int:
        """1 if |a| >= |b| for certain, -1 if |b| >= |a|, 0 if that is not known."""
        x, y = self.interval(a), self.interval(b)
        if x is None or y is None:
            return 0
        return 1 if x.smallest >= y.largest else -1 if y.smallest >= x.largest else 0

    def may_cancel(self, node: Node) -> bool:
        """Whether the terms of a sum may have different signs, and are not mere arguments."""
        x, y = map(self.interval, node.operands)
        if all(operand.is_leaf for operand in node.operands) or x is None or y is None:
            return not all(operand.is_leaf for operand in node.operands)
        if node.head == "-":
            y = -y
        return not (x.low >= 0 <= y.low or x.high <= 0 >= y.high)
