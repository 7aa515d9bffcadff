r"""Words inside a formula that are part of what it says: `f(s) \text{ is convex in } s`.

The tables are all there is. Words that look like a phrase and are none are refused, since nobody
could tell what was meant by them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cesym.reader.latex.formula import Formula
from cesym.reader.latex.tables import RELATIONS, WIDE_SPACES
from cesym.reader.latex.tokens import Token, tokenize_part
from cesym.reader.syntax import Span

JOINING = frozenset({"iff", "if and only if", "当且仅当"})
r"""What says `\iff` in words."""

OF_FUNCTIONS: dict[tuple[str, str], tuple[str, bool]] = {
    ("is convex in", ""): ("convex", False),
    ("is strictly convex in", ""): ("convex", True),
    ("is concave in", ""): ("concave", False),
    ("is strictly concave in", ""): ("concave", True),
    ("关于", "是凸的"): ("convex", False),
    ("关于", "是严格凸的"): ("convex", True),
    ("关于", "是凹的"): ("concave", False),
    ("关于", "是严格凹的"): ("concave", True),
    ("是", "的凸函数"): ("convex", False),
    ("是", "的严格凸函数"): ("convex", True),
    ("是", "的凹函数"): ("concave", False),
    ("是", "的严格凹函数"): ("concave", True),
}
"""Words before and after the variable -> kind of the property, and whether it is strict."""

OF_MATRICES: dict[str, bool] = {
    "is positive semidefinite": False,
    "is positive semi-definite": False,
    "is positive definite": True,
    "是半正定的": False,
    "是半正定矩阵": False,
    "是正定的": True,
    "是正定矩阵": True,
}
"""Words after a matrix -> whether it is strictly so."""

ORDERS: dict[str, tuple[bool, bool]] = {
    "\\succeq": (False, False),
    "\\succ": (True, False),
    "\\preceq": (False, True),
    "\\prec": (True, True),
}
"""Sign between two matrices -> whether it is strict, and whether the right one is the larger."""

EXAMPLES = (
    "f(s) \\text{ is convex in } s",
    "f(s) \\text{ 关于 } s \\text{ 是凸的}",
    "M \\succeq 0",
)
"""How such claims are written."""

_BEFORE = {before for before, _ in OF_FUNCTIONS}
_AFTER = {after for _, after in OF_FUNCTIONS if after}
_CUES = re.compile(r"convex|concave|definite|凸|凹|正定")
_WITH_MATH = re.compile(r"([^$]*)\$([^$]*)\$([^$]*)")


def spoken(formula: Formula, tokens: Sequence[Token]) -> list[Token]:
    r"""The tokens, with words that are a phrase as `\iff` or as tokens of the kind `says`.

    Words beside a relation are its reason, whatever they are. Raises ReadError for words that
    stand like a phrase and are none.
    """
    found: list[Token] = []
    level, plain, said = 0, True, False
    for token in tokens:
        level += (token.says("{") or token.kind == "begin") - (
            token.says("}") or token.kind == "end"
        )
        plain = plain and not (level == 0 and token.says(*RELATIONS, *ORDERS, ":="))
        if token.kind != "text" or level:
            found.append(token)
        elif words_of(token.text) in JOINING:
            found.append(Token("command", "\\iff", token.at))
            plain = True
        elif plain and (phrase := _phrase(formula, token, said=said)):
            found += phrase
            said = True
        else:
            if plain and _CUES.search(token.text) and not _apart(found):
                raise _no_phrase(formula, token)
            found.append(token)
    return found


def words_of(text: str) -> str:
    """Words in a normal spelling."""
    return " ".join(text.replace("~", " ").split())


def _phrase(formula: Formula, token: Token, *, said: bool) -> list[Token]:
    """The tokens of a phrase, or of the part of one that stands in this text; else none."""
    words = words_of(token.text)
    if words in OF_MATRICES or words in _BEFORE or (said and words in _AFTER):
        return [Token("says", words, token.at)]
    parts = _WITH_MATH.fullmatch(token.text)
    if parts is None:
        return []
    before, after = words_of(parts[1]), words_of(parts[3])
    if (before, after) not in OF_FUNCTIONS:
        return []
    start = formula.text.index(token.text, token.at.start)
    inside = tokenize_part(formula, Span(start + parts.start(2), start + parts.end(2)))
    ending = [Token("says", after, Span(token.at.stop, token.at.stop))] if after else []
    return [
        Token("says", before, token.at),
        *(t for t in inside if t.kind != "stop"),
        *ending,
    ]


def _apart(before: Sequence[Token]) -> bool:
    """Whether words after these tokens stand apart, as a reason does."""
    for token in reversed(before):
        if token.says("&") or token.text in WIDE_SPACES:
            return True
        if token.kind != "space":
            return False
    return True


def _no_phrase(formula: Formula, token: Token) -> Exception:
    return formula.error(
        token.at,
        "{words} is nearly a phrase that is read, and is none",
        "write {example}",
        words=words_of(token.text),
        example=", ".join(EXAMPLES),
    )
