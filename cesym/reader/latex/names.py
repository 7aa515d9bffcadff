r"""Names: `\hat{y}`, `P_t`, `\mathbf{w}`, `y_{\text{max}}`, and the identifiers they have.

One symbol has one identifier however it is typed: `\hat y` and `\hat{y}` are `y_hat`. The LaTeX of
a name is normalised in the same way, with every argument in braces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from cesym.messages import message
from cesym.reader.latex.cursor import Cursor
from cesym.reader.latex.tables import ACCENTS, FONTS, GREEK, SUFFIXES, UPRIGHT
from cesym.reader.syntax import Span

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a subscript: a `letter` (or Greek letter), a `number`, a `word`, or `other`."""

    kind: str
    name: str
    latex: str
    at: Span


@dataclass(frozen=True, slots=True)
class Subscript:
    """What stands under a name; `groups` are its parts between commas."""

    groups: tuple[tuple[Piece, ...], ...]
    at: Span

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All parts."""
        return tuple(piece for group in self.groups for piece in group)

    @property
    def suffix(self) -> str:
        """What it adds to an identifier."""
        return "".join("_" + _joined(group) for group in self.groups)

    @property
    def latex(self) -> str:
        """Its LaTeX, in braces."""
        groups = [_spelled(group) for group in self.groups]
        return "_{" + ",".join(groups) + "}"


@dataclass(frozen=True, slots=True)
class Base:
    """A name without what stands below and above it."""

    core: str
    latex: str
    at: Span
    upright: bool = False
    font: str = ""
    accents: tuple[str, ...] = ()
    subscript: Subscript | None = None
    r"""A subscript inside the accent: `\hat{y_i}` is `\hat{y}_i`."""

    @property
    def name(self) -> str:
        """The identifier."""
        return "_".join(filter(None, (self.core, self.font, *self.accents)))


def read_base(cursor: Cursor) -> Base:
    """A letter, a Greek letter, or one of these with fonts and accents. Raises ReadError."""
    token = cursor.token
    if not cursor.name_follows():
        raise cursor.unexpected(message("a name"))
    if token.kind == "letter":
        cursor.advance()
        return Base(token.text, token.text, token.at)
    if token.text in GREEK:
        cursor.advance()
        return Base(GREEK[token.text], token.text, token.at)
    cursor.advance()
    with cursor.deeper():
        inner = _argument(cursor, token.text)
    return _dressed(cursor, token.text, replace(inner, at=cursor.since(token.at.start)))


def _dressed(cursor: Cursor, command: str, inner: Base) -> Base:
    """`inner` under an accent or in a font. A name has its font first, then its accents."""
    if command in UPRIGHT:
        return inner
    if command in ACCENTS:
        accent = ACCENTS[command]
        spelling = {"\\widehat": "\\hat", "\\widetilde": "\\tilde", "\\overline": "\\bar"}
        latex = f"{spelling.get(command, command)}{{{inner.latex}}}"
        return replace(inner, latex=latex, accents=(*inner.accents, accent), upright=False)
    if inner.font or inner.accents:
        raise cursor.error(
            inner.at,
            "a font around {inner} is not read",
            "write the font inside, for example {example}",
            inner=inner.latex,
            example="\\hat{\\mathbf{y}}",
        )
    spelling = {"\\boldsymbol": "\\mathbf", "\\bm": "\\mathbf"}
    font = command if inner.latex.startswith("\\") else spelling.get(command, command)
    return replace(inner, latex=f"{font}{{{inner.latex}}}", font=FONTS[command], upright=False)


def _argument(cursor: Cursor, command: str) -> Base:
    """What stands in the braces after an accent or a font: one name."""
    cursor.check_argument()
    if not cursor.at("{"):
        return _single(cursor, command)
    start = cursor.advance().at.start
    if command in UPRIGHT:
        return _word(cursor, command, start)
    base = read_base(cursor)
    if cursor.at("_") and command in ACCENTS:
        base = replace(base, subscript=read_subscript(cursor))
    if not cursor.at("}"):
        raise cursor.error(
            cursor.token.at,
            "{command} stands over one name only",
            "a name of several letters is written {name}",
            command=command,
            name=f"{command}{{\\mathrm{{...}}}}",
        )
    cursor.advance()
    return base


def _single(cursor: Cursor, command: str) -> Base:
    r"""The argument without braces: `\hat y`, `\mathrm d`."""
    token = cursor.token
    if not (token.kind == "letter" or token.text in GREEK):
        raise cursor.unexpected(message("the argument of {command}", command=command))
    return replace(read_base(cursor), upright=command in UPRIGHT)


def _word(cursor: Cursor, command: str, start: int) -> Base:
    """A name of several letters, up to the closing brace."""
    if cursor.name_follows() and cursor.token.kind == "command":
        base = replace(read_base(cursor), upright=True)
        cursor.expect("}")
        return base
    inside = cursor.token.at.start
    while cursor.token.kind in ("letter", "number"):
        cursor.advance()
    word = cursor.formula.text[inside : cursor.token.at.start]
    if not cursor.at("}") or not _WORD.fullmatch(word):
        raise cursor.unexpected(message("a word of letters and digits"))
    _not_greek(cursor, word, Span(inside, cursor.token.at.start))
    cursor.advance()
    latex = word if len(word) == 1 else f"\\mathrm{{{word}}}"
    return Base(word, latex, cursor.since(start), upright=True)


def _not_greek(cursor: Cursor, word: str, at: Span) -> None:
    """Refuse a word that has the identifier of a Greek letter."""
    if word in GREEK.values():
        raise cursor.ambiguous(at, f"\\{word}", " ".join(word))


def read_subscript(cursor: Cursor) -> Subscript:
    """`_` and what it carries. Raises ReadError."""
    start = cursor.expect("_").at.start
    cursor.check_argument()
    if not cursor.at("{"):
        return Subscript(((_single_piece(cursor),),), cursor.since(start))
    cursor.advance()
    groups: list[tuple[Piece, ...]] = [()]
    with cursor.deeper():
        while not cursor.at("}"):
            if cursor.at(","):
                cursor.advance()
                groups.append(())
            else:
                groups[-1] = (*groups[-1], _piece(cursor))
    cursor.advance()
    if not all(groups):
        raise cursor.error(cursor.since(start), "a part of this subscript is empty")
    return Subscript(tuple(groups), cursor.since(start))


def _single_piece(cursor: Cursor) -> Piece:
    """A subscript without braces: TeX takes one token."""
    token = cursor.token
    if token.kind == "number" and len(token.text) > 1:
        first, rest = token.text[0], token.text[1:]
        raise cursor.ambiguous(
            Span(token.at.start - 1, token.at.stop), f"_{{{token.text}}}", f"_{{{first}}} {rest}"
        )
    following = cursor.peek(1)
    tight = following.at.start == token.at.stop and following.kind == "letter"
    if token.kind == "letter" and tight and cursor.kind(following.text) == "index":
        at = Span(token.at.start - 1, following.at.stop)
        first, second = token.text, following.text
        raise cursor.ambiguous(at, f"_{{{first}{second}}}", f"_{{{first}}} \\cdot {second}")
    if token.kind in ("number", "letter") or token.text in GREEK or token.text in UPRIGHT:
        return _piece(cursor)
    if token.kind == "text":
        return _piece(cursor)
    raise cursor.unexpected(message("a subscript"))


def _piece(cursor: Cursor) -> Piece:
    token = cursor.token
    if token.kind == "stop":
        raise cursor.unexpected("}")
    if token.kind == "text":
        cursor.advance()
        word = token.text.strip()
        if not _WORD.fullmatch(word):
            raise cursor.error(
                token.at, "{word} cannot be part of a name", "use letters and digits", word=word
            )
        _not_greek(cursor, word, token.at)
        return Piece("word" if len(word) > 1 else "letter", word, f"\\text{{{word}}}", token.at)
    if token.kind == "number":
        cursor.advance()
        return Piece(
            "number" if token.text.isdigit() else "other", token.text, token.text, token.at
        )
    if not cursor.name_follows():
        cursor.advance()
        return Piece("other", token.text, token.text, token.at)
    base = read_base(cursor)
    if base.subscript is not None:
        raise cursor.error(base.at, "a subscript inside a subscript is not read")
    kind = "word" if base.upright and len(base.core) > 1 else "letter"
    name, latex = base.name, base.latex
    while cursor.at("'"):
        cursor.advance()
        name, latex = name + "_prime", latex + "'"
    return Piece(kind, name, latex, cursor.since(token.at.start))


def full_name(cursor: Cursor, base: Base, subscript: Subscript | None) -> str:
    """The identifier of a name with a subscript that is part of it. Raises ReadError."""
    if subscript is None:
        return base.name
    for piece in subscript.pieces:
        if piece.kind == "other":
            raise cursor.error(
                piece.at, "{text} cannot be part of a name", text=cursor.quote(piece.at)
            )
    for group in subscript.groups:
        if _joined(group) in SUFFIXES:
            raise cursor.error(
                subscript.at,
                "{text} is not read as a subscript, {name} stands for an accent or a font",
                "use another subscript",
                text=cursor.quote(subscript.at),
                name=_joined(group),
            )
    return base.name + subscript.suffix


def full_latex(base: Base, subscript: Subscript | None) -> str:
    """The normalised LaTeX of a name."""
    return base.latex + (subscript.latex if subscript else "")


def _joined(group: tuple[Piece, ...]) -> str:
    """Letters and digits side by side are one word; Greek letters and words stand apart."""
    result = ""
    apart = False
    for piece in group:
        whole = len(piece.name) > 1 and piece.kind != "number"
        result += ("_" if result and (whole or apart) else "") + piece.name
        apart = whole
    return result


def _spelled(group: tuple[Piece, ...]) -> str:
    result = ""
    for piece in group:
        glued = re.search(r"\\[A-Za-z]+$", result) and piece.latex[:1].isalpha()
        result += (" " if glued else "") + piece.latex
    return result
