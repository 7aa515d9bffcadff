"""The sign of a polynomial over a box, by Bernstein coefficients.

Every variable t in [a, b] is written (a + b w)/(1 + w), in [a, oo) a + w, in (-oo, b] b - w, with
w >= 0; a variable without bounds stays. If then no coefficient is negative, and variables without
bounds come in even powers, the polynomial is not negative anywhere in the box.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import product as cartesian
from math import comb

from cesym.prover.relations import NEGATED
from cesym.terms.domains import Interval

LARGEST_EXPANSION = 3000

Exact = int | Fraction
"""A number. Most are integers, which are quicker than fractions."""

Coefficients = dict[tuple[int, ...], Exact]


def sign_over_box(terms: Coefficients, intervals: list[Interval]) -> str | None:
    """`>`, `>=`, `<`, `<=` or None for the polynomial with these exponents and coefficients.

    >>> unit = Interval(Fraction(0), Fraction(1), True, True)
    >>> sign_over_box({(1,): Fraction(1), (2,): Fraction(-1)}, [unit])
    '>'
    """
    shifted = _bernstein(terms, intervals)
    if shifted is None:
        return None
    for flip in (1, -1):
        if all(flip * c >= 0 and (c == 0 or shifted.even(m)) for m, c in shifted.terms.items()):
            relation = ">" if shifted.positive_everywhere() else ">="
            return relation if flip > 0 else NEGATED[relation]
    return None


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
    ends = _exact(interval.lower), _exact(interval.upper)
    for exponents, coefficient in terms.items():
        for power, factor in enumerate(_expansion(exponents[position], degree, *ends)):
            if factor:
                key = (*exponents[:position], power, *exponents[position + 1 :])
                result[key] = result.get(key, 0) + coefficient * factor
    return result


def _exact(bound: Fraction | None) -> Exact | None:
    """A bound, as an integer if it is one."""
    return bound.numerator if bound is not None and bound.denominator == 1 else bound


@lru_cache(maxsize=4096)
def _expansion(
    exponent: int, degree: int, lower: Exact | None, upper: Exact | None
) -> tuple[Exact, ...]:
    """Coefficients of t^exponent in w: (a+w)^e, (b-w)^e, or (a+bw)^e (1+w)^(degree-e)."""
    if upper is None:
        assert lower is not None
        return tuple(comb(exponent, i) * lower ** (exponent - i) for i in range(exponent + 1))
    if lower is None:
        return tuple(
            comb(exponent, i) * upper ** (exponent - i) * (-1) ** i for i in range(exponent + 1)
        )
    first = [comb(exponent, i) * lower ** (exponent - i) * upper**i for i in range(exponent + 1)]
    rest = degree - exponent
    result: list[Exact] = [0] * (degree + 1)
    for i, a in enumerate(first):
        for j in range(rest + 1):
            result[i + j] += a * comb(rest, j)
    return tuple(result)
