"""Terms at an exact point as numbers: whether such a number is 0 is decided by the normal form."""

from __future__ import annotations

from flint import fmpq
from sympy import Expr, Indexed, Rational

from cesym.errors import UnsupportedTerm
from cesym.prover.budget import Budget
from cesym.prover.cases import Case, in_tower
from cesym.prover.facts import Facts
from cesym.prover.interruptions import Split
from cesym.prover.rational import Ratio
from cesym.prover.reduction import vanishes
from cesym.prover.tower import Tower
from cesym.prover.values import Point, Value
from cesym.terms.binders import substitute
from cesym.terms.context import Context
from cesym.terms.differentiation import written_out


def is_zero_at(term: Expr, point: Point, budget: Budget) -> bool:
    """Whether `term` is proved to be exactly 0 at `point`."""
    number = ground(term, point)
    if number is None:
        return False

    def ask(tower: Tower, value: Ratio, _: Expr) -> bool:
        return vanishes(tower, value)

    try:
        return in_tower(Case((), number, Facts(Context())), budget, ask)
    except (Split, UnsupportedTerm):
        return False


def ground(term: Expr, point: Point) -> Expr | None:
    """`term` with the point's values put in, None where one of them is not an exact number."""
    number = with_values(term, point)
    return None if number.free_symbols else number


def with_values(term: Expr, point: Point) -> Expr:
    """`term` with those values of the point put in that are exact numbers, and sums whose limits
    are numbers then written out.
    """
    scalars = {symbol: _number(value) for symbol, value in point.scalars.items()}
    term = written_out(substitute(term, _known(scalars)))
    return substitute(term, _known({entry: _entry(entry, point) for entry in term.atoms(Indexed)}))


def _known(values: dict[Expr, Expr | None]) -> dict[Expr, Expr]:
    return {what: value for what, value in values.items() if value is not None}


def _entry(entry: Indexed, point: Point) -> Expr | None:
    if not all(index.is_Integer for index in entry.indices):
        return None
    value = point.entries.get(entry.base, {}).get(tuple(int(i) for i in entry.indices))
    return None if value is None else _number(value)


def _number(value: Value) -> Expr | None:
    return Rational(int(value.p), int(value.q)) if isinstance(value, fmpq) else None
