"""The logarithm of a quotient, without cancellation where its two numbers are close.

Of log(u/v) few digits are right where the rounded u/v is nearly 1. With d = u - v, which is told
since computed from a rounded u and v it would be wrong,

    log(u/v) = log1p(d/v),

and that is used for |d| <= v/2; elsewhere the logarithm is at least log(3/2) in size, and no
rounding of u/v harms it.
"""

from __future__ import annotations

import math
from fractions import Fraction

from sympy import Expr, expand, fraction, log

from cesym.codegen.elementary import Bound, Unbounded
from cesym.codegen.intervals import Interval
from cesym.codegen.nodes import Node, number, operation

ZERO, HALF, ONE = number(0), number(Fraction(1, 2)), number(1)


def find_quotient(term: Expr) -> tuple[Expr, tuple[Expr, ...]] | None:
    """log(u/v), and u, v and u - v, if neither is a number.

    >>> from sympy import symbols
    >>> p, q = symbols("p q", positive=True)
    >>> find_quotient(log(p / q))[1]
    (p, q, p - q)
    """
    if not isinstance(term, log):
        return None
    u, v = fraction(term.args[0])
    if u.is_number or v.is_number:
        return None
    return term, (u, v, expand(u - v))


def quotient_bound(u: Bound, v: Bound, d: Bound) -> Bound:
    """The bound of log(u/v), from those of u > 0, v > 0 and d = u - v.

    Near: the condition of log1p is at most 1.5 where |d/v| <= 1/2, and a little more for rounded
    ones. Far: |log(u/v)| is at least 0.4, so that an error of u/v counts 2.5 times.
    """
    if u.values.low <= 0 or v.values.low <= 0:
        raise Unbounded("the argument of a logarithm may be 0 or less")
    if u.values.overflows or v.values.overflows:
        raise Unbounded("it may overflow")
    near = 1.5 * (d.relative + v.relative + 1) + 2
    far = 2.5 * (u.relative + v.relative + 1) + 2
    high = _log(u.values.high) - _log(v.values.low) + 1
    low = _log(u.values.low) - _log(v.values.high) - 1
    return Bound(Interval(Fraction(low), Fraction(high)), max(near, far), 2.0 + 2 * d.absolute)


def _log(value: Fraction) -> float:
    """log of a fraction of any size."""
    return math.log(value.numerator) - math.log(value.denominator)


def quotient(u: Node, v: Node, d: Node) -> Node:
    """log(u/v) in other operations.

    >>> from cesym.codegen.nodes import argument
    >>> u, v = argument("u"), argument("v")
    >>> quotient(u, v, operation("-", u, v)).head
    'where'
    """
    test = operation("<=", operation("abs", d), operation("*", HALF, v))
    near = operation("log1p", operation("where", test, operation("/", d, v), ZERO))
    return operation("where", test, near, operation("log", operation("/", u, v)))
