r"""Brackets, absolute values, braces, roots, and `\left. ... \right|_{x = a}`."""

from __future__ import annotations

from dataclasses import replace

from cesym.messages import message
from cesym.reader.latex.cursor import Cursor, Ending
from cesym.reader.latex.tables import OPENING
from cesym.reader.latex.tokens import Token
from cesym.reader.syntax import Call, Evaluated, Name, Node, Span


def read(cursor: Cursor) -> Node:
    """What begins with a symbol. Raises ReadError."""
    token = cursor.token
    if cursor.at(*OPENING) and token.side != "right":
        return _bracket(cursor)
    if cursor.at("|") and token.side != "right":
        return _absolute(cursor)
    if cursor.at("{"):
        return braces(cursor)
    if cursor.at(".") and token.side == "left":
        return _evaluated(cursor)
    if cursor.at("?"):
        raise cursor.error(
            token.at,
            "{mark} stands for a whole side, it cannot be part of one",
            "write {mark} alone between two relations",
            mark="?",
        )
    if cursor.at("!"):
        raise cursor.error(
            token.at, "a factorial is not read", "write {gamma}", gamma="\\Gamma(y + 1)"
        )
    raise cursor.unexpected(message("a number, a name or a bracket"))


def read_command(cursor: Cursor) -> Node:
    r"""`\sqrt{x}` and `\boxed{x}`."""
    command = cursor.advance()
    if command.says("\\boxed"):
        node = cursor.group()
    elif cursor.at("["):
        raise cursor.error(
            cursor.token.at,
            "a root other than the square root is not read",
            "write a power: {example}",
            example="x^{1/3}",
        )
    else:
        node = Call("sqrt", (cursor.argument("\\sqrt"),), NO_SPAN)
    cursor.ending = Ending()
    return replace(node, at=cursor.since(command.at.start))


NO_SPAN = Span(0, 0)


def close(cursor: Cursor, opening: Token) -> None:
    """Step over the bracket that closes `opening`. Raises ReadError."""
    wanted = OPENING[opening.text]
    if not cursor.at(wanted):
        if cursor.at(","):
            raise cursor.error(
                cursor.token.at,
                "a comma can only part the arguments of a function",
                "a function is declared by a definition: {example}",
                example="f(x, y) := \\dots",
            )
        raise cursor.unexpected(message("an operator or {bracket}", bracket=wanted))
    if (opening.side == "left") != (cursor.token.side == "right"):
        raise cursor.error(
            cursor.token.at,
            "{left} and {right} come in pairs",
            left="\\left",
            right="\\right",
        )
    cursor.advance()


def _bracket(cursor: Cursor) -> Node:
    opening = cursor.advance()
    with cursor.enclosed():
        node = cursor.expression()
        close(cursor, opening)
    return replace(node, at=cursor.since(opening.at.start))


def _absolute(cursor: Cursor) -> Node:
    opening = cursor.advance()
    if opening.side:
        with cursor.enclosed():
            node = cursor.expression()
            if not (cursor.at("|") and cursor.token.side == "right"):
                raise cursor.unexpected(message("an operator or {bracket}", bracket="\\right|"))
            cursor.advance()
    else:
        node = _between_bars(cursor, opening)
    cursor.ending = Ending()
    return Call("abs", (node,), cursor.since(opening.at.start))


def _between_bars(cursor: Cursor, opening: Token) -> Node:
    if cursor.at("_"):
        raise cursor.error(
            opening.at,
            "where the formula before this bar begins is not marked",
            "write {example}",
            example="\\left. \\dots \\right|_{x = a}",
        )
    if cursor.at("|") and cursor.token.at.start == opening.at.stop:
        raise cursor.error(
            opening.at,
            "two bars can be a norm or one absolute value in another",
            "write {bars}",
            bars="\\lvert ... \\rvert",
        )
    cursor.bars += 1
    with cursor.deeper():
        node = cursor.expression()
    if not (cursor.at("|") and not cursor.token.side):
        raise cursor.unexpected(message("an operator or {bracket}", bracket="|"))
    cursor.advance()
    cursor.bars -= 1
    cursor.closed_bars = cursor.since(opening.at.start)
    return node


def braces(cursor: Cursor) -> Node:
    """Braces do not show in print, so they may hold no more than one factor."""
    opening = cursor.advance()
    with cursor.deeper():
        node = cursor.factor()
    if cursor.token.kind == "stop":
        raise cursor.unexpected("}")
    if not cursor.at("}"):
        raise cursor.error(
            opening.at,
            "braces do not show in print, so they can hold one factor only",
            "write brackets: {example}",
            example="\\left( ... \\right)",
        )
    cursor.advance()
    return replace(node, at=cursor.since(opening.at.start))


def _evaluated(cursor: Cursor) -> Node:
    r"""`\left. body \right|_{x = a}`: the body at a value of `x`."""
    opening = cursor.advance()
    with cursor.enclosed():
        body = cursor.expression()
        if not (cursor.at("|") and cursor.token.side == "right"):
            raise cursor.unexpected(message("an operator or {bracket}", bracket="\\right|"))
        cursor.advance()
    cursor.expect("_")
    cursor.expect("{")
    with cursor.enclosed():
        variable = cursor.factor()
        if not isinstance(variable, Name):
            raise cursor.error(variable.at, "the value can only be that of a single name")
        cursor.expect("=")
        value = cursor.expression()
        cursor.expect("}")
    cursor.ending = Ending("fraction")
    return Evaluated(body, variable, value, cursor.since(opening.at.start))
