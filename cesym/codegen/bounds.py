r"""How far a program's rounded result can be off, by the operations alone: an a priori bound.

For every node: an interval that holds its values, and two numbers r and a such that, to first
order,

    |computed - exact| <= r u S + a eta,    u = 2^-53,  eta = 2^-1074,

so that r counts roundings and a what underflow adds. S is the exact value, as long as nothing
cancels: sums of one sign weigh the errors of their terms by their shares. A value beyond all floats
is computed as infinite, as it should be; a step that would make a finite result of it has no bound.

Strictly, there is no bound where terms of different signs may cancel. A *lenient* walk goes on, and
tells what its bound rests on: S is then the sum of the sizes of the terms, as a program of its own,
and `Assumed` names the results on the way that must not overflow, or underflow (Higham, Accuracy
and Stability of Numerical Algorithms, 2nd ed., sections 2.2, 3.1, 3.3 and 4.2).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from cesym.codegen.elementary import (
    AT_INFINITY,
    FUNCTION_ERROR,
    RULES,
    SUBNORMAL_SHARE,
    Bound,
    Unbounded,
    added,
    as_float,
    exp,
    is_zero,
    negate,
    one_sign,
    power_of_two,
    ratio,
    representable,
    square,
    times,
)
from cesym.codegen.intervals import BEYOND, Interval, point
from cesym.codegen.nodes import ARGUMENT, CONSTANT, NUMBER, Node, number, operation
from cesym.codegen.special import SPECIAL
from cesym.codegen.special_bounds import of_gamma, of_score

MOST_LOST = 64.0
"""A larger error is counted in larger sizes, or assumed away, by a lenient walk."""

CONSTANTS: Mapping[str, float] = {"pi": math.pi}
"""Numbers that are no fractions -> the nearest float64."""


@dataclass(slots=True)
class Assumed:
    """What a lenient walk rests on: nodes that must be at most the largest float, or else 0 or at
    least the least normal one; and the nodes from which on errors are counted in sizes.

    `signed` has the signs, 1 and -1 or 0 for both, of what stands in a size. Nodes in `risked` are
    not assumed to be normal, come what may.
    """

    finite: set[Node] = field(default_factory=set)
    normal: set[Node] = field(default_factory=set)
    sized: set[Node] = field(default_factory=set)
    signed: dict[Node, int] = field(default_factory=dict)
    risked: frozenset[Node] = frozenset()


def bound(node: Node, box: Mapping[str, Interval], assumed: Assumed | None = None) -> Bound:
    """The bound of `node` for arguments in `box`. Raises Unbounded when there is none.

    With `assumed` the walk is lenient, and writes there what it assumes.

    >>> from cesym.codegen.nodes import argument
    >>> box = {"t": Interval(Fraction(0), Fraction(1))}
    >>> bound(operation("+", number(1), argument("t")), box).relative
    1.0
    """
    return _Bounds(box, assumed).of(node)


@dataclass(slots=True)
class _Bounds:
    """One walk; what was bounded once is kept."""

    box: Mapping[str, Interval]
    assumed: Assumed | None
    known: dict[Node, Bound] = field(default_factory=dict)

    def of(self, node: Node) -> Bound:
        if node not in self.known:
            self.known[node] = _normal(self.fresh(node))
        return self.known[node]

    def fresh(self, node: Node) -> Bound:
        if node.head == NUMBER:
            value = Fraction(node.leaf or 0)
            return Bound(point(value), 0.0 if representable(value) else 1.0)
        if node.head == CONSTANT:
            near = point(Fraction(CONSTANTS[str(node.leaf)]))
            return Bound(near.map(lambda x: x), 1.0)
        if node.head == ARGUMENT:
            return Bound(self.box[str(node.leaf)])
        operands = [self.of(operand) for operand in node.operands]
        if (rule := _WITH_NODES.get(node.head)) is not None:
            return rule(self, node, *operands)
        size = self.size_of_call(node, operands)
        if node.head in AT_INFINITY:
            return replace(RULES[node.head](*operands), size=size)
        kept = [self.held(o, b) for o, b in zip(node.operands, operands, strict=True)]
        found = RULES[node.head](*kept)
        values = found.values
        if kept != operands:  # all heads of one operand grow with it
            values = Interval(values.low, BEYOND)
        return replace(found, values=values, size=size)

    # What a lenient walk may do, and a strict one may not.

    def held(self, node: Node, found: Bound) -> Bound:
        """Without the values beyond the largest float, where they would lead astray."""
        if not found.values.overflows:
            return found
        if self.assumed is None:
            raise Unbounded("it may overflow")
        self.assumed.finite.add(node)
        return replace(found, values=found.values.held())

    def kept(self, node: Node, found: Bound, factor: float) -> Bound:
        """Without what underflow adds, if it could be multiplied by so large a factor."""
        size = found.size or node
        few = not found.absolute or found.absolute * factor <= MOST_LOST
        if few or self.assumed is None or size in self.assumed.risked:
            return found
        self.assumed.normal.add(size)
        return replace(found, relative=found.relative + 2 * found.absolute, absolute=0.0)

    def in_sizes(self, node: Node, reason: str) -> bool:
        """Whether errors are counted in sizes from `node` on; begun for this `reason`, if any."""
        if self.assumed is None:
            if reason:
                raise Unbounded(reason)
            return False
        if reason:
            self.assumed.sized.add(node)
        return node in self.assumed.sized

    def size(self, node: Node, found: Bound) -> Node:
        """The size of an operand: the same program in every box."""
        if found.size is not None or self.assumed is None:
            return found.size or node
        low, high = found.values.low, found.values.high
        sign = 0 if low < 0 < high else 1 if low >= 0 else -1
        signs = self.assumed.signed
        signs[node] = sign if signs.get(node, sign) == sign or low == high == 0 else 0
        return {1: node, -1: operation("neg", node), 0: operation("abs", node)}[signs[node]]

    def both(self, head: str, node: Node, a: Bound, b: Bound) -> Node | None:
        """The size of a sum or product, if an operand has one."""
        if a.size is None and b.size is None:
            return None
        left, right = node.operands
        return operation(head, self.size(left, a), self.size(right, b))

    def size_of_call(self, node: Node, operands: list[Bound]) -> Node | None:
        """The size for a function that changes no error, or only its sign."""
        if all(operand.size is None for operand in operands):
            return None
        parts = [self.size(o, b) for o, b in zip(node.operands, operands, strict=True)]
        match node.head:
            case "neg" | "abs":
                return parts[0]
            case "max" | "min":
                return operation("max", *parts)
            case "where" if operands[0].size is None:
                return operation("where", node.operands[0], *parts[1:])
        raise Unbounded("terms of a sum may cancel")

    # Rules that look at the nodes, too.

    def add(self, node: Node, a: Bound, b: Bound) -> Bound:
        minus = node.head == "-"
        right = negate(b) if minus else b
        if is_zero(a) or is_zero(b):
            return replace(right if is_zero(a) else a, size=self.both("+", node, a, b))
        alike = one_sign(a.values, right.values)
        values = a.values + right.values
        if a.exact and b.exact:
            fits = values.is_point and representable(values.low)
            return Bound(values, 0.0 if fits else 1.0)
        sized = a.size is not None or b.size is not None
        if not alike:
            cancels = 0 in values or a.values.overflows or b.values.overflows
            sized |= self.in_sizes(node, "terms of a sum may cancel" if cancels else "")
        if not sized and not self.in_sizes(node, ""):
            return added(a, right, alike=alike)
        if not alike:
            left, other = node.operands
            a, b = self.held(left, a), self.held(other, b)
        size = operation("+", *map(self.size, node.operands, (a, b)))
        relative = max(a.relative, b.relative) + 1
        return Bound(values, relative, a.absolute + b.absolute, size)

    def multiply(self, node: Node, a: Bound, b: Bound) -> Bound:
        left, right = node.operands
        if left == right:
            size = None if a.size is None else operation("*", a.size, a.size)
            return replace(square(a), size=size)
        if is_zero(a) or is_zero(b):
            return Bound(point(0), size=self.both("*", node, a, b))
        values = a.values * b.values
        # A number beyond all floats, times one below 1, may be a float again.
        if b.values.smallest < 1:
            a = self.held(left, a)
        if a.values.smallest < 1:
            b = self.held(right, b)
        a = self.kept(left, a, as_float(b.values.largest))
        b = self.kept(right, b, as_float(a.values.largest))
        absolute = times(a.absolute, b.values.largest) + times(b.absolute, a.values.largest)
        relative, lost = a.relative + b.relative + 1, 1.0
        for one, other in ((a, b), (b, a)):
            if one.exact and power_of_two(one.values):
                relative, lost = other.relative, 0.0 if one.values.smallest >= 1 else 1.0
        return Bound(values, relative, absolute + lost, self.both("*", node, a, b))

    def divide(self, node: Node, a: Bound, b: Bound) -> Bound:
        above, below = node.operands
        if b.size is not None:
            raise Unbounded("terms of a sum may cancel")
        if 0 in b.values:
            raise Unbounded("a denominator may be 0")
        size = None if a.size is None else operation("/", a.size, self.size(below, b))
        if is_zero(a):
            return replace(a, size=size)
        values = a.values * b.values.reciprocal()
        a, b = self.held(above, a), self.held(below, b)
        least = as_float(b.values.smallest)
        a = self.kept(above, a, ratio(1.0, least))
        b = self.kept(below, b, ratio(ratio(as_float(a.values.largest), least), least))
        absolute = ratio(a.absolute, least)
        absolute += ratio(ratio(times(b.absolute, a.values.largest), least), least)
        plain = b.exact and power_of_two(b.values)
        relative = a.relative if plain else a.relative + b.relative + 1
        return Bound(values, relative, absolute + 1, size)

    def divergence(self, node: Node, u: Bound, v: Bound, d: Bound) -> Bound:
        if any(operand.size is not None for operand in (u, v, d)):
            raise Unbounded("terms of a sum may cancel")
        first, second, _ = node.operands
        u, v = self.kept(first, u, math.inf), self.kept(second, v, math.inf)
        found = SPECIAL[node.head].bound(u, v, d)
        self.held(operation("/", first, second), Bound(u.values * v.values.reciprocal()))
        self.held(operation("+", first, second), Bound(u.values + v.values))
        return found if not (u.absolute or v.absolute) else replace(found, absolute=math.inf)

    def exponential(self, node: Node, x: Bound) -> Bound:
        (inner,) = node.operands
        if x.size is not None:
            raise Unbounded("terms of a sum may cancel")
        found = exp(x)
        many = "too many digits may be lost" if found.relative > MOST_LOST else ""
        if self.assumed is None or not self.in_sizes(node, many):
            return found
        # The relative error of e^x is the absolute one of x.
        size = operation("*", operation("+", number(1), self.size(inner, x)), node)
        relative = max(x.relative, FUNCTION_ERROR) + x.absolute * SUBNORMAL_SHARE
        return replace(found, relative=relative, size=size)


def _normal(found: Bound) -> Bound:
    """Count underflow as a relative error where the value is far from 0."""
    found = replace(found, values=found.values.opened())
    least = as_float(found.values.smallest)
    if found.absolute and least:
        share = found.absolute * SUBNORMAL_SHARE / least
        if share < 1:
            return replace(found, relative=found.relative + share, absolute=0.0)
    return found


_WITH_NODES: Mapping[str, Callable[..., Bound]] = {
    "+": _Bounds.add,
    "-": _Bounds.add,
    "*": _Bounds.multiply,
    "weigh": _Bounds.multiply,
    "/": _Bounds.divide,
    "exp": _Bounds.exponential,
    **dict.fromkeys(("divergence", "log_quotient"), _Bounds.divergence),
    **dict.fromkeys(("cloglog", "cloglog_slope", "cloglog_curve"), of_score),
    **dict.fromkeys(("log_factorial", "log_gamma"), of_gamma),
}
