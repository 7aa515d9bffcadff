"""The rules of the bounds for special functions of one operand, which look at the nodes, too."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from cesym.codegen.elementary import Bound, Unbounded
from cesym.codegen.nodes import Node, number, operation
from cesym.codegen.special import SPECIAL


class Walk(Protocol):
    """What a walk of `cesym.codegen.bounds` offers its rules."""

    def in_sizes(self, node: Node, reason: str) -> bool:
        """Whether errors are counted in sizes from `node` on; begun for this `reason`, if any."""
        ...

    def size(self, node: Node, found: Bound) -> Node:
        """The size of an operand."""
        ...


def of_score(_walk: Walk, node: Node, x: Bound) -> Bound:
    """Of the functions of `cesym.codegen.cloglog`: their scores are exact."""
    if x.size is not None:
        raise Unbounded("terms of a sum may cancel")
    return SPECIAL[node.head].bound(x)


def of_gamma(walk: Walk, node: Node, x: Bound) -> Bound:
    """Of a rounded x > 0 the error is counted in 1 + x + |log Gamma|.

    That is at least the size of x times the slope of log Gamma, but for a share of 1/1000: for
    large x the one is x log x - (log x)/2 + 1.9, the other x log x - 1/2, and for small x they are
    1 and more, and less than 1. So it is for log Gamma(1 + x), whose slope is less where x < 1.
    """
    if x.size is not None:
        raise Unbounded("terms of a sum may cancel")
    found = SPECIAL[node.head].bound(x)
    if not walk.in_sizes(node, "" if x.exact else "too many digits may be lost"):
        return found
    (inner,) = node.operands
    near = operation("+", number(1), walk.size(inner, x))
    size = operation("+", near, operation("abs", node))
    relative = found.relative + 1.001 * x.relative
    return replace(found, relative=relative, absolute=found.absolute + x.absolute, size=size)
