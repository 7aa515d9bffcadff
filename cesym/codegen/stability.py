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
from functools import lru_cache, reduce
from itertools import product

from cesym.codegen.bounds import Assumed, bound
from cesym.codegen.elementary import Unbounded
from cesym.codegen.intervals import LARGEST, Interval, point, union
from cesym.codegen.nodes import Node
from cesym.errors import UnsupportedTerm
from cesym.terms import domains
from cesym.terms.domains import UNIT, Declaration, FiniteSet

WORST = 64.0
"""The largest bound, in ulp, of a program that passes for accurate."""

Box = Mapping[str, Interval]


@dataclass(frozen=True, slots=True)
class Stated:
    """An error of at most `ulps` units in the last place of the value of `size`, or of the result
    if there is none: as long as `size` and the values of `finite` are at most the largest float,
    and those of `normal` are 0 or at least the least normal one.
    """

    ulps: float
    size: Node | None = None
    finite: tuple[Node, ...] = ()
    normal: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """An error of at most `ulps`, to first order, if the labels named in `hard` are 0 or 1, and all
    other arguments are anywhere in their domains, as far as `needs` allows. What is `stated` holds
    for all labels; without `hard` it is what the error is counted in.
    """

    ulps: float
    hard: tuple[str, ...] = ()
    stated: Stated | None = None
    needs: Stated | None = None

    @property
    def rank(self) -> int:
        """How much is known: 0 if all, 4 if the error is only stated in sizes."""
        if self.hard:
            return 2 if self.needs is None else 3
        return 0 if self.stated is None else 1 if self.stated.size is None else 4


def show(node: Node, declarations: Sequence[Declaration]) -> Shown:
    """What can be said of the error of `node`: a bound on its ulps, or at least a statement.

    Raises `Unbounded`, with the reason, when there is nothing.
    """
    try:
        found = show_stable(node, declarations)
    except Unbounded as reason:
        stated = _stated(node, declarations)
        if stated is not None and stated.size is None:
            return Shown(stated.ulps, (), stated)
        needs = _stated(node, declarations, hard=True)
        if needs is not None and needs.size is None:
            return Shown(needs.ulps, _labels(declarations), stated, needs)
        if stated is None:
            raise reason from None
        return Shown(stated.ulps, (), stated)
    if not found.hard:
        return found
    stated = _stated(node, declarations)
    if stated is not None and stated.size is None:
        return Shown(stated.ulps, (), stated)
    return replace(found, stated=stated)


def _labels(declarations: Sequence[Declaration]) -> tuple[str, ...]:
    return tuple(d.name for d in declarations if d.domain == UNIT)


def _stated(
    node: Node, declarations: Sequence[Declaration], *, hard: bool = False
) -> Stated | None:
    if hard and not _labels(declarations):
        return None
    try:
        return state(node, [*_boxes(declarations, hard=hard)])
    except Unbounded:
        return None


def show_stable(node: Node, declarations: Sequence[Declaration]) -> Shown:
    """A bound on the error of `node` over the domains of its arguments.

    Raises `Unbounded`, with the reason, when there is none or it is above `WORST` ulp.
    """
    try:
        return Shown(_worst(node, _boxes(declarations)))
    except Unbounded:
        hard = _labels(declarations)
        if not hard:
            raise
        return Shown(_worst(node, _boxes(declarations, hard=True)), hard)


def state(node: Node, boxes: Sequence[Box]) -> Stated:
    """What a lenient walk says of the error of `node`, with no more assumed than it takes.

    Raises `Unbounded` when there is nothing.
    """
    _, _, assumed = _lenient(node, boxes, Assumed())
    for risk in (assumed.normal, *({part} for part in assumed.normal)):
        try:
            _, _, assumed = _lenient(node, boxes, replace(assumed, risked=assumed.risked | risk))
        except Unbounded:
            continue
    ulps, size, assumed = _lenient(node, boxes, assumed)
    finite = assumed.finite - {*_terms(size)}  # what is added up in the size is not more than it
    return Stated(ulps, size, _in_order(node, finite), _in_order(node, assumed.normal))


def _terms(size: Node | None) -> Iterator[Node]:
    """The terms that a size adds up, with and without their signs."""
    if size is not None and size.head == "+":
        for operand in size.operands:
            yield from _terms(operand)
    elif size is not None:
        yield size
        if size.head == "abs":
            yield from size.operands


def _lenient(
    node: Node, boxes: Sequence[Box], given: Assumed
) -> tuple[float, Node | None, Assumed]:
    """The ulps, the size, and what is assumed, over all `boxes` alike."""
    assumed = Assumed(sized=set(given.sized), risked=given.risked)
    for _ in range(2):  # where a sum cancels in one box, its size counts in all; then the signs
        for box in boxes:
            bound(node, box, assumed)
    assumed.finite, assumed.normal = set(), set()
    found = [bound(node, box, assumed) for box in boxes]
    ulps = max(f.relative + f.absolute for f in found)
    sizes = {f.size for f in found}
    if not ulps <= WORST or len(sizes) > 1:
        raise Unbounded("too many digits may be lost")
    return ulps, sizes.pop(), assumed


def _in_order(node: Node, wanted: set[Node]) -> tuple[Node, ...]:
    """As they stand in `node`, and then those that do not."""
    inside = dict.fromkeys(part for part in node.walk() if part in wanted)
    return (*inside, *sorted(wanted - inside.keys(), key=str))


def values(node: Node, declarations: Sequence[Declaration]) -> Interval | None:
    """An interval that holds every value of `node` on its domain, or None if none is known."""
    return _values(node, tuple(declarations))


@lru_cache(maxsize=4096)
def _values(node: Node, declarations: tuple[Declaration, ...]) -> Interval | None:
    try:
        found = [bound(node, box, Assumed()).values for box in _boxes(declarations)]
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
