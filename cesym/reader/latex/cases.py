r"""`\begin{cases} a & \text{if } s \ge 0, \\ b & \text{otherwise} \end{cases}`."""

from __future__ import annotations

import re

from cesym.messages import message
from cesym.reader.latex.cursor import Cursor
from cesym.reader.latex.tables import PUNCTUATION, RELATIONS
from cesym.reader.latex.tokens import Token, tokenize_part, visible
from cesym.reader.syntax import Cases, Comparison, Node, Span

IF = frozenset({"if", "when", "for", "若", "当", "如果"})
OTHERWISE = frozenset({"otherwise", "else", "否则", "其他", "其它", "其余"})
TRAILING = frozenset({"时", ""})

_SPLIT = re.compile(r"(\$[^$]*\$)")

Branch = tuple[Node, Comparison | None]


def read(cursor: Cursor) -> Node:
    """The environment `cases`. Raises ReadError."""
    begin = cursor.advance()
    if begin.text not in ("cases", "dcases"):
        raise cursor.error(
            begin.at, "the environment {name} is not read inside a formula", name=begin.text
        )
    branches: list[Branch] = []
    with cursor.enclosed():
        while cursor.token.kind != "end":
            branches.append(_branch(cursor))
            if cursor.token.kind == "row":
                cursor.advance()
            elif cursor.token.kind != "end":
                raise cursor.unexpected(message("the end of the row"))
        if not branches:
            raise cursor.error(cursor.token.at, "there is no case in {name}", name=begin.text)
        if cursor.token.text != begin.text:
            raise cursor.unexpected(f"\\end{{{begin.text}}}")
        cursor.advance()
    at = cursor.since(begin.at.start)
    if any(condition is None for _, condition in branches[:-1]):
        raise cursor.error(at, "only the last case can be the one for everything else")
    return Cases(tuple(branches), at)


def _branch(cursor: Cursor) -> Branch:
    value = cursor.expression()
    if cursor.at(",", ";"):
        cursor.advance()
    cursor.expect("&")
    if cursor.token.kind == "text":
        _unpack(cursor)
    if cursor.token.kind == "text":
        words = cursor.advance()
        said = _plain(words.text)
        if said in OTHERWISE:
            _punctuation(cursor)
            return value, None
        if said not in IF:
            raise cursor.error(
                words.at,
                "the words {text} are not read as a condition",
                "write {first} or {second}",
                text=words.text.strip(),
                first="\\text{if } s \\ge 0",
                second="\\text{otherwise}",
            )
    return value, _condition(cursor)


def _condition(cursor: Cursor) -> Comparison:
    start = cursor.token.at.start
    left = cursor.expression()
    if not cursor.at(*RELATIONS):
        raise cursor.unexpected(message("a relation"))
    operator = RELATIONS[cursor.advance().text]
    right = cursor.expression()
    at = cursor.since(start)
    if cursor.at(*RELATIONS):
        raise cursor.error(
            cursor.token.at,
            "a condition has one relation only",
            "write the cases so that each has one; the first that holds counts",
        )
    _punctuation(cursor)
    if cursor.token.kind == "text" and _plain(cursor.token.text) in TRAILING:
        cursor.advance()
        _punctuation(cursor)
    return Comparison(operator, left, right, at)


def _punctuation(cursor: Cursor) -> None:
    if cursor.at(*PUNCTUATION):
        cursor.advance()


def _plain(words: str) -> str:
    return words.strip(" ~\n\t" + "".join(PUNCTUATION)).lower()


def _unpack(cursor: Cursor) -> None:
    r"""Put the parts of `\text{if $s \ge 0$}` in the place of the token."""
    token = cursor.token
    if "$" not in token.text:
        return
    parts: list[Token] = []
    start = token.at.stop - 1 - len(token.text)
    for part in _SPLIT.split(token.text):
        at = Span(start, start + len(part))
        if part.startswith("$") and part.endswith("$") and len(part) > 1:
            inside = Span(at.start + 1, at.stop - 1)
            parts += visible(tokenize_part(cursor.formula, inside))[:-1]
        elif _plain(part):
            parts.append(Token("text", part, at))
        start = at.stop
    cursor.tokens[cursor.position : cursor.position + 1] = parts
