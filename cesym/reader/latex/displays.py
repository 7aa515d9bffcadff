r"""Displayed mathematics: a formula, or rows of `aligned`, `align`, `gather`, `split`, `multline`.

A row that begins with a relation goes on with the chain above it, a row without a relation goes on
with its last operand, and a row with a left side begins a new chain. What could be both is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cesym.errors import Place
from cesym.reader.latex.assumed import Assumed, read_assumed
from cesym.reader.latex.expressions import Reader
from cesym.reader.latex.formula import LONGEST_DISPLAY, Formula
from cesym.reader.latex.rows import Row, read_sentences
from cesym.reader.latex.sayings import Saying, read_sayings, says_more
from cesym.reader.latex.statements import read_definition, read_operand, read_relation
from cesym.reader.latex.tables import RELATIONS
from cesym.reader.latex.tokens import Token
from cesym.reader.names import Names
from cesym.reader.syntax import Define, Node, Side, Span


@dataclass(frozen=True, slots=True)
class DisplayLink:
    """One relation of a chain, with what stands to its right.

    `right` is None for a `?`, which the derivation fills in. `reason` is plain text with dollars
    around its mathematics. `at` goes from the relation to the end of the right side, `line` is the
    line of the relation in the file.
    """

    operator: str
    right: Side | None
    right_latex: str
    reason: str | None
    at: Span
    line: int


@dataclass(frozen=True, slots=True)
class DisplayChain:
    """A left side and its links, with the LaTeX of each operand as the author wrote it."""

    left: Side | None
    left_latex: str
    links: tuple[DisplayLink, ...]


@dataclass(frozen=True, slots=True)
class Display:
    """What a display says: one definition, or chains; a sentence of a document may be both.

    For a definition, `left_latex` and `right_latex` are the author's LaTeX around the `:=`, and
    `reason` is what stands beside it.
    """

    define: Define | None = None
    chains: tuple[DisplayChain, ...] = ()
    left_latex: str = ""
    right_latex: str = ""
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """Rows of a display that are read as one chain or definition."""

    formula: Formula
    rows: tuple[Row, ...]

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.formula.place(self.rows[0].at)

    @property
    def latex(self) -> str:
        """The author's LaTeX, in one line."""
        return _latex(self.formula, self.rows, Span(0, len(self.formula.text)))


def split_display(formula: Formula) -> list[Sentence]:
    """The sentences of a display, each to be read for itself. Raises ReadError."""
    found = read_sentences(formula.limited(LONGEST_DISPLAY))
    return [Sentence(formula, tuple(rows)) for rows in found]


def read_sentence(sentence: Sentence, names: Names) -> Display:
    r"""A chain or a definition of a document, in which `fresh = \dots` defines. The chain that goes
    on after such a definition begins with its right side. Raises ReadError.
    """
    formula, rows = sentence.formula, sentence.rows
    if any(token.says(":=") for row in rows for token in row.tokens):
        return _definition(formula, names, rows)
    cursor = reader_of(formula, names, rows)
    found = read_assumed(cursor)
    if found is None:
        return Display(chains=_chains(formula, names, rows))
    body = _latex(formula, rows, found.body)
    goes_on = cursor.token.kind != "stop"
    chains = (_links(cursor, rows, found.define.body, body, found),) if goes_on else ()
    left = _latex(formula, rows, Span(found.define.at.start, found.sign.start))
    return Display(found.define, chains, left, body)


def read_display(formula: Formula, names: Names) -> Display:
    """All the rows of a display. Raises ReadError."""
    sentences = read_sentences(formula.limited(LONGEST_DISPLAY))
    defining = [s for s in sentences if any(t.says(":=") for row in s for t in row.tokens)]
    if not defining:
        return Display(chains=tuple(c for rows in sentences for c in _chains(formula, names, rows)))
    if len(sentences) > 1:
        raise formula.error(
            sentences[1][0].at,
            "a display with a definition holds nothing else",
            "write a display for each definition",
        )
    return _definition(formula, names, sentences[0])


def reader_of(formula: Formula, names: Names, rows: Sequence[Row]) -> Reader:
    """A Reader over the tokens of rows."""
    tokens = [token for row in rows for token in row.shown]
    stop = tokens[-1].at.stop
    return Reader(formula, names, [*tokens, Token("stop", "", Span(stop, stop))])


def _definition(formula: Formula, names: Names, rows: Sequence[Row]) -> Display:
    cursor = reader_of(formula, names, rows)
    define = read_definition(cursor)
    sign = next(token for token in cursor.tokens if token.says(":="))
    reasons = [row.reason for row in rows if row.reason is not None]
    if len(reasons) > 1:
        raise formula.error(rows[-1].at, "this line has two reasons")
    return Display(
        define=define,
        left_latex=_latex(formula, rows, Span(0, sign.at.start)),
        right_latex=_latex(formula, rows, Span(sign.at.stop, len(formula.text))),
        reason=reasons[0] if reasons else None,
    )


def _chains(formula: Formula, names: Names, rows: Sequence[Row]) -> tuple[DisplayChain, ...]:
    """The chains of a sentence: one, but for signs of which each is a claim of its own."""
    cursor = reader_of(formula, names, rows)
    if says_more(cursor.tokens):
        return tuple(_said(formula, rows, sayings) for sayings in read_sayings(cursor))
    first = cursor.token
    if first.says(*RELATIONS):
        raise formula.error(
            first.at,
            "a left side is expected before {sign}",
            "a chain begins with its left side",
            sign=formula.quote(first.at),
        )
    left = read_operand(cursor)
    left_latex = _latex(formula, rows, cursor.since(first.at.start))
    return (_links(cursor, rows, left, left_latex, None),)


def _said(formula: Formula, rows: Sequence[Row], sayings: Sequence[Saying]) -> DisplayChain:
    """A chain of `iff`, or one `is`, whose right side is shown with the sign or words before it."""
    reasons = _reasons(formula, rows, [saying.sign.start for saying in sayings])
    links = tuple(
        DisplayLink(
            saying.operator,
            saying.right,
            formula.quote(saying.right_at)
            if saying.operator == "is"
            else _latex(formula, rows, saying.right_at),
            reason,
            Span(saying.sign.start, saying.right_at.stop),
            formula.place(saying.sign).line,
        )
        for saying, reason in zip(sayings, reasons, strict=True)
    )
    left = _latex(formula, rows, sayings[0].left_at)
    return DisplayChain(sayings[0].left, left, links)


def _links(
    cursor: Reader, rows: Sequence[Row], left: Node | None, left_latex: str, after: Assumed | None
) -> DisplayChain:
    """The relations of a chain after its left side; `after` is the definition before it, whose
    reason is not one of theirs.
    """
    formula = cursor.formula
    found: list[tuple[str, Node | None, Token, Span]] = []
    while cursor.token.kind != "stop" or not found:
        relation = cursor.token
        operator = read_relation(cursor)
        start = cursor.token.at.start
        right = read_operand(cursor)
        found.append((operator, right, relation, cursor.since(start)))
    starts = [relation.at.start for _, _, relation, _ in found]
    before = [after.sign.start] if after else []
    reasons = _reasons(formula, rows, before + starts)[len(before) :]
    links = tuple(
        DisplayLink(
            operator,
            right,
            _latex(formula, rows, at),
            reason,
            Span(relation.at.start, at.stop),
            formula.place(relation.at).line,
        )
        for (operator, right, relation, at), reason in zip(found, reasons, strict=True)
    )
    return DisplayChain(left, left_latex, links)


def _reasons(formula: Formula, rows: Sequence[Row], relations: Sequence[int]) -> list[str | None]:
    """The reason of each link: that of the row in which the link, or its operand, ends."""
    found: list[str | None] = [None] * len(relations)
    for row in rows:
        if row.reason is None:
            continue
        link = sum(start < row.at.stop for start in relations) - 1
        if link < 0:
            raise formula.error(
                row.at,
                "the reason stands beside a left side",
                "write it beside the relation that it is the reason of",
            )
        if found[link] is not None:
            raise formula.error(row.at, "this line has two reasons")
        found[link] = row.reason
    return found


def _latex(formula: Formula, rows: Sequence[Row], at: Span) -> str:
    """The author's LaTeX in `at`, in one line, without marks, labels and reasons."""
    pieces: list[str] = []
    for row in rows:
        inside = [t for t in row.tokens if at.start <= t.at.start and t.at.stop <= at.stop]
        stop = None
        for token in inside:
            if stop is not None and token.at.start != stop:
                pieces.append(" ")
            comment = token.kind == "space" and token.text == " "
            pieces.append(" " if comment else formula.quote(token.at))
            stop = token.at.stop
        pieces.append(" ")
    return re.sub(r"\s+", " ", "".join(pieces)).strip()
