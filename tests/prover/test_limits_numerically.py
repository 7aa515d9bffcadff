"""Random exp-log terms: where a limit is proved, digits far out must agree with it.

A wrong finite limit shows as an error that does not fall, a wrong infinite one as values that do
not grow.
"""

from __future__ import annotations

from random import Random

import mpmath
import pytest
from sympy import (
    Expr,
    I,
    Integer,
    N,
    Pow,
    Rational,
    S,
    Symbol,
    exp,
    lambdify,
    log,
    nan,
    oo,
    sqrt,
    tanh,
    zoo,
)

from cesym.errors import CesymError
from cesym.prover.budget import Budget
from cesym.prover.facts import Facts
from cesym.prover.limits import limit
from cesym.terms.context import Context

x = Symbol("x", real=True)
LEAVES = (x, x, x, 1 / x, x**2, sqrt(x), S.One, Integer(2), -S.Half, log(x), exp(-x), exp(x))
UNARY = (
    exp,
    log,
    tanh,
    abs,
    lambda u: log(1 + exp(u)),
    lambda u: 1 / (1 + exp(-u)),
    sqrt,
    lambda u: u ** Rational(1, 3),
    lambda u: u**2,
    lambda u: 1 / u,
)
PLACES = ((30, 600), (200, 1500), (1500, 4000))
"""Distances of t = x or 1/x, each with the digits that cancellation there needs."""

FAR = (30, 100)
"""Powers of ten, for terms without nested exponentials."""


def random_term(random: Random, depth: int) -> Expr:
    if depth == 0 or random.random() < 0.12:
        return random.choice(LEAVES)
    first = random_term(random, depth - 1)
    if random.random() < 0.4:
        return random.choice(UNARY)(first)
    second = random_term(random, depth - 1)
    return random.choice(
        (first + second, first - second, first * second, first / second, first + second)
    )


def nesting(term: Expr) -> int:
    if not term.args:
        return 0
    power = isinstance(term, Pow) and not term.exp.is_Rational
    return max(map(nesting, term.args)) + (isinstance(term, exp | tanh) or power)


def values(term: Expr, target: Expr) -> list[mpmath.mpf]:
    call = lambdify(x, term, modules=["mpmath"])
    places = [(mpmath.mpf(t), digits) for t, digits in PLACES]
    if nesting(term) < 2:
        places += [(mpmath.mpf(10) ** k, 3 * k + 300) for k in FAR]
    found = []
    for t, digits in places:
        with mpmath.workdps(digits):
            try:
                found.append(call(t if target is oo else 1 / t))
            except (OverflowError, ZeroDivisionError, ValueError):
                continue
    return [value for value in found if isinstance(value, mpmath.mpf)]


def agrees(found: list[mpmath.mpf], value: Expr) -> bool:
    if value in (oo, -oo):
        sign = 1 if value is oo else -1
        return sign * found[-1] > 0 and (abs(found[-1]) > abs(found[0]) or abs(found[-1]) > 10)
    with mpmath.workdps(50):
        right = mpmath.mpf(str(N(value, 60)))
        errors = [abs(digits - right) for digits in found]
        return errors[-1] < 0.02 * (1 + abs(right)) or errors[-1] < 0.8 * errors[0]


@pytest.mark.parametrize("seed", range(4))
def test_proved_limits_agree_with_digits(seed: int) -> None:
    random, compared, wrong = Random(seed), 0, []
    for _ in range(150):
        term, target = random_term(random, 3), random.choice((oo, S.Zero))
        if term.has(zoo, nan, I, oo) or nesting(term) > 2 or not term.has(x):
            continue
        try:
            known = limit(term, x, target, 1, Facts(Context()), Budget(2))
        except CesymError:
            continue
        found = values(term, target) if known is not None else []
        if known is not None and known.value is not None and len(found) > 1:
            compared += 1
            if not agrees(found, known.value):
                wrong.append((term, target, known.value, [mpmath.nstr(v, 8) for v in found]))
    assert not wrong
    assert compared > 60
