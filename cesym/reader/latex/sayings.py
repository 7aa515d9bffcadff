r"""Claims that are more than a chain of relations: `f = 0 \iff x = a`, `M \succeq 0`, and that a
function is convex.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cesym.messages import message
from cesym.reader.latex import products
from cesym.reader.latex.expressions import Reader
from cesym.reader.latex.phrases import OF_FUNCTIONS, OF_MATRICES, ORDERS
from cesym.reader.latex.products import Shape
from cesym.reader.latex.tables import RELATIONS
from cesym.reader.latex.tokens import Token
from cesym.reader.syntax import Binary, Comparison, Name, Negate, Node, Number, Property, Side, Span


@dataclass(frozen=True, slots=True)
class Saying:
    """`left operator right`, the operator being `iff` or `is`. `sign` is the sign or the words
    between them; of `is`, `right_at` begins there too.
    """

    left: Side
    left_at: Span
    operator: str
    right: Side
    right_at: Span
    sign: Span


def says_more(tokens: Sequence[Token]) -> bool:
    r"""Whether there is an `\iff`, a `\succeq` or a phrase outside of braces."""
    level = 0
    for token in tokens:
        level += (token.says("{") or token.kind == "begin") - (
            token.says("}") or token.kind == "end"
        )
        if level == 0 and (token.kind == "says" or token.says("\\iff", *ORDERS)):
            return True
    return False


def read_sayings(cursor: Reader) -> list[tuple[Saying, ...]]:
    """What all the tokens say, as chains of which each begins anew. Raises ReadError."""
    if any(token.says("\\iff") for token in cursor.tokens):
        return [_equivalence(cursor)]
    start = cursor.token.at.start
    left, shape = _operand(cursor)
    if cursor.at(*ORDERS):
        return _orders(cursor, left, shape, start)
    left_at = cursor.since(start)
    sign = cursor.token.at
    if cursor.token.kind != "says":
        raise cursor.unexpected(message("an operator or a relation"))
    said = _property(cursor, sign)
    _check_end(cursor)
    if said.kind == "definite":
        _check_matrix(cursor, left, shape)
    elif shape.sizes:
        raise cursor.error(left.at, "a number is expected here, this is a vector")
    return [(Saying(left, left_at, "is", said, cursor.since(sign.start), sign),)]


def _operand(cursor: Reader) -> tuple[Node, Shape]:
    from cesym.reader.latex.statements import read_operand

    cursor.side = None
    node = read_operand(cursor)
    if node is None:
        raise cursor.error(
            cursor.tokens[cursor.position - 1].at,
            "{mark} stands only for the right side of a relation",
            mark="?",
        )
    shape, cursor.side = cursor.side or Shape(), None
    if shape.row:
        raise cursor.error(
            node.at,
            "a transposed vector cannot stand alone",
            "write the column, or what the row is multiplied by",
        )
    return node, shape


def _equivalence(cursor: Reader) -> tuple[Saying, ...]:
    r"""`a = b \iff c = d \iff \dots`."""
    found: list[Saying] = []
    left = _comparison(cursor)
    while cursor.at("\\iff"):
        sign = cursor.advance().at
        right = _comparison(cursor)
        found.append(Saying(left, left.at, "iff", right, right.at, sign))
        left = right
    _check_end(cursor)
    return tuple(found)


def _comparison(cursor: Reader) -> Comparison:
    from cesym.reader.latex.statements import read_relation

    start = cursor.token.at.start
    left, one = _operand(cursor)
    if cursor.at("\\iff") or cursor.token.kind == "stop":
        raise cursor.error(
            cursor.since(start),
            "a relation is expected on both sides of {sign}",
            "such as {example}",
            sign="\\iff",
            example="x = 1",
        )
    operator = read_relation(cursor)
    right, two = _operand(cursor)
    if len(one.sizes) > 1 or len(two.sizes) > 1:
        raise cursor.error(left.at, "a number or a vector is expected here")
    if cursor.at(*RELATIONS):
        raise cursor.error(
            cursor.token.at,
            "one relation stands on each side of {sign}",
            "write the others as claims of their own",
            sign="\\iff",
        )
    return Comparison(operator, left, right, cursor.since(start))


def _orders(cursor: Reader, left: Node, shape: Shape, start: int) -> list[tuple[Saying, ...]]:
    r"""`A \succeq B \succ 0`: each sign is a claim of its own, about the difference."""
    found: list[tuple[Saying, ...]] = []
    left_at = cursor.since(start)
    while cursor.at(*ORDERS):
        token = cursor.advance()
        strict, rising = ORDERS[token.text]
        begin = cursor.token.at.start
        right, other = _operand(cursor)
        right_at = cursor.since(begin)
        larger, smaller = ((right, other), (left, shape))[:: 1 if rising else -1]
        node = _difference(cursor, larger, smaller, Span(left_at.start, right_at.stop))
        said = Property("definite", None, strict, Span(token.at.start, right_at.stop))
        found.append((Saying(node, left_at, "is", said, said.at, token.at),))
        left, shape, left_at = right, other, right_at
    _check_end(cursor)
    return found


def _difference(
    cursor: Reader, larger: tuple[Node, Shape], smaller: tuple[Node, Shape], at: Span
) -> Node:
    """`larger - smaller` as a matrix; a 0 is left out."""
    (first, one), (second, two) = larger, smaller
    if _is_zero(second):
        _check_matrix(cursor, first, one)
        return first
    if _is_zero(first):
        _check_matrix(cursor, second, two)
        return Negate(second, at)
    for node, shape in (larger, smaller):
        _check_matrix(cursor, node, shape)
    difference = Binary("-", first, second, at)
    return products.combined(cursor.formula, difference, "-", larger, smaller)[0]


def _is_zero(node: Node) -> bool:
    return isinstance(node, Number) and node.value == 0


def _check_matrix(cursor: Reader, node: Node, shape: Shape) -> None:
    if len(shape.sizes) != 2 or shape.row:
        raise cursor.error(
            node.at,
            "a matrix is expected here",
            "only matrices are positive semi-definite; for the entries of a vector write an index",
        )


def _property(cursor: Reader, at: Span) -> Property:
    words = cursor.advance().text
    if words in OF_MATRICES:
        return Property("definite", None, OF_MATRICES[words], at)
    variable = cursor.factor()
    ending = cursor.advance().text if cursor.token.kind == "says" else ""
    if not isinstance(variable, Name):
        raise cursor.error(variable.at, "a function is convex in a declared name")
    if (words, ending) not in OF_FUNCTIONS:
        wanted = next(after for before, after in OF_FUNCTIONS if before == words)
        raise cursor.error(
            cursor.token.at,
            "{words} is expected here",
            words=wanted or message("the end"),
        )
    kind, strict = OF_FUNCTIONS[words, ending]
    return Property(kind, variable, strict, cursor.since(at.start))


def _check_end(cursor: Reader) -> None:
    if cursor.token.kind != "stop":
        raise cursor.unexpected(message("the end"))
