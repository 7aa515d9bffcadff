r"""The sets that a symbol is declared in: `[0,1]`, `\mathbb{R}^K`, `\{0,1\}^N`, `\Delta^{K-1}`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from cesym.messages import message
from cesym.reader.latex.cursor import Cursor
from cesym.reader.latex.intervals import INTEGERS, NATURAL, REAL, interval, part
from cesym.reader.latex.names import full_name, read_base, read_subscript
from cesym.reader.latex.tokens import Token
from cesym.reader.latex.walks import value_of
from cesym.reader.syntax import Span
from cesym.terms.domains import UNIT, Domain, FiniteSet, IndexRange, Size


@dataclass(frozen=True, slots=True)
class Space:
    """A domain for each entry, the sizes of the axes, and what binds the entries together."""

    domain: Domain
    shape: tuple[Size, ...] = ()
    constraint: str | None = None


def read_space(cursor: Cursor) -> Space:
    r"""The set after `\in`. Raises ReadError for one that is not read."""
    token = cursor.token
    if cursor.at("\\mathbb"):
        return _numbers(cursor)
    if cursor.at("(", "[") and token.side != "right":
        return Space(interval(cursor), _power(cursor))
    if cursor.at("\\{"):
        return _listed(cursor)
    if cursor.at("\\Delta", "\\mathring", "\\operatorname"):
        return _simplex(cursor)
    if cursor.at("]"):
        raise cursor.error(
            token.at,
            "an interval that begins with {bracket} is not read",
            "write an open end with a round bracket: {example}",
            bracket="]",
            example="(0, 1)",
        )
    raise _unread(cursor, token)


def _unread(cursor: Cursor, token: Token) -> Exception:
    return cursor.error(
        token.at,
        "this set is not read",
        "the sets are {sets}",
        sets="[0, 1], (0, \\infty), \\mathbb{R}, \\mathbb{N}, \\{0, 1\\}, \\{1, \\dots, K\\}, "
        "\\Delta^{K-1}, and powers such as \\mathbb{R}^K",
    )


# Numbers.


def _numbers(cursor: Cursor) -> Space:
    r"""`\mathbb{R}_{>0}^K` and the like."""
    token = cursor.advance()
    braced = cursor.at("{")
    if braced:
        cursor.advance()
    letter = cursor.advance()
    sets = {"R": REAL, "N": NATURAL, "Z": INTEGERS}
    if letter.kind != "letter" or letter.text not in sets:
        raise _unread(cursor, token)
    if braced:
        cursor.expect("}")
    domain = sets[letter.text]
    shape: tuple[Size, ...] = ()
    while cursor.at("_", "^"):
        if cursor.at("_"):
            domain = part(cursor, letter.text, domain)
        elif shape:
            raise cursor.unexpected(message("the end of the set"))
        else:
            shape = _power(cursor)
    return Space(domain, shape)


# Lists.


def _listed(cursor: Cursor) -> Space:
    r"""`\{0, 1\}`, `\{1, \dots, K\}` or the one-hot vectors `\{e_1, \dots, e_K\}`."""
    opening = cursor.advance()
    with cursor.enclosed():
        if cursor.name_follows():
            space = _one_hot(cursor, opening)
        elif (size := read_range(cursor)) is not None:
            space = Space(IndexRange(size))
        else:
            space = Space(_values(cursor, opening))
        cursor.expect("\\}")
    shape = _power(cursor)
    if shape and not isinstance(space.domain, FiniteSet):
        raise cursor.error(cursor.since(opening.at.start), "a power of this set is not read")
    return replace(space, shape=shape or space.shape)


def read_range(cursor: Cursor) -> Size | None:
    r"""The size of `1, \dots, K` or `1, 2, \dots, K`; None where this is not a range."""
    start = cursor.position
    texts = [token.text for token in cursor.tokens[start : start + 6]]
    for beginning in (["1", ",", "\\dots", ","], ["1", ",", "2", ",", "\\dots", ","]):
        if texts[: len(beginning)] == beginning:
            cursor.position += len(beginning)
            return read_size(cursor)
    return None


def _values(cursor: Cursor, opening: Token) -> FiniteSet:
    values: list[Fraction] = []
    while not values or cursor.at(","):
        if values:
            cursor.advance()
        first = cursor.token
        value = None if cursor.at("\\dots") else value_of(cursor.expression())
        if value is None:
            raise cursor.error(
                first.at,
                "a set in braces lists numbers, or is a range from 1",
                "write {first} or {second}",
                first="\\{0, 1\\}",
                second="\\{1, \\dots, K\\}",
            )
        if value in values:
            raise cursor.error(first.at, "this number is in the set twice")
        values.append(value)
    del opening
    return FiniteSet(tuple(sorted(values)))


def _one_hot(cursor: Cursor, opening: Token) -> Space:
    r"""`e_1, \dots, e_K`: the vectors with one entry 1 and the others 0."""
    base = read_base(cursor)
    first = read_subscript(cursor) if cursor.at("_") else None
    if base.core != "e" or first is None or first.suffix != "_1":
        raise _unread(cursor, opening)
    cursor.expect(",")
    cursor.expect("\\dots")
    cursor.expect(",")
    again = read_base(cursor)
    if again.name != base.name:
        raise _unread(cursor, opening)
    cursor.expect("_")
    if cursor.at("{"):
        cursor.advance()
        size = read_size(cursor)
        cursor.expect("}")
    else:
        size = read_size(cursor)
    return Space(FiniteSet((Fraction(0), Fraction(1))), (size,), "onehot")


# Simplices and powers.


def _simplex(cursor: Cursor) -> Space:
    r"""`\Delta^{K-1}` with zeros, `\mathring{\Delta}^{K-1}` without; `\operatorname{int}` too."""
    start = cursor.token
    name = read_base(cursor).name
    bracket = False
    if name == "int":
        bracket = cursor.at("(")
        if bracket:
            cursor.advance()
        if not cursor.at("\\Delta"):
            raise _unread(cursor, start)
        cursor.advance()
        name = "Delta_ring"
    if name not in ("Delta", "Delta_ring") or not cursor.at("^"):
        raise _unread(cursor, start)
    size = _dimension(cursor)
    if bracket:
        cursor.expect(")")
    if name == "Delta":
        return Space(UNIT, (size,), "simplex")
    several = isinstance(size, int) and size > 1  # a single entry is 1
    return Space(replace(UNIT, lower_open=True, upper_open=several), (size,), "simplex")


def _dimension(cursor: Cursor) -> Size:
    """`^{K-1}`, the dimension of the simplex of vectors with K entries."""
    mark = cursor.advance()
    if cursor.at("{"):
        cursor.advance()
        size = read_size(cursor)
        if cursor.at("-") and cursor.peek(1).text == "1" and cursor.peek(2).says("}"):
            cursor.position += 3
            return size
        if cursor.at("}"):
            cursor.advance()
        stop = cursor.since(mark.at.start).stop
    else:
        size = read_size(cursor)
        stop = cursor.since(mark.at.start).stop
    raise cursor.ambiguous(
        Span(mark.at.start, stop),
        f"^{{{size}-1}}",
        f"^{{{size + 1 if isinstance(size, int) else f'({size}+1)'}-1}}",
    )


def _power(cursor: Cursor) -> tuple[Size, ...]:
    r"""`^K`, `^{N \times D}`, or nothing."""
    if not cursor.at("^"):
        return ()
    cursor.advance()
    if not cursor.at("{"):
        return (read_size(cursor, single=True),)
    cursor.advance()
    sizes = [read_size(cursor)]
    while cursor.at("*") and cursor.formula.quote(cursor.token.at) in ("\\times", "×"):
        cursor.advance()
        sizes.append(read_size(cursor))
    if not cursor.at("}"):
        raise cursor.error(
            cursor.token.at,
            "a size is a number or a name",
            "declare a name for it",
        )
    cursor.advance()
    return tuple(sizes)


def read_size(cursor: Cursor, *, single: bool = False) -> Size:
    """The number of entries: a positive number, or a name; `single`: without a subscript."""
    token = cursor.token
    if token.kind == "number" and token.text.isdigit() and int(token.text) > 0:
        cursor.advance()
        return int(token.text)
    if not cursor.name_follows():
        raise cursor.unexpected(message("a size"))
    base = read_base(cursor)
    subscript = read_subscript(cursor) if cursor.at("_") and not single else base.subscript
    name = full_name(cursor, base, subscript)
    if cursor.kind(name) not in (None, "scalar"):
        raise cursor.error(
            token.at, "{name} is not a size, it is declared otherwise", name=base.latex
        )
    return name
