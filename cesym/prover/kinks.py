r"""Whether a derivative is *shown* not to exist where a part of the formula has a kink.

That no part has a kink is enough for a derivative, and not always needed: `max(1 - s, 0)**2` has
one everywhere, `abs(x) - abs(x)` too. A missing derivative refutes, so it must be shown.

**Theorem.** Let f(x) = F(x, |u_1(x)|, ..., |u_n(x)|), where all u_i are differentiable at a,
u_i(a) = 0 and u_i'(a) != 0, and let f_+ and f_- be f with every |u_i| written as u_i times the sign
of u_i'(a), and as its negative. If f_+ and f_- are differentiable at a and f_+'(a) != f_-'(a), then
f is not differentiable at a.

*Proof.* On some interval to the right of a, |u_i| is u_i times the sign of u_i'(a), so f = f_+
there, and f = f_- to the left. Were f differentiable at a, it would be continuous, so f_+(a) = f(a)
= f_-(a), and its slope would be the slope from the right, f_+'(a), and that from the left, f_-'(a).
The same holds of sign(u_i), which is 1 and -1 there. ∎

All other absolute values and signs must be shown away from 0, and f_+' and f_-' must have values at
a, with every part of them. Case distinctions are left alone.
"""

from __future__ import annotations

from sympy import Abs, Expr, Integer, Piecewise, Symbol, sign

from cesym.errors import UnsupportedTerm
from cesym.prover.balls import evaluate_at
from cesym.prover.budget import Budget
from cesym.prover.exact import is_zero_at
from cesym.prover.values import Point, Undefined, sign_of
from cesym.terms.conditions import Kink
from cesym.terms.differentiation import D

KINKED = (Abs, sign)


def no_derivative(kink: Kink, point: Point, budget: Budget) -> bool:
    """Whether there is provably no derivative of `kink.body` at `point`; its terms are settled."""
    body, variable = kink.body, kink.variable
    if body is None or variable is None or kink.at is None or body.has(Piecewise):
        return False
    try:
        here = evaluate_at(kink.at, point, budget)
        inside = Point({**point.scalars, variable: here}, point.entries)
        turned = _directions(body, variable, inside, budget)
        if not turned:
            return False
        slopes = [_slope(body, variable, turned, side) for side in (1, -1)]
        difference = evaluate_at(slopes[0], inside, budget) - evaluate_at(slopes[1], inside, budget)
        return sign_of(difference) in (-1, 1)
    except (Undefined, UnsupportedTerm):
        return False


def _directions(body: Expr, variable: Symbol, point: Point, budget: Budget) -> dict[Expr, int]:
    """The arguments at their kinks, each with the sign of its slope; empty if one is not clear."""
    arguments = {part.args[0] for part in body.atoms(*KINKED) if part.has(variable)}
    known = {u: sign_of(evaluate_at(u, point, budget)) for u in arguments}
    if any(known[u] is None and not is_zero_at(u, point, budget) for u in arguments):
        return {}
    turning = [u for u in arguments if known[u] not in (-1, 1)]
    if any(u.has(*KINKED) for u in turning):
        return {}
    slopes = {u: sign_of(evaluate_at(D(u, variable), point, budget)) for u in turning}
    found = {u: slope for u, slope in slopes.items() if slope in (-1, 1)}
    return found if len(found) == len(turning) else {}


def _slope(body: Expr, variable: Symbol, turned: dict[Expr, int], side: int) -> Expr:
    """The derivative of the formula that holds on one side."""
    signs = {sign(u): Integer(slope * side) for u, slope in turned.items()}
    sizes = {Abs(u): slope * side * u for u, slope in turned.items()}
    return D(body.xreplace({**sizes, **signs}), variable)
