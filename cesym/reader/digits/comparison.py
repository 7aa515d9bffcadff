"""Values and comparisons at a point, with as much precision as they need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import mpmath
from mpmath import libmp

from cesym.reader.digits.arrays import Given, Value, elementwise, given, over
from cesym.reader.digits.duals import ZERO, Calculus, real
from cesym.reader.digits.evaluation import ORDER, Evaluator, entry_node
from cesym.reader.digits.reals import Real, Reals, Undecided, Undefined, undecided
from cesym.reader.digits.scope import Scope
from cesym.reader.syntax import Define, Node

DIGITS = 60
"""Digits of a value when nobody says how many."""

LIMIT = 480
"""Digits after which two values that agree are called equal."""

GUARD = 10
"""Digits of working precision beyond those of the result, for the first try."""

BITS_PER_DIGIT = 3.33

Digits = Any
"""A number of `mpmath.mpf`, which pyright does not know as a type."""

Order = Literal["<", "==", ">", "undefined", "undecided"]


@dataclass(frozen=True, slots=True)
class Sides:
    """What comparing two formulas at a point gave.

    `order` is `<` or `>` when that is proved, `==` when the values agree to all digits (`exact`:
    when they are the same fraction), `undefined` when a side has no value there, `undecided` when
    the precision did not do. `left` and `right` are the values, None for a side that has none;
    `reason` says why.
    """

    order: Order
    left: Digits | None
    right: Digits | None
    exact: bool = False
    reason: str = ""

    @property
    def different(self) -> bool:
        """Whether the values are proved to differ."""
        return self.order in ("<", ">")

    def digits(self, count: int = 50) -> tuple[str, str]:
        """Both values in digits, `undefined` for a side that has none."""
        return _digits(self.left, count), _digits(self.right, count)


def _digits(value: Digits | None, count: int) -> str:
    return "undefined" if value is None else str(mpmath.nstr(value, count))


def evaluate(
    node: Node,
    point: Mapping[str, Given],
    *,
    sizes: Mapping[str, int] | None = None,
    definitions: Mapping[str, Define] | None = None,
    digits: int = DIGITS,
    limit: int = LIMIT,
) -> Digits:
    """The value of `node` at `point`, to `digits` digits.

    `point` gives exact numbers to the declared names: fractions or integers, for arrays nested
    sequences of them or mappings from indices, counted from 1. `sizes` are further names of
    integers, `definitions` the functions and terms that the formula may call. A value that cannot
    be told from 0 to `limit` digits is given as 0.

    Raises Undefined where the formula, as written, has no value (0^0 is 1; 0 log 0 is 0 only
    inside `xlogy`, `entropy`, `cross_entropy` and `kl`); Undecided where `limit` digits of
    working precision do not do; ValueError for a point that does not fit the formula.

    >>> from cesym.reader.syntax import Binary, Number
    >>> third = Binary("/", Number(Fraction(1)), Number(Fraction(3)))
    >>> print(mpmath.nstr(evaluate(third, {}), 40))
    0.3333333333333333333333333333333333333333
    """
    problem = _Problem(_scope(point, sizes), definitions or {})
    for precision in _ladder(digits, limit):
        try:
            value = problem.value(node, precision)
        except Undecided:
            continue
        if _precise(value, digits):
            return _as_mpf(value, digits)
        if precision == limit and _small(value, limit // 2):
            return mpmath.mpf(0)
    raise undecided()


def compare(
    left: Node,
    right: Node,
    point: Mapping[str, Given],
    *,
    sizes: Mapping[str, int] | None = None,
    definitions: Mapping[str, Define] | None = None,
    digits: int = DIGITS,
    limit: int = LIMIT,
) -> Sides:
    """Which of two formulas is larger at `point` (arguments as in `evaluate`).

    Arrays are compared entry by entry: what comes back are the first entries that are not equal.
    Raises ValueError for a point that does not fit the formulas.
    """
    problem = _Problem(_scope(point, sizes), definitions or {})
    found = [problem.compare(*pair, digits, limit) for pair in problem.pairs(left, right, digits)]
    return next((sides for sides in found if sides.order != "=="), found[-1])


def holds(
    operator: str,
    left: Node,
    right: Node,
    point: Mapping[str, Given],
    *,
    sizes: Mapping[str, int] | None = None,
    definitions: Mapping[str, Define] | None = None,
    digits: int = DIGITS,
    limit: int = LIMIT,
) -> bool:
    """Whether `left operator right` at `point` (arguments as in `evaluate`).

    False is proved. True is proved but for `==`, `<=` and `>=` between values that agree to `limit`
    digits. Raises Undefined when a side has no value, and Undecided also for `<`, `>` and `!=`
    between values that agree and are not known exactly.

    >>> from cesym.reader.syntax import Call, Number
    >>> zero = Number(Fraction(0))
    >>> holds("==", Call("exp", (zero,)), Number(Fraction(1)), {})
    True
    """
    problem = _Problem(_scope(point, sizes), definitions or {})
    pairs = problem.pairs(left, right, digits)
    return all(_holds(operator, problem.compare(*pair, digits, limit)) for pair in pairs)


def _holds(operator: str, sides: Sides) -> bool:
    if sides.order == "undefined":
        raise Undefined("a side has no value: {reason}", reason=sides.reason)
    if sides.order == "undecided" or (
        operator in ("<", ">", "!=") and sides.order == "==" and not sides.exact
    ):
        raise undecided()
    return ORDER[operator]({"<": -1, "==": 0, ">": 1}[sides.order])


@dataclass(frozen=True, slots=True)
class _Problem:
    scope: Scope
    definitions: Mapping[str, Define]

    def value(self, node: Node, precision: int) -> Real:
        """The value of `node`, by a working precision in digits."""
        calculus = Calculus(_reals(precision))
        return real(Evaluator(calculus, self.definitions).number(node, self.scope))

    def pairs(self, left: Node, right: Node, digits: int) -> list[tuple[Node, Node]]:
        """The sides themselves, or the entries of arrays. A number goes with every entry."""
        evaluator = Evaluator(Calculus(_reals(digits + GUARD)), self.definitions)
        try:
            values = [evaluator.value(node, self.scope) for node in (left, right)]
        except (Undefined, Undecided):
            return [(left, right)]  # comparing says more
        pairs: list[tuple[Node, Node]] = []

        def add(places: tuple[int, ...]) -> Value:
            sides = zip((left, right), values, strict=True)
            here, there = (
                entry_node(node, places if isinstance(value, tuple) else ())
                for node, value in sides
            )
            pairs.append((here, there))
            return ZERO

        over(elementwise(lambda *_: ZERO, *values), add)
        return pairs

    def compare(self, left: Node, right: Node, digits: int, limit: int) -> Sides:
        """Two numbers compared, with as much precision as they need up to `limit`."""
        reason = ""
        for precision in _ladder(digits, limit):
            try:
                return self.sides(left, right, precision, last=precision == limit)
            except Undecided as error:
                reason = str(error)
        return Sides("undecided", None, None, reason=reason)

    def sides(self, left: Node, right: Node, precision: int, *, last: bool) -> Sides:
        """Both values, compared. Raises Undecided, but at the `last` try for values that agree."""
        values: list[Real | None] = []
        reason = ""
        for node in (left, right):
            try:
                values.append(self.value(node, precision))
            except Undefined as error:
                values.append(None)
                reason = reason or str(error)
        a, b = values
        shown = (_as_mpf(a, precision), _as_mpf(b, precision))
        if a is None or b is None:
            return Sides("undefined", *shown, reason=reason)
        exact = isinstance(a, Fraction) and isinstance(b, Fraction)
        try:
            side = _reals(precision).compare(a, b)
        except Undecided:
            if not last or not all(
                _precise(v, DIGITS) or _small(v, precision // 2) for v in (a, b)
            ):
                raise
            return Sides("==", *shown)
        return Sides("<" if side < 0 else ">" if side else "==", *shown, exact=exact)


def _reals(digits: int) -> Reals:
    return Reals(int(digits * BITS_PER_DIGIT) + 8)


def _ladder(digits: int, limit: int) -> Iterator[int]:
    """Working precisions: each twice the one before, up to `limit`."""
    precision = digits + GUARD
    while precision < limit:
        yield precision
        precision *= 2
    yield limit


def _scope(point: Mapping[str, Given], sizes: Mapping[str, int] | None) -> Scope:
    return Scope({name: given(value) for name, value in {**(sizes or {}), **point}.items()})


def _precise(value: Real, digits: int) -> bool:
    """Whether the interval is narrow enough for so many significant digits."""
    if isinstance(value, Fraction):
        return True
    middle = libmp.mpf_abs(libmp.mpi_mid(value.pair, 53))
    allowed = libmp.mpf_mul(middle, libmp.from_rational(1, 10**digits, 53))
    return libmp.mpf_lt(libmp.mpi_delta(value.pair, 53), allowed)


def _small(value: Real, digits: int) -> bool:
    """Whether the interval is around 0, to so many digits after the point."""
    if isinstance(value, Fraction):
        return value == 0
    tiny = libmp.from_rational(1, 10**digits, 53)
    return all(libmp.mpf_lt(libmp.mpf_abs(end), tiny) for end in value.pair)


def _as_mpf(value: Real | None, digits: int) -> Digits | None:
    if value is None:
        return None
    bits = _reals(digits).bits
    if isinstance(value, Fraction):
        return mpmath.mp.make_mpf(libmp.from_rational(value.numerator, value.denominator, bits))
    return mpmath.mp.make_mpf(libmp.mpi_mid(value.pair, bits))
