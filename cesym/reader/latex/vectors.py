r"""Notations of vectors and matrices: `\nabla_w`, `\|x\|`, `\langle u, v \rangle`,
`\mathbf{1}^\top v`, and the expectation `\mathbb{E}_{k \sim p}[\dots]`.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from cesym.messages import message
from cesym.reader.latex import derivatives, symbols
from cesym.reader.latex.cursor import Cursor, Ending
from cesym.reader.latex.names import read_base
from cesym.reader.latex.ranges import FIRST, UNSAID
from cesym.reader.latex.tables import OPENING
from cesym.reader.syntax import (
    BigOperator,
    Binary,
    Call,
    Gradient,
    Name,
    Node,
    Number,
    Span,
    Subscript,
)

NORMS = {"1": "1", "2": "2", "F": "F"}
"""What may stand below a norm -> its kind."""

SQUARE = Number(Fraction(2))


def read_nabla(cursor: Cursor) -> Node:
    r"""`\nabla_w L` and `\nabla_w^2 L`."""
    start = cursor.advance().at.start
    variable, kind = None, "grad"
    while cursor.at("_", "^"):
        if cursor.advance().says("^"):
            order = cursor.script()
            if order != SQUARE or kind == "hessian":
                raise cursor.error(order.at, "{command} may have a 2 above it", command="\\nabla")
            kind = "hessian"
        elif variable is None:
            variable = _below(cursor)
        else:
            raise cursor.unexpected(message("what is differentiated"))
    if variable is None:
        raise cursor.error(
            cursor.since(start),
            "{command} needs its variable below it",
            "write {example}",
            command="\\nabla",
            example="\\nabla_w",
        )
    body = derivatives.read_differentiated(cursor, start)
    return Gradient(kind, body, variable, cursor.since(start))


def _below(cursor: Cursor) -> Name:
    cursor.check_argument()
    token, braced = cursor.token, cursor.at("{")
    if braced:
        cursor.advance()
        if not cursor.name_follows():
            raise cursor.unexpected(message("a name"))
        node = symbols.read_plain(cursor)[2]
        cursor.expect("}")
    else:
        node = cursor.argument("\\nabla")
    if isinstance(node, Name) and cursor.kind(node.name) in ("scalar", "vector"):
        return node
    raise cursor.error(token.at, "the variable of a gradient is a declared name")


def read_norm(cursor: Cursor) -> Node:
    r"""`\|x\|`, `\|x\|_1`, `\|x\|_2^2`. Which norm it is depends on the shape of `x`."""
    opening = cursor.advance()
    with cursor.enclosed():
        cursor.bars = 1
        inside = cursor.expression()
        if not cursor.at("\\|") or (opening.side == "left") != (cursor.token.side == "right"):
            raise cursor.unexpected(message("an operator or {bracket}", bracket="\\|"))
        cursor.advance()
    kind, power = "", None
    while cursor.at("_", "^"):
        mark = cursor.advance()
        if mark.says("^") and power is None:
            power = cursor.script()
        elif mark.says("_") and not kind:
            kind = _kind(cursor)
        else:
            raise cursor.error(mark.at, "{mark} cannot stand here", mark=mark.text)
    norm = Call(f"norm:{kind}", (inside,), cursor.since(opening.at.start))
    cursor.ending = Ending("powered" if power else "closed")
    return norm if power is None else Binary("^", norm, power, norm.at)


def _kind(cursor: Cursor) -> str:
    braced = cursor.at("{")
    if braced:
        cursor.advance()
    token = cursor.advance()
    if token.text not in NORMS or (braced and not cursor.at("}")):
        raise cursor.error(
            token.at,
            "this norm is not read",
            "the norms are {norms}",
            norms="\\|v\\|, \\|v\\|_1, \\|v\\|_2, \\|A\\|_F",
        )
    if braced:
        cursor.advance()
    return NORMS[token.text]


def read_inner(cursor: Cursor) -> Node:
    r"""`\langle u, v \rangle`."""
    opening = cursor.advance()
    with cursor.enclosed():
        left = cursor.expression()
        cursor.expect(",")
        right = cursor.expression()
        if not cursor.at("\\rangle"):
            raise cursor.unexpected(message("an operator or {bracket}", bracket="\\rangle"))
        cursor.advance()
    cursor.ending = Ending()
    return Call("dot", (left, right), cursor.since(opening.at.start))


def ones_follow(cursor: Cursor) -> bool:
    r"""Whether `\mathbf{1}` is next."""
    if not cursor.at("\\mathbf", "\\boldsymbol", "\\bm"):
        return False
    return cursor.peek(1).text == "1" or (
        cursor.peek(1).says("{") and cursor.peek(2).text == "1" and cursor.peek(3).says("}")
    )


def read_ones(cursor: Cursor) -> Node:
    r"""`\mathbf{1}^\top v`, the sum of the entries of v."""
    start = cursor.advance().at.start
    cursor.position += 3 if cursor.at("{") else 1
    if not (cursor.at("^") and symbols.transpose_follows(cursor)):
        raise cursor.error(
            cursor.since(start),
            "how long this vector of ones is, the text does not say",
            "write {sum} for the sum of the entries of v, and 1 beside a vector",
            sum="\\mathbf{1}^\\top v",
        )
    symbols.take_transpose(cursor)
    body = cursor.factor()
    cursor.ending = Ending()
    return Call("ones:", (body,), cursor.since(start))


def read_expectation(cursor: Cursor) -> Node:
    r"""`\mathbb{E}_{k \sim p}[\dots]` for a distribution `p` over finitely many `k`."""
    start = cursor.advance().at.start
    braced = cursor.at("{")
    if braced:
        cursor.advance()
    letter = cursor.advance()
    if letter.text != "E" or (braced and not cursor.at("}")):
        raise cursor.error(
            cursor.since(start), "the command {command} is not read", command="\\mathbb"
        )
    if braced:
        cursor.advance()
    index, distribution = _drawn(cursor, start)
    if not cursor.at(*OPENING):
        raise cursor.unexpected(message("the bracket of the expectation"))
    cursor.bound.append(index)
    try:
        body = cursor.factor()
    finally:
        cursor.bound.pop()
    at = cursor.since(start)
    weight = Subscript(distribution, (Name(index, at),), distribution.at)
    term = Binary("*", weight, body, at)
    cursor.ending = Ending()
    return BigOperator("sum", term, index, FIRST, UNSAID, at=at)


def _drawn(cursor: Cursor, start: int) -> tuple[str, Name]:
    r"""`_{k \sim p}`."""
    if not cursor.at("_"):
        raise _unclear(cursor, start)
    cursor.advance()
    cursor.expect("{")
    with cursor.enclosed():
        token = cursor.token
        index = read_base(cursor).name
        if cursor.kind(index) not in (None, "index") or index in cursor.bound:
            raise cursor.error(
                token.at,
                "{name} is declared already, so it cannot be the index of a sum or product",
                "use another letter for the index",
                name=index,
            )
        if not cursor.at("\\sim"):
            raise _unclear(cursor, start)
        cursor.advance()
        at = cursor.token.at
        node = symbols.read_plain(cursor)[2]
        if not isinstance(node, Name) or cursor.kind(node.name) != "vector":
            raise _unclear(cursor, start)
        if not cursor.names.is_distribution(node.name) or cursor.names.rank(node.name) != 1:
            raise cursor.error(
                at, "{name} is not declared as a distribution", name=cursor.quote(at)
            )
        cursor.expect("}")
    return index, replace(node, at=Span(at.start, node.at.stop))


def _unclear(cursor: Cursor, start: int) -> Exception:
    return cursor.error(
        cursor.since(start),
        "it is not clear what this is the mean over",
        "write {example}, for a distribution p",
        example="\\mathbb{E}_{k \\sim p}[x_k]",
    )
