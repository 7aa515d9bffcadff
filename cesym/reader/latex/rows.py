r"""The rows of a display: environments taken off, reasons parted, the marks `&` checked.

Here is decided which rows belong together: a *sentence* is what is read as one chain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cesym.errors import ReadError
from cesym.reader.latex.formula import LONGEST_FORMULA, Formula
from cesym.reader.latex.phrases import ORDERS, spoken
from cesym.reader.latex.reasons import split_reason
from cesym.reader.latex.tables import DISPLAYS, PUNCTUATION, RELATIONS
from cesym.reader.latex.tokens import Token, tokenize, visible
from cesym.reader.syntax import Span

_APART = frozenset({"gather", "gather*", "gathered"})
_TOGETHER = frozenset({"multline", "multline*"})
SIGNS = (*RELATIONS, *ORDERS, "\\iff")
"""What stands between the two sides of a claim."""

_SIGNS = ("+", "-")
_OPERATORS = ("+", "-", "*", "/")


@dataclass(frozen=True, slots=True)
class Row:
    r"""One row, without its reason, labels, marks and the punctuation at its end.

    `marked` says that a mark `&` stands before everything else, `columns` that one stands later.
    """

    tokens: tuple[Token, ...]
    reason: str | None
    marked: bool
    columns: bool

    @property
    def shown(self) -> list[Token]:
        """The tokens that say something."""
        return visible(self.tokens)

    @property
    def at(self) -> Span:
        """Where it stands."""
        return Span(self.tokens[0].at.start, self.tokens[-1].at.stop)

    def has_relation(self) -> bool:
        """Whether a relation stands outside of braces and environments."""
        level = 0
        for token in self.tokens:
            level += _opens(token) - _closes(token)
            if level == 0 and (token.says(*SIGNS, ":=") or token.kind == "says"):
                return True
        return False


def read_sentences(formula: Formula) -> list[list[Row]]:
    """The rows that belong together, in order. Raises ReadError."""
    environment, tokens = _unwrapped(formula, tokenize(formula)[:-1])
    sentences: list[list[Row]] = []
    for row in _rows(formula, tokens):
        if sentences and _goes_on(formula, environment, sentences[-1], row):
            sentences[-1].append(row)
        else:
            sentences.append([row])
    if not sentences:
        raise formula.error(Span(0, 1), "the display is empty")
    return sentences


def _opens(token: Token) -> bool:
    return token.says("{") or token.kind == "begin"


def _closes(token: Token) -> bool:
    return token.says("}") or token.kind == "end"


# Environments.


def _unwrapped(formula: Formula, tokens: list[Token]) -> tuple[str, list[Token]]:
    """The innermost environment around everything, and what it holds."""
    environment = ""
    while True:
        tokens = _trimmed(tokens)
        first = tokens[0] if tokens else None
        end = -1 if first is None else _end(tokens, boxed=first.says("\\boxed"))
        laid_out = first is not None and first.kind == "begin" and first.text in DISPLAYS
        if first and laid_out and (end < 0 or tokens[end].text != first.text):
            raise formula.error(first.at, "the environment {name} is never closed", name=first.text)
        if first is None or end != len(tokens) - 1:
            return environment, tokens
        if laid_out:
            environment, tokens = first.text, tokens[1:-1]
        elif first.says("\\boxed"):
            tokens = tokens[tokens.index(next(t for t in tokens if t.says("{"))) + 1 : -1]
        else:
            return environment, tokens


def _end(tokens: Sequence[Token], *, boxed: bool) -> int:
    """Where what begins with the first token (or the one after `\\boxed`) ends."""
    level = 0
    for position, token in enumerate(tokens):
        level += _opens(token) - _closes(token)
        if level == 0 and not (boxed and (position == 0 or token.kind == "space")):
            return position
    return -1


def _trimmed(tokens: Sequence[Token]) -> list[Token]:
    """Without spaces, labels and empty rows at both ends, and without a full stop at the end."""
    found = list(tokens)
    while found and (found[0].kind in ("space", "label")):
        del found[0]
    while found and (found[-1].kind in ("space", "label", "row") or found[-1].says(*PUNCTUATION)):
        del found[-1]
    return found


# Rows.


def _rows(formula: Formula, tokens: Sequence[Token]) -> list[Row]:
    found, row, level = [], [], 0
    for token in tokens:
        level += _opens(token) - _closes(token)
        if token.kind == "row" and level == 0:
            found.append(row)
            row = []
        else:
            row.append(token)
    found.append(row)
    return [
        _row(formula, row)
        for row in found
        if any(token.kind not in ("space", "label") for token in row)
    ]


def _row(formula: Formula, tokens: Sequence[Token]) -> Row:
    whole = Span(tokens[0].at.start, tokens[-1].at.stop)
    if whole.stop - whole.start > LONGEST_FORMULA:
        raise formula.error(
            whole,
            "the formula has {found} characters, more than {length}",
            "divide it, with definitions",
            found=whole.stop - whole.start,
            length=LONGEST_FORMULA,
        )
    kept, reason = split_reason(formula, spoken(formula, tokens))
    kept = _without_ends(kept)
    shown = [token for token in kept if token.kind != "space"]
    if not shown or all(token.says("&") for token in shown):
        raise formula.error(whole, "this row has no formula")
    marked = shown[0].says("&")
    _check_marks(formula, shown)
    first = next(place for place, token in enumerate(shown) if not token.says("&"))
    columns = any(token.says("&") for token in shown[first:])
    return Row(tuple(_without_marks(kept)), reason, marked, columns)


def _without_ends(tokens: Sequence[Token]) -> list[Token]:
    """Without spaces at both ends, and without marks and punctuation at the end."""
    found = list(tokens)
    while found and (found[-1].kind == "space" or found[-1].says("&", *PUNCTUATION)):
        del found[-1]
    while found and found[0].kind == "space":
        del found[0]
    return found


def _without_marks(tokens: Sequence[Token]) -> list[Token]:
    """Without `&` outside of environments, and without the spaces around it."""
    found: list[Token] = []
    level, after_mark = 0, True
    for token in tokens:
        level += _opens(token) - _closes(token)
        if token.says("&") and level == 0:
            after_mark = True
        elif not (after_mark and token.kind == "space"):
            found.append(token)
            after_mark = False
    return found


def _check_marks(formula: Formula, shown: Sequence[Token]) -> None:
    """A mark stands at the beginning of a row, or beside a relation, or before an operator."""
    beside = (*SIGNS, ":=")
    level = 0
    for position, token in enumerate(shown):
        level += _opens(token) - _closes(token)
        if not token.says("&") or level:
            continue
        before = [t for t in shown[:position] if not t.says("&")]
        after = next((t for t in shown[position:] if not t.says("&")), None)
        if not before or before[-1].says(*beside) or after is None:
            continue
        if not after.says(*beside, *_OPERATORS) and after.kind != "says":
            raise formula.error(
                token.at,
                "{mark} stands between two formulas",
                "write each on a row of its own, and a reason in {command}",
                mark="&",
                command="\\text{...}",
            )


# Sentences.


def _goes_on(formula: Formula, environment: str, sentence: Sequence[Row], row: Row) -> bool:
    """Whether `row` goes on with the rows above it. Raises ReadError when both could be meant."""
    first, last = row.shown[0], sentence[-1].shown[-1]
    if first.says(*SIGNS, ":=") or last.says(*SIGNS, *_OPERATORS, ":="):
        return True
    if not row.has_relation():
        if first.says(*_OPERATORS):
            return True
        raise _unclear(formula, first)
    in_right_column = row.marked and sentence[0].columns and not sentence[0].marked
    if not first.says(*_SIGNS):
        if in_right_column or environment in _TOGETHER:
            raise _unclear(formula, first)
        return False
    if environment in _TOGETHER or in_right_column:
        return True
    if environment in _APART or (row.columns and not row.marked):
        return False
    raise formula.error(
        first.at,
        "this row can be a new formula or go on with the one above",
        "put {mark} before each relation, or each formula in a display of its own",
        mark="&",
    )


def _unclear(formula: Formula, first: Token) -> ReadError:
    return formula.error(
        first.at,
        "it is not clear how this row goes on with the one above",
        "begin it with a relation or an operator",
    )
