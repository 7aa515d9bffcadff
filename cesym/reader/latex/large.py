r"""Sums and products over an index: `\sum_{k=1}^{K}`, `\prod_{i=1}^N`, `\sum_{k=1,\, k\ne j}^K`.

The body is the product that follows: it ends at `+` or `-`. A factor after the body that does not
contain the index is refused where it matters whether it is inside.
"""

from __future__ import annotations

from dataclasses import dataclass

from cesym.messages import message
from cesym.reader.latex.cursor import Cursor, Ending, Reach
from cesym.reader.latex.names import read_base
from cesym.reader.latex.ranges import UNSAID
from cesym.reader.latex.tables import RELATIONS
from cesym.reader.latex.tokens import Token
from cesym.reader.latex.walks import free_names
from cesym.reader.syntax import BigOperator, Name, Negate, Node, Span


@dataclass(slots=True)
class _Limits:
    index: str = ""
    lower: Node | None = None
    upper: Node | None = None
    excluded: Node | None = None


def read(cursor: Cursor, *, strict: bool) -> Node:
    """A sum or product. `strict`: it is an argument or a divisor, so its end matters."""
    token = cursor.advance()
    limits = _limits(cursor, token)
    limits.index = limits.index or _unsaid_index(cursor, token)
    lower, upper = limits.lower or UNSAID, limits.upper or UNSAID
    if limits.index in free_names(lower) | free_names(upper):
        raise cursor.error(
            cursor.since(token.at.start),
            "{name} is the index and stands in a limit too",
            "use another letter for the index",
            name=limits.index,
        )
    kind = "sum" if token.text == "\\sum" else "product"
    start = cursor.token.at.start
    cursor.bound.append(limits.index)
    try:
        body, (last, alone) = _body(cursor)
    finally:
        cursor.bound.pop()
    strict = strict or kind == "product"
    if strict and not alone and last is not None:
        _refuse_trailing(cursor, limits.index, body, last, token.at.start)
    cursor.reaches.append(Reach(limits.index, token.at.start, start))
    cursor.ending = Ending()
    at = cursor.since(token.at.start)
    return BigOperator(kind, body, limits.index, lower, upper, limits.excluded, at)


def _body(cursor: Cursor) -> tuple[Node, tuple[Node | None, bool]]:
    start = cursor.token.at.start
    with cursor.deeper():
        if cursor.at("-"):
            cursor.advance()
            operand = cursor.term()
            return Negate(operand, cursor.since(start)), cursor.last_factor
        return cursor.term(), cursor.last_factor


def _refuse_trailing(cursor: Cursor, index: str, body: Node, last: Node, start: int) -> None:
    r"""Refuse `\prod_k a_k b`: is `b` a factor of each `a_k`, or of the product?"""
    if index in free_names(last) or index not in free_names(body):
        return
    inside = cursor.quote(Span(body.at.start, last.at.start)).rstrip("/* ").removesuffix("\\cdot")
    head = cursor.quote(Span(start, body.at.start))
    joint = "/ " if cursor.quote(Span(body.at.start, last.at.start)).endswith("/") else ""
    rest = joint + cursor.quote(last.at)
    raise cursor.ambiguous(
        Span(start, body.at.stop),
        f"\\left({head} {inside.strip()}\\right) {rest}",
        f"{head} \\left({inside.strip()} {rest}\\right)",
    )


def _limits(cursor: Cursor, token: Token) -> _Limits:
    limits = _Limits()
    while cursor.at("_", "^"):
        if cursor.at("_") and not limits.index:
            cursor.advance()
            _lower(cursor, token, limits)
        elif cursor.at("^") and limits.upper is None:
            cursor.advance()
            limits.upper = cursor.script()
        else:
            raise cursor.unexpected(message("the body of the sum or product"))
    return limits


def _lower(cursor: Cursor, token: Token, limits: _Limits) -> None:
    """`{k=1}`, perhaps with `, k \\ne j`."""
    cursor.check_argument()
    if not cursor.at("{"):
        limits.index = _index(cursor)
        return
    cursor.advance()
    with cursor.enclosed():
        limits.index = _index(cursor)
        if cursor.at("="):
            cursor.advance()
            limits.lower = cursor.expression()
            if cursor.at(","):
                cursor.advance()
                _same_index(cursor, limits.index)
                _excluded(cursor, limits)
        elif cursor.at("\\ne"):
            _excluded(cursor, limits)
        if not cursor.at("}"):
            raise cursor.error(
                cursor.token.at,
                "the range of {command} is not read",
                "write both limits, for example {example}",
                command=token.text,
                example=f"{token.text}_{{k=1}}^{{K}}",
            )
        cursor.advance()


def _index(cursor: Cursor) -> str:
    base = read_base(cursor)
    name = base.name
    while cursor.at("'"):
        cursor.advance()
        name += "_prime"
    kind = cursor.names.kind(name)
    if kind not in (None, "index"):
        raise cursor.error(
            base.at,
            "{name} is declared already, so it cannot be the index of a sum or product",
            "use another letter for the index",
            name=base.latex,
        )
    if name in cursor.bound:
        raise cursor.error(
            base.at,
            "{name} is the index of a sum or product around this one",
            "use another letter for the index",
            name=base.latex,
        )
    return name


def _same_index(cursor: Cursor, index: str) -> None:
    token = cursor.token
    name = read_base(cursor).name
    while cursor.at("'"):
        cursor.advance()
        name += "_prime"
    if name != index or not cursor.at("\\ne"):
        raise cursor.error(token.at, "{expected} is expected here", expected=f"{index} \\ne \\dots")


def _excluded(cursor: Cursor, limits: _Limits) -> None:
    cursor.expect("\\ne")
    limits.excluded = cursor.factor()
    node = limits.excluded
    if isinstance(node, Name) and (cursor.kind(node.name) != "index" or node.name == limits.index):
        raise cursor.error(
            node.at,
            "{name} is not declared as an index",
            "declare it, for example {line}",
            name=node.name,
            line=f"${cursor.quote(node.at)} \\in \\{{1, \\dots, K\\}}$",
        )


def _unsaid_index(cursor: Cursor, token: Token) -> str:
    r"""The index of `\sum a_i`: the one letter below a vector that follows and is not declared."""
    found: set[str] = set()
    level, distance = 0, 0
    while (piece := cursor.peek(distance)).kind != "stop" and level >= 0:
        level += piece.says("{", "(", "[") - piece.says("}", ")", "]")
        if level == 0 and (piece.says("+", "-") or piece.says(*RELATIONS)):
            break
        below = cursor.peek(distance + 1 + cursor.peek(distance + 1).says("{"))
        if piece.says("_") and below.kind == "letter" and cursor.kind(below.text) is None:
            found.add(below.text)
        distance += 1
    if len(found) == 1:
        return found.pop()
    raise cursor.error(
        token.at,
        "the index of {command} is not clear",
        "write both limits, for example {example}",
        command=token.text,
        example=f"{token.text}_{{k=1}}^{{K}}",
    )
