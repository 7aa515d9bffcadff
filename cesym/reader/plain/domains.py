"""Where a symbol may live, as text: `(0,1]`, `real^K`, `integer>=2`, `simplex(K)`.

Intervals are not Python, so this is a small language of its own; only the numbers in it are read
like formulas.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor

from cesym.messages import message
from cesym.reader.latex.formula import LONGEST_FORMULA, Formula
from cesym.reader.plain.tree import exact, tree_of
from cesym.reader.syntax import Span
from cesym.terms.domains import (
    OPEN_UNIT,
    REAL,
    UNIT,
    Domain,
    FiniteSet,
    IndexRange,
    Interval,
    Size,
)

Home = tuple[Domain, tuple[Size, ...], str | None]
"""Domain, shape and constraint, as in `cesym.terms.domains.Declaration`."""

LARGEST_SIZE = 1000
"""The largest literal size."""

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_INTERVAL = re.compile(r"([(\[])([^,]*),([^,]*)([)\]])")
_RELATION = re.compile(r"(==|<=|>=|<|>)(.*)", re.DOTALL)
_INTEGER = re.compile(r"integers?\s*(.*)", re.DOTALL)
_FROM_TO = re.compile(r"from\s+(\S+)\s+to\s+(\S+)")
_NAMED = re.compile(r"(index|simplex|open_simplex|onehot)\s*\(([^()]*)\)")
_POWER = re.compile(r"\^\s*(?:\(([^()]*)\)|([A-Za-z0-9_]+))\s*$")


def parse_domain(text: str, *, source: str = "<domain>") -> Home:
    """The domain, shape and constraint that `text` says. Raises ReadError.

    >>> parse_domain("(0, 1]")
    ((0, 1], (), None)
    >>> parse_domain("integer>=2")
    (integers >= 2, (), None)
    >>> parse_domain("real^(N,2)")
    (real, ('N', 2), None)
    >>> parse_domain("simplex(K)")
    ([0, 1], ('K',), 'simplex')
    """
    formula = Formula(text, source).limited(LONGEST_FORMULA)
    return read_domain(formula, Span(0, len(text)))


def read_domain(formula: Formula, at: Span) -> Home:
    """The domain that a part of a formula says."""
    at = trim(formula, at)
    text = formula.quote(at)
    power = _POWER.search(text)
    if power is None:
        return _base(formula, at)
    shape = tuple(
        _size(formula, part)
        for part in parts_of(formula, _group(at, power, 2 if power.group(2) else 1))
    )
    base, inner, constraint = _base(
        formula, trim(formula, Span(at.start, at.start + power.start()))
    )
    if inner:
        raise formula.error(at, "a power of a set of vectors is not supported yet")
    return base, shape, constraint


def trim(formula: Formula, at: Span) -> Span:
    """`at` without the blanks at its ends."""
    text = formula.quote(at)
    start = at.start + len(text) - len(text.lstrip())
    return Span(start, max(start, at.start + len(text.rstrip())))


def _group(at: Span, match: re.Match[str], group: int) -> Span:
    start, stop = match.span(group)
    return Span(at.start + start, at.start + stop)


def parts_of(formula: Formula, at: Span) -> list[Span]:
    """The spans between commas, without the blanks around them."""
    spans, start = [], at.start
    for piece in formula.quote(at).split(","):
        spans.append(trim(formula, Span(start, start + len(piece))))
        start += len(piece) + 1
    return spans


def _base(formula: Formula, at: Span) -> Home:
    text = formula.quote(at)
    if text == "real":
        return REAL, (), None
    if match := _INTERVAL.fullmatch(text):
        return _interval(formula, at, match), (), None
    if match := _INTEGER.fullmatch(text):
        return _integers(formula, at, _group(at, match, 1)), (), None
    if match := _RELATION.fullmatch(text):
        value = number(formula, _group(at, match, 2))
        return bounded(formula, at, [(match.group(1), value)]), (), None
    if text.startswith("{") and text.endswith("}"):
        inside = parts_of(formula, Span(at.start + 1, at.stop - 1))
        values = {number(formula, part) for part in inside}
        return FiniteSet(tuple(sorted(values))), (), None
    if match := _NAMED.fullmatch(text):
        return NAMED[match.group(1)](_size(formula, trim(formula, _group(at, match, 2))))
    raise formula.error(
        at,
        "this is not a domain",
        "a domain is one of {domains}, or a power of one, such as {power}",
        domains="real, (0,1), [0,oo), {0,1}, integer>=2, ==2, index(K), simplex(K), "
        "open_simplex(K), onehot(K)",
        power="real^K, real^(N,D)",
    )


def _open_simplex(size: Size) -> Home:
    """Each entry is below 1 as soon as there are two of them."""
    alone = not isinstance(size, int) or size < 2
    domain = Interval(Fraction(0), Fraction(1), lower_open=True) if alone else OPEN_UNIT
    return domain, (size,), "simplex"


NAMED: dict[str, Callable[[Size], Home]] = {
    "index": lambda size: (IndexRange(size), (), None),
    "simplex": lambda size: (UNIT, (size,), "simplex"),
    "open_simplex": _open_simplex,
    "onehot": lambda size: (FiniteSet((Fraction(0), Fraction(1))), (size,), "onehot"),
}
"""Sets that are named after a size."""


def _size(formula: Formula, at: Span) -> Size:
    text = formula.quote(at)
    if text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= LARGEST_SIZE:
        return int(text)
    if NAME.fullmatch(text):
        return text
    raise formula.error(
        at, "a size is a name or a number from 1 to {count}", "such as K", count=LARGEST_SIZE
    )


def number(formula: Formula, at: Span) -> Fraction:
    """The number that a part of a formula says, such as `-1/2` or `1e-3`."""
    at = trim(formula, at)
    tree = tree_of(formula, at)
    value = exact(tree, tree.root)
    if value is None:
        raise formula.error(at, "a number is expected here", "such as 1/2 or 0.5")
    return value


def _end(formula: Formula, at: Span, infinite: tuple[str, ...], bracket: str) -> Fraction | None:
    """The end of an interval: a number, or None for infinity."""
    at = trim(formula, at)
    if formula.quote(at).replace(" ", "") not in infinite:
        return number(formula, at)
    if bracket in "[]":
        raise formula.error(at, "infinity is not a number", "write a round bracket beside it")
    return None


def _interval(formula: Formula, at: Span, match: re.Match[str]) -> Interval:
    left, right = match.group(1), match.group(4)
    lower = _end(formula, _group(at, match, 2), ("-oo",), left)
    upper = _end(formula, _group(at, match, 3), ("oo", "+oo"), right)
    interval = Interval(
        lower,
        upper,
        lower_open=lower is not None and left == "(",
        upper_open=upper is not None and right == ")",
    )
    return _not_empty(formula, at, interval)


def _integers(formula: Formula, at: Span, rest: Span) -> Domain:
    text = formula.quote(rest)
    if not text:
        return Interval(integer=True)
    if match := _FROM_TO.fullmatch(text):
        ends = [number(formula, _group(rest, match, group)) for group in (1, 2)]
        return bounded(formula, at, list(zip((">=", "<="), ends, strict=True)), integer=True)
    if match := _RELATION.fullmatch(text):
        value = number(formula, _group(rest, match, 2))
        return bounded(formula, at, [(match.group(1), value)], integer=True)
    raise formula.error(
        rest, "{expected} is expected here", expected=message("a relation, such as {e}", e=">= 1")
    )


def bounded(
    formula: Formula, at: Span, relations: list[tuple[str, Fraction]], *, integer: bool = False
) -> Domain:
    """The numbers x with `x operator value` for each relation.

    Raises ReadError when there are none, and for two bounds on one side.
    """
    if len(relations) == 1 and relations[0][0] == "==":
        return FiniteSet((relations[0][1],))
    lower = [(value, operator == ">") for operator, value in relations if operator[0] == ">"]
    upper = [(value, operator == "<") for operator, value in relations if operator[0] == "<"]
    if len(lower) > 1 or len(upper) > 1 or len(lower) + len(upper) < len(relations):
        raise formula.error(at, "one bound on each side is expected")
    low, low_open = lower[0] if lower else (None, False)
    high, high_open = upper[0] if upper else (None, False)
    if integer:
        low = None if low is None else Fraction(floor(low) + 1 if low_open else ceil(low))
        high = None if high is None else Fraction(ceil(high) - 1 if high_open else floor(high))
        low_open = high_open = False
    return _not_empty(formula, at, Interval(low, high, low_open, high_open, integer))


def _not_empty(formula: Formula, at: Span, interval: Interval) -> Interval:
    if interval.empty:
        raise formula.error(at, "there is no number in {domain}", domain=formula.quote(at))
    return interval
