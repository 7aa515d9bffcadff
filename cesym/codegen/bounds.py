r"""How far a program's rounded result can be off, by the operations alone: an a priori bound.

For every node: an interval that holds its values, and two numbers r and a such that, to first
order,

    |computed - exact| <= r u |exact| + a eta,    u = 2^-53,  eta = 2^-1074,

so that r counts roundings and a what underflow adds. Sums of one sign weigh the errors of their
terms by their shares; where terms of different signs may cancel there is no bound, and so none at
all (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., sections 2.2, 3.1 and 4.2).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from cesym.codegen.intervals import LARGEST, Interval, hull, point, union
from cesym.codegen.nodes import ARGUMENT, NUMBER, TESTS, Node
from cesym.errors import UnsupportedTerm

FUNCTION_ERROR = 2.0
"""The error of exp, log, log1p and expm1, in u: one ulp is at most 2 u. tanh has twice that."""

LARGEST_EXPONENT = Fraction(709)
"""exp of more may overflow."""

LEAST_EXPONENT = 746.0
"""exp of less than minus this is 0 in float64."""

SUBNORMAL_SHARE = 2.0 ** (53 - 1074)
"""eta / u: an absolute error a eta of a number x is a relative one of a (eta / u) / |x| units u."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What is known of a node: its values, relative error in u, absolute error in eta."""

    values: Interval
    relative: float = 0.0
    absolute: float = 0.0

    @property
    def exact(self) -> bool:
        """Whether nothing was rounded."""
        return self.relative == 0 and self.absolute == 0


class Unbounded(UnsupportedTerm):
    """No bound: something may cancel, overflow, or have no value."""


def bound(node: Node, box: Mapping[str, Interval]) -> Bound:
    """The bound of `node` for arguments in `box`. Raises Unbounded when there is none.

    >>> from cesym.codegen.nodes import argument, number, operation
    >>> box = {"t": Interval(Fraction(0), Fraction(1))}
    >>> bound(operation("+", number(1), argument("t")), box).relative
    1.0
    """
    return _Bounds(box).of(node)


class _Bounds:
    """One walk; what was bounded once is kept."""

    def __init__(self, box: Mapping[str, Interval]) -> None:
        self.box = box
        self.known: dict[Node, Bound] = {}

    def of(self, node: Node) -> Bound:
        if node not in self.known:
            self.known[node] = _normal(self.fresh(node))
        return self.known[node]

    def fresh(self, node: Node) -> Bound:
        if node.head == NUMBER:
            value = Fraction(node.leaf or 0)
            return Bound(point(value), 0.0 if _representable(value) else 1.0)
        if node.head == ARGUMENT:
            return Bound(self.box[str(node.leaf)])
        if node.head == "*" and node.operands[0] == node.operands[1]:
            return _square(self.of(node.operands[0]))
        return _RULES[node.head](*map(self.of, node.operands))


def _normal(found: Bound) -> Bound:
    """Refuse overflow; count underflow as a relative error where the value is far from 0."""
    if found.values.largest > LARGEST * (1 + Fraction(1, 2**54)):
        raise Unbounded("it may overflow")
    least = float(found.values.smallest)
    if found.absolute and least:
        share = found.absolute * SUBNORMAL_SHARE / least
        if share < 1:
            return Bound(found.values, found.relative + share)
    return found


def _ratio(error: float, size: float) -> float:
    """An error by a size, which may be so small that it is 0 as a float."""
    return error / size if size else math.inf if error else 0.0


def _representable(value: Fraction) -> bool:
    try:
        return Fraction(float(value)) == value
    except OverflowError:
        return False


def _power_of_two(values: Interval) -> bool:
    size = abs(values.low)
    return values.is_point and size != 0 and math.frexp(float(size))[0] == 0.5


def _is_zero(a: Bound) -> bool:
    return a.exact and a.values == point(0)


def _add(a: Bound, b: Bound) -> Bound:
    if _is_zero(a) or _is_zero(b):
        return b if _is_zero(a) else a
    values = a.values + b.values
    if a.exact and b.exact:
        fits = values.is_point and _representable(values.low)
        return Bound(values, 0.0 if fits else 1.0)
    absolute = a.absolute + b.absolute
    if a.values.low >= 0 <= b.values.low or a.values.high <= 0 >= b.values.high:
        return Bound(values, _shared(a, b) + 1, absolute)
    if 0 in values:
        raise Unbounded("terms of a sum may cancel")
    weighted = float(a.values.largest) * a.relative + float(b.values.largest) * b.relative
    return Bound(values, _ratio(weighted, float(values.smallest)) + 1, absolute)


def _shared(a: Bound, b: Bound) -> float:
    """The largest of p r_a + (1 - p) r_b, where p is the share of a in a + b."""
    low, high = a.values.magnitude(), b.values.magnitude()
    shares = [
        float(x / (x + y)) if x + y else fallback
        for x, y, fallback in ((low.low, high.high, 0.0), (low.high, high.low, 1.0))
    ]
    return max(p * a.relative + (1 - p) * b.relative for p in shares)


def _total(*terms: Bound) -> Bound:
    """A sum of one sign whose own roundings are all made good, but for the last.

    What undoes the rounding of an operand is of the size of that error, so that to first order the
    sum of the others is as near; it counts as an exact 0 here.
    """
    kept = [term for term in terms if not _is_zero(term)] or [Bound(point(0))]
    if len(kept) > 1 and not (
        all(k.values.low >= 0 for k in kept) or all(k.values.high <= 0 for k in kept)
    ):
        raise Unbounded("terms of a sum may cancel")
    found = reduce(_unrounded_sum, kept)
    return Bound(found.values, found.relative + (len(kept) > 1), found.absolute)


def _unrounded_sum(a: Bound, b: Bound) -> Bound:
    return Bound(a.values + b.values, _shared(a, b), a.absolute + b.absolute)


def _no_error(_a: Bound, _b: Bound) -> Bound:
    return Bound(point(0))


def _subtract(a: Bound, b: Bound) -> Bound:
    return _add(a, _negate(b))


def _negate(a: Bound) -> Bound:
    return Bound(-a.values, a.relative, a.absolute)


def _multiply(a: Bound, b: Bound) -> Bound:
    if _is_zero(a) or _is_zero(b):
        return Bound(point(0))
    values = a.values * b.values
    absolute = a.absolute * float(b.values.largest) + b.absolute * float(a.values.largest)
    for one, other in ((a, b), (b, a)):
        if one.exact and _power_of_two(one.values):
            lost = 0.0 if one.values.smallest >= 1 else 1.0
            return Bound(values, other.relative, absolute + lost)
    return Bound(values, a.relative + b.relative + 1, absolute + 1)


def _square(a: Bound) -> Bound:
    if a.exact and a.values in (point(0), point(1), point(-1)):
        return Bound(a.values.square())
    absolute = 2 * a.absolute * float(a.values.largest)
    return Bound(a.values.square(), 2 * a.relative + 1, absolute + 1)


def _divide(a: Bound, b: Bound) -> Bound:
    if 0 in b.values:
        raise Unbounded("a denominator may be 0")
    if _is_zero(a):
        return a
    least = float(b.values.smallest)
    values = a.values * b.values.reciprocal()
    absolute = _ratio(a.absolute, least)
    absolute += _ratio(_ratio(b.absolute * float(a.values.largest), least), least)
    if b.exact and _power_of_two(b.values):
        return Bound(values, a.relative, absolute + 1)
    return Bound(values, a.relative + b.relative + 1, absolute + 1)


def _absolute(a: Bound) -> Bound:
    return Bound(a.values.magnitude(), a.relative, a.absolute)


def _larger(a: Bound, b: Bound) -> Bound:
    if a.values.low >= b.values.high and a.exact and b.exact:
        return a
    if b.values.low >= a.values.high and a.exact and b.exact:
        return b
    low, high = max(a.values.low, b.values.low), max(a.values.high, b.values.high)
    values = Interval(low, high)
    return Bound(values, max(a.relative, b.relative), max(a.absolute, b.absolute))


def _smaller(a: Bound, b: Bound) -> Bound:
    return _negate(_larger(_negate(a), _negate(b)))


def _exp(x: Bound) -> Bound:
    if x.values.high > LARGEST_EXPONENT:
        raise Unbounded("it may overflow")
    if x.exact and x.values == point(0):
        return Bound(point(1))
    high = 1 if x.values.high <= 0 else None
    values = x.values.map(math.exp).cut(0, high)
    size = min(float(x.values.largest), LEAST_EXPONENT)
    return Bound(values, size * x.relative + FUNCTION_ERROR, 1.0)


def _log(x: Bound) -> Bound:
    if x.values.low <= 0:
        raise Unbounded("the argument of a logarithm may be 0 or less")
    values = x.values.map(math.log)
    if x.exact:
        return Bound(values, FUNCTION_ERROR)
    if 1 in x.values:
        raise Unbounded("the logarithm of a rounded number near 1 keeps no digits")
    relative = x.relative + _ratio(x.absolute * SUBNORMAL_SHARE, float(x.values.low))
    return Bound(values, _ratio(relative, float(values.smallest)) + FUNCTION_ERROR)


def _log1p(x: Bound) -> Bound:
    if x.values.low <= -1:
        raise Unbounded("the argument of a logarithm may be 0 or less")
    values = _odd(x, x.values.map(math.log1p))
    low = float(x.values.low)
    condition = 1.0 if low >= 0 else low / ((1 + low) * math.log1p(low))
    relative = condition * x.relative if x.relative else 0.0
    return Bound(values, relative + FUNCTION_ERROR, x.absolute / min(1.0, 1 + low) + 1)


def _expm1(x: Bound) -> Bound:
    if x.values.high > LARGEST_EXPONENT:
        raise Unbounded("it may overflow")
    values = _odd(x, x.values.map(math.expm1).cut(low=-1))
    high = max(0.0, float(x.values.high))
    absolute = x.absolute * math.exp(high) + 1
    return Bound(values, (1 + high) * x.relative + FUNCTION_ERROR, absolute)


def _tanh(x: Bound) -> Bound:
    values = _odd(x, x.values.map(math.tanh).cut(-1, 1))
    return Bound(values, x.relative + 2 * FUNCTION_ERROR, x.absolute + 1)


def _odd(x: Bound, values: Interval) -> Interval:
    """Of a function that is 0 at 0 and grows: the sign of its argument is that of its value."""
    return values.cut(0 if x.values.low >= 0 else None, 0 if x.values.high <= 0 else None)


def _sqrt(x: Bound) -> Bound:
    if x.values.low < 0 or (x.absolute and x.values.low == 0):
        raise Unbounded("the argument of a square root may be 0 or less")
    return Bound(x.values.map(math.sqrt).cut(low=0), x.relative / 2 + 1)


def _test(head: str) -> Callable[[Bound, Bound], Bound]:
    def rule(a: Bound, b: Bound) -> Bound:
        if not (a.exact and b.exact):
            raise Unbounded("the rounding may decide which case holds")
        low, high = a.values - b.values, b.values - a.values
        sure, never = {
            ">=": (low.low >= 0, low.high < 0),
            "<=": (high.low >= 0, high.high < 0),
            ">": (low.low > 0, low.high <= 0),
            "<": (high.low > 0, high.high <= 0),
        }[head]
        return Bound(point(1) if sure else point(0) if never else hull(Fraction(0), Fraction(1)))

    return rule


def _where(test: Bound, a: Bound, b: Bound) -> Bound:
    if test.values == point(1):
        return a
    if test.values == point(0):
        return b
    relative, absolute = max(a.relative, b.relative), max(a.absolute, b.absolute)
    return Bound(union(a.values, b.values), relative, absolute)


_RULES: dict[str, Callable[..., Bound]] = {
    "+": _add,
    "-": _subtract,
    "*": _multiply,
    "weigh": _multiply,
    "/": _divide,
    "neg": _negate,
    "abs": _absolute,
    "max": _larger,
    "min": _smaller,
    "exp": _exp,
    "log": _log,
    "log1p": _log1p,
    "expm1": _expm1,
    "sqrt": _sqrt,
    "tanh": _tanh,
    "where": _where,
    "total": _total,
    "sum_error": _no_error,
    "product_error": _no_error,
    **{head: _test(head) for head in TESTS},
}
