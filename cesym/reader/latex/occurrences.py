r"""Where the names of a formula stand: `\hat{y}` in `\hat{y}^2`, `z` and `j` in `z_j`.

What is a name is decided as in reading: the words of a `\text` are none, the `s` of `\sigma` is
none, and the subscript of a declared vector is a name of its own. A formula need not make sense:
prose has pieces of formulas too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cesym.errors import ReadError
from cesym.reader.latex.cursor import Cursor
from cesym.reader.latex.formula import Formula
from cesym.reader.latex.names import Base, Subscript, full_name, read_base, read_subscript
from cesym.reader.latex.statements import reader
from cesym.reader.latex.tables import TYPED_WORDS
from cesym.reader.latex.tokens import Token, tokenize_part
from cesym.reader.names import Names
from cesym.reader.syntax import Span

_INSIDE = re.compile(r"\$([^$]*)\$")
_WORD = re.compile(r"[A-Za-z]+")
_SETS = ("\\mathbb", "\\mathbbm")
r"""Commands whose argument is no name: `\mathbb{R}`."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A name, and the pieces of the text that spell it: the first stands for all of it, the others
    only close it, as the brace after the subscript in `\\hat{y_i}` does. `scripted` says that a
    subscript or a prime follows that is no part of the name.
    """

    name: str
    pieces: tuple[Span, ...]
    scripted: bool = False


def tokens_of(formula: Formula) -> Iterator[list[Token]]:
    r"""The tokens of a formula, and of the formulas between dollars in its words.

    Raises ReadError for a character that is not read in a formula.
    """
    yield from _runs(formula, Span(0, len(formula.text)))


def _runs(formula: Formula, part: Span) -> Iterator[list[Token]]:
    tokens = tokenize_part(formula, part)
    yield tokens
    for token in tokens:
        if token.kind == "text":
            for match in _INSIDE.finditer(formula.text, token.at.start, token.at.stop):
                yield from _runs(formula, Span(*match.span(1)))


def occurrences(formula: Formula, names: Names) -> Iterator[Occurrence]:
    r"""The names in a formula, given what is declared on the page. Raises ReadError.

    >>> from cesym.terms.context import Context
    >>> [found.name for found in occurrences(Formula(r"\log \hat{y}^s + y_i"), Context())]
    ['y_hat', 's', 'y', 'i']
    """
    for tokens in tokens_of(formula):
        yield from _Walk(reader(formula, names, tokens)).all()


class _Walk:
    """One walk over the tokens of a formula."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor

    def all(self) -> Iterator[Occurrence]:
        cursor = self.cursor
        while cursor.token.kind != "stop":
            if cursor.at(*_SETS):
                self.step_over_argument()
            elif (word := self.typed_word()) is not None:
                cursor.position += word
            elif cursor.name_follows():
                yield from self.name()
            else:
                cursor.advance()

    def step_over_argument(self) -> None:
        """Over a command and its argument, in braces or not."""
        cursor, level = self.cursor, 0
        cursor.advance()
        while cursor.token.kind != "stop":
            token = cursor.advance()
            level += token.says("{") - token.says("}")
            if level == 0:
                return

    def typed_word(self) -> int | None:
        """The length of a function that is typed as letters, `log(x)`; None where there is none."""
        cursor, text = self.cursor, self.cursor.formula.text
        token = cursor.token
        if token.kind != "letter" or text[token.at.start - 1 : token.at.start].isalpha():
            return None
        run = _WORD.match(text, token.at.start)
        word = run.group() if run else ""
        called = text[token.at.start + len(word) :].startswith("(")
        return len(word) if called and word in TYPED_WORDS else None

    def name(self) -> Iterator[Occurrence]:
        """The name at the position. What is below it is walked too, unless it belongs to it."""
        cursor, start = self.cursor, self.cursor.position
        try:
            base = read_base(cursor)
        except ReadError:
            # A font or an accent over what is no name: its inside is looked at.
            cursor.position = start + 1
            return
        after = cursor.position
        subscript = base.subscript or self.subscript()
        if (whole := self.whole(base, subscript)) is not None:
            yield Occurrence(whole, (cursor.since(base.at.start),))
            return
        cursor.position = after
        scripted = subscript is not None or cursor.at("_", "'")
        if base.subscript is None:
            yield Occurrence(base.name, (base.at,), scripted)
            return
        below = base.subscript.at
        yield Occurrence(
            base.name, (Span(base.at.start, below.start), Span(below.stop, base.at.stop)), scripted
        )
        cursor.position = _index_at(cursor.tokens, below.start)

    def subscript(self) -> Subscript | None:
        """The subscript at the position; None for one that is not read."""
        if not self.cursor.at("_"):
            return None
        try:
            return read_subscript(self.cursor)
        except ReadError:
            return None

    def whole(self, base: Base, subscript: Subscript | None) -> str | None:
        """The declared name that base, subscript, star and primes spell together, stepped over;
        None where the base stands for itself.
        """
        cursor = self.cursor
        if cursor.kind(base.name) == "vector":
            return None
        try:
            name = full_name(cursor, base, subscript)
        except ReadError:
            return None
        spellings = [(name, cursor.position), *self.above(name)]
        known = [(one, stop) for one, stop in spellings if cursor.kind(one)]
        if not known:
            return None
        found, cursor.position = known[-1]
        return found

    def above(self, name: str) -> Iterator[tuple[str, int]]:
        """The names that a star or primes make of one, each with the position after it."""
        tokens, position = self.cursor.tokens, self.cursor.position
        star = _star_length(tokens[position : position + 4])
        if star:
            yield f"{name}_star", position + star
            return
        while tokens[position].says("'"):
            name, position = f"{name}_prime", position + 1
            yield name, position


def _star_length(tokens: Sequence[Token]) -> int:
    r"""How many tokens a star above a name takes, `^*` or `^{\star}`; 0 where there is none."""
    texts = [token.text for token in tokens]
    if texts[:1] != ["^"]:
        return 0
    if len(texts) > 1 and texts[1] in ("*", "\\star"):
        return 2
    return 4 if len(texts) > 3 and texts[1] == "{" and texts[2] in ("*", "\\star") else 0


def _index_at(tokens: Sequence[Token], offset: int) -> int:
    return next(number for number, token in enumerate(tokens) if token.at.start >= offset)
