r"""LaTeX into tokens, each with its span in the text.

Spaces and size commands stay as tokens of the kind `space`, because a `\quad` parts a formula from
its reason; the readers of mathematics leave them out. Nothing is expanded and nothing is run.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cesym.reader.latex.characters import ASCII, COMBINING, SPELLED
from cesym.reader.latex.formula import LONGEST_NUMBER, Formula
from cesym.reader.latex.tables import (
    LABELS,
    SPACING,
    SPACING_WITH_ARGUMENT,
    SYNONYMS,
    TEXTS,
    UNICODE,
    WIDE_SPACES,
)
from cesym.reader.syntax import Span

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_COMMAND = re.compile(r"\\(?:(?:tag|operatorname)\*|[A-Za-z]+|[^A-Za-z])", re.DOTALL)
_BLANK = re.compile(r"(?:[ \t\r\n~]|%[^\n]*(?:\n|$))+")
_FLOAT = re.compile(r"[eE][+-]?[0-9]+")
_ROW_SPACE = re.compile(r"\[\s*-?[0-9.]+\s*(?:pt|ex|em|mm|cm|in|bp|\\[a-z]+)\s*\]")
_SYMBOLS = frozenset("+-*/^_=(){}[],|<>'&?.;:!")
_PIECE = re.compile(r"\\[A-Za-z]+|.")
_HEX = re.compile(r"[0-9A-F]{4}")
_SIZED = re.compile(r"\\[bB]igg?([lr])")
_DELIMITERS = frozenset({*"()[]|./", "\\{", "\\}", "\\|"})
_SIDES = {
    "\\lvert": ("|", "left"),
    "\\rvert": ("|", "right"),
    "\\lVert": ("\\|", "left"),
    "\\rVert": ("\\|", "right"),
}


@dataclass(frozen=True, slots=True)
class Token:
    r"""One piece of LaTeX.

    `kind` is `number`, `letter`, `command`, `symbol`, `text`, `begin`, `end`, `row` (`\\`), `label`
    (`\tag`, `\label`), `space` or `stop`; `text` is what it says, in a normal spelling (the words
    of a `\text`, the name of an environment). `side` is `left` or `right` for a delimiter that
    follows `\left` or `\right`. `gap` says which space by a command stands
    before it: `thin` or `wide`.
    """

    kind: str
    text: str
    at: Span
    side: str = ""
    gap: str = ""

    def says(self, *texts: str) -> bool:
        """Whether this is one of these symbols or commands."""
        return self.kind in ("symbol", "command") and self.text in texts


def tokenize(formula: Formula) -> list[Token]:
    """All tokens of a formula, the last of them `stop`. Raises ReadError."""
    return list(_tokens(formula, 0, len(formula.text)))


def tokenize_part(formula: Formula, at: Span) -> list[Token]:
    """The tokens of a part of the text, with their spans in the whole."""
    return list(_tokens(formula, at.start, at.stop))


def visible(tokens: Iterable[Token]) -> list[Token]:
    r"""The tokens that say something: without spaces, `\tag` and `\label`."""
    found: list[Token] = []
    gap = ""
    for token in tokens:
        if token.text in WIDE_SPACES:
            gap = "wide"
        elif token.kind in ("space", "label"):
            gap = gap or ("thin" if token.text.startswith("\\") else "")
        else:
            found.append(replace(token, gap=gap) if gap else token)
            gap = ""
    return found


def _tokens(formula: Formula, position: int, stop: int) -> Iterator[Token]:
    side, sided = "", Span(position, position)
    while position < stop:
        if spelled := _spelled(formula.text[position]):
            if side:
                raise _no_delimiter(formula, sided)
            yield from _several(spelled, Span(position, position + 1))
            position += 1
            continue
        token = _token(formula, position, stop)
        position = token.at.stop
        if token.kind == "command" and token.text in ("\\left", "\\right", "\\middle"):
            if side:
                raise _no_delimiter(formula, sided)
            side, sided = token.text[1:], token.at
        elif token.kind == "space" or not side:
            yield token
        elif token.kind == "symbol" and token.text in _DELIMITERS:
            yield Token("symbol", token.text, Span(sided.start, token.at.stop), side)
            side = ""
        else:
            raise _no_delimiter(formula, sided)
    if side:
        raise _no_delimiter(formula, sided)
    yield Token("stop", "", Span(stop, stop))


def _spelled(character: str) -> str:
    """The LaTeX of a character that stands for several tokens, or nothing."""
    if character.isascii():
        return ""
    if character in SPELLED:
        return SPELLED[character]
    base, _, mark = unicodedata.decomposition(character).partition(" ")
    accent = COMBINING.get(chr(int(mark, 16))) if _HEX.fullmatch(mark) else None
    if accent is None or not _HEX.fullmatch(base):
        return ""
    letter = chr(int(base, 16))
    return f"{accent}{{{letter}}}" if letter.isascii() and letter.isalpha() else ""


def _several(latex: str, at: Span) -> Iterator[Token]:
    """The tokens of the LaTeX of one character, all of them where it stands."""
    for piece in _PIECE.findall(latex):
        kind = "command" if piece[0] == "\\" else "letter" if piece.isalpha() else "symbol"
        yield Token("number" if piece.isdigit() else kind, piece, at)


def _no_delimiter(formula: Formula, at: Span) -> Exception:
    return formula.error(
        at, "a bracket or | is expected after {command}", command=formula.quote(at)
    )


def _token(formula: Formula, position: int, stop: int) -> Token:
    text = formula.text
    character = text[position]
    if blank := _BLANK.match(text, position, stop):
        return Token("space", " ", Span(position, blank.end()))
    if number := _NUMBER.match(text, position, stop):
        return _number(formula, number)
    if character.isascii() and character.isalpha():
        return Token("letter", character, Span(position, position + 1))
    if character == "\\":
        return _command(formula, position, stop)
    if text.startswith(":=", position, stop):
        return Token("symbol", ":=", Span(position, position + 2))
    here = Span(position, position + 1)
    if character in _SYMBOLS or character in "。，；":
        return Token("symbol", character, here)
    if character in UNICODE:
        meaning = UNICODE[character]
        kind = "command" if meaning.startswith("\\") and meaning != "\\|" else "symbol"
        return Token(kind, meaning, here)
    if character in ASCII:
        raise formula.error(
            here,
            "{character} is not read in a formula",
            "write {instead}",
            character=character,
            instead=ASCII[character],
        )
    if character in '$#@"`':
        raise formula.error(here, "{character} is not read in a formula", character=character)
    raise formula.error(
        here,
        "{character} is not read in a formula",
        "words are written in {command}",
        character=character,
        command="\\text{...}",
    )


def _number(formula: Formula, match: re.Match[str]) -> Token:
    at = Span(match.start(), match.end())
    if len(match.group()) > LONGEST_NUMBER:
        raise formula.error(
            at, "a number of more than {count} digits is not read", count=LONGEST_NUMBER
        )
    if power := _FLOAT.match(formula.text, match.end()):
        literal, rest = match.group(), formula.text[power.start() + 1 : power.end()]
        whole = Span(at.start, power.end())
        raise formula.ambiguous(whole, f"{literal} \\cdot 10^{{{rest}}}", f"{literal}e {rest}")
    return Token("number", match.group(), at)


def _command(formula: Formula, position: int, stop: int) -> Token:
    match = _COMMAND.match(formula.text, position, stop)
    if match is None:
        raise formula.error(Span(position, stop), "a command is expected after the backslash")
    command, at = match.group(), Span(position, match.end())
    command = SYNONYMS.get(command, command)
    if size := _SIZED.fullmatch(command):
        return _sized(formula, at, stop, "left" if size.group(1) == "l" else "right")
    if command in _SIDES:
        text, side = _SIDES[command]
        return Token("symbol", text, at, side)
    if command == "\\\\":
        return _row(formula, at, stop)
    if command in SPACING:
        return Token("space", command, at)
    if command in SPACING_WITH_ARGUMENT:
        end = _argument(formula, command, at, stop).stop + 1
        return Token("space", command, Span(position, end))
    if command in TEXTS or command in LABELS or command in ("\\begin", "\\end"):
        inside = _argument(formula, command, at, stop)
        kind = "text" if command in TEXTS else "label" if command in LABELS else command[1:]
        return Token(kind, formula.quote(inside), Span(position, inside.stop + 1))
    if command[0] != "\\" or command in ("\\{", "\\}", "\\|"):
        return Token("symbol", command, at)
    if not command[1].isalpha():
        raise formula.error(at, "{command} is not read in a formula", command=command)
    return Token("command", command, at)


def _row(formula: Formula, at: Span, stop: int) -> Token:
    r"""The end of a row: `\\\\`, `\\\\*` or `\\\\[2pt]`."""
    end = at.stop
    if formula.text.startswith("*", end, stop):
        end += 1
    if space := _ROW_SPACE.match(formula.text, end, stop):
        end = space.end()
    elif formula.text.startswith("[", end, stop):
        raise formula.error(
            Span(end, end + 1),
            "TeX reads a bracket right after {command} as a length",
            "write a space after {command}",
            command="\\\\",
        )
    return Token("row", "\\\\", Span(at.start, end))


def _sized(formula: Formula, at: Span, stop: int, side: str) -> Token:
    r"""`\bigl|` opens and `\bigr|` closes; `\bigl(` is `(`."""
    position = at.stop
    while position < stop and formula.text[position].isspace():
        position += 1
    if position == stop or _SIZED.match(formula.text, position):
        raise _no_delimiter(formula, at)
    token = _token(formula, position, stop)
    whole = Span(at.start, token.at.stop)
    return Token(token.kind, token.text, whole, side if token.says("|", "\\|") else "")


def _argument(formula: Formula, command: str, at: Span, stop: int) -> Span:
    """The inside of the braces after a command."""
    text, start = formula.text, at.stop
    while start < stop and text[start].isspace():
        start += 1
    if start == stop or text[start] != "{":
        raise formula.error(at, "{brace} is expected after {command}", brace="{", command=command)
    level = 0
    position = start
    while position < stop:
        character = text[position]
        if character == "\\":
            position += 1
        elif character in "{}":
            level += 1 if character == "{" else -1
            if level == 0:
                return Span(start + 1, position)
        position += 1
    raise formula.error(Span(start, start + 1), "this brace is never closed")
