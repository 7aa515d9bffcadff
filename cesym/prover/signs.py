"""Signs that are *proved* from the declarations: by intervals of atoms and Bernstein coefficients,
never from samples.

A polynomial in atoms with known intervals is rewritten with every atom t in [a, b] as (a + b w)/(1
+ w), in [a, oo) as a + w, with w >= 0. If then no coefficient is negative, neither is the
polynomial. Atoms count as independent of each other, which can only make a proof fail, not wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product as cartesian
from math import comb
from typing import TYPE_CHECKING

from sympy import Expr, Sum, Tuple

from cesym.prover.atoms import AbsOf, ExpOf, LogAbs, Root
from cesym.prover.rational import Polynomial, Ratio, used
from cesym.prover.relations import NEGATED, even_power, product_sign, stronger
from cesym.terms.domains import REAL, Interval

if TYPE_CHECKING:
    from cesym.prover.tower import Tower

POSITIVE = Interval(Fraction(0), None, lower_open=True)
NONNEGATIVE = Interval(Fraction(0))
ABOVE_ONE = Interval(Fraction(1), None, lower_open=True)
BELOW_ONE = Interval(Fraction(0), Fraction(1), lower_open=True, upper_open=True)

LARGEST_EXPANSION = 3000
DEEPEST = 4

Coefficients = dict[tuple[int, ...], Fraction]


class Signs:
    """The signs that hold at every point, for the atoms of one tower."""

    def __init__(self, tower: Tower) -> None:
        self.tower = tower
        self._depth = 0
        self._intervals: dict[Expr, Interval] = {}

    def of(self, value: Ratio) -> str | None:
        """The proved relation of `value` to 0: `>`, `>=`, `==`, `<=`, `<`, `!=`, or None."""
        if value.is_zero:
            return "=="
        overall, factors = self.tower.factors(value)
        relations = [self.of_power(factor, exponent) for factor, exponent in factors]
        known = product_sign(relations)
        if known is None and value.denominator.is_constant():
            whole = self.of_polynomial(value.numerator)
            return (
                whole if value.denominator.leading_coefficient() > 0 else whole and NEGATED[whole]
            )
        return known if overall > 0 or known is None else NEGATED[known]

    def of_power(self, factor: Polynomial, exponent: int) -> str | None:
        """The sign of factor^exponent; what stands in a denominator is not 0, by the conditions of
        the text.
        """
        known = self.of_factor(factor)
        if exponent < 0:
            known = stronger(known, "!=")
        return known if exponent % 2 else even_power(known)

    def of_factor(self, polynomial: Polynomial) -> str | None:
        """The same for an irreducible polynomial."""
        if polynomial.is_constant():
            return ">" if polynomial.leading_coefficient() > 0 else "<"
        term = self.tower.expression(polynomial)
        assumed = self.assumed(term)
        if assumed in (">", "<", "=="):
            return assumed
        found = self.of_polynomial(polynomial)
        return stronger(assumed, found)

    def assumed(self, term: Expr) -> str | None:
        """What the case at hand or a hypothesis says of `term`."""
        signs = self.tower.facts.signs
        if term in signs:
            return signs[term]
        opposite = signs.get(-term)
        return NEGATED[opposite] if opposite else None

    def of_polynomial(self, polynomial: Polynomial) -> str | None:
        """`>`, `>=`, `<`, `<=` or None, by Bernstein coefficients."""
        variables = used(polynomial)
        intervals = [self.interval(self.tower.atoms[v]) for v in variables]
        terms = {
            tuple(int(m[v]) for v in variables): Fraction(int(c))
            for m, c in polynomial.to_dict().items()
        }
        if not terms:
            return "=="
        shifted = _bernstein(terms, intervals)
        if shifted is None:
            return None
        for flip in (1, -1):
            if all(flip * c >= 0 and (c == 0 or shifted.even(m)) for m, c in shifted.terms.items()):
                relation = ">" if shifted.positive_everywhere() else ">="
                return relation if flip > 0 else NEGATED[relation]
        return None

    def interval(self, atom: Expr) -> Interval:
        """Where the values of an atom lie."""
        known = self._intervals.get(atom)
        if known is None:
            known = self._find_interval(atom)
            self._intervals[atom] = known
        return known

    def _find_interval(self, atom: Expr) -> Interval:
        declared = self.tower.facts.interval(atom)
        assumed = self.assumed(atom)
        if declared is not None:
            return _tighten(declared, assumed)
        if isinstance(atom, ExpOf):
            return {">": ABOVE_ONE, "<": BELOW_ONE}.get(
                self._sign_inside(atom.args[0]) or "", POSITIVE
            )
        if isinstance(atom, AbsOf | Root):
            return NONNEGATIVE if self._sign_inside(atom.args[0]) not in (">", "<") else POSITIVE
        if isinstance(atom, LogAbs):
            return _tighten(REAL, self._sign_of_log(atom))
        if isinstance(atom, Sum):
            return _tighten(REAL, self.of_body(atom.function, atom.limits, total=True))
        return _tighten(REAL, assumed) if assumed else REAL

    def _sign_inside(self, term: Expr) -> str | None:
        if self._depth >= DEEPEST:
            return None
        self._depth += 1
        try:
            return self.of(self.tower.convert(term))
        finally:
            self._depth -= 1

    def _sign_of_log(self, atom: LogAbs) -> str | None:
        """log|p| has the sign of |p| - 1."""
        inside = atom.args[0]
        known = self._sign_inside(inside)
        if known not in (">", "<"):
            return None
        return self._sign_inside((inside if known == ">" else -inside) - 1)

    def of_body(self, body: Expr, limits: tuple[Tuple, ...], *, total: bool = False) -> str | None:
        """The sign of `body` at every index; with `total`, that of its sum, which is 0 for an empty
        range.
        """
        known = self._sign_inside(body)
        if not total or known not in (">", "<"):
            return known if known != "!=" or not total else None
        filled = all(lo == 1 and self.tower.facts.size_is_positive(up) for _, lo, up in limits)
        return known if filled else known + "="


@dataclass(frozen=True, slots=True)
class _Shifted:
    """A polynomial in w >= 0 (or w real), with what is needed to read off a sign."""

    terms: Coefficients
    intervals: list[Interval]
    degrees: list[int]

    def even(self, exponents: tuple[int, ...]) -> bool:
        """Whether the monomial is never negative: even powers of what may have either sign."""
        return all(
            e % 2 == 0
            for e, i in zip(exponents, self.intervals, strict=True)
            if i.lower is None and i.upper is None
        )

    def positive_everywhere(self) -> bool:
        """Whether at every point some monomial is positive, boundary points that belong to the
        domain included.
        """
        places = [_places(i) for i in self.intervals]
        if 3 ** sum(len(p) > 1 for p in places) > LARGEST_EXPANSION:
            return False
        kept = [m for m, c in self.terms.items() if c != 0]
        return all(any(self._positive_at(m, corner) for m in kept) for corner in cartesian(*places))

    def _positive_at(self, exponents: tuple[int, ...], corner: tuple[str, ...]) -> bool:
        return all(
            where == "inside" or (where == "low" and e == 0) or (where == "high" and e == d)
            for e, where, d in zip(exponents, corner, self.degrees, strict=True)
        )


def _places(interval: Interval) -> tuple[str, ...]:
    """Which ends belong to the interval: at w = 0 (`low`) and w = oo (`high`)."""
    if interval.lower is None and interval.upper is None:
        return ("low", "inside")
    if interval.lower is None:
        return ("inside",) if interval.upper_open else ("low", "inside")
    places = ["inside"]
    if not interval.lower_open:
        places.append("low")
    if interval.upper is not None and not interval.upper_open:
        places.append("high")
    return tuple(places)


def _bernstein(terms: Coefficients, intervals: list[Interval]) -> _Shifted | None:
    """`terms` with every variable replaced by its w; None when that would be too large."""
    degrees = [max(m[i] for m in terms) for i in range(len(intervals))]
    size = len(terms)
    for position, interval in enumerate(intervals):
        if interval.lower is None and interval.upper is None:
            continue
        size *= degrees[position] + 1
        if size > LARGEST_EXPANSION:
            return None
        terms = _replace(terms, position, degrees[position], interval)
    return _Shifted(terms, intervals, degrees)


def _replace(terms: Coefficients, position: int, degree: int, interval: Interval) -> Coefficients:
    """The variable at `position` replaced by its w."""
    result: Coefficients = {}
    for exponents, coefficient in terms.items():
        for power, factor in enumerate(_expansion(exponents[position], degree, interval)):
            if factor:
                key = (*exponents[:position], power, *exponents[position + 1 :])
                result[key] = result.get(key, Fraction(0)) + coefficient * factor
    return result


def _expansion(exponent: int, degree: int, interval: Interval) -> list[Fraction]:
    """Coefficients of t^exponent in w: (a+w)^e, (b-w)^e, or (a+bw)^e (1+w)^(degree-e)."""
    lower, upper = interval.lower, interval.upper
    if upper is None:
        assert lower is not None
        return [comb(exponent, i) * lower ** (exponent - i) for i in range(exponent + 1)]
    if lower is None:
        return [
            comb(exponent, i) * upper ** (exponent - i) * (-1) ** i for i in range(exponent + 1)
        ]
    first = [comb(exponent, i) * lower ** (exponent - i) * upper**i for i in range(exponent + 1)]
    rest = degree - exponent
    result = [Fraction(0)] * (degree + 1)
    for i, a in enumerate(first):
        for j in range(rest + 1):
            result[i + j] += a * comb(rest, j)
    return result


def _tighten(interval: Interval, relation: str | None) -> Interval:
    """The part of an interval on which the relation to 0 holds."""
    zero = Fraction(0)
    lower, upper = interval.lower, interval.upper
    if relation in (">", ">=") and (lower is None or lower <= 0):
        opened = relation == ">" or (lower == 0 and interval.lower_open)
        return Interval(zero, upper, opened, interval.upper_open, interval.integer)
    if relation in ("<", "<=") and (upper is None or upper >= 0):
        opened = relation == "<" or (upper == 0 and interval.upper_open)
        return Interval(lower, zero, interval.lower_open, opened, interval.integer)
    return interval
