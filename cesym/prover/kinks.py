r"""Whether a derivative is *shown* not to exist where a part of the formula has a kink.

That no part has a kink is enough for a derivative, and not always needed: `max(1 - s, 0)**2` has
one everywhere, `abs(x) - abs(x)` too. A missing derivative refutes, so it must be shown.

All that is asked is whether f(h), the formula a step h aside, has a derivative at h = 0. By an
entry of a vector this is the partial derivative: h is added to this entry alone. Whatever h does
not change is a number there, sums of literal length are written out, and so f is a formula in h.

**Theorem.** Let f_+ be f in which, from the inside to the outside, every |u| is written s u, every
sign(u) is s and every case distinction on the sign of u is the case that s meets, where s is the
sign of u_+(0), or else, if u_+(0) = 0, that of u_+'(0), neither being 0; and f_- likewise, with the
sign of -u_-'(0). Let f_+ and f_- be differentiable at 0, with every part of them. If f_+(0) !=
f_-(0) or f_+'(0) != f_-'(0), then f is not differentiable at 0.

*Proof.* By induction f = f_+ on some interval to the right of 0, without 0: all u_+ in it have the
sign s there, by continuity where u_+(0) != 0, and else since u_+(h) = u_+'(0) h + o(h). So f = f_-
to the left. Were f differentiable at 0, it would be continuous, so f_+(0) = f(0) = f_-(0), and its
slope would be the slope from the right, f_+'(0), and that from the left, f_-'(0). ∎

At an end of the declared domain of the variable nothing is said: the derivative might be meant as
one from the inside.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flint import arb, fmpq
from sympy import Abs, Expr, Integer, Piecewise, nan, oo, sign, zoo

from cesym.errors import UnsupportedTerm
from cesym.prover.balls import evaluate_at, integer
from cesym.prover.budget import Budget
from cesym.prover.exact import is_zero_at, with_values
from cesym.prover.relations import holds
from cesym.prover.values import Point, Undefined, ball, sign_of
from cesym.terms.conditions import STEP, Binder, Kink
from cesym.terms.differentiation import D

KINKED = (Abs, sign, Piecewise)
"""What may have a kink; a maximum is written by an absolute value before."""

SIDES = (1, -1)
"""To the right of the point, and to the left."""


def no_derivative(kink: Kink, point: Point, budget: Budget) -> bool:
    """Whether there is provably no derivative at `point`, for some values of the bound indices of
    the kink. Its terms are settled.
    """
    if kink.body is None:
        return False
    try:
        return any(
            _inside(kink, there, budget) and _differs(kink.body, there, budget)
            for there in _bound(kink.binders, point, budget)
        )
    except (Undefined, UnsupportedTerm):
        return False


def _bound(binders: tuple[Binder, ...], point: Point, budget: Budget) -> Iterator[Point]:
    """The point with all values of bound indices."""
    if not binders:
        yield point
        return
    first, *rest = binders
    lower, upper = (integer(evaluate_at(end, point, budget)) for end in (first.lower, first.upper))
    for k in range(lower, upper + 1):
        yield from _bound(tuple(rest), point.with_index(first.index, k), budget)


def _inside(kink: Kink, point: Point, budget: Budget) -> bool:
    """Whether the variable is certain to lie inside its domain, and not at an end of it."""
    value, domain = evaluate_at(kink.place, point, budget), kink.domain
    below = domain.lower is None or sign_of(ball(value) - _ball(domain.lower)) == 1
    return below and (domain.upper is None or sign_of(_ball(domain.upper) - ball(value)) == 1)


def _differs(body: Expr, point: Point, budget: Budget) -> bool:
    """Whether value or slope on the right and on the left are certain to differ."""
    known = with_values(body, point)
    here = Point({**point.scalars, STEP: fmpq(0)}, point.entries)
    sides = [_one_sided(known, side, here, budget) for side in SIDES]
    values = [(evaluate_at(f, here, budget), evaluate_at(D(f, STEP), here, budget)) for f in sides]
    return any(sign_of(ball(a) - ball(b)) in SIDES for a, b in zip(*values, strict=True))


def _one_sided(term: Expr, side: int, point: Point, budget: Budget) -> Expr:
    """The formula without kinks that holds on one side. Raises Undefined where it is not clear."""
    while (part := _innermost(term)) is not None:
        term = term.xreplace({part: _resolved(part, side, point, budget)})
        if term.has(nan, zoo, oo, -oo):
            raise Undefined
    return term


def _innermost(term: Expr) -> Expr | None:
    """A part with a kink, without another one inside; the first in a fixed order."""
    parts = {part for part in term.atoms(*KINKED) if part.has(STEP)}
    inner = (part for part in parts if not any(other in parts for other in _inside_of(part)))
    return min(inner, key=str, default=None)


def _inside_of(part: Expr) -> set[Expr]:
    return part.atoms(*KINKED) - {part}


def _resolved(part: Expr, side: int, point: Point, budget: Budget) -> Expr:
    """What a part is on one side."""
    if not isinstance(part, Piecewise):
        (inner,) = part.args
        known = Integer(_sign_beside(inner, side, point, budget))
        return known * inner if isinstance(part, Abs) else known
    for value, test in part.args:
        if test == True or holds(  # noqa: E712
            test.rel_op, _sign_beside(test.lhs - test.rhs, side, point, budget)
        ):
            return value
    raise Undefined


def _sign_beside(term: Expr, side: int, point: Point, budget: Budget) -> int:
    """The sign of a term, without kinks, close to the point on one side."""
    known = sign_of(evaluate_at(term, point, budget))
    if known in SIDES:
        return known
    if known is None and not is_zero_at(term, point, budget):
        raise Undefined
    if not term.has(STEP):
        return 0
    slope = sign_of(evaluate_at(D(term, STEP), point, budget))
    if slope not in SIDES:
        raise Undefined
    return slope * side


def _ball(end: Fraction) -> arb:
    return arb(fmpq(end.numerator, end.denominator))
