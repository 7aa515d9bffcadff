r"""What stands below and above a name: `p_k`, `y^{(i)}`, `q^*`, `f''`, `x^2`.

Only the parts are told apart here; `cesym.reader.latex.symbols` gives them a meaning.
"""

from __future__ import annotations

from dataclasses import dataclass

from cesym.reader.latex.cursor import Cursor
from cesym.reader.latex.names import Base, Subscript, read_base, read_subscript
from cesym.reader.latex.tokens import Token
from cesym.reader.syntax import Name, Node, Span

UPRIGHT_FONTS = ("\\mathsf", "\\mathrm", "\\operatorname")
"""Fonts in which people set the T of a transpose."""


@dataclass(slots=True)
class Scripts:
    """The scripts of one name."""

    subscript: Subscript | None = None
    primes: int = 0
    star: bool = False
    entry: Name | None = None
    """An index in brackets above: `y^{(i)}`."""
    power: Node | None = None
    transposed: bool = False
    alone: bool = False
    """Whether what follows cannot be an argument: TeX has taken one token."""
    stop: int = 0
    """Where the name with its scripts ends, without a power."""

    @property
    def raised(self) -> bool:
        """Whether something stands between the name and what follows."""
        return self.power is not None or self.transposed or self.alone


def read_scripts(cursor: Cursor, base: Base, *, constant: bool) -> Scripts:
    """All scripts after `base`, in any order. Raises ReadError.

    `constant` says that the base is `e` or `\\pi`, so that brackets above it are part of a power.
    """
    found = Scripts(subscript=base.subscript, stop=base.at.stop)
    raised = False
    while cursor.at("_", "^", "'"):
        mark = cursor.token
        if cursor.at("_"):
            subscript = read_subscript(cursor)
            if found.subscript is not None:
                raise cursor.error(mark.at, "a second subscript cannot stand here")
            found.subscript = subscript
        elif raised:
            raise cursor.error(
                mark.at,
                "a second superscript cannot stand here",
                "use braces or brackets to show what it belongs to",
            )
        elif cursor.at("'"):
            cursor.advance()
            found.primes += 1
        else:
            raised = True
            _read_superscript(cursor, base, found, constant=constant)
        if (found.power is None and not found.transposed) or mark.says("_"):
            found.stop = cursor.since(0).stop
    return found


def _read_superscript(cursor: Cursor, base: Base, found: Scripts, *, constant: bool) -> None:
    if transpose_follows(cursor):
        take_transpose(cursor)
        found.transposed = True
        return
    mark = cursor.advance()
    cursor.check_argument()
    inside = _inside(cursor)
    texts = {token.text for token in inside}
    last = cursor.position + len(inside) + (1 if cursor.at("{") else -1)
    at = Span(mark.at.start, cursor.tokens[last].at.stop)
    if texts <= {"*", "\\star"} and len(inside) == 1:
        found.star = True
    elif texts == {"\\prime"}:
        found.primes += len(inside)
    elif len(inside) == 1 and texts <= {"+", "-"}:
        raise cursor.error(
            at, "a sign above a name is not read", "an exponent is written in braces"
        )
    elif constant or not _bracketed(inside):
        found.power = cursor.script()
        return
    else:
        found.entry = _entry(cursor, base, inside, at)
        if found.entry is None:
            found.power = cursor.script()
            return
    cursor.position += len(inside) + (2 if cursor.at("{") else 0)


def transpose_follows(cursor: Cursor) -> bool:
    r"""Whether `^\top`, or `^T` with a `T` that is not declared, is next."""
    return _transpose(cursor) > 0


def take_transpose(cursor: Cursor) -> None:
    """Step over it."""
    cursor.position += _transpose(cursor)


def _transpose(cursor: Cursor) -> int:
    """How many tokens the transpose ahead has; 0 when there is none."""
    if not cursor.at("^") or cursor.peek(1).gap:
        return 0
    place, opened, font = 1, 0, False
    while cursor.peek(place).says("{", *UPRIGHT_FONTS):
        opened += cursor.peek(place).says("{")
        font = font or not cursor.peek(place).says("{")
        place += 1
    mark = cursor.peek(place)
    sans = any(cursor.peek(n).says("\\mathsf") for n in range(1, place))
    free = cursor.kind("T_sf" if sans else "T") is None
    letter = mark.kind == "letter" and mark.text == "T" and free
    if opened > 2 or not (letter or (mark.says("\\top") and not font)):
        return 0
    closed = all(cursor.peek(place + n).says("}") for n in range(1, opened + 1))
    return place + opened + 1 if closed else 0


def _inside(cursor: Cursor) -> list[Token]:
    """The tokens of the superscript ahead, without its braces."""
    if not cursor.at("{"):
        return [cursor.token]
    level = 0
    for position in range(cursor.position, len(cursor.tokens)):
        token = cursor.tokens[position]
        level += token.says("{") - token.says("}")
        if level == 0:
            return cursor.tokens[cursor.position + 1 : position]
    raise cursor.error(cursor.token.at, "this brace is never closed")


def _bracketed(inside: list[Token]) -> bool:
    """Whether one pair of brackets holds everything."""
    level = 0
    for position, token in enumerate(inside):
        level += token.says("(") - token.says(")")
        if level == 0:
            return position == len(inside) - 1 and position > 1
    return False


def _entry(cursor: Cursor, base: Base, inside: list[Token], at: Span) -> Name | None:
    """The index of `y^{(i)}`; None for `y^{(1-y)}`, which is a power. Raises ReadError."""
    content = inside[1:-1]
    name = _lone_name(cursor, len(content))
    if name is not None and cursor.kind(name.name) == "index":
        return Name(name.name, name.at)
    if name is not None or (len(content) == 1 and content[0].kind == "number"):
        text = cursor.quote(Span(content[0].at.start, content[-1].at.stop))
        raise cursor.ambiguous(
            Span(base.at.start, at.stop), f"{base.latex}_{{{text}}}", f"{base.latex}^{{{text}}}"
        )
    for token in content:
        if token.kind == "letter" and cursor.kind(token.text) == "index":
            raise cursor.error(
                token.at,
                "an exponent in brackets with the index {name} is not read",
                "leave the brackets out if it is a power",
                name=token.text,
            )
    return None


def _lone_name(cursor: Cursor, length: int) -> Base | None:
    """The name that the `length` tokens between the brackets ahead are, if they are one."""
    start = cursor.position
    cursor.position += 2
    try:
        if not cursor.name_follows():
            return None
        name = read_base(cursor)
        return name if cursor.position == start + 2 + length else None
    finally:
        cursor.position = start
