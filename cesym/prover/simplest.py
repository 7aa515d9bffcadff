"""From a point at which a claim fails to a simpler one, with numbers that a person can follow.

Greedy and without chance: one size, one number or one vector after another is replaced by something
simpler as long as the claim still fails in the same way, until nothing simpler is found or the
tries are used up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import product as cartesian

from flint import fmpq
from sympy import Expr, IndexedBase

from cesym.prover.budget import Budget
from cesym.prover.hypotheses import Prepared
from cesym.prover.points import candidates, completed, size_choices, tightened
from cesym.prover.values import Cells, Point, Value
from cesym.terms.domains import Declaration, Domain, IndexRange, Interval, sizes_of

ROUNDS = 3
LARGEST_WEIGHT = 3
FEW_WEIGHTS = 12
"""Probability vectors that are tried for one declaration."""

SIMPLE = tuple(
    Fraction(sign * above, below) for above in range(5) for below in range(1, 5) for sign in (1, -1)
)


def simplest(
    point: Point,
    prepared: Prepared,
    names: frozenset[str],
    fails: Callable[[Point], bool],
    tries: int,
    budget: Budget,
) -> Point:
    """A point at which the claim fails (`fails`), in `names` as simple as was found in so many
    `tries`. It meets every declaration and hypothesis as `point` does.
    """
    hidden = {index.name for name, index in prepared.hot if name in names}
    determined = {symbol.name for symbol, _ in prepared.solved}
    search = _Search(prepared, (names | hidden) - determined, fails, budget, tries)
    for _ in range(ROUNDS):
        simpler = search.round(point)
        if simpler is point or search.tries <= 0:
            return simpler
        point = simpler
    return point


@dataclass(slots=True)
class _Search:
    prepared: Prepared
    names: frozenset[str]
    fails: Callable[[Point], bool]
    budget: Budget
    tries: int

    def round(self, point: Point) -> Point:
        """`point` with everything made simpler once, in turn."""
        point = self.first(self.smaller(point), point)
        for declaration in self.prepared.context:
            if declaration.name not in self.names or declaration.name in self.sizes:
                continue
            symbol = self.prepared.context.symbol(declaration.name)
            if isinstance(symbol, IndexedBase):
                point = self.first(_vectors(point, symbol, declaration), point)
                for cell in sorted(point.entries[symbol]) if _is_free(declaration) else ():
                    point = self.first(_cells(point, symbol, cell, declaration.domain), point)
            else:
                domain = self.domains[declaration.name]
                point = self.first(_scalars(point, symbol, domain), point)
        return point

    def first(self, simpler: Iterator[Point], point: Point) -> Point:
        """The first of `simpler` at which the claim fails, else `point`."""
        for candidate in simpler:
            if self.tries <= 0:
                break
            self.tries -= 1
            if completed(self.prepared, candidate, self.budget) and self.fails(candidate):
                return candidate
        return point

    @property
    def sizes(self) -> dict[str, int]:
        """The names of sizes."""
        return size_choices(self.prepared.context)[0]

    @property
    def domains(self) -> dict[str, Domain]:
        """The domain of each symbol, with the bounds of hypotheses."""
        return tightened(self.prepared)

    def smaller(self, point: Point) -> Iterator[Point]:
        """The same with smaller sizes: arrays cut off, probabilities uniform."""
        context = self.prepared.context
        current = {name: _whole(point.scalars[context.symbol(name)]) for name in self.sizes}
        for sizes in size_choices(context):
            if (
                sum(sizes.values()) < sum(current.values())
                and all(sizes[name] <= size for name, size in current.items())
                and not self.emptied(sizes)
            ):
                yield self.cut(point, sizes)

    def emptied(self, sizes: dict[str, int]) -> bool:
        """Whether these sizes leave nothing where there must be something: no entries whose sum is
        1, or no index at all.
        """
        return any(
            sizes.get(str(size)) == 0
            for declaration in self.prepared.context
            if declaration.constraint or isinstance(declaration.domain, IndexRange)
            for size in sizes_of(declaration)
        )

    def cut(self, point: Point, sizes: dict[str, int]) -> Point:
        """`point` with smaller `sizes`."""
        context = self.prepared.context
        cut = Point(dict(point.scalars), dict(point.entries))
        for declaration in context:
            symbol = context.symbol(declaration.name)
            if isinstance(symbol, IndexedBase):
                shape = [sizes[s] if isinstance(s, str) else s for s in declaration.shape]
                kept: Cells = {
                    cell: value
                    for cell, value in point.entries[symbol].items()
                    if all(k <= size for k, size in zip(cell, shape, strict=True))
                }
                if declaration.constraint == "simplex":
                    kept = {cell: fmpq(1, len(kept)) for cell in kept}
                cut.entries[symbol] = kept
            elif declaration.name in sizes:
                cut.scalars[symbol] = fmpq(sizes[declaration.name])
            elif isinstance(declaration.domain, IndexRange):
                size = declaration.domain.size
                last = sizes[size] if isinstance(size, str) else size
                cut.scalars[symbol] = fmpq(min(_whole(point.scalars[symbol]), last))
        return cut


def _whole(value: Value) -> int:
    assert isinstance(value, fmpq)
    return int(value.p)


def _is_free(declaration: Declaration) -> bool:
    """Whether each entry can be changed alone."""
    return declaration.constraint is None


def height(value: Fraction) -> tuple[int, int, bool, int]:
    """How simple a number is: 0, 1, -1, 2, -2, 1/2, -1/2, 3, ..., the smaller the simpler."""
    above, below = abs(value.numerator), value.denominator
    return max(above, below), below, value < 0, above


def _fraction(value: Value) -> Fraction | None:
    return Fraction(int(value.p), int(value.q)) if isinstance(value, fmpq) else None


def _rational(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


@lru_cache(maxsize=256)
def _members(domain: Domain, size: int) -> tuple[Fraction, ...]:
    """Simple members of a domain, the simplest first."""
    found = set(candidates(domain, size)[:8])
    if not isinstance(domain, IndexRange):
        found |= {value for value in SIMPLE if value in domain}
    return tuple(sorted(found, key=height))


def _simpler(value: Value, domain: Domain, size: int = 1) -> Iterator[fmpq]:
    """Members of a domain that are simpler than `value`."""
    known = _fraction(value)
    if known is None:
        return
    for member in _members(domain, size):
        if height(member) >= height(known):
            return
        yield _rational(member)


def _scalars(point: Point, symbol: Expr, domain: Domain) -> Iterator[Point]:
    value = point.scalars[symbol]
    last = _whole(value) if isinstance(domain, IndexRange) else 1
    for simpler in _simpler(value, domain, last):
        yield Point({**point.scalars, symbol: simpler}, dict(point.entries))


def _cells(
    point: Point, base: IndexedBase, cell: tuple[int, ...], domain: Domain
) -> Iterator[Point]:
    cells = point.entries[base]
    for simpler in _simpler(cells[cell], domain):
        yield _with(point, base, {**cells, cell: simpler})


def _with(point: Point, base: IndexedBase, cells: Cells) -> Point:
    return Point(dict(point.scalars), {**point.entries, base: cells})


def _vectors(point: Point, base: IndexedBase, declaration: Declaration) -> Iterator[Point]:
    """Simpler values for a whole array: all entries the same, or one probability vector for
    another.
    """
    cells = point.entries[base]
    values = [_fraction(value) for value in cells.values()]
    if not values or None in values or declaration.constraint == "onehot":
        return
    known = [value for value in values if value is not None]
    if declaration.constraint == "simplex":
        zeros = isinstance(declaration.domain, Interval) and not declaration.domain.lower_open
        for weights in _probabilities(len(cells), zeros):
            if _complexity(weights) >= _complexity(tuple(known)):
                return
            yield _with(point, base, dict(zip(cells, map(_rational, weights), strict=True)))
        return
    for member in _members(declaration.domain, 1)[:3]:
        same = (member,) * len(known)
        if _complexity(same) < _complexity(tuple(known)):
            yield _with(point, base, dict.fromkeys(cells, _rational(member)))


def _complexity(values: tuple[Fraction, ...]) -> tuple[int, int, bool, tuple[Fraction, ...]]:
    """How simple a vector is: corners, uniform ones, small denominators; then by its entries."""
    largest = max(height(value)[:2] for value in values)
    return *largest, len(set(values)) > 1, tuple(-value for value in values)


@lru_cache(maxsize=64)
def _probabilities(size: int, zeros: bool) -> tuple[tuple[Fraction, ...], ...]:
    """Simple probability vectors, the simplest first."""
    if size > 4:
        uniform = (Fraction(1, size),) * size
        corner = (Fraction(1), *(Fraction(0),) * (size - 1))
        return (corner, uniform) if zeros else (uniform,)
    found = set()
    for weights in cartesian(range(0 if zeros else 1, LARGEST_WEIGHT + 1), repeat=size):
        if total := sum(weights):
            found.add(tuple(Fraction(weight, total) for weight in weights))
    return tuple(sorted(found, key=_complexity)[:FEW_WEIGHTS])
