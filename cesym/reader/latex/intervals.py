r"""Intervals and parts of the number sets: `[0,1)`, `(0,\infty)`, `\mathbb{R}_{>0}`."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

from cesym.messages import message
from cesym.reader.latex.cursor import Cursor
from cesym.reader.latex.walks import value_of
from cesym.reader.syntax import Span
from cesym.terms.domains import Interval

REAL = Interval()
INTEGERS = Interval(integer=True)
NATURAL = Interval(Fraction(1), None, integer=True)
FROM_ZERO = Interval(Fraction(0), None, integer=True)


def part(cursor: Cursor, letter: str, domain: Interval) -> Interval:
    r"""`_{>0}`, `_{\ge 2}`, and `\mathbb{N}_0`."""
    mark = cursor.advance()
    if not cursor.at("{"):
        token = cursor.advance()
        if letter == "N" and token.text == "0":
            return FROM_ZERO
        raise _unclear_part(cursor, letter, Span(mark.at.start, token.at.stop))
    cursor.advance()
    if letter == "N" and cursor.token.text == "0" and cursor.peek(1).says("}"):
        cursor.position += 2
        return FROM_ZERO
    if not cursor.at(">", "\\ge", "<", "\\le"):
        raise _unclear_part(cursor, letter, Span(mark.at.start, cursor.token.at.stop))
    relation = cursor.advance().text
    bound = end(cursor)
    cursor.expect("}")
    if bound is None:
        raise _unclear_part(cursor, letter, Span(mark.at.start, cursor.token.at.start))
    return bounded(domain, relation, bound)


def _unclear_part(cursor: Cursor, letter: str, at: Span) -> Exception:
    return cursor.ambiguous(at, f"\\mathbb{{{letter}}}_{{>0}}", f"\\mathbb{{{letter}}}_{{\\ge 0}}")


def bounded(domain: Interval, relation: str, end: Fraction) -> Interval:
    """The part of `domain` that is in `relation` to `end`.

    >>> bounded(INTEGERS, ">", Fraction(1, 2))
    integers >= 1
    """
    strict = relation in ("<", ">")
    if relation in (">", "\\ge"):
        if domain.integer:
            end, strict = Fraction(math.floor(end) + 1 if strict else math.ceil(end)), False
        if domain.lower is not None and domain.lower > end:
            return domain
        return replace(domain, lower=end, lower_open=strict)
    if domain.integer:
        end, strict = Fraction(math.ceil(end) - 1 if strict else math.floor(end)), False
    if domain.upper is not None and domain.upper < end:
        return domain
    return replace(domain, upper=end, upper_open=strict)


def interval(cursor: Cursor) -> Interval:
    """`[0, 1)`, with numbers or infinity for its ends. Raises ReadError."""
    opening = cursor.advance()
    with cursor.enclosed():
        lower = end(cursor, lowest=True)
        if not cursor.at(","):
            raise cursor.unexpected(message("a comma between the ends of the interval"))
        cursor.advance()
        upper = end(cursor, highest=True)
        if not cursor.at(")", "]"):
            raise cursor.unexpected(message("the end of the interval"))
        closing = cursor.advance()
    at = cursor.since(opening.at.start)
    left_open, right_open = opening.text == "(", closing.text == ")"
    if (lower is None and not left_open) or (upper is None and not right_open):
        raise cursor.error(at, "infinity is not part of an interval", "write a round bracket there")
    interval = Interval(
        lower, upper, left_open and lower is not None, right_open and upper is not None
    )
    if interval.empty:
        raise cursor.error(at, "this interval is empty")
    return interval


def end(cursor: Cursor, *, lowest: bool = False, highest: bool = False) -> Fraction | None:
    """An end of an interval: a rational number, or None for infinity."""
    start = cursor.position
    sign = cursor.advance().text if cursor.at("+", "-") else ""
    if cursor.at("\\infty"):
        token = cursor.advance()
        if (sign == "-" and lowest) or (sign != "-" and highest):
            return None
        raise cursor.error(token.at, "infinity stands at the wrong end")
    cursor.position = start
    first = cursor.token
    value = value_of(cursor.expression())
    if value is None:
        raise cursor.error(
            cursor.since(first.at.start),
            "the end of an interval is a number, such as 0 or 1/2",
        )
    return value
