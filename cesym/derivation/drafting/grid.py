"""Points at which it is worth asking for the sign of a quantity."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, product

from flint import arb, fmpq
from sympy import Expr

from cesym.derivation.drafting.draft import Draft
from cesym.derivation.drafting.quantities import Point, Quantity
from cesym.errors import CesymError
from cesym.prover.balls import evaluate_at
from cesym.prover.budget import Budget
from cesym.prover.values import Point as Values
from cesym.prover.values import Undefined, Value
from cesym.terms.differentiation import evaluate
from cesym.terms.domains import Declaration, FiniteSet, Interval
from cesym.terms.functions import unfold

MOST_POINTS = 400
"""Points of a grid that are looked at."""

FEW_POINTS, FAR = 60, Fraction(10) ** 4
"""Points close to an end, and how close or far they are."""

SECONDS = 4.0

REAL = tuple(map(Fraction, (-8, -5, -3, -2, -1, "-1/2", 0, "1/2", 1, 2, 3, 5, 8)))
ABOVE = tuple(map(Fraction, (0, "1/100", "1/10", "1/2", 1, 2, 3, 5, 10)))
INSIDE = tuple(map(Fraction, (0, "1/100", "1/10", "1/4", "1/2", "3/4", "9/10", "99/100", 1)))


def extreme_point(draft: Draft, quantity: Quantity, *, least: bool) -> Point | None:
    """The point of a grid at which a quantity is least, or greatest.

    Nothing rests on it: the prover is asked there, that is all.
    """
    found = list(_values(draft, quantity))
    pick = min if least else max
    return pick(found, key=lambda pair: pair[0])[1] if found else None


def near_end(
    draft: Draft, body: str, variable: str, end: Fraction | None, *, above: bool
) -> list[float]:
    """Values close to an end of the domain of a variable, at some points of the others.

    `end` is None for infinity; `above` when the variable comes from above.
    """
    term = _unfolded(draft, body)
    if term is None:
        return []
    names = sorted({str(symbol) for symbol in term.free_symbols} - {variable})
    others = [values_of(draft.context.declarations[name]) for name in names]
    far = (-FAR if above else FAR) if end is None else end + (1 / FAR if above else -1 / FAR)
    budget = Budget(SECONDS)
    points = ({**dict(zip(names, v, strict=True)), variable: far} for v in product(*others))
    found = (_value(draft, term, point, budget) for point in islice(points, FEW_POINTS))
    return [value for value in found if value is not None]


def _values(draft: Draft, quantity: Quantity) -> Iterator[tuple[float, Point]]:
    """The value of a quantity at points of its domain, in digits."""
    names = quantity.parameters
    declarations = [draft.context.declarations[name] for name in names]
    term = _unfolded(draft, quantity.latex(draft))
    points = list(product(*map(values_of, declarations)))
    stride = len(points) // MOST_POINTS + 1
    budget = Budget(SECONDS)
    for values in points[::stride] if term is not None else ():
        point = dict(zip(names, values, strict=True))
        value = _value(draft, term, point, budget)
        if value is not None:
            yield value, point


def values_of(declaration: Declaration) -> list[Fraction]:
    """A few numbers of a domain, close to its ends too; none of a vector."""
    domain = declaration.domain
    if isinstance(domain, FiniteSet):
        return list(domain.values)
    if not isinstance(domain, Interval) or declaration.shape:
        return []
    low, high = domain.lower, domain.upper
    if low is not None and high is not None:
        raw = [low + (high - low) * part for part in INSIDE]
    elif low is not None:
        raw = [low + step for step in ABOVE]
    else:
        raw = list(REAL) if high is None else [high - step for step in ABOVE]
    return [value for value in raw if value in domain]


def _unfolded(draft: Draft, text: str) -> Expr | None:
    """A term without definitions and derivatives; None under hypotheses."""
    if draft.context.hypotheses:
        return None
    meaning = draft.operand(text).meaning
    assert meaning is not None
    try:
        return unfold(evaluate(draft.context.unfold_definitions(meaning.term)))
    except CesymError:
        return None


def _value(draft: Draft, term: Expr | None, point: Point, budget: Budget) -> float | None:
    assert term is not None
    scalars: dict[Expr, Value] = {
        draft.context.symbol(name): fmpq(value.numerator, value.denominator)
        for name, value in point.items()
    }
    try:
        found = evaluate_at(term, Values(scalars), budget)
    except (Undefined, CesymError, ArithmeticError, ValueError):
        return None
    return float(found.mid()) if isinstance(found, arb) else float(int(found.p) / int(found.q))
