"""Points of a domain, simple ones first: small numbers, ends and zeros included, hypotheses met.

The order is fixed (a seeded generator), so that a verdict is the same every time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import product as cartesian
from random import Random

from flint import arb, fmpq
from sympy import Expr, IndexedBase

from cesym.prover.balls import evaluate_at, fact_holds
from cesym.prover.budget import Budget
from cesym.prover.hypotheses import Prepared
from cesym.prover.truth import condition_holds
from cesym.prover.values import Cells, Point, Undefined, Value
from cesym.terms.conditions import Fact
from cesym.terms.context import Context
from cesym.terms.domains import Declaration, Domain, FiniteSet, IndexRange, Interval, sizes_of

REALS = "1 -1 2 0 1/2 -2 -1/2 3 -3 1/3 5 -5 -1/3 3/4 10 -10 7/2 -20 1/10 40 -40 100 -100"
UNITS = "1/2 1/3 2/3 1/4 3/4 0 1 1/5 4/5 1/10 9/10 2/5 3/7 1/100 99/100 1/1000 9999/10000"
COUNTS = range(12)
SIZES_TRIED = 3
AT_A_TIME = 4
"""Points for one choice of sizes before the next choice has its turn."""
SEED = 20240229


def _numbers(text: str) -> list[Fraction]:
    return [Fraction(word) for word in text.split()]


@lru_cache(maxsize=256)
def candidates(domain: Domain, size: int | None = None) -> tuple[Fraction, ...]:
    """Simple members of a domain, simplest first.

    >>> candidates(Interval(Fraction(0), Fraction(1), True, True))[:3]
    (Fraction(1, 2), Fraction(1, 3), Fraction(2, 3))
    """
    if isinstance(domain, FiniteSet):
        return tuple(sorted(domain.values, key=lambda v: (v != 1, v)))
    if isinstance(domain, IndexRange):
        return tuple(Fraction(k) for k in range(1, (1 if size is None else size) + 1))
    lower, upper = domain.lower, domain.upper
    if domain.integer:
        start = (
            0
            if lower is None and (upper is None or upper >= 0)
            else lower
            if lower is not None
            else upper
        )
        step = -1 if lower is None and upper is not None else 1
        whole = [Fraction(int(start or 0)) + step * k for k in COUNTS] + [
            Fraction(-k) for k in COUNTS
        ]
        found = whole
    elif lower is not None and upper is not None:
        found = [lower + (upper - lower) * u for u in _numbers(UNITS)]
    elif lower is not None:
        found = [lower + abs(u) for u in _numbers(REALS)] + [
            u for u in _numbers(REALS) if u > lower
        ]
        found.sort(key=lambda v: (v.denominator + abs(v.numerator), v))
    elif upper is not None:
        found = [upper - abs(u) for u in _numbers(REALS)] + [
            u for u in _numbers(REALS) if u < upper
        ]
        found.sort(key=lambda v: (v.denominator + abs(v.numerator), v))
    else:
        found = _numbers(REALS)
    return tuple(value for value in dict.fromkeys(found) if value in domain)


@dataclass(frozen=True, slots=True)
class Witness:
    """A point at which every declaration and every hypothesis is proved to hold."""

    point: Point


def witnesses(prepared: Prepared, budget: Budget, *, limit: int = 60) -> Iterator[Witness]:
    """Points of the domain, at most `limit` tries, each certain to meet every declaration and
    hypothesis.
    """
    random = Random(SEED)
    context, domains = prepared.context, tightened(prepared)
    rows = size_choices(context)
    seen: set[str] = set()
    for number in range(0, limit, AT_A_TIME):
        for sizes in rows:
            for offset in range(AT_A_TIME):
                budget.tick()
                point = _draw(context, domains, sizes, random, number + offset)
                key = repr(point and (point.scalars, point.entries))
                if point is None or key in seen:
                    continue
                seen.add(key)
                if completed(prepared, point, budget):
                    yield Witness(point)


def corners(prepared: Prepared, witness: Witness, budget: Budget) -> Iterator[Witness]:
    """The point with a whole array at an end of the domain of its entries, one after the other:
    what is drawn entry by entry hardly ever has all of them there.
    """
    for declaration in prepared.context:
        domain = declaration.domain
        if not declaration.shape or declaration.constraint or not isinstance(domain, Interval):
            continue
        base = prepared.context.symbol(declaration.name)
        assert isinstance(base, IndexedBase)
        for end in (domain.lower, domain.upper):
            if end is not None and end in domain:
                value: Value = fmpq(end.numerator, end.denominator)
                cells: Cells = dict.fromkeys(witness.point.entries[base], value)
                point = Point(dict(witness.point.scalars), {**witness.point.entries, base: cells})
                if completed(prepared, point, budget):
                    yield Witness(point)


def completed(prepared: Prepared, point: Point, budget: Budget) -> bool:
    """Whether `point` is certain to meet every declaration and hypothesis, once what is determined
    by the rest is set.
    """
    _set_hot(prepared, point)
    return _solve(prepared, point, budget) and _admissible(prepared, point, budget)


def tightened(prepared: Prepared) -> dict[str, Domain]:
    """The domain of each symbol, with the bounds that hypotheses such as `x > 100` put on it."""
    bounds = prepared.facts().bounds
    domains: dict[str, Domain] = {}
    for declaration in prepared.context:
        symbol = prepared.context.symbol(declaration.name)
        tightened = isinstance(declaration.domain, Interval) and symbol in bounds
        domains[declaration.name] = bounds[symbol] if tightened else declaration.domain
    return domains


def size_choices(context: Context) -> list[dict[str, int]]:
    """Values for the sizes, the smallest that the declarations allow first."""
    names = list(dict.fromkeys(s for d in context for s in sizes_of(d) if isinstance(s, str)))
    options = []
    for name in names:
        found = candidates(context.declarations[name].domain)
        options.append([int(v) for v in found if v >= 0][:SIZES_TRIED])
    rows = [dict(zip(names, row, strict=True)) for row in cartesian(*options)]
    rows.sort(key=lambda row: (sum(row.values()), list(row.values())))
    return rows[: 3 * SIZES_TRIED]


def _draw(
    context: Context,
    domains: dict[str, Domain],
    sizes: dict[str, int],
    random: Random,
    number: int,
) -> Point | None:
    """Point number `number`: the pool of values grows with it. None when a domain is empty for
    these sizes.
    """
    point = Point()
    for declaration in context:
        symbol = context.symbol(declaration.name)
        if declaration.shape:
            cells = _draw_cells(declaration, sizes, random, number)
            if cells is None:
                return None
            assert isinstance(symbol, IndexedBase)
            point.entries[symbol] = cells
        elif declaration.name in sizes:
            point.scalars[symbol] = fmpq(sizes[declaration.name])
        else:
            value = _choose(domains[declaration.name], sizes, random, number)
            if value is None:
                return None
            point.scalars[symbol] = value
    return point


def _choose(domain: Domain, sizes: dict[str, int], random: Random, number: int) -> fmpq | None:
    size = None
    if isinstance(domain, IndexRange):
        size = sizes[domain.size] if isinstance(domain.size, str) else domain.size
    pool = candidates(domain, size)[: 3 + number // 3]
    if not pool:
        return None
    value = random.choice(pool)
    return fmpq(value.numerator, value.denominator)


def _draw_cells(
    declaration: Declaration, sizes: dict[str, int], random: Random, number: int
) -> Cells | None:
    shape = [sizes[axis] if isinstance(axis, str) else axis for axis in declaration.shape]
    cells = list(cartesian(*(range(1, n + 1) for n in shape)))
    if declaration.constraint in ("simplex", "onehot"):
        if not cells:
            return None
        weights = _weights(declaration, len(cells), random, number)
        return dict(zip(cells, weights, strict=True))
    values = [_choose(declaration.domain, sizes, random, number) for _ in cells]
    if any(value is None for value in values):
        return None
    return {cell: value for cell, value in zip(cells, values, strict=True) if value is not None}


def _weights(declaration: Declaration, count: int, random: Random, number: int) -> list[Value]:
    """Rational probabilities: equal ones first, corners and zeros only where they are allowed."""
    zeros = isinstance(declaration.domain, Interval) and not declaration.domain.lower_open
    if number == 0:
        weights = [1] * count
    elif zeros and number % 5 == 3:
        corner = random.randrange(count)
        weights = [int(k == corner) for k in range(count)]
    else:
        least = 0 if zeros and number % 3 == 2 else 1
        weights = [random.randint(least, 2 + number // 2) for _ in range(count)]
    total = sum(weights)
    if total == 0:
        weights[0] = total = 1
    return [fmpq(w, total) for w in weights]


def _set_hot(prepared: Prepared, point: Point) -> None:
    """The entries of one-hot vectors, from the index at which each is 1."""
    for name, index in prepared.hot:
        base = prepared.context.symbol(name)
        assert isinstance(base, IndexedBase)
        point.entries[base] = {
            cell: fmpq(int(fmpq(cell[0]) == point.scalars[index])) for cell in point.entries[base]
        }


def _solve(prepared: Prepared, point: Point, budget: Budget) -> bool:
    """Set the symbols that an equality determines; whether all of them got a value inside their
    domain.
    """
    for symbol, term in prepared.solved:
        try:
            value = evaluate_at(term, point, budget)
        except Undefined:
            return False
        declaration = prepared.context.declaration_of(symbol)
        if declaration is None or not lies_in(value, declaration.domain):
            return False
        point.scalars[symbol] = value
    return True


def lies_in(value: Value, domain: Domain) -> bool:
    """Whether a value is certain to lie in a domain."""
    if isinstance(value, fmpq):
        return not isinstance(domain, IndexRange) and Fraction(int(value.p), int(value.q)) in domain
    if not isinstance(domain, Interval) or domain.integer:
        return False
    lower, upper = domain.lower, domain.upper
    above = lower is None or bool(value > arb(fmpq(lower.numerator, lower.denominator)))
    return above and (upper is None or bool(value < arb(fmpq(upper.numerator, upper.denominator))))


def _admissible(prepared: Prepared, point: Point, budget: Budget) -> bool:
    """Whether every hypothesis is certain to hold here, and has a value."""
    for hypothesis in prepared.hypotheses:
        if not all(
            condition_holds(condition, point, budget) for condition in hypothesis.conditions
        ):
            return False
        if (hypothesis.left, hypothesis.right) in prepared.solved_pairs:
            continue
        difference: Expr = hypothesis.left - hypothesis.right
        if not fact_holds(Fact(difference, hypothesis.operator), point, budget):
            return False
    return True


def show(value: Value) -> str:
    """A value for people: a fraction, or a ball in digits.

    >>> show(fmpq(1, 3))
    '1/3'
    """
    return str(value) if isinstance(value, fmpq) else value.str(15, radius=False)
