"""Plain text into words, numbers and signs: what is no part of the language is refused here.

Python's parser only ever sees what passed: numbers, names, brackets, commas, signs of arithmetic
and relations, each where it may stand, the one attribute `.T` and the two strings `'+'` and `'-'`.
So its keywords, assignments and all else are out of reach, and an error points at a character and
says what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from keyword import iskeyword
from unicodedata import name as unicode_name

from cesym.errors import ReadError
from cesym.messages import N_, Message, message
from cesym.reader.latex.formula import DEEPEST_NESTING, LONGEST_NUMBER, Formula
from cesym.reader.syntax import Span

LARGEST_EXPONENT = 400
"""The largest power of ten of a literal such as `1e-304`: all floats of 64 bits, and some more."""

IFF = "iff"
"""What joins two relations: a word, but an operator."""

RELATIONS = ("==", "!=", "<=", "<", ">=", ">")

_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z][A-Za-z0-9_]*)"
    r"|(?P<transpose>\.T\b)"
    r"|(?P<side>'[+-]'|\"[+-]\")"
    r"|(?P<sign>\*\*|==|!=|<=|>=|[-+*/@<>(),\[\]=])"
)
_OPENING = {"(": ")", "[": "]"}
_CLOSING = frozenset(_OPENING.values())

INSTEAD = {
    "^": "**",
    "−": "-",
    "–": "-",
    "·": "*",
    "×": "*",
    "÷": "/",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "∞": "oo",
    "∈": "in",
    "π": "pi",
    "²": "**2",
    "³": "**3",
    "√": "sqrt(...)",
    "σ": "sigmoid(...)",
    "Σ": "sum(..., (k,1,K))",
    "∑": "sum(..., (k,1,K))",
    "∏": "product(..., (k,1,K))",
    "∂": "diff(..., x)",
    "|": "abs(...)",
    "{": "(",
    "}": ")",
    "（": "(",
    "）": ")",
    "【": "[",
    "】": "]",
    "，": ",",
    "＝": "==",
    "＋": "+",
    "－": "-",
    "＊": "*",
    "／": "/",
    "＜": "<",
    "＞": ">",
}
"""Signs that people write -> what the plain language has for them."""

WORDS_INSTEAD = {"lambda": "lamda"}
"""Words of Python that people want as names -> the nearest name that can be had."""


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of plain text.

    `kind` is `number`, `name`, `sign`, `transpose` for `.T`, or `side` for `'+'` and `'-'`.
    """

    kind: str
    text: str
    at: Span


def scan(formula: Formula, at: Span | None = None) -> tuple[Token, ...]:
    """The tokens of `formula`, or of a part of it, each where it may stand.

    Raises ReadError for a character, word or number that is not read, for brackets that do not
    match or are too deep, and where an operand or an operator is missing. Commas are left to the
    reader of the tree, and so is a lone `=`, which is not an operand either.

    >>> [token.text for token in scan(Formula("2*x >= .5"))]
    ['2', '*', 'x', '>=', '.5']
    """
    at = at or Span(0, len(formula.text))
    tokens: list[Token] = []
    open_: list[Token] = []
    for token in _tokens(formula, at):
        _follow(formula, tokens, token)
        if token.text in _OPENING:
            open_.append(token)
            if len(open_) > DEEPEST_NESTING:
                raise too_deep(formula, token.at)
        elif token.text in _CLOSING and (not open_ or _OPENING[open_.pop().text] != token.text):
            raise formula.error(token.at, "{bracket} closes nothing", bracket=token.text)
        tokens.append(token)
    if open_:
        raise formula.error(open_[-1].at, "this bracket is never closed")
    if not _operand_before(tokens):
        end = Span(at.stop, at.stop)
        raise formula.error(
            end, "the formula ends where {expected} is expected", expected=_operand()
        )
    return tuple(tokens)


def too_deep(formula: Formula, at: Span) -> ReadError:
    """The error for a formula that is nested beyond the limit."""
    return formula.error(
        at,
        "the formula is nested more than {count} deep",
        "divide it, with definitions",
        count=DEEPEST_NESTING,
    )


def _tokens(formula: Formula, at: Span) -> Iterator[Token]:
    position = at.start
    while position < at.stop:
        match = _TOKEN.match(formula.text, position, at.stop)
        if match is None or match.lastgroup is None:
            raise _foreign(formula, position)
        if match.lastgroup != "space":
            kind = "sign" if match.group() == IFF else match.lastgroup
            token = Token(kind, match.group(), Span(position, match.end()))
            _check(formula, token)
            yield token
        position = match.end()


def _check(formula: Formula, token: Token) -> None:
    if token.kind == "name" and iskeyword(token.text):
        raise word_of_python(formula, token.at)
    if token.kind != "number":
        return
    mantissa, _, exponent = token.text.lower().partition("e")
    digits = mantissa.replace(".", "")
    if len(digits) > LONGEST_NUMBER:
        raise formula.error(
            token.at,
            "a number of more than {count} digits is not read",
            count=LONGEST_NUMBER,
        )
    if len(exponent) > 9 or (exponent and abs(int(exponent)) > LARGEST_EXPONENT):
        raise formula.error(
            token.at,
            "a power of ten beyond {count} is not read",
            count=LARGEST_EXPONENT,
        )
    if token.text.isdigit() and len(digits) > 1 and digits.startswith("0"):
        raise formula.error(
            token.at,
            "{number} begins with a zero",
            "write {instead}",
            number=token.text,
            instead=int(digits),
        )


def word_of_python(formula: Formula, at: Span) -> ReadError:
    """The error for a word that Python keeps for itself."""
    word = formula.quote(at)
    if word == "in":
        return formula.error(
            at,
            "where a symbol lives is no part of a formula",
            'declare it, for example --let "{line}"',
            line="q in (0,1)",
        )
    return formula.error(
        at,
        "{word} is a word of Python, it cannot stand in a formula",
        "if it is a name, use another one, such as {instead}",
        word=word,
        instead=WORDS_INSTEAD.get(word, f"{word}_0"),
    )


def _foreign(formula: Formula, position: int) -> ReadError:
    """The error for a character that the language does not have."""
    here, character = Span(position, position + 1), formula.text[position]
    instead = INSTEAD.get(character) or _greek(character)
    if character in "\"'":
        return formula.error(
            here,
            "a text in quotes is not read in a formula",
            "only '+' and '-' stand in quotes, at the end of limit(e, v, to, '+')",
        )
    if character == ".":
        return _point(formula, position)
    if instead:
        remedy = N_("write {instead}")
    elif character == "_" or character.isalpha():
        remedy = N_("a name is made of the letters a-z, digits and _, and begins with a letter")
    else:
        remedy = None
    return formula.error(
        here,
        "{character} is not read in a formula",
        remedy,
        character=character,
        instead=instead,
    )


def _greek(character: str) -> str:
    """`alpha` for α, `Gamma` for Γ, nothing for what is not Greek."""
    words = unicode_name(character, "").split()
    if words[:1] != ["GREEK"] or words[2:3] != ["LETTER"] or len(words) != 4:
        return ""
    return words[3].lower() if words[1] == "SMALL" else words[3].capitalize()


def _point(formula: Formula, position: int) -> ReadError:
    return formula.error(
        Span(position, position + 1),
        "a point stands in numbers only, such as {example}",
        example="0.5",
    )


def not_yet(formula: Formula, at: Span, construct: str) -> ReadError:
    """The error for what the language has but the reader cannot read yet."""
    return formula.error(at, "{construct} is not supported yet", construct=construct)


def _operand() -> Message:
    return message("a number, a name or a bracket")


def _operand_before(tokens: Sequence[Token]) -> bool:
    """Whether the last token ends an operand, so that an operator must follow."""
    return bool(tokens) and (tokens[-1].kind != "sign" or tokens[-1].text in _CLOSING)


def _follow(formula: Formula, before: Sequence[Token], token: Token) -> None:
    """Check that `token` may stand after the tokens `before`."""
    if token.kind == "side" and not (before and before[-1].text == ","):
        raise formula.error(
            token.at,
            "{text} stands only at the end of a limit",
            "write limit(e, v, to, '+')",
            text=token.text,
        )
    if _operand_before(before):
        _follow_operand(formula, before[-1], token)
    elif token.text in ("+", "-"):
        if before and before[-1].text in ("+", "-") and not _operand_before(before[:-1]):
            raise formula.error(
                token.at,
                "two signs stand side by side",
                "put the second one and what it belongs to in brackets",
            )
    elif token.kind in ("sign", "transpose") and token.text not in _OPENING:
        raise formula.error(
            token.at,
            "{expected} is expected here, not {found}",
            expected=_operand(),
            found=token.text,
        )


def _follow_operand(formula: Formula, previous: Token, token: Token) -> None:
    if token.kind == "transpose" or (token.kind == "sign" and token.text not in _OPENING):
        return
    if previous.kind == "name" and token.text in _OPENING:
        return
    if (previous.text in _CLOSING or previous.kind == "transpose") and token.text == "[":
        return
    raise formula.error(
        token.at,
        "an operator is missing between {before} and {after}",
        "to multiply, write * between them",
        before=previous.text,
        after=token.text,
    )
