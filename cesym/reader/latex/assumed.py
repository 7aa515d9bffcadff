r"""Definitions that are written as equations: `L(y, s) = \dots` where nobody has said what `L` is.

Other people's documents define in this way. What begins with a name that is known, or that is a
function of every reader (`\sigma(s) = \dots`), is a claim and not read here.
"""

from __future__ import annotations

from dataclasses import dataclass

from cesym.errors import ReadError
from cesym.reader.latex.entries import index_under
from cesym.reader.latex.expressions import Reader
from cesym.reader.latex.shapes import check
from cesym.reader.latex.statements import NewName, read_new_name, read_parameters
from cesym.reader.latex.tables import OPENING, RELATIONS, WORDS
from cesym.reader.syntax import Define, Span

CONSTANTS = frozenset({"e", "pi"})
r"""Names with a meaning of their own: `\pi = 3` defines nothing."""


@dataclass(frozen=True, slots=True)
class Assumed:
    """A definition, its sign of equality, and its right side. A chain may go on after it."""

    define: Define
    sign: Span
    body: Span


def read_assumed(cursor: Reader) -> Assumed | None:
    """The definition at the position of the cursor, up to the end of its first right side; None,
    and nothing read, where a claim stands. Raises ReadError for a definition that cannot be read.
    """
    beginning = cursor.position
    new = _fresh(cursor)
    if new is None:
        cursor.position = beginning
        return None
    parameters = read_parameters(cursor, new) if cursor.bracket_follows() else ()
    sign = cursor.expect("=").at
    start = cursor.token.at.start
    cursor.defining = new.name
    body = cursor.expression()
    if cursor.token.kind != "stop" and not cursor.at(*RELATIONS):
        raise cursor.unexpected("=")
    cursor.defining = ""
    body = check(cursor.formula, cursor.names, body)
    at = cursor.since(new.at.start)
    return Assumed(Define(new.name, new.latex, parameters, body, at), sign, cursor.since(start))


def fresh_name(cursor: Reader) -> bool:
    """Whether what stands at the cursor begins with a name that nobody has declared."""
    try:
        return _is_fresh(cursor, read_new_name(cursor))
    except ReadError:
        return False


def _fresh(cursor: Reader) -> NewName | None:
    """The fresh name that an equation with it alone on the left begins with."""
    try:
        new = read_new_name(cursor)
    except ReadError:
        return None
    if not _is_fresh(cursor, new):
        return None
    after = cursor.position
    if cursor.bracket_follows():
        if new.name in WORDS:
            return None
        after = _closing(cursor)
    return new if cursor.tokens[after].says("=") else None


def _is_fresh(cursor: Reader, new: NewName) -> bool:
    if cursor.kind(new.name) is not None or new.name in CONSTANTS:
        return False
    if new.name != new.base.name and new.latex.endswith("'") and cursor.kind(new.base.name):
        return False  # the derivative of something known
    if new.subscript is None:
        return True
    return cursor.kind(new.base.name) != "vector" and index_under(cursor, new.subscript) is None


def _closing(cursor: Reader) -> int:
    """The position after the bracket that begins here."""
    level, position = 0, cursor.position
    while cursor.tokens[position].kind != "stop":
        token = cursor.tokens[position]
        level += token.says(*OPENING) - token.says(*OPENING.values())
        position += 1
        if level == 0:
            break
    return position
