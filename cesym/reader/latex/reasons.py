r"""The reason at the right of a row: `&& \text{definition of } P`, `\quad \text{定义}`.

A reason is plain text with dollars around its mathematics, so that `\text{definition of $P$}` and
`\text{definition of } P` are the same: `definition of $P$`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cesym.reader.latex.formula import Formula
from cesym.reader.latex.tables import RELATIONS, UNREAD_RELATIONS, WIDE_SPACES
from cesym.reader.latex.tokens import Token
from cesym.reader.syntax import Span

_MATH = re.compile(r"\$\s*([^$]*?)\s*\$")


def split_reason(formula: Formula, row: Sequence[Token]) -> tuple[list[Token], str | None]:
    """The formula of a row, and its reason. Raises ReadError for words inside the formula."""
    tokens = [token for token in row if token.kind != "label"]
    start = _first_words(tokens)
    if start is None:
        _refuse_columns(formula, tokens)
        return tokens, None
    before = start
    if before and tokens[before - 1].says("("):
        before -= 1
    separators = before
    while separators and (
        tokens[separators - 1].kind == "space" or tokens[separators - 1].says("&")
    ):
        separators -= 1
    between = tokens[separators:before]
    wide = any(t.says("&") or t.text in WIDE_SPACES for t in between)
    if separators and not wide:
        raise formula.error(
            tokens[start].at,
            "words inside a formula are not read",
            "a reason stands after {separator}, a name of several letters is {name}",
            separator="&& or \\quad",
            name="\\mathrm{...}",
        )
    _refuse_formula(formula, tokens[start:])
    return tokens[:separators], _reason(formula, tokens[before:])


def _first_words(tokens: Sequence[Token]) -> int | None:
    """The first `\\text` outside of braces and environments."""
    level = 0
    for position, token in enumerate(tokens):
        level += (token.says("{") or token.kind == "begin") - (
            token.says("}") or token.kind == "end"
        )
        if token.kind == "text" and level == 0:
            return position
    return None


def _refuse_columns(formula: Formula, tokens: Sequence[Token]) -> None:
    r"""Refuse a second formula, or a reason that is not words, after `&&`."""
    shown = [token for token in tokens if token.kind != "space"]
    for first, second, third in zip(shown, shown[1:], shown[2:], strict=False):
        if first.says("&") and second.says("&") and first is not shown[0]:
            raise formula.error(
                third.at,
                "a reason in words is expected after {separator}",
                "write it in {command}",
                separator="&&",
                command="\\text{...}",
            )


def _refuse_formula(formula: Formula, tokens: Sequence[Token]) -> None:
    r"""Refuse a relation after words: `a = b \quad \text{and} \quad c = d` hides a claim. One in a
    subscript, `\sum_{k=1}^{K}`, does not.
    """
    level, before = 0, None
    for token in tokens:
        if token.says("{") and (level or (before is not None and before.says("_", "^"))):
            level += 1
        elif token.says("}") and level:
            level -= 1
        before = token if token.kind != "space" else before
        if level == 0 and token.says("&", *RELATIONS, *UNREAD_RELATIONS, ":="):
            raise formula.error(
                token.at,
                "it is not clear whether this is part of the reason or another formula",
                "write the mathematics of a reason as {example}, another formula on its own row",
                example="\\text{since $y = 1$}",
            )


def _reason(formula: Formula, tokens: Sequence[Token]) -> str:
    if tokens[0].says("(") and tokens[-1].says(")"):
        tokens = tokens[1:-1]
    parts: list[str] = []
    for words, group in _groups(tokens):
        if words:
            parts.append(_MATH.sub(r"$\1$", group[0].text.replace("~", " ")))
            continue
        shown = [token for token in group if token.kind != "space"]
        lead = " " if group[0].kind == "space" else ""
        trail = " " if group[-1].kind == "space" else ""
        if not shown:
            parts.append(" ")
            continue
        inside = formula.quote(Span(shown[0].at.start, shown[-1].at.stop))
        if inside in ("(", ")"):
            parts.append(f"{lead}{inside}{trail}")
        else:
            parts.append(f"{lead}${inside}${trail}")
    reason = re.sub(r"\s+", " ", "".join(parts)).strip().rstrip(".,;。，；").rstrip()
    if reason.startswith("(") and reason.endswith(")") and _one_pair(reason):
        reason = reason[1:-1].strip()
    return reason


def _groups(tokens: Sequence[Token]) -> list[tuple[bool, list[Token]]]:
    """The words one by one, and the runs of mathematics between them."""
    found: list[tuple[bool, list[Token]]] = []
    for token in tokens:
        if token.kind == "text":
            found.append((True, [token]))
        elif found and not found[-1][0]:
            found[-1][1].append(token)
        else:
            found.append((False, [token]))
    return found


def _one_pair(text: str) -> bool:
    level = 0
    for position, character in enumerate(text):
        level += (character == "(") - (character == ")")
        if level == 0:
            return position == len(text) - 1
    return False
