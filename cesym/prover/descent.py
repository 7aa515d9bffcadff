"""Downhill from a point of the domain, by steps in one number after another: a cheap way to points
at which a term is small. Nothing is believed of them; what is found there is proved there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flint import fmpq
from sympy import Expr, IndexedBase

from cesym.prover.balls import evaluate_at
from cesym.prover.budget import Budget
from cesym.prover.points import completed, lies_in, size_choices, tightened
from cesym.prover.refutation import BITS
from cesym.prover.values import Point, Undefined, Value, ball, precision
from cesym.prover.workspace import Workspace
from cesym.terms.domains import Domain, Interval

FINEST = fmpq(1, 512)
"""The smallest step."""

Cell = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Coordinate:
    """A number of a point: a symbol, or the entry of an array at `cell`."""

    symbol: Expr | IndexedBase
    cell: Cell | None
    domain: Domain

    def value(self, point: Point) -> Value:
        """The number."""
        if self.cell is None:
            return point.scalars[self.symbol]
        return point.entries[self.symbol][self.cell]

    def put(self, point: Point, value: Value) -> Point:
        """The point with another number."""
        if self.cell is None:
            return Point({**point.scalars, self.symbol: value}, point.entries)
        cells = {**point.entries[self.symbol], self.cell: value}
        return Point(point.scalars, {**point.entries, self.symbol: cells})


def coordinates(point: Point, work: Workspace) -> list[Coordinate]:
    """The numbers of a point that may move on their own: all but sizes, indices, members of finite
    sets and what must sum to 1.
    """
    domains, found = tightened(work.prepared), []
    sizes = size_choices(work.prepared.context)[0]
    for declaration in work.prepared.context:
        domain = domains[declaration.name]
        fixed = declaration.name in sizes or declaration.constraint is not None
        if fixed or not isinstance(domain, Interval):
            continue
        symbol = work.prepared.context.symbol(declaration.name)
        if isinstance(symbol, IndexedBase):
            found += [Coordinate(symbol, cell, domain) for cell in sorted(point.entries[symbol])]
        else:
            found.append(Coordinate(symbol, None, domain))
    return found


def downhill(
    term: Expr,
    moving: Sequence[Coordinate],
    point: Point,
    work: Workspace,
    budget: Budget,
    *,
    tries: int,
) -> Point:
    """A point at which `term` is less, or no greater, reached by at most `tries` steps."""
    least = _height(term, point, budget)
    steps = dict.fromkeys(moving, fmpq(1))
    while tries > 0 and any(step >= FINEST for step in steps.values()):
        for coordinate in moving:
            for other in _beside(coordinate, point, steps[coordinate]):
                tries -= 1
                if not completed(work.prepared, other, budget):
                    continue
                height = _height(term, other, budget)
                if height < least:
                    point, least = other, height
                    steps[coordinate] *= 2
                    break
            else:
                steps[coordinate] /= 4
    return point


def _beside(coordinate: Coordinate, point: Point, step: fmpq) -> Iterator[Point]:
    """The points one step away that lie in the domain."""
    here = coordinate.value(point)
    for change in (step, -step) if isinstance(here, fmpq) and step >= FINEST else ():
        there = here + change
        if lies_in(there, coordinate.domain):
            yield coordinate.put(point, there)


def _height(term: Expr, point: Point, budget: Budget) -> float:
    """About the value of the term; infinite where it has none."""
    with precision(BITS):
        try:
            return float(ball(evaluate_at(term, point, budget)).mid())
        except (Undefined, OverflowError):
            return float("inf")
