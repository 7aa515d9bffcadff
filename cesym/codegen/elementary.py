"""The rules of the bounds for operations whose operands tell all: functions, signs, cases, sums.

Every rule takes what is known of the operands and gives what is known of the result; see
`cesym.codegen.bounds` for what that means.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce

from cesym.codegen.intervals import BEYOND, Interval, hull, point, union
from cesym.codegen.nodes import TESTS, Node
from cesym.errors import UnsupportedTerm

FUNCTION_ERROR = 2.0
"""The error of exp, log, log1p and expm1, in u: one ulp is at most 2 u. tanh has twice that."""

LARGEST_EXPONENT = Fraction(709)
"""exp of more may overflow."""

LEAST_EXPONENT = 746.0
"""exp of less than minus this is 0 in float64, and of more than this infinite."""

LEAST_NUMBER = Fraction(1, 2**1074)
"""What is less may be computed as 0."""

SUBNORMAL_SHARE = 2.0 ** (53 - 1074)
"""eta / u: an absolute error a eta of a number x is a relative one of a (eta / u) / |x| units u."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What is known of a node: its values, relative error in u, absolute error in eta.

    If there is a `size`, the relative error is a share of that, which is never less than the value.
    """

    values: Interval
    relative: float = 0.0
    absolute: float = 0.0
    size: Node | None = None

    @property
    def exact(self) -> bool:
        """Whether nothing was rounded."""
        return self.relative == 0 and self.absolute == 0


class Unbounded(UnsupportedTerm):
    """No bound: something may cancel, overflow on the way, or have no value."""


def as_float(value: Fraction) -> float:
    """The nearest float, or infinity beyond the largest."""
    return math.inf if value.numerator // value.denominator >= 2**1024 else float(value)


def times(error: float, size: Fraction) -> float:
    """An error times a size."""
    return error * as_float(size) if error else 0.0


def ratio(error: float, size: float) -> float:
    """An error by a size, which may be so small that it is 0 as a float."""
    return error / size if size else math.inf if error else 0.0


def representable(value: Fraction) -> bool:
    """Whether it is a float64."""
    try:
        return Fraction(float(value)) == value
    except OverflowError:
        return False


def power_of_two(values: Interval) -> bool:
    """Whether it is one number, a power of two but for its sign."""
    size = abs(values.low)
    return values.is_point and size != 0 and math.frexp(float(size))[0] == 0.5


def is_zero(a: Bound) -> bool:
    """Whether it is 0, exactly."""
    return a.exact and a.values == point(0)


def one_sign(a: Interval, b: Interval) -> bool:
    """Whether no two numbers in them have different signs."""
    return a.low >= 0 <= b.low or a.high <= 0 >= b.high


def added(a: Bound, b: Bound, *, alike: bool) -> Bound:
    """a + b, with terms `alike` in sign, or of which none can cancel the other."""
    values, absolute = a.values + b.values, a.absolute + b.absolute
    if alike:
        return Bound(values, shared(a, b) + 1, absolute)
    weighted = times(a.relative, a.values.largest) + times(b.relative, b.values.largest)
    return Bound(values, ratio(weighted, as_float(values.smallest)) + 1, absolute)


def shared(a: Bound, b: Bound) -> float:
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
    kept = [term for term in terms if not is_zero(term)] or [Bound(point(0))]
    if len(kept) > 1 and not (
        all(k.values.low >= 0 for k in kept) or all(k.values.high <= 0 for k in kept)
    ):
        raise Unbounded("terms of a sum may cancel")
    found = reduce(_unrounded_sum, kept)
    return Bound(found.values, found.relative + (len(kept) > 1), found.absolute)


def _unrounded_sum(a: Bound, b: Bound) -> Bound:
    return Bound(a.values + b.values, shared(a, b), a.absolute + b.absolute)


def _no_error(_a: Bound, _b: Bound) -> Bound:
    return Bound(point(0))


def negate(a: Bound) -> Bound:
    """-a."""
    return replace(a, values=-a.values)


def square(a: Bound) -> Bound:
    """x x. What underflow adds to x stays below all that counts in its square: if x is at least
    2^-512, it is a share of 2^-562 of it; else the square is below 2^-1024.
    """
    if a.exact and a.values in (point(0), point(1), point(-1)):
        return Bound(a.values.square())
    return Bound(a.values.square(), 2 * a.relative + 1, min(a.absolute, 1.0) + 1)


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
    return negate(_larger(negate(a), negate(b)))


def exp(x: Bound) -> Bound:
    """e^x: beyond all floats it is computed as infinite."""
    if x.exact and x.values == point(0):
        return Bound(point(1))
    values = _growing(x.values, math.exp).cut(0, 1 if x.values.high <= 0 else None)
    size = min(as_float(x.values.largest), LEAST_EXPONENT)
    lost = size * x.relative + x.absolute * SUBNORMAL_SHARE
    return Bound(values, lost + FUNCTION_ERROR, 1.0)


def _growing(values: Interval, function: Callable[[float], float]) -> Interval:
    """exp or expm1, which exceed all floats from `LARGEST_EXPONENT` on."""
    top = Fraction(LARGEST_EXPONENT)
    inside = Interval(max(min(values.low, top), -2 * top), max(min(values.high, top), -2 * top))
    found = inside.map(function)
    return Interval(found.low, BEYOND) if values.high > top else found


def log(x: Bound) -> Bound:
    """log x, x > 0."""
    if x.values.low < LEAST_NUMBER:
        raise Unbounded("the argument of a logarithm may be 0 or less")
    values = x.values.map(lambda end: math.log(end) if end else -LEAST_EXPONENT)
    if x.exact:
        return Bound(values, FUNCTION_ERROR)
    if 1 in x.values:
        raise Unbounded("the logarithm of a rounded number near 1 keeps no digits")
    relative = x.relative + ratio(x.absolute * SUBNORMAL_SHARE, float(x.values.low))
    return Bound(values, ratio(relative, float(values.smallest)) + FUNCTION_ERROR)


def _log1p(x: Bound) -> Bound:
    if x.values.low <= -1:
        raise Unbounded("the argument of a logarithm may be 0 or less")
    values = _odd(x, x.values.map(math.log1p))
    low = float(x.values.low)
    condition = 1.0 if low >= 0 else low / ((1 + low) * math.log1p(low))
    relative = condition * x.relative if x.relative else 0.0
    return Bound(values, relative + FUNCTION_ERROR, x.absolute / min(1.0, 1 + low) + 1)


def _expm1(x: Bound) -> Bound:
    values = _odd(x, _growing(x.values, math.expm1).cut(low=-1))
    high = min(max(0.0, as_float(x.values.high)), LEAST_EXPONENT)
    # Beyond 1 an absolute error of x is a relative one of the result.
    absolute = x.absolute * math.exp(min(high, 1.0)) + 1
    lost = (1 + high) * x.relative + x.absolute * SUBNORMAL_SHARE
    return Bound(values, lost + FUNCTION_ERROR, absolute)


def _tanh(x: Bound) -> Bound:
    values = _odd(x, x.values.held().map(math.tanh).cut(-1, 1))
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


RULES: Mapping[str, Callable[..., Bound]] = {
    "neg": negate,
    "abs": _absolute,
    "max": _larger,
    "min": _smaller,
    "log": log,
    "log1p": _log1p,
    "expm1": _expm1,
    "sqrt": _sqrt,
    "tanh": _tanh,
    "where": _where,
    "total": _total,
    "sum_error": _no_error,
    "product_error": _no_error,
    "exp_error": _no_error,
    **{head: _test(head) for head in TESTS},
}
"""Operation -> its rule. Those of `AT_INFINITY` are right for operands beyond all floats, too."""

AT_INFINITY = frozenset({"neg", "abs", "max", "min", "where", "expm1", "tanh"})
