r"""The terms of a divergence, u log(u/v) + v - u, without cancellation where u and v are close.

Of a sum of terms u log(u/v), nearly all cancels if every u is close to its v. If all v - u add up
to 0, as they do for probabilities, each may be added to its term, and no term is negative then.
With d = v - u, r = d/(u + v) and y = r^2, from the series of the inverse hyperbolic tangent,

    u log(u/v) + d = r (d - 2 u y C(y)),    C(y) = 1/3 + y/5 + y^2/7 + ...

(M. Maechler, log1pmx, R's Mathlib, pgamma.c). It is used for |r| <= 1/2; elsewhere little cancels.
In programs the operation `divergence` has the operands u, v and d; d is told, since computed from a
rounded u and v it would be wrong.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache, reduce

from flint import arb
from sympy import Add, Expr, Mul, cancel, expand, log

from cesym.codegen.elementary import Bound, Unbounded, as_float
from cesym.codegen.intervals import Interval
from cesym.codegen.nodes import Node, number, operation
from cesym.codegen.polynomials import polynomial

ZERO, HALF, ONE = number(0), number(Fraction(1, 2)), number(1)

COEFFICIENTS = 17

Term = tuple[Expr, Expr, Expr, Expr]
"""c, u, v and v - u of a term c u log(u/v)."""


def divergence_terms(term: Add) -> list[Term]:
    """The terms of `term`, if it is a sum of c (u log(u/v) + v - u); else nothing.

    >>> from sympy import symbols
    >>> p, q = symbols("p q", positive=True)
    >>> [found[:3] for found in divergence_terms(p * log(p / q) - p + q)]
    [(1, p, q)]
    """
    found: list[Term] = []
    rest = []
    for part in sorted(Add.make_args(term), key=str):
        logs = [f for f in Mul.make_args(part) if isinstance(f, log) and f.args[0].free_symbols]
        if len(logs) != 1:
            rest.append(part)
            continue
        factors = [f for f in Mul.make_args(part) if f != logs[0]]
        share = Mul(*(f for f in factors if f.is_Number))
        u = Mul(*(f for f in factors if not f.is_Number))
        v = cancel(u / logs[0].args[0])
        found.append((share, u, v, expand(v - u)))
    left = expand(Add(*rest) - Add(*(share * d for share, _u, _v, d in found)))
    return found if left == 0 else []


def divergence_bound(u: Bound, v: Bound, d: Bound) -> Bound:
    """The bound of u log(u/v) + d, from those of u > 0, v > 0 and d = v - u.

    Near: r is off by r_d + max(r_u, r_v) + 2, the subtrahend by e = r_u + 2 times that + 6; it is
    at most 0.099 of d where their signs are alike, and then the difference at least 0.9 of d. Far:
    at v = u/3, the worst place, the terms are 2.54 and 1.54 times the result; at v = 3 u, 1.22 and
    2.22.
    """
    if u.values.low <= 0 or v.values.low <= 0:
        raise Unbounded("the argument of a logarithm may be 0 or less")
    r = d.relative + max(u.relative, v.relative) + 2
    subtrahend = u.relative + 2 * r + 6
    near = r + 1.12 * d.relative + 0.25 * subtrahend + 1 + 1
    logarithm = u.relative + v.relative + 1
    far = 2.54 * (logarithm + 2 + u.relative + 1) + 2.22 * d.relative + 1
    size = max(abs(x) for part in (u, v) for x in _logarithms(part.values))
    high = u.values.high * 2 * Fraction(size) + d.values.largest
    return Bound(Interval(Fraction(0), high), max(near, far), 4.0 + 2 * d.absolute)


def _logarithms(values: Interval) -> tuple[float, float]:
    return math.log(as_float(values.low)) - 1, math.log(as_float(values.high)) + 1


def divergence(u: Node, v: Node, d: Node) -> Node:
    """u log(u/v) + d in other operations.

    >>> from cesym.codegen.nodes import argument
    >>> u, v = argument("u"), argument("v")
    >>> divergence(u, v, operation("-", v, u)).head
    'where'
    """
    total = operation("+", u, v)
    test = operation("<=", operation("abs", d), operation("*", HALF, total))
    # 0 for u = v = 0, as agreed.
    positive = operation("where", operation(">", total, ZERO), total, ONE)
    r = operation("/", d, positive)
    y = operation("*", r, r)
    lost = operation("*", operation("*", operation("*", number(2), u), y), _series(y))
    near = operation("*", r, operation("-", d, lost))
    far = operation("+", operation("weigh", u, operation("log", operation("/", u, v))), d)
    return operation("where", test, near, far)


def _series(y: Node) -> Node:
    """C(y) by Horner's scheme, the first coefficient exact."""
    rest = reduce(
        lambda inner, c: operation("+", number(c), operation("*", y, inner)),
        reversed(_coefficients()[:-1]),
        number(_coefficients()[-1]),
    )
    return operation("+", number(Fraction(1, 3)), operation("*", y, rest))


@cache
def _coefficients() -> tuple[Fraction, ...]:
    """Of (C(y) - 1/3)/y, interpolated on [0, 1/4]: right to 2^-60."""
    found = polynomial(lambda k: arb(1) / (2 * k + 5), 90, arb(0), arb(1) / 4, COEFFICIENTS)
    return tuple(Fraction(float(c)) for c in found)
