"""Refutation: a point of the domain at which both sides have values and the relation is *proved* to
fail, or a side has no value.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from flint import arb, fmpq
from sympy import Expr

from cesym.prover.balls import evaluate_at, fact_holds
from cesym.prover.budget import Budget
from cesym.prover.exact import is_zero_at
from cesym.prover.hypotheses import Prepared
from cesym.prover.points import Witness, show
from cesym.prover.truth import condition_holds
from cesym.prover.values import Point, Undefined, Value, exactly, precision
from cesym.prover.verdict import Counterexample
from cesym.terms.conditions import Condition, Fact
from cesym.terms.printing import plain

BITS = 128
MORE_BITS = 2000
SECOND_LOOKS = 4


def refute(
    left: Expr,
    operator: str,
    right: Expr,
    conditions: Sequence[Condition],
    prepared: Prepared,
    points: Sequence[Witness],
    budget: Budget,
) -> Counterexample | None:
    """The first of `points` that refutes `left operator right`, None when none does."""
    for bits, tried in ((BITS, points), (MORE_BITS, points[:SECOND_LOOKS])):
        with precision(bits):
            for witness in tried:
                found = _refuted_at(
                    left, operator, right, conditions, prepared, witness.point, budget
                )
                if found is not None:
                    return found
    return None


def _refuted_at(
    left: Expr,
    operator: str,
    right: Expr,
    conditions: Sequence[Condition],
    prepared: Prepared,
    point: Point,
    budget: Budget,
) -> Counterexample | None:
    answers = [(condition, condition_holds(condition, point, budget)) for condition in conditions]
    for condition, answer in answers:
        if answer is False:
            return Counterexample(describe(prepared, point), undefined=condition_text(condition))
    if not all(answer for _, answer in answers):
        return None
    holds = fact_holds(Fact(left - right, operator), point, budget)
    equal = holds is None and operator in ("<", ">") and is_zero_at(left - right, point, budget)
    if holds is not False and not equal:
        return None
    try:
        values = [evaluate_at(side, point, budget) for side in (left, right)]
    except Undefined:
        return None
    shown = [digits(value) for value in values]
    if equal:
        return Counterexample(describe(prepared, point), shown[0], shown[0], difference="0")
    difference = digits(evaluate_at(left - right, point, budget)) if _alike(*shown) else None
    return Counterexample(describe(prepared, point), *shown, difference=difference)


def _alike(left: str, right: str) -> bool:
    """Whether two values look the same in the digits that are shown."""
    return Decimal(left) == Decimal(right)


def digits(value: Value) -> str:
    """A value in digits: exact where it is a short fraction.

    >>> digits(fmpq(1, 2)), digits(fmpq(1, 3))
    ('0.5', '0.333333333333333')
    """
    value = exactly(value)
    if isinstance(value, fmpq):
        short = Fraction(int(value.p), int(value.q)) * 10**SHORT
        if short.denominator == 1 and abs(short) < 10 ** (2 * SHORT):
            return format(Decimal(short.numerator).scaleb(-SHORT).normalize(), "f")
        value = arb(value)
    return value.str(15, radius=False)


SHORT = 6
"""Digits after the point up to which a fraction is shown exactly."""


def describe(prepared: Prepared, point: Point) -> tuple[tuple[str, str], ...]:
    """The point as names and values, in the order of the declarations."""
    hidden = {index.name for _, index in prepared.hot}
    shown = []
    for declaration in prepared.context:
        symbol = prepared.context.symbol(declaration.name)
        if declaration.shape:
            shown.append((declaration.name, _nested(point.entries[symbol], len(declaration.shape))))
        elif declaration.name not in hidden:
            shown.append((declaration.name, show(point.scalars[symbol])))
    return tuple(shown)


def _nested(entries: dict[tuple[int, ...], Value], rank: int) -> str:
    if rank == 1:
        return "[" + ", ".join(show(entries[cell]) for cell in sorted(entries)) + "]"
    rows = sorted({cell[0] for cell in entries})
    inner = ({cell[1:]: value for cell, value in entries.items() if cell[0] == row} for row in rows)
    return "[" + ", ".join(_nested(row, rank - 1) for row in inner) + "]"


def condition_text(condition: Condition) -> str:
    """A condition in the plain language."""
    text = (
        " or ".join(f"{plain(fact.term)} {fact.relation} 0" for fact in condition.alternatives)
        or "never"
    )
    for binder in reversed(condition.binders):
        text += f" for {binder.index.name} from {plain(binder.lower)} to {plain(binder.upper)}"
    if condition.guards:
        text += " where " + " and ".join(
            f"{plain(fact.term)} {fact.relation} 0" for fact in condition.guards
        )
    return text
