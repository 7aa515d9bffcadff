"""Whether a program is accurate on its whole domain: shown by its bounds, or refused.

The domain is every float that the declarations allow. It is cut at 0, since |s| and max(s, 0) are
known only by the sign of s. A label in [0, 1] is first taken with all its values; where that gives
no bound, since the result has a root between, the labels 0 and 1 are judged alone, and the exported
code says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from itertools import product

from cesym.codegen.bounds import Unbounded, bound
from cesym.codegen.intervals import LARGEST, Interval, point, union
from cesym.codegen.nodes import Node
from cesym.errors import UnsupportedTerm
from cesym.terms import domains
from cesym.terms.domains import UNIT, Declaration, FiniteSet

WORST = 64.0
"""The largest bound, in ulp, of a program that passes for accurate."""

Box = Mapping[str, Interval]


@dataclass(frozen=True, slots=True)
class Shown:
    """An error of at most `ulps`, to first order, if the labels named in `hard` are 0 or 1, and all
    other arguments are anywhere in their domains.
    """

    ulps: float
    hard: tuple[str, ...] = ()


def show_stable(node: Node, declarations: Sequence[Declaration]) -> Shown:
    """A bound on the error of `node` over the domains of its arguments.

    Raises `Unbounded`, with the reason, when there is none or it is above `WORST` ulp.
    """
    try:
        return Shown(_worst(node, _boxes(declarations)))
    except Unbounded:
        hard = tuple(d.name for d in declarations if d.domain == UNIT)
        if not hard:
            raise
        return Shown(_worst(node, _boxes(declarations, hard=True)), hard)


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


def _boxes(declarations: Sequence[Declaration], *, hard: bool = False) -> Iterator[Box]:
    """Boxes that cover the domain, in each of which every argument has one sign."""
    pieces = [_pieces(declaration, hard=hard) for declaration in declarations]
    names = [declaration.name for declaration in declarations]
    return (dict(zip(names, chosen, strict=True)) for chosen in product(*pieces))


def _pieces(declaration: Declaration, *, hard: bool) -> list[Interval]:
    if isinstance(declaration.domain, FiniteSet):
        return [point(value) for value in declaration.domain.values]
    found = whole(declaration)
    if hard and declaration.domain == UNIT:
        return [point(found.low), point(found.high)]
    if found.low < 0 < found.high:
        return [Interval(found.low, Fraction(0)), Interval(Fraction(0), found.high)]
    return [found]


def whole(declaration: Declaration) -> Interval:
    """The floats that a declared number may be, from the least to the largest."""
    domain = declaration.domain
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


def closed_values(node: Node, declarations: Sequence[Declaration]) -> Interval | None:
    """As `values`, with the ends that the domains leave out."""
    closed = [
        replace(d, domain=replace(d.domain, lower_open=False, upper_open=False))
        if isinstance(d.domain, domains.Interval)
        else d
        for d in declarations
    ]
    return values(node, closed)
