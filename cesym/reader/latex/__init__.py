r"""A strict reader of LaTeX: formulas, claims, inline mathematics and displays.

Text becomes the nodes of `cesym.reader.syntax`; nothing is evaluated, and a misread formula is the
one thing that must not happen: what two people could read in two ways is an error that names both
readings, with its place. `cesym.reader.latex.expressions` holds the grammar.
"""

from __future__ import annotations

from cesym.errors import ReadError
from cesym.reader.latex.assumed import Assumed, fresh_name, read_assumed
from cesym.reader.latex.declarations import Inline, read_inline
from cesym.reader.latex.displays import (
    Display,
    DisplayChain,
    DisplayLink,
    Sentence,
    read_display,
    read_sentence,
    split_display,
)
from cesym.reader.latex.formula import Formula
from cesym.reader.latex.statements import (
    read_statement,
    read_whole,
    reader,
    without_punctuation,
)
from cesym.reader.names import Names
from cesym.reader.origin import Origin
from cesym.reader.syntax import Chain, Define, Node

__all__ = [
    "Assumed",
    "Display",
    "DisplayChain",
    "DisplayLink",
    "Inline",
    "Sentence",
    "begins_with_fresh_name",
    "parse_assumed",
    "parse_chain",
    "parse_display",
    "parse_expression",
    "parse_inline",
    "parse_sentences",
    "read_sentence",
]


def parse_expression(
    text: str,
    names: Names,
    *,
    source: str = "<formula>",
    line: int = 1,
    column: int = 1,
    document: str = "",
    origin: Origin | None = None,
) -> Node:
    r"""One expression, such as `-y \log \hat y`.

    `source`, `line` and `column` say where the text begins, for the places in errors; `document` is
    the text of the whole file, from which errors quote, and `origin` where each character stands,
    for a text that is not a piece of it. Raises ReadError.
    """
    return read_whole(reader(Formula(text, source, line, column, document, origin), names))


def parse_chain(
    text: str,
    names: Names,
    *,
    source: str = "<formula>",
    line: int = 1,
    column: int = 1,
    document: str = "",
    origin: Origin | None = None,
) -> Chain | Define:
    r"""One claim, `a = b \le c`, or one definition, `J(y, s) := \dots`.

    A side that is only `?` is None in the chain. The arguments are those of `parse_expression`.
    """
    cursor = reader(Formula(text, source, line, column, document, origin), names)
    cursor.tokens = without_punctuation(cursor.tokens)
    return read_statement(cursor)


def parse_inline(
    text: str,
    names: Names,
    *,
    source: str = "<formula>",
    line: int = 1,
    column: int = 1,
    document: str = "",
    origin: Origin | None = None,
) -> Inline:
    r"""Inline mathematics: declarations, a definition, a chain of relations, or None for prose.

    A declaration of names that are declared already is prose. Raises ReadError where `\in` or `:=`
    says that something is declared or defined, and it cannot be read. The arguments are those of
    `parse_expression`.
    """
    return read_inline(Formula(text, source, line, column, document, origin), names)


def parse_display(
    text: str,
    names: Names,
    *,
    source: str = "<formula>",
    line: int = 1,
    column: int = 1,
    document: str = "",
    origin: Origin | None = None,
) -> Display:
    r"""Displayed mathematics: one definition, or chains with the reason of each link.

    The text may be a formula, the rows of an environment, or the environment with its `\begin`.
    Raises ReadError. The arguments are those of `parse_expression`.
    """
    return read_display(Formula(text, source, line, column, document, origin), names)


def parse_sentences(
    text: str,
    *,
    source: str = "<formula>",
    line: int = 1,
    column: int = 1,
    document: str = "",
    origin: Origin | None = None,
) -> list[Sentence]:
    r"""The sentences of a display of a document, for `read_sentence`, one after the other, since
    each may define names for the next. The arguments are those of `parse_expression`.
    """
    return split_display(Formula(text, source, line, column, document, origin))


def parse_assumed(
    text: str,
    names: Names,
    *,
    source: str = "<formula>",
    line: int = 1,
    column: int = 1,
    document: str = "",
    origin: Origin | None = None,
) -> Assumed | None:
    r"""What inline mathematics such as `q = \sigma(s)` defines where `q` is not declared, None for
    anything else. Raises ReadError. The arguments are those of `parse_expression`.
    """
    cursor = reader(Formula(text, source, line, column, document, origin), names)
    cursor.tokens = without_punctuation(cursor.tokens)
    return read_assumed(cursor)


def begins_with_fresh_name(text: str, names: Names) -> bool:
    r"""Whether a formula begins with a name that nobody has declared.

    >>> from cesym.terms.context import Context
    >>> begins_with_fresh_name(r"q \le f(x)", Context()), begins_with_fresh_name("2 < 3", Context())
    (True, False)
    """
    try:
        return fresh_name(reader(Formula(text), names))
    except ReadError:
        return False
