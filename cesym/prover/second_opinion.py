"""What the independent evaluator says of a counterexample, from the text as it was written.

The evaluator (`cesym.reader.digits`) knows nothing of terms, of normal forms or of SymPy: where it
contradicts the prover one of the two is wrong, and nobody should rely on the verdict.
"""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq
from sympy import IndexedBase

from cesym.prover.values import Point, Value
from cesym.reader.digits import Undecided, Undefined, compare, holds
from cesym.reader.digits.arrays import Given
from cesym.reader.syntax import Comparison, Define
from cesym.terms.claim import Claim

HOLDS = {"==": ("==",), "<": ("<",), ">": (">",), "<=": ("<", "=="), ">=": (">", "==")}
"""Relation -> the orders of left and right at which it holds."""


def agrees(claim: Claim, point: Point, *, undefined: bool) -> bool | None:
    """Whether the evaluator, too, finds that `claim` fails at `point`; None when it cannot tell.

    `undefined` when it is to fail for want of a value. Values that agree to several hundred digits
    count as equal. A value where the prover finds none is no contradiction if the relation fails
    anyway, nor the other way round: a claim without a value does not hold.
    """
    numbers = claim.written and claim.written.numbers
    if numbers is None:
        return None
    try:
        found = compare(*numbers, values(point), definitions=definitions_of(claim))
    except ValueError:
        return None
    if found.order == "undecided":
        return None
    if found.order == "undefined":
        return True if undefined else None
    return found.order not in HOLDS[claim.operator]


def sides_differ(claim: Claim, point: Point) -> bool | None:
    """Whether the evaluator, too, finds that just one side of `A iff B` holds at `point`; None when
    it cannot tell.
    """
    if claim.written is None:
        return None
    given, known = values(point), definitions_of(claim)
    answers = []
    for side in (claim.written.left, claim.written.right):
        if not isinstance(side, Comparison):
            return None
        try:
            answers.append(holds(side.operator, side.left, side.right, given, definitions=known))
        except (ValueError, Undefined, Undecided):
            return None
    return answers[0] != answers[1]


def definitions_of(claim: Claim) -> dict[str, Define]:
    """The definitions of a claim's context, as they were written."""
    definitions = claim.context.definitions.values()
    return {d.name: d.written for d in definitions if d.written is not None}


def values(point: Point) -> dict[str, Given]:
    """The exact values of a point by name, as the evaluator takes them."""
    found: dict[str, Given] = {}
    for symbol, value in point.scalars.items():
        if isinstance(value, fmpq):
            found[str(symbol)] = _fraction(value)
    for base, cells in point.entries.items():
        exact = {cell: _fraction(v) for cell, v in cells.items() if isinstance(v, fmpq)}
        if len(exact) == len(cells) > 0:
            assert isinstance(base, IndexedBase)
            found[str(base.label)] = exact
    return found


def _fraction(value: Value) -> Fraction:
    assert isinstance(value, fmpq)
    return Fraction(int(value.p), int(value.q))
