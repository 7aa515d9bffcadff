r"""Fractions, and the fractions that are derivatives: `\frac{\partial J}{\partial s}`.

A letter `d` means a derivative as long as nobody declared it. What is differentiated is all of the
numerator, or one factor after the operator; anything else is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from cesym.errors import ReadError
from cesym.messages import message
from cesym.reader.latex import brackets, symbols
from cesym.reader.latex.cursor import Cursor, Ending
from cesym.reader.latex.dependence import refuse_constant
from cesym.reader.latex.tokens import Token
from cesym.reader.syntax import Binary, Derivative, Name, Node, Number, Span, Transpose

Variables = tuple[tuple[Node, int], ...]


@dataclass(frozen=True, slots=True)
class _Parts:
    """Positions among the tokens: of the numerator, of its end, and of the denominator."""

    above: int
    line: int
    below: int


def read_fraction(cursor: Cursor) -> Node:
    r"""`\frac{a}{b}` or a derivative."""
    start = cursor.advance().at.start
    parts = _parts(cursor)
    if parts is not None and _is_derivative(cursor, parts):
        return _derivative(cursor, parts, start)
    above, below = cursor.argument("\\frac"), cursor.argument("\\frac")
    cursor.ending = Ending("fraction")
    return Binary("/", above, below, cursor.since(start))


def read_partial(cursor: Cursor) -> Node:
    r"""`\partial_s J`."""
    token = cursor.advance()
    if not cursor.at("_"):
        return _inline(cursor, token)
    cursor.advance()
    if cursor.at("{"):
        cursor.advance()
        with cursor.enclosed():
            variable = _variable(cursor)
            cursor.expect("}")
    else:
        variable = cursor.argument("\\partial")
        _check_variable(cursor, variable)
    return _applied(cursor, ((variable, 1),), token.at.start)


def _inline(cursor: Cursor, token: Token) -> Node:
    r"""`\partial J / \partial s`."""
    order = _order(cursor) if cursor.at("^") else 1
    found: list[tuple[Node, int]] = []
    body = None
    if cursor.name_follows():
        cursor.differentiated = True
        body = cursor.factor()
        if cursor.at("/") and cursor.peek(1).says("\\partial"):
            cursor.advance()
            while cursor.at("\\partial"):
                cursor.advance()
                found.append(_variable_with_order(cursor))
    if body is None or not found:
        example = "\\frac{\\partial J}{\\partial s}"
        raise cursor.error(
            token.at, "a derivative is read as a fraction", "write {example}", example=example
        )
    at = cursor.since(token.at.start)
    _check_orders(cursor, order, found, at)
    refuse_constant(cursor, body, tuple(found), at)
    cursor.ending = Ending("derivative")
    return Derivative(body, tuple(found), at)


def _check_orders(
    cursor: Cursor, above: int, variables: Sequence[tuple[Node, int]], at: Span
) -> None:
    below = sum(count for _, count in variables)
    if above != below:
        raise cursor.error(
            at,
            "the orders above and below the line differ: {above} and {below}",
            above=above,
            below=below,
        )


# Is it a derivative?


def _parts(cursor: Cursor) -> _Parts | None:
    """Where numerator and denominator stand; None when they are not both in braces."""
    if not cursor.at("{") and not _differential(cursor, cursor.position):
        return None
    braced = cursor.at("{")
    above = cursor.position + braced
    line = _closing(cursor, cursor.position) if braced else above + 1
    below = line + braced
    if line < 0 or not cursor.tokens[min(below, len(cursor.tokens) - 1)].says("{"):
        return None
    return _Parts(above, line, below + 1)


def _closing(cursor: Cursor, position: int) -> int:
    level = 0
    for place in range(position, len(cursor.tokens)):
        token = cursor.tokens[place]
        level += token.says("{") - token.says("}")
        if level == 0:
            return place
    return -1


def _differential(cursor: Cursor, position: int) -> int:
    r"""How many tokens the `\partial`, `d` or `\mathrm{d}` at `position` has; 0 without one."""
    tokens = cursor.tokens[position : position + 4]
    texts = [token.text for token in tokens]
    if texts[:1] == ["\\partial"] or (texts[:1] == ["d"] and tokens[0].kind == "letter"):
        return 1
    if texts[:1] in (["\\mathrm"], ["\\operatorname"]):
        return 4 if texts[1:4] == ["{", "d", "}"] else 2 if texts[1:2] == ["d"] else 0
    return 0


def _is_derivative(cursor: Cursor, parts: _Parts) -> bool:
    """Whether both parts begin with a differential. Raises ReadError where it is not clear."""
    above, below = _differential(cursor, parts.above), _differential(cursor, parts.below)
    if not above or not below:
        return False
    partial = [cursor.tokens[p].text == "\\partial" for p in (parts.above, parts.below)]
    if partial[0] != partial[1]:
        raise cursor.error(
            cursor.tokens[parts.below].at,
            "numerator and denominator of a derivative begin with different signs",
            "write {partial} in both or {straight} in both",
            partial="\\partial",
            straight="d",
        )
    if cursor.tokens[parts.above].text != "d" or cursor.kind("d") is None:
        return True
    return _refuse_declared_d(cursor, parts)


def _refuse_declared_d(cursor: Cursor, parts: _Parts) -> bool:
    r"""With a declared `d`, `\frac{d}{d+1}` is a fraction and `\frac{dL}{ds}` is not clear."""
    start = cursor.position
    cursor.position = parts.below
    try:
        _variables(cursor, parts)
    except ReadError:
        return False
    finally:
        cursor.position = start
    at = Span(cursor.tokens[start - 1].at.start, cursor.tokens[parts.below].at.stop)
    raise cursor.error(
        at,
        "{name} is declared, so this can be a derivative or a fraction",
        "write {partial} for a derivative, {sign} for a product",
        name="d",
        partial="\\partial",
        sign="\\cdot",
    )


# Reading it.


def _derivative(cursor: Cursor, parts: _Parts, start: int) -> Node:
    cursor.position = parts.below
    with cursor.enclosed():
        variables = _variables(cursor, parts)
    end = cursor.position
    cursor.position = parts.above + _differential(cursor, parts.above)
    order = _order(cursor) if cursor.at("^") else 1
    at = Span(start, cursor.tokens[end - 1].at.stop)
    _check_orders(cursor, order, variables, at)
    if cursor.position == parts.line:
        cursor.position = end
        return _applied(cursor, variables, start)
    size = len(cursor.tokens)
    body = _numerator(cursor, parts, start, end)
    cursor.position = end + len(cursor.tokens) - size
    refuse_constant(cursor, body, variables, cursor.since(start))
    cursor.ending = Ending("derivative")
    return Derivative(body, variables, cursor.since(start))


def _numerator(cursor: Cursor, parts: _Parts, start: int, end: int) -> Node:
    """What stands after the sign of the differential: one factor, all of it."""
    place, size = cursor.position, len(cursor.tokens)
    with cursor.enclosed():
        cursor.differentiated = True
        large = cursor.at("\\sum", "\\prod")
        body = cursor.large(strict=True) if large else cursor.factor()
    shift = len(cursor.tokens) - size  # digits that TeX takes one by one
    if cursor.position == parts.line + shift:
        return body
    if not (cursor.operand_follows() or cursor.at("*", "/", "+", "-")):
        raise cursor.unexpected("}")

    def quote(first: int, stop: int) -> str:
        return cursor.quote(Span(cursor.tokens[first].at.start, cursor.tokens[stop - 1].at.stop))

    above, below = quote(parts.above, place), quote(parts.below - 1 + shift, end + shift)
    inside, rest = quote(place, parts.line + shift), quote(cursor.position, parts.line + shift)
    raise cursor.ambiguous(
        Span(start, cursor.tokens[end + shift - 1].at.stop),
        f"\\frac{{{above}}}{below} \\left[{inside}\\right]",
        f"\\frac{{{above} {cursor.quote(body.at)}}}{below} {rest}",
    )


def _variables(cursor: Cursor, parts: _Parts) -> Variables:
    """`\\partial s^2`, `\\partial z_i \\partial z_j`, up to the closing brace."""
    found: list[tuple[Node, int]] = []
    while not cursor.at("}"):
        length = _differential(cursor, cursor.position)
        if not length:
            raise cursor.error(
                cursor.token.at,
                "{expected} is expected here, not {found}",
                "a product is differentiated by each variable apart",
                expected=cursor.tokens[parts.below].text,
                found=cursor.quote(cursor.token.at),
            )
        cursor.position += length
        found.append(_variable_with_order(cursor))
    cursor.advance()
    return tuple(found)


def _variable_with_order(cursor: Cursor) -> tuple[Node, int]:
    r"""`s`, `s^2`, `w^\top`."""
    start = cursor.token.at.start
    variable = _variable(cursor)
    if symbols.transpose_follows(cursor):
        symbols.take_transpose(cursor)
        return Transpose(variable, cursor.since(start)), 1
    return variable, _order(cursor) if cursor.at("^") else 1


def _variable(cursor: Cursor) -> Node:
    if not cursor.name_follows():
        raise cursor.unexpected(message("the variable of the derivative"))
    _, _, node = symbols.read_plain(cursor)
    _check_variable(cursor, node)
    return node


def _check_variable(cursor: Cursor, node: Node) -> None:
    kind = cursor.kind(node.name) if isinstance(node, Name) else "scalar"
    if kind in ("function", "index") or isinstance(node, Number):
        raise cursor.error(node.at, "there is no derivative by {name}", name=cursor.quote(node.at))


def _order(cursor: Cursor) -> int:
    cursor.advance()
    exponent = cursor.script()
    if isinstance(exponent, Number) and exponent.value in map(Fraction, range(1, 65)):
        return int(exponent.value)
    raise cursor.error(exponent.at, "the order of a derivative is a number from 1 to 64")


def _applied(cursor: Cursor, variables: Variables, start: int) -> Node:
    r"""The operator `\frac{\partial}{\partial s}` at the one factor that follows."""
    body = read_differentiated(cursor, start)
    return Derivative(body, variables, cursor.since(start))


def read_differentiated(cursor: Cursor, start: int) -> Node:
    """The one factor after the operator of a derivative that began at `start`."""
    head = cursor.quote(cursor.since(start))
    first = cursor.token
    if not cursor.operand_follows():
        raise cursor.unexpected(message("what is differentiated"))
    with cursor.deeper():
        if cursor.bracket_follows():
            body = brackets.read(cursor)
            inside = Span(first.at.stop, cursor.tokens[cursor.position - 1].at.start)
            kind = "operator" if first.says("(") else "applied"
            ending = Ending(kind, start, head, cursor.quote(inside))
        else:
            cursor.differentiated = True
            large = cursor.at("\\sum", "\\prod")
            body = cursor.large(strict=True) if large else cursor.factor()
            ending = Ending("open", start, head, cursor.quote(body.at))
    cursor.ending = ending
    return body
