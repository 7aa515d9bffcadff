r"""Entries of vectors and their indices: `p_k`, `X_{i,d}`, `y^{(i)}`, `\delta_{ij}`."""

from __future__ import annotations

from fractions import Fraction

from cesym.reader.latex.cursor import Cursor
from cesym.reader.latex.names import Base, Piece, Subscript, full_latex
from cesym.reader.latex.scripts import Scripts
from cesym.reader.syntax import Call, Name, Node, Number, Span
from cesym.reader.syntax import Subscript as Entry


def entry(cursor: Cursor, base: Base, scripts: Scripts, start: int) -> Node:
    """An entry of a declared vector."""
    subscript, at = scripts.subscript, Span(start, scripts.stop)
    if scripts.primes or scripts.star:
        raise cursor.error(at, "an entry with a prime or a star is not read")
    name = base.name + (subscript.suffix if subscript else "")
    if subscript and not scripts.entry and cursor.kind(name) is not None:
        if not all(_is_index(cursor, piece) for piece in subscript.pieces):
            return Name(name, at)
        raise cursor.error(
            at,
            "{text} is declared as a name of its own, and it is an entry of {vector} too",
            "rename one of them",
            text=full_latex(base, subscript),
            vector=base.latex,
        )
    above: tuple[Node, ...] = (scripts.entry,) if scripts.entry else ()
    found = above + (indices(cursor, subscript) if subscript else ())
    check_count(cursor, base, found, cursor.names.rank(base.name), at)
    return Entry(Name(base.name, base.at), found, at)


def member(cursor: Cursor, base: Base, scripts: Scripts, start: int) -> Node:
    """A call of a definition whose parameters are indices, such as `s_i`."""
    assert scripts.subscript is not None
    at = Span(start, scripts.stop)
    if scripts.primes or scripts.star:
        raise cursor.error(at, "an entry with a prime or a star is not read")
    found, arity = indices(cursor, scripts.subscript), cursor.names.arity(base.name)
    check_count(cursor, base, found, arity, at)
    return Call(base.name, found, at)


def check_count(cursor: Cursor, base: Base, found: tuple[Node, ...], count: int, at: Span) -> None:
    """As many indices as there have to be. Raises ReadError."""
    if len(found) == count:
        return
    raise cursor.error(
        at,
        "{name} has {count} subscripts, not {found}",
        "write {example}",
        name=base.latex,
        count=count,
        found=len(found),
        example=base.latex + "_{" + ",".join("ijklmn"[:count]) + "}",
    )


def all_indices(cursor: Cursor, subscript: Subscript | None) -> bool:
    """Whether a subscript is made of declared indices and numbers, with an index among them."""
    return index_under(cursor, subscript) is not None and all(
        _is_index(cursor, piece) for piece in (subscript.pieces if subscript else ())
    )


def indices(cursor: Cursor, subscript: Subscript) -> tuple[Node, ...]:
    """The indices that a subscript is made of. Raises ReadError for anything else."""
    return tuple(_index(cursor, piece) for piece in subscript.pieces)


def _index(cursor: Cursor, piece: Piece) -> Node:
    if piece.kind == "number" and not _is_index(cursor, piece):
        raise cursor.error(piece.at, "indices begin at 1")
    if not _is_index(cursor, piece):
        fresh = piece.kind == "letter" and cursor.kind(piece.name) is None
        raise cursor.error(
            piece.at,
            "the subscript of a vector is an index or a number, {text} is neither",
            "declare the index, for example {line}" if fresh else "use a declared index",
            text=cursor.quote(piece.at),
            line=f"${piece.latex} \\in \\{{1, \\dots, K\\}}$",
        )
    if piece.kind == "number":
        return Number(Fraction(piece.name), piece.at)
    return Name(piece.name, piece.at)


def _is_index(cursor: Cursor, piece: Piece) -> bool:
    if piece.kind == "number":
        return int(piece.name) > 0
    return piece.kind != "other" and cursor.kind(piece.name) == "index"


def delta(cursor: Cursor, subscript: Subscript, at: Span) -> Node:
    r"""`\delta_{ij}`: 1 where the indices are equal, else 0."""
    found = indices(cursor, subscript)
    if len(found) != 2:
        raise cursor.error(
            at,
            "{name} has {count} subscripts, not {found}",
            "write {example}",
            name="\\delta",
            count=2,
            found=len(found),
            example="\\delta_{i,j}",
        )
    return Call("delta", found, at)


def index_under(cursor: Cursor, subscript: Subscript | None) -> Piece | None:
    """The first index in a subscript, if any. A word of three letters or more is a word."""
    for group in subscript.groups if subscript else ():
        word = len(group) > 2 and not all(_is_index(cursor, piece) for piece in group)
        for piece in group:
            if piece.kind in ("letter", "word") and not word and _is_index(cursor, piece):
                return piece
    return None


def refuse_index(cursor: Cursor, base: Base, subscript: Subscript) -> None:
    """Refuse an index under what is not a vector."""
    index = index_under(cursor, subscript)
    if index is not None and base.name == cursor.defining:
        raise cursor.error(index.at, "{name} cannot be defined by itself", name=base.latex)
    if index is not None:
        raise cursor.error(
            index.at,
            "{name} is not declared as a vector, so {index} cannot be its index",
            "declare it, for example {line}",
            name=base.latex,
            index=index.latex,
            line=f"${base.latex} \\in \\mathbb{{R}}^K$",
        )
