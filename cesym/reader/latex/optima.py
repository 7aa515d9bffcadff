r"""Limits and minima: `\lim_{x \to 0^+}`, `\min_q`, `\arg\min_w`, `\operatorname*{arg\,min}_w`.

The body is the product that follows. A sum after it is refused: whether the rest is inside, two
people would say differently.
"""

from __future__ import annotations

from cesym.messages import message
from cesym.reader.latex import symbols
from cesym.reader.latex.cursor import Cursor, Ending
from cesym.reader.latex.tables import EXTREMA, OPTIMA, OPTIMUM_COMMANDS, UPRIGHT
from cesym.reader.latex.tokens import Token
from cesym.reader.syntax import Constant, Extremum, Limit, Name, Negate, Node, Span

ARROWS = {"\\to": 0, "\\searrow": 1, "\\nearrow": -1}
"""Arrow -> the side that it says: from above, from below, or none."""


def follows(cursor: Cursor) -> bool:
    r"""Whether `\lim`, `\arg\min`, `\min_q` and the like begin here."""
    word, length = _operator(cursor, 0)
    if not word:
        return cursor.at("\\underset")
    after = cursor.peek(length)
    return word not in ("min", "max") or after.says("_")


def read(cursor: Cursor) -> Node:
    """A limit, a minimiser or a minimum. Raises ReadError."""
    start = cursor.token.at.start
    if cursor.at("\\underset"):
        node = _underset(cursor)
    else:
        word, length = _operator(cursor, 0)
        cursor.position += length
        _check(cursor, word, start)
        if not cursor.at("_"):
            raise cursor.error(
                cursor.since(start),
                "{command} needs its variable below it",
                "write {example}",
                command=cursor.quote(cursor.since(start)),
                example="\\lim_{x \\to 0}" if word == "lim" else "\\min_x",
            )
        cursor.advance()
        if word == "lim":
            return _limit(cursor, start)
        node = (OPTIMA[word], _below(cursor))
    kind, variable = node
    body = _body(cursor, start)
    return Extremum(kind, body, variable, cursor.since(start))


def _operator(cursor: Cursor, distance: int) -> tuple[str, int]:
    """The word of the operator `distance` tokens ahead, and how many tokens it has."""
    token = cursor.peek(distance)
    if token.says(*EXTREMA):
        return token.text[1:], 1
    if token.says("\\arg"):
        word, length = _operator(cursor, distance + 1)
        return ("arg" + word, length + 1) if word in ("min", "max") else ("", 0)
    if token.says(*UPRIGHT) and cursor.peek(distance + 1).says("{"):
        word, length = _word(cursor, distance + 2)
        return (word, length + 3) if word in OPTIMA else ("", 0)
    if token.says(*OPTIMUM_COMMANDS) and token.text[1:] in OPTIMA:
        return token.text[1:], 1
    return "", 0


def _word(cursor: Cursor, distance: int) -> tuple[str, int]:
    r"""The letters up to a brace, as in `{arg\,min}` and `{\arg\min}`."""
    word, length = "", 0
    while (token := cursor.peek(distance + length)).kind == "letter" or token.says(
        "\\arg", "\\min", "\\max"
    ):
        word += token.text.removeprefix("\\")
        length += 1
    return (word, length) if token.says("}") else ("", 0)


def _check(cursor: Cursor, word: str, start: int) -> None:
    if not OPTIMA[word]:
        raise cursor.error(
            cursor.since(start),
            "{command} over a variable is not read",
            "write the minimum of the negative",
            command=cursor.quote(cursor.since(start)),
        )


def _underset(cursor: Cursor) -> tuple[str, Name]:
    r"""`\underset{w}{\arg\min}`."""
    start = cursor.advance().at.start
    variable = _braced(cursor)
    cursor.expect("{")
    word, length = _operator(cursor, 0)
    if not word or word == "lim":
        raise cursor.unexpected("\\min")
    cursor.position += length
    _check(cursor, word, start)
    cursor.expect("}")
    return OPTIMA[word], variable


def _below(cursor: Cursor) -> Name:
    """The variable below a minimum: braced, or one letter."""
    cursor.check_argument()
    if cursor.at("{"):
        return _braced(cursor)
    token = cursor.token
    node = cursor.argument("\\min")
    return _declared(cursor, node, token)


def _braced(cursor: Cursor) -> Name:
    cursor.expect("{")
    with cursor.enclosed():
        variable = _variable(cursor)
        if not cursor.at("}"):
            raise cursor.error(
                cursor.token.at,
                "a minimum is over all values that its variable is declared to have",
                "write the variable alone below it",
            )
        cursor.advance()
    return variable


def _variable(cursor: Cursor) -> Name:
    token = cursor.token
    if not cursor.name_follows():
        raise cursor.unexpected(message("a name"))
    _, _, node = symbols.read_plain(cursor)
    return _declared(cursor, node, token)


def _declared(cursor: Cursor, node: Node, token: Token) -> Name:
    if isinstance(node, Name) and cursor.kind(node.name) in ("scalar", "vector"):
        return node
    raise cursor.error(token.at, "the variable of a limit or a minimum is a declared name")


def _limit(cursor: Cursor, start: int) -> Node:
    cursor.check_argument()
    cursor.expect("{")
    with cursor.enclosed():
        variable = _variable(cursor)
        if not cursor.at(*ARROWS):
            raise cursor.unexpected("\\to")
        side = ARROWS[cursor.advance().text]
        target, marked = _target(cursor)
        if side and marked:
            raise cursor.error(cursor.since(start), "the side of this limit is marked twice")
        if not cursor.at("}"):
            raise cursor.unexpected("}")
        cursor.advance()
    body = _body(cursor, start)
    return Limit(body, variable, target, side or marked, cursor.since(start))


def _target(cursor: Cursor) -> tuple[Node, int]:
    r"""`0`, `0^+`, `1^{-}`, `0+`, `-\infty`: where a limit goes, and its side."""
    mark = _take_mark(cursor)
    if infinity := read_infinity(cursor):
        return infinity, 0
    if mark:
        return cursor.expression(), mark
    return cursor.expression(), 0


def _take_mark(cursor: Cursor) -> int:
    """Take the mark of the side out of the tokens ahead, up to the closing brace."""
    level, position = 0, cursor.position
    while (token := cursor.tokens[position]).kind != "stop":
        if token.says("}") and not level:
            break
        level += token.says("{") - token.says("}")
        position += 1
    for length in (4, 2, 1):
        if position - length <= cursor.position:
            continue
        texts = [t.text for t in cursor.tokens[position - length : position]]
        sign = next((t for t in texts if t in ("+", "-")), "")
        if sign and texts in (["^", "{", sign, "}"], ["^", sign], [sign]):
            del cursor.tokens[position - length : position]
            return 1 if sign == "+" else -1
    return 0


def read_infinity(cursor: Cursor) -> Node | None:
    r"""`\infty`, `+\infty` or `-\infty`, if that is what stands here."""
    signed = cursor.at("+", "-")
    if not cursor.peek(1 if signed else 0).says("\\infty"):
        return None
    start = cursor.token
    if signed:
        cursor.advance()
    infinity = Constant("oo", cursor.advance().at)
    return Negate(infinity, cursor.since(start.at.start)) if start.says("-") else infinity


def _body(cursor: Cursor, start: int) -> Node:
    head = cursor.quote(cursor.since(start))
    first = cursor.token
    if not cursor.operand_follows() and not cursor.at("+", "-"):
        raise cursor.unexpected(message("the body of {command}", command=head))
    with cursor.deeper():
        sign = cursor.advance().text if cursor.at("+", "-") else ""
        body = cursor.term()
        if sign == "-":
            body = Negate(body, cursor.since(first.at.start))
    if cursor.at("+", "-"):
        inside = cursor.quote(cursor.since(first.at.start))
        operator = cursor.advance().text
        rest = f"{operator} {cursor.quote(cursor.following())}"
        raise cursor.ambiguous(
            Span(start, cursor.tokens[cursor.position - 1].at.stop),
            f"\\left({head} {inside}\\right) {rest}",
            f"{head} \\left({inside} {rest}\\right)",
        )
    cursor.ending = Ending("open", start, head, cursor.quote(cursor.since(first.at.start)))
    return body
