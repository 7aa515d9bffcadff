"""Refutation: a point of the domain at which both sides have values and the relation is *proved* to
fail, or a side has no value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from flint import arb, fmpq
from sympy import Expr, Symbol

from cesym.prover.balls import evaluate_at, fact_holds
from cesym.prover.budget import Budget
from cesym.prover.exact import is_zero_at
from cesym.prover.hypotheses import Prepared
from cesym.prover.points import Witness, show
from cesym.prover.truth import condition_holds
from cesym.prover.values import Cells, Point, Undefined, Value, exactly, precision
from cesym.prover.verdict import Counterexample
from cesym.terms.conditions import Condition, Fact
from cesym.terms.printing import plain
from cesym.terms.printing.names import BOUND_LETTERS

BITS = 128
MORE_BITS = 2000
SECOND_LOOKS = 4


@dataclass(frozen=True, slots=True)
class Relation:
    """`left operator right` where `conditions` hold; all terms are settled, hypotheses applied."""

    left: Expr
    operator: str
    right: Expr
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A point at which a relation fails: a side has no value for want of `undefined`, or else the
    values are wrong, `equal` if they are the same number. Found with a precision of `bits`.
    """

    point: Point
    bits: int
    undefined: Condition | None = None
    equal: bool = False


def refute(relation: Relation, points: Sequence[Witness], budget: Budget) -> Failure | None:
    """The first of `points` that refutes `relation`, None when none does."""
    return glance(relation, points, budget) or look_closely(relation, points, budget)


def glance(relation: Relation, points: Sequence[Witness], budget: Budget) -> Failure | None:
    """As `refute`, with the precision that nearly always does."""
    return _first(relation, points, BITS, budget)


def look_closely(relation: Relation, points: Sequence[Witness], budget: Budget) -> Failure | None:
    """As `refute`, for what `glance` leaves: the first few points with much more precision."""
    return _first(relation, points[:SECOND_LOOKS], MORE_BITS, budget)


def _first(
    relation: Relation, points: Sequence[Witness], bits: int, budget: Budget
) -> Failure | None:
    found = (failure(relation, witness.point, bits, budget) for witness in points)
    return next((one for one in found if one is not None), None)


def failure(relation: Relation, point: Point, bits: int, budget: Budget) -> Failure | None:
    """How `relation` is proved to fail at `point`, None when it is not."""
    with precision(bits):
        return _failure(relation, Failure(point, bits), budget)


def _failure(relation: Relation, found: Failure, budget: Budget) -> Failure | None:
    point = found.point
    answers = [(c, condition_holds(c, point, budget)) for c in relation.conditions]
    for condition, answer in answers:
        if answer is False:
            return replace(found, undefined=condition)
    if not all(answer for _, answer in answers):
        return None
    difference = relation.left - relation.right
    holds = fact_holds(Fact(difference, relation.operator), point, budget)
    equal = (
        holds is None and relation.operator in ("<", ">") and is_zero_at(difference, point, budget)
    )
    if holds is not False and not equal:
        return None
    try:
        for side in (relation.left, relation.right):
            evaluate_at(side, point, budget)
    except Undefined:
        return None
    return replace(found, equal=equal)


def counterexample(
    relation: Relation, found: Failure, prepared: Prepared, budget: Budget
) -> Counterexample:
    """The failure for people: the point, and both sides in digits."""
    place = describe(prepared, found.point)
    if found.undefined is not None:
        return Counterexample(place, undefined=condition_text(found.undefined))
    with precision(found.bits):
        left, right = (
            _value(side, found.point, budget) for side in (relation.left, relation.right)
        )
        if found.equal:
            return Counterexample(place, left, left, difference="0")
        if _differ(left, right):
            return Counterexample(place, left, right)
        difference = evaluate_at(relation.left - relation.right, found.point, budget)
        return Counterexample(place, left, right, difference=digits(difference))


def _differ(left: str, right: str) -> bool:
    """Whether two values in digits are different numbers."""
    try:
        return Decimal(left) != Decimal(right)
    except InvalidOperation:  # beyond the exponents that Decimal has
        return left != right


def _value(term: Expr, point: Point, budget: Budget) -> str:
    """A side in digits; `0` where it is proved to be that, and not only near."""
    value = evaluate_at(term, point, budget)
    near = isinstance(value, arb) and value.contains(0)
    return "0" if near and is_zero_at(term, point, budget) else digits(value)


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


def _nested(entries: Cells, rank: int) -> str:
    if rank == 1:
        return "[" + ", ".join(show(entries[cell]) for cell in sorted(entries)) + "]"
    rows = sorted({cell[0] for cell in entries})
    inner = ({cell[1:]: value for cell, value in entries.items() if cell[0] == row} for row in rows)
    return "[" + ", ".join(_nested(row, rank - 1) for row in inner) + "]"


def condition_text(condition: Condition) -> str:
    """A condition in the plain language."""
    named = _with_names(condition)
    text = " or ".join(map(_fact_text, named.alternatives)) or "never"
    for binder in reversed(named.binders):
        text += f" for {binder.index} from {plain(binder.lower)} to {plain(binder.upper)}"
    if named.guards:
        text += " where " + " and ".join(map(_fact_text, named.guards))
    return text


def _fact_text(fact: Fact) -> str:
    return f"{plain(fact.term)} {fact.relation} 0"


def _with_names(condition: Condition) -> Condition:
    """The condition with names for its indices by which they are told from all other symbols; what
    is bound inside of a term is then printed under another name.
    """
    free = {s for f in condition.alternatives + condition.guards for s in f.term.free_symbols}
    indices = [binder.index for binder in condition.binders]
    taken = {str(symbol) for symbol in free.difference(indices)}
    names: dict[Expr, Expr] = {}
    for index in indices:
        letters = (index.name, *BOUND_LETTERS, *(f"{index.name}{n}" for n in range(len(indices))))
        name = next(letter for letter in letters if letter not in taken)
        taken.add(name)
        names[index] = Symbol(name, **index.assumptions0)
    changed = condition.instantiate(names)
    binders = (replace(binder, index=names[binder.index]) for binder in changed.binders)
    return replace(changed, binders=tuple(binders))
