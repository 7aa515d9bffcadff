r"""Inline mathematics: what declares (`$y \in [0,1]$`, `$q > 0$`, `$k = 1, \dots, K$`), what
defines, and prose.

A declaration of names that are declared already is prose. What can be read as nothing is prose too,
except where it contains `\in` or `:=`: then the author meant to declare, and it is an error.
"""

from __future__ import annotations

from fractions import Fraction

from cesym.errors import ReadError
from cesym.messages import message
from cesym.reader.latex.entries import index_under
from cesym.reader.latex.expressions import Reader
from cesym.reader.latex.formula import LONGEST_FORMULA, Formula
from cesym.reader.latex.intervals import REAL, bounded
from cesym.reader.latex.phrases import ORDERS
from cesym.reader.latex.sets import Space, read_range, read_space
from cesym.reader.latex.statements import (
    NewName,
    read_definition,
    read_new_name,
    read_operand,
    read_statement,
    without_punctuation,
)
from cesym.reader.latex.tables import RELATIONS
from cesym.reader.latex.tokens import Token, tokenize, visible
from cesym.reader.latex.walks import value_of
from cesym.reader.names import Names
from cesym.reader.syntax import Chain, Define
from cesym.terms.domains import Declaration, IndexRange, Interval

MIRRORED = {"<": ">", "\\le": "\\ge", ">": "<", "\\ge": "\\le"}

Inline = tuple[Declaration, ...] | Define | Chain | None


def read_inline(formula: Formula, names: Names) -> Inline:
    """A declaration, a definition, a chain of relations, or None for prose. Raises ReadError."""
    try:
        tokens = without_punctuation(visible(tokenize(formula.limited(LONGEST_FORMULA))))
    except ReadError:
        if _declares_by_text(formula.text):
            raise
        return None
    outside = _outside(tokens)
    cursor = Reader(formula, names, tokens)
    if any(token.says(":=") for token in outside):
        return read_definition(cursor)
    if any(token.says("\\in") for token in outside):
        return _declarations(cursor)
    if any(token.says("\\ne") for token in outside):
        return _unequal(cursor)
    if any(token.says("\\iff", *ORDERS) for token in outside):
        return _chain(cursor)
    if not any(token.says(*RELATIONS) for token in outside):
        return None
    if counted := _counted(Reader(formula, names, tokens)):
        return counted
    return _bounds(Reader(formula, names, tokens)) or _chain(cursor)


def _declares_by_text(text: str) -> bool:
    signs = ("\\in ", "\\in\\", "\\in[", "\\in(", "\\in{", "∈", ":=", "\\coloneq", "\\triangleq")
    return any(sign in text for sign in signs)


def _outside(tokens: list[Token]) -> list[Token]:
    """The tokens outside of braces."""
    found, level = [], 0
    for token in tokens:
        level -= token.says("}")
        if level == 0:
            found.append(token)
        level += token.says("{")
    return found


def _chain(cursor: Reader) -> Chain | None:
    try:
        found = read_statement(cursor)
    except ReadError:
        return None
    return found if isinstance(found, Chain) and None not in found.operands else None


def _unequal(cursor: Reader) -> Chain | None:
    r"""`i \ne j`, which only a hypothesis may say; None for anything else."""
    try:
        start = cursor.token.at.start
        left = read_operand(cursor)
        cursor.expect("\\ne")
        right = read_operand(cursor)
    except ReadError:
        return None
    if left is None or right is None or cursor.token.kind != "stop":
        return None
    return Chain((left, right), ("!=",), cursor.since(start))


# Membership.


def _declarations(cursor: Reader) -> Inline:
    r"""One clause `names \in set` after the other. Declared names make a clause prose."""
    found: list[Declaration] = []
    while True:
        try:
            clause = _clause(cursor)
        except ReadError:
            if found or not _is_prose(cursor):
                raise
            return None
        found += clause
        if cursor.token.kind == "stop":
            break
        if not cursor.at(",", ";"):
            raise cursor.error(
                cursor.token.at,
                "after a set the declaration ends, or a comma and another declaration follow",
                "write one declaration in each inline formula",
            )
        cursor.advance()
    _refuse_twice(cursor, found)
    return tuple(found) or None


def _clause(cursor: Reader) -> list[Declaration]:
    names = _names(cursor)
    cursor.expect("\\in")
    fresh = [name for name in names if not _known(cursor, name)]
    _refuse_mixture(cursor, names, fresh)
    space = read_space(cursor)
    for name in fresh:
        _refuse_entry(cursor, name)
    return [_declaration(cursor, name, space) for name in fresh]


def _is_prose(cursor: Reader) -> bool:
    r"""Whether what stands before each `\in` is declared, so that nothing can be declared here."""
    probe = Reader(cursor.formula, cursor.names, cursor.tokens)
    try:
        probe.expression()
        while probe.at(","):
            probe.advance()
            probe.expression()
    except ReadError:
        return False
    if not probe.at("\\in"):
        return False
    return sum(token.says("\\in") for token in probe.tokens) == 1


def _names(cursor: Reader) -> list[NewName]:
    found = [read_new_name(cursor)]
    while cursor.at(","):
        cursor.advance()
        found.append(read_new_name(cursor))
    if not cursor.at("\\in"):
        raise cursor.error(
            cursor.token.at,
            "a declaration is one or more names, {sign}, and a set",
            "write {example}",
            sign="\\in",
            example="y \\in [0, 1]",
        )
    return found


def _known(cursor: Reader, new: NewName) -> bool:
    """Whether the name is declared, or an entry of a declared vector."""
    if cursor.kind(new.name) is not None:
        return True
    if new.subscript is None or cursor.kind(new.base.name) != "vector":
        return False
    return all(
        piece.kind == "number" or cursor.kind(piece.name) == "index"
        for piece in new.subscript.pieces
    )


def _refuse_mixture(cursor: Reader, names: list[NewName], fresh: list[NewName]) -> None:
    if fresh and len(fresh) < len(names):
        old = next(name for name in names if name not in fresh)
        raise cursor.error(
            old.at,
            "{old} is declared already and {new} is not",
            "declare {new} alone",
            old=old.latex,
            new=fresh[0].latex,
        )


def _refuse_entry(cursor: Reader, new: NewName) -> None:
    r"""Refuse `y_i \in \{0,1\}` for a fresh `y`: the whole vector is declared."""
    if new.subscript is None:
        return
    if cursor.kind(new.base.name) == "vector" or index_under(cursor, new.subscript):
        raise cursor.error(
            new.at,
            "{name} looks like an entry of a vector",
            "declare the whole vector, for example {line}",
            name=new.latex,
            line=f"${new.base.latex} \\in [0, 1]^K$",
        )


def _refuse_twice(cursor: Reader, found: list[Declaration]) -> None:
    names = [declaration.name for declaration in found]
    for declaration in found:
        if names.count(declaration.name) > 1:
            raise cursor.error(
                cursor.since(cursor.tokens[0].at.start),
                "{name} is declared twice",
                name=declaration.latex,
            )


def _declaration(cursor: Reader, new: NewName, space: Space) -> Declaration:
    line = cursor.formula.place(new.at).line
    return Declaration(new.name, space.domain, space.shape, space.constraint, new.latex, line)


# Bounds.


def _counted(cursor: Reader) -> tuple[Declaration, ...] | None:
    r"""`k = 1, \dots, K` for a fresh name, which is an index; None for anything else."""
    try:
        new = read_new_name(cursor)
        cursor.expect("=")
        size = read_range(cursor)
    except ReadError:
        return None
    if size is None or cursor.token.kind != "stop" or _known(cursor, new):
        return None
    _refuse_entry(cursor, new)
    return (_declaration(cursor, new, Space(IndexRange(size))),)


def _bounds(cursor: Reader) -> tuple[Declaration, ...] | None:
    r"""`0 < q < 1`, `a, b > 0`, `K \ge 2`, for fresh names; None for anything else."""
    try:
        lower = None if cursor.name_follows() else _bound(cursor)
        if lower is not None and lower[1] not in MIRRORED:
            return None
        names = [read_new_name(cursor)]
        while cursor.at(","):
            cursor.advance()
            names.append(read_new_name(cursor))
        upper = None
        if cursor.token.kind != "stop":
            relation = cursor.advance().text
            upper = (_number(cursor), relation)
        if cursor.token.kind != "stop" or any(_known(cursor, name) for name in names):
            return None
    except ReadError:
        return None
    for name in names:
        _refuse_entry(cursor, name)
    domain = _between(lower, upper)
    if domain is None:
        return None
    if domain.empty:
        raise cursor.error(cursor.since(cursor.tokens[0].at.start), "no number lies between these")
    found = [_declaration(cursor, name, Space(domain)) for name in names]
    _refuse_twice(cursor, found)
    return tuple(found)


def _bound(cursor: Reader) -> tuple[Fraction, str]:
    """A number and the relation after it."""
    value = _number(cursor)
    return value, cursor.advance().text


def _number(cursor: Reader) -> Fraction:
    value = value_of(cursor.expression())
    if value is None:
        raise cursor.unexpected(message("a number"))
    return value


def _between(
    lower: tuple[Fraction, str] | None, upper: tuple[Fraction, str] | None
) -> Interval | None:
    """The numbers between two bounds; None where the relations point apart or there is none."""
    ends = [upper] if upper else []
    if lower is not None:
        ends.insert(0, (lower[0], MIRRORED[lower[1]]))
    if not ends or any(relation not in MIRRORED for _, relation in ends):
        return None
    if len({relation in (">", "\\ge") for _, relation in ends}) < len(ends):
        return None
    domain = REAL
    for end, relation in ends:
        domain = bounded(domain, relation, end)
    return domain
