"""Whether a program is accurate on its whole domain: shown by its bounds, or refused.

The domain is every float that the declarations allow. It is cut at 0, since |s| and max(s, 0) are
known only by the sign of s. A label in a closed interval such as [0, 1] is first taken with all its
values; where that gives no bound, since the result has a root between, the ends are judged
alone, and the exported code says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import product

from cesym.codegen.bounds import Unbounded, bound
from cesym.codegen.intervals import LARGEST, Interval, point, union
from cesym.codegen.nodes import Node
from cesym.errors import UnsupportedTerm
from cesym.terms import domains
from cesym.terms.domains import Declaration, FiniteSet

WORST = 64.0
"""The largest bound, in ulp, of a program that passes for accurate."""

Box = Mapping[str, Interval]


@dataclass(frozen=True, slots=True)
class Shown:
    """What was shown: an error of at most `ulps` (to first order), if the arguments named in `ends`
    are at the ends of their intervals, and the others anywhere in theirs.
    """

    ulps: float
    ends: tuple[str, ...] = ()


def show_stable(node: Node, declarations: Sequence[Declaration]) -> Shown:
    """A bound on the error of `node` over the domains of its arguments.

    Raises `Unbounded`, with the reason, when there is none or it is above `WORST` ulp.
    """
    try:
        return Shown(_worst(node, _boxes(declarations)))
    except Unbounded:
        ends = tuple(d.name for d in declarations if _ends(d))
        if not ends:
            raise
        return Shown(_worst(node, _boxes(declarations, at_ends=True)), ends)


def values(node: Node, declarations: Sequence[Declaration]) -> Interval | None:
    """An interval that holds every value of `node` on its domain, or None if none is known."""
    try:
        found = [bound(node, box).values for box in _boxes(declarations)]
    except Unbounded:
        return None
    return reduce(union, found)


def _worst(node: Node, boxes: Iterable[Box]) -> float:
    found = max(_ulps(node, box) for box in boxes)
    if not found <= WORST:
        raise Unbounded("too many digits may be lost")
    return found


def _ulps(node: Node, box: Box) -> float:
    """A relative error of r u is at most r ulp, and eta is an ulp of the smallest numbers."""
    found = bound(node, box)
    total = found.relative + found.absolute
    return total if not math.isnan(total) else math.inf


def _boxes(declarations: Sequence[Declaration], *, at_ends: bool = False) -> Iterator[Box]:
    """Boxes that cover the domain, in each of which every argument has one sign."""
    pieces = [(at_ends and _ends(d)) or _one_signed(whole(d)) for d in declarations]
    names = [declaration.name for declaration in declarations]
    return (dict(zip(names, chosen, strict=True)) for chosen in product(*pieces))


def whole(declaration: Declaration) -> Interval:
    """The floats that a declared number may be, from the least to the largest."""
    domain = declaration.domain
    if isinstance(domain, FiniteSet):
        return Interval(min(domain.values), max(domain.values))
    if not isinstance(domain, domains.Interval):
        raise UnsupportedTerm("{name} is not a number with a domain", name=declaration.name)
    low = -LARGEST if domain.lower is None else domain.lower
    high = LARGEST if domain.upper is None else domain.upper
    if domain.lower is not None and domain.lower_open:
        low = _next_float(low, math.inf)
    if domain.upper is not None and domain.upper_open:
        high = _next_float(high, -math.inf)
    return Interval(low, high)


def _next_float(value: Fraction, towards: float) -> Fraction:
    """An open end is not a value: the float next to it, if the end itself is a float."""
    found = float(value)
    return Fraction(math.nextafter(found, towards)) if Fraction(found) == value else value


def _one_signed(values: Interval) -> list[Interval]:
    if values.low < 0 < values.high:
        return [Interval(values.low, Fraction(0)), Interval(Fraction(0), values.high)]
    return [values]


def _ends(declaration: Declaration) -> list[Interval]:
    """The ends of a bounded closed interval, or the values of a finite set, as points."""
    domain = declaration.domain
    if isinstance(domain, FiniteSet):
        return [point(value) for value in domain.values]
    if not isinstance(domain, domains.Interval) or domain.lower_open or domain.upper_open:
        return []
    return (
        []
        if domain.lower is None or domain.upper is None
        else [point(domain.lower), point(domain.upper)]
    )
