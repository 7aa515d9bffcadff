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
    scalars = {symbol: _number(value) for symbol, value in point.scalars.items()}
    if any(value is None for value in scalars.values()):
        return None
    term = written_out(substitute(term, scalars))
    entries = {entry: _entry(entry, point) for entry in term.atoms(Indexed)}
    if any(value is None for value in entries.values()):
        return None
    term = substitute(term, entries)
    return None if term.free_symbols else term


def _entry(entry: Indexed, point: Point) -> Expr | None:
    if not all(index.is_Integer for index in entry.indices):
        return None
    value = point.entries.get(entry.base, {}).get(tuple(int(i) for i in entry.indices))
    return None if value is None else _number(value)


def _number(value: Value) -> Expr | None:
    return Rational(int(value.p), int(value.q)) if isinstance(value, fmpq) else None
