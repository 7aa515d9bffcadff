r"""Relations and definitions: `a = b \le c`, `J(y, s) := \dots`.

An operand that is only `?` is a line that the derivation fills in.
"""

from __future__ import annotations

import keyword
from collections.abc import Sequence
from dataclasses import dataclass

from cesym.messages import message
from cesym.reader.latex.calls import arguments as _arguments
from cesym.reader.latex.entries import all_indices, index_under
from cesym.reader.latex.expressions import Reader
from cesym.reader.latex.formula import LONGEST_FORMULA, Formula
from cesym.reader.latex.names import (
    Base,
    Subscript,
    full_latex,
    full_name,
    read_base,
    read_subscript,
)
from cesym.reader.latex.optima import read_infinity
from cesym.reader.latex.sayings import read_sayings, says_more
from cesym.reader.latex.shapes import check, shaped
from cesym.reader.latex.tables import PUNCTUATION, RELATIONS, UNREAD_RELATIONS
from cesym.reader.latex.tokens import Token, tokenize, visible
from cesym.reader.names import FUNCTIONS, Names
from cesym.reader.syntax import Chain, Define, Name, Node, Span


@dataclass(frozen=True, slots=True)
class NewName:
    """A name that is being declared or defined."""

    name: str
    latex: str
    base: Base
    subscript: Subscript | None
    at: Span


def reader(formula: Formula, names: Names, tokens: Sequence[Token] | None = None) -> Reader:
    """A Reader over the tokens of a formula that say something."""
    if tokens is None:
        tokens = tokenize(formula.limited(LONGEST_FORMULA))
    return Reader(formula, names, visible(tokens))


def without_punctuation(tokens: Sequence[Token]) -> list[Token]:
    """Without the comma or full stop of the sentence around the formula. The last one is `stop`."""
    found = list(tokens)
    while len(found) > 1 and (found[-2].kind == "space" or found[-2].says(*PUNCTUATION)):
        del found[-2]
    return found


def read_whole(cursor: Reader) -> Node:
    """One expression, and nothing after it. Raises ReadError."""
    node = cursor.expression()
    if cursor.token.kind != "stop":
        raise cursor.unexpected(message("an operator or the end"))
    return check(cursor.formula, cursor.names, node)


def read_operand(cursor: Reader) -> Node | None:
    """One side of a relation; None for `?`."""
    before, cursor.side = cursor.side, None
    if cursor.at("?"):
        cursor.advance()
        return None
    if cursor.at(*UNREAD_RELATIONS):
        read_relation(cursor)
    cursor.reaches = []
    if infinity := read_infinity(cursor):
        return infinity
    node, cursor.side = shaped(cursor.formula, cursor.names, cursor.expression(), row=True)
    if before and before.sizes and cursor.side.sizes and before.row != cursor.side.row:
        raise cursor.error(
            node.at,
            "a row stands on one side of the relation only",
            "transpose one of the sides; of a row all sides are rows",
        )
    if before is not None and {len(before.sizes), len(cursor.side.sizes)} == {0, 2}:
        raise cursor.error(
            node.at,
            "a number and a matrix stand on two sides of a relation",
            "write an entry of the matrix, with indices",
        )
    return node


def read_relation(cursor: Reader) -> str:
    """Step over a relation. Raises ReadError when there is none, or one that is not read."""
    token = cursor.token
    if cursor.at(*RELATIONS):
        return RELATIONS[cursor.advance().text]
    if cursor.at("\\pm", "\\mp"):
        raise cursor.error(
            token.at,
            "{sign} makes two formulas of one",
            "write each of them",
            sign=cursor.quote(token.at),
        )
    if cursor.at("\\iff", "\\implies", "\\Rightarrow"):
        raise cursor.error(
            token.at,
            "{sign} is not read, it joins two claims",
            "write each claim by itself",
            sign=cursor.quote(token.at),
        )
    if cursor.at(*UNREAD_RELATIONS):
        raise cursor.error(
            token.at,
            "the relation {sign} is not read",
            "the relations are {relations}",
            sign=cursor.quote(token.at),
            relations="= \\le < \\ge >",
        )
    if cursor.at(","):
        raise cursor.error(
            token.at,
            "a comma cannot stand between two formulas",
            "write each on a row of its own",
        )
    if cursor.at("&"):
        raise cursor.error(
            token.at,
            "{mark} cannot stand here",
            "it marks the place beside a relation, or parts a reason from the formula",
            mark="&",
        )
    raise cursor.unexpected(message("an operator or a relation"))


def read_statement(cursor: Reader) -> Chain | Define:
    """A chain of relations, or a definition: all the tokens."""
    if any(token.says(":=") for token in cursor.tokens):
        return read_definition(cursor)
    start = cursor.token.at.start
    if says_more(cursor.tokens):
        return _said(cursor, start)
    operands, operators = [read_operand(cursor)], []
    while cursor.token.kind != "stop" or not operators:
        operators.append(read_relation(cursor))
        operands.append(read_operand(cursor))
    return Chain(tuple(operands), tuple(operators), cursor.since(start))


def _said(cursor: Reader, start: int) -> Chain:
    """What is more than a chain of relations, as a chain."""
    first, *others = read_sayings(cursor)
    if others:
        raise cursor.error(
            cursor.since(start), "each of these signs is a claim", "write each of them by itself"
        )
    operands = (first[0].left, *(saying.right for saying in first))
    operators = tuple(saying.operator for saying in first)
    return Chain(operands, operators, cursor.since(start))


def read_new_name(cursor: Reader) -> NewName:
    """A name on the left of a definition or a declaration, whether it is declared or not."""
    start = cursor.token.at.start
    base = read_base(cursor)
    subscript = base.subscript
    if cursor.at("_"):
        subscript = read_subscript(cursor)
    name, latex = full_name(cursor, base, subscript), full_latex(base, subscript)
    if cursor.at("^") and cursor.peek(1).says("*", "\\star"):
        cursor.position += 2
        name, latex = name + "_star", latex + "^{*}"
    while cursor.at("'"):
        cursor.advance()
        name, latex = name + "_prime", latex + "'"
    at = cursor.since(start)
    if keyword.iskeyword(name):
        raise cursor.error(at, "{name} cannot be a name", "use another name", name=name)
    return NewName(name, latex, base, subscript, at)


def read_definition(cursor: Reader) -> Define:
    """`name := body` or `name(x, y) := body`, all the tokens. Raises ReadError."""
    start = cursor.token.at.start
    new = read_new_name(cursor)
    parameters: tuple[str, ...] = ()
    if cursor.bracket_follows():
        parameters = read_parameters(cursor, new)
    elif cursor.kind(new.base.name) != "vector" and all_indices(cursor, new.subscript):
        new, parameters = _family(cursor, new)
    if not cursor.at(":="):
        raise cursor.error(
            cursor.token.at,
            "a definition begins with a name, perhaps with parameters",
            "write {example}",
            example="f(x, y) := \\dots",
        )
    cursor.advance()
    _refuse_old_name(cursor, new)
    if cursor.at("?"):
        raise cursor.error(
            cursor.token.at, "a definition is written out, it cannot be {mark}", mark="?"
        )
    cursor.defining = new.name
    body = cursor.expression()
    if cursor.at(*RELATIONS, ":="):
        raise cursor.error(
            cursor.token.at,
            "a definition has no further relation",
            "write the relation as a formula of its own",
        )
    if cursor.token.kind != "stop":
        read_relation(cursor)
    body = check(cursor.formula, cursor.names, body)
    return Define(new.name, new.latex, parameters, body, cursor.since(start))


def read_parameters(cursor: Reader, new: NewName) -> tuple[str, ...]:
    """The parameters of a function that is being defined. Raises ReadError."""
    nodes = _arguments(cursor, bars=True)
    found: list[str] = []
    for node in nodes:
        if not isinstance(node, Name):
            raise cursor.error(
                node.at,
                "a parameter of {name} is a declared name",
                "write {example}",
                name=new.latex,
                example=f"{new.latex}(x, y) := \\dots",
            )
        if node.name in found:
            raise cursor.error(
                node.at, "{parameter} is a parameter twice", parameter=cursor.quote(node.at)
            )
        found.append(node.name)
    return tuple(found)


def _family(cursor: Reader, new: NewName) -> tuple[NewName, tuple[str, ...]]:
    """The name and the indices of `s_i := ...`, a definition for every i. Raises ReadError."""
    found: list[str] = []
    for piece in new.subscript.pieces if new.subscript else ():
        if piece.kind == "number" or piece.name in found:
            raise cursor.error(
                piece.at,
                "{text} cannot be a parameter here",
                "the subscripts of what is defined are different indices",
                text=cursor.quote(piece.at),
            )
        found.append(piece.name)
    base = new.base
    return NewName(base.name, base.latex, base, None, new.at), tuple(found)


def _refuse_old_name(cursor: Reader, new: NewName) -> None:
    if cursor.kind(new.name) is not None:
        raise cursor.error(
            new.at,
            "{name} is declared already",
            "a name is declared or defined once; use another name",
            name=new.latex,
        )
    if new.name in FUNCTIONS or new.name == "sum":
        raise cursor.error(
            new.at,
            "{name} is a function that every reader knows",
            "use another name",
            name=new.name,
        )
    if new.subscript is not None and cursor.kind(new.base.name) == "vector":
        raise cursor.error(
            new.at,
            "the entries of the vector {name} cannot be defined",
            "define a function, or use another name",
            name=new.base.latex,
        )
    index = index_under(cursor, new.subscript)
    if index is not None:
        raise cursor.error(
            index.at,
            "{index} is an index, so {name} would be an entry of a vector",
            "define a function, or use another name",
            index=index.latex,
            name=new.latex,
        )
