"""Terms at a point, in exact rationals as long as possible and in Arb balls from there on.

A ball is an interval that is *proved* to hold the value, so a ball of `left - right` that excludes
0 proves that they differ.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from flint import arb, fmpq
from sympy import (
    Abs,
    Add,
    Expr,
    Indexed,
    KroneckerDelta,
    Max,
    Min,
    Mul,
    Piecewise,
    Pow,
    Product,
    Rational,
    S,
    Sum,
    Symbol,
    cosh,
    exp,
    gamma,
    log,
    loggamma,
    sign,
    sinh,
    tanh,
)

from cesym.errors import UnsupportedTerm
from cesym.prover.budget import Budget
from cesym.prover.relations import holds
from cesym.prover.values import Point, Undefined, Value, ball, exactly, sign_of
from cesym.terms.conditions import Fact
from cesym.terms.functions import xlogy

LONGEST_SUM = 10_000
MOST_DIGITS = 4000


def evaluate_at(term: Expr, point: Point, budget: Budget) -> Value:
    """The value of `term`. Raises Undefined where it has none or where that cannot be told at this
    precision.

    The working precision is flint's `ctx.prec`; see `precision`.
    """
    budget.tick()
    return _rule_for(type(term))(term, point, budget)


@cache
def _rule_for(head: type) -> Callable[[Expr, Point, Budget], Value]:
    for known, rule in _RULES:
        if issubclass(head, known):
            return rule
    raise UnsupportedTerm("the prover does not know {head}", head=head.__name__)


def _rational(term: Expr, _point: Point, _budget: Budget) -> Value:
    return fmpq(int(term.p), int(term.q))


def _symbol(term: Expr, point: Point, _budget: Budget) -> Value:
    if term not in point.scalars:
        raise Undefined
    return point.scalars[term]


def _indexed(term: Indexed, point: Point, budget: Budget) -> Value:
    indices = tuple(integer(evaluate_at(index, point, budget)) for index in term.indices)
    try:
        return point.entries[term.base][indices]
    except KeyError:
        raise Undefined from None


def integer(value: Value) -> int:
    """A value that is an integer. Raises Undefined for any other."""
    value = exactly(value)
    if not isinstance(value, fmpq) or value.q != 1:
        raise Undefined
    return int(value.p)


def _add(term: Expr, point: Point, budget: Budget) -> Value:
    total: Value = fmpq(0)
    for argument in term.args:
        total = _plus(total, evaluate_at(argument, point, budget))
    return total


def _plus(left: Value, right: Value) -> Value:
    if isinstance(left, fmpq) and isinstance(right, fmpq):
        return left + right
    return ball(left) + ball(right)


def _times(left: Value, right: Value) -> Value:
    if isinstance(left, fmpq) and isinstance(right, fmpq):
        return left * right
    if (isinstance(left, fmpq) and left == 0) or (isinstance(right, fmpq) and right == 0):
        return fmpq(0)
    return ball(left) * ball(right)


def _multiply(term: Expr, point: Point, budget: Budget) -> Value:
    result: Value = fmpq(1)
    for argument in term.args:
        result = _times(result, evaluate_at(argument, point, budget))
    return result


def _power(term: Pow, point: Point, budget: Budget) -> Value:
    base, exponent = (
        evaluate_at(term.base, point, budget),
        exactly(evaluate_at(term.exp, point, budget)),
    )
    if isinstance(exponent, fmpq) and exponent.q == 1:
        return _integer_power(base, int(exponent.p))
    if sign_of(base) == 0 and sign_of(exponent) == 1:
        return fmpq(0)
    if sign_of(base) != 1:
        raise Undefined
    if isinstance(exponent, fmpq):
        return exactly(
            _finite(ball(base).sqrt() if exponent == fmpq(1, 2) else ball(base) ** ball(exponent))
        )
    return _finite(ball(base) ** ball(exponent))


def _integer_power(base: Value, exponent: int) -> Value:
    if exponent < 0 and sign_of(base) in (0, None):
        raise Undefined
    if isinstance(base, fmpq):
        size = max(abs(int(base.p)), int(base.q)).bit_length()
        if size * abs(exponent) < 4 * MOST_DIGITS:
            return base**exponent
    return _finite(ball(base) ** exponent)


def _finite(value: arb) -> arb:
    if not value.is_finite():
        raise Undefined
    return value


def _exp(term: Expr, point: Point, budget: Budget) -> Value:
    value = evaluate_at(term.args[0], point, budget)
    return fmpq(1) if sign_of(value) == 0 else _finite(ball(value).exp())


def _log(term: Expr, point: Point, budget: Budget) -> Value:
    value = evaluate_at(term.args[0], point, budget)
    if sign_of(value) != 1:
        raise Undefined
    return fmpq(0) if isinstance(value, fmpq) and value == 1 else _finite(ball(value).log())


def _xlogy(term: Expr, point: Point, budget: Budget) -> Value:
    first = evaluate_at(term.args[0], point, budget)
    if sign_of(first) == 0:
        return fmpq(0)
    return _times(first, _log(log(term.args[1], evaluate=False), point, budget))


def _unary(method: str, at_zero: int) -> Callable[[Expr, Point, Budget], Value]:
    def rule(term: Expr, point: Point, budget: Budget) -> Value:
        value = evaluate_at(term.args[0], point, budget)
        return fmpq(at_zero) if sign_of(value) == 0 else _finite(getattr(ball(value), method)())

    return rule


def _lgamma(term: Expr, point: Point, budget: Budget) -> Value:
    value = evaluate_at(term.args[0], point, budget)
    if sign_of(value) != 1:
        raise Undefined
    return _finite(ball(value).lgamma())


def _gamma(term: Expr, point: Point, budget: Budget) -> Value:
    value = evaluate_at(term.args[0], point, budget)
    if sign_of(value) != 1:
        raise Undefined
    return _finite(ball(value).gamma())


def _abs(term: Expr, point: Point, budget: Budget) -> Value:
    value = evaluate_at(term.args[0], point, budget)
    return abs(value)


def _sign(term: Expr, point: Point, budget: Budget) -> Value:
    known = sign_of(evaluate_at(term.args[0], point, budget))
    if known is None:
        raise Undefined
    return fmpq(known)


def _extreme(largest: bool) -> Callable[[Expr, Point, Budget], Value]:
    def rule(term: Expr, point: Point, budget: Budget) -> Value:
        values = [evaluate_at(argument, point, budget) for argument in term.args]
        if all(isinstance(value, fmpq) for value in values):
            return max(values) if largest else min(values)
        result = ball(values[0])
        for value in values[1:]:
            result = result.max(ball(value)) if largest else result.min(ball(value))
        return result

    return rule


def _delta(term: Expr, point: Point, budget: Budget) -> Value:
    first, second = (integer(evaluate_at(a, point, budget)) for a in term.args)
    return fmpq(int(first == second))


def _iterated(
    start: int, combine: Callable[[Value, Value], Value]
) -> Callable[[Expr, Point, Budget], Value]:
    def rule(term: Expr, point: Point, budget: Budget) -> Value:
        (index, lower, upper), inner = term.limits[-1], term.limits[:-1]
        body = term.func(term.function, *inner) if inner else term.function
        first, last = (integer(evaluate_at(end, point, budget)) for end in (lower, upper))
        if last - first > LONGEST_SUM:
            raise Undefined
        result: Value = fmpq(start)
        for k in range(first, last + 1):
            result = combine(result, evaluate_at(body, point.with_index(index, k), budget))
        return result

    return rule


def _piecewise(term: Piecewise, point: Point, budget: Budget) -> Value:
    for value, test in term.args:
        if test == True:  # noqa: E712
            return evaluate_at(value, point, budget)
        answer = fact_holds(Fact(test.lhs - test.rhs, test.rel_op), point, budget)
        if answer is None:
            raise Undefined
        if answer:
            return evaluate_at(value, point, budget)
    raise Undefined


_RULES: tuple[tuple[type | tuple[type, ...], Callable[[Expr, Point, Budget], Value]], ...] = (
    (Symbol, _symbol),
    (Indexed, _indexed),
    (Add, _add),
    (Mul, _multiply),
    (exp, _exp),
    (type(S.Exp1), lambda *_: arb(1).exp()),
    (type(S.Pi), lambda *_: arb.pi()),
    (log, _log),
    (Pow, _power),
    (xlogy, _xlogy),
    (Abs, _abs),
    (sign, _sign),
    (Max, _extreme(largest=True)),
    (Min, _extreme(largest=False)),
    (KroneckerDelta, _delta),
    (Sum, _iterated(0, _plus)),
    (Product, _iterated(1, _times)),
    (Piecewise, _piecewise),
    (tanh, _unary("tanh", 0)),
    (sinh, _unary("sinh", 0)),
    (cosh, _unary("cosh", 1)),
    (loggamma, _lgamma),
    (gamma, _gamma),
    (Rational, _rational),
)


def fact_holds(fact: Fact, point: Point, budget: Budget) -> bool | None:
    """Whether a fact is certain to hold (True), certain not to hold (False), or not known (None) at
    a point.
    """
    try:
        known = sign_of(evaluate_at(fact.term, point, budget))
    except Undefined:
        return None
    return None if known is None else holds(fact.relation, known)
