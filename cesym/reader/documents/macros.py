r"""The macros of a document: `\newcommand`, `\def`, `\DeclareMathOperator` and their like.

They are expanded as TeX does it, by putting text for text. A definition that is not of the simple
make (optional arguments, `\let`, patterns) is kept as one that is *not understood*, so that a
formula which uses it is not read: it may never pass for what the command means elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cesym.errors import ReadError
from cesym.messages import N_
from cesym.reader.origin import Origin, place_in
from cesym.reader.tex_prose import argument

DEFINING = re.compile(
    r"\\(?:(?:new|renew|provide)command\*?|DeclareRobustCommand\*?|DeclareMathOperator\*?"
    r"|DeclarePairedDelimiter|def|gdef|edef|xdef|let|newcommandx\*?|renewcommandx\*?"
    r"|(?:New|Renew|Provide|Declare)DocumentCommand)(?![A-Za-z])"
)
"""What defines a command."""

LONGEST_EXPANSION = 40_000
"""Characters of a formula, before and after its macros are expanded."""

DEEPEST_EXPANSION = 20
"""Macros inside of macros."""

_NAME = re.compile(r"\s*(?:\{\s*(\\(?:[A-Za-z]+|.))\s*\}|(\\(?:[A-Za-z]+|.)))", re.DOTALL)
_ARITY = re.compile(r"\s*\[\s*([0-9])\s*\]")
_PARAMETERS = re.compile(r"((?:#[1-9])*)(?=\{)")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)", re.DOTALL)
_COMMENT = re.compile(r"(?<!\\)%[^\n]*\n?[ \t]*")
_CONTROL_WORD = re.compile(r"\\[A-Za-z]+$")
_OUTSIDE = re.compile(r"\\(?:begin|end|\[|\]|\(|\))|\$")


@dataclass(frozen=True, slots=True)
class Macro:
    """A command with `arity` arguments that stands for `body`; None when its definition is not
    understood. `starred`: a star after the name says only how large brackets are.
    """

    arity: int
    body: str | None
    starred: bool = False


BUILT_IN = {"\\ensuremath": Macro(1, "#1"), "\\xspace": Macro(0, "")}
"""Commands of packages that are macros by nature."""

Characters = list[tuple[str, int]]
"""Characters, each with where it stands in the document."""


class Macros:
    """The macros of one document, taken in from its top to its end."""

    def __init__(self, document: str, source: str, table: dict[str, Macro] | None = None) -> None:
        self.document = document
        self.source = source
        self.table = dict(BUILT_IN) if table is None else table

    def define(self, position: int) -> int:
        """Take in the definition that begins at `position`; where it ends.

        A second definition of another make leaves the command without a meaning: which of them
        holds where is a question of groups, which are not followed.
        """
        command = DEFINING.match(self.document, position)
        assert command is not None
        kind = command.group().lstrip("\\").rstrip("*")
        name = _NAME.match(self.document, command.end())
        if name is None:
            return command.end()
        macro, end = self._body(kind, name.end(), starred=command.group().endswith("*"))
        known = name[1] or name[2]
        if macro.body and known in _COMMAND.findall(macro.body):
            macro = Macro(0, None)  # it never ends
        if known in self.table and known not in BUILT_IN and self.table[known] != macro:
            macro = Macro(0, None)
        if kind != "providecommand" or known not in self.table:
            self.table[known] = macro
        return end

    def _body(self, kind: str, position: int, *, starred: bool) -> tuple[Macro, int]:
        """What is defined, after its name."""
        refused = Macro(0, None), position
        try:
            if kind in ("def", "gdef"):
                parameters = _PARAMETERS.match(self.document, position)
                if parameters is None:
                    return refused
                end, body = argument(self.document, parameters.end())
                return self._macro(len(parameters[1]) // 2, body), end
            if kind == "DeclareMathOperator":
                end, body = self._argument(position)
                return Macro(0, f"\\operatorname{'*' if starred else ''}{{{body}}}"), end
            if kind == "DeclarePairedDelimiter":
                end, left = self._argument(position)
                end, right = self._argument(end)
                return Macro(1, f"\\left{left} #1 \\right{right}", starred=True), end
            if not kind.endswith("command") and kind != "DeclareRobustCommand":
                return refused
            arity = _ARITY.match(self.document, position)
            end, body = self._argument(arity.end() if arity else position)
            return self._macro(int(arity[1]) if arity else 0, body), end
        except ValueError:
            return refused

    def _argument(self, position: int) -> tuple[int, str]:
        """The argument in braces that follows. Raises ValueError for anything else."""
        start = position + len(self.document[position:]) - len(self.document[position:].lstrip())
        if not self.document.startswith("{", start):
            raise ValueError("no argument")
        return argument(self.document, start)

    def _macro(self, arity: int, body: str) -> Macro:
        body = _COMMENT.sub("", body)
        asked = {int(digit) for digit in re.findall(r"#([1-9])", body)}
        strange = DEFINING.search(body) or "##" in body or any(n > arity for n in asked)
        return Macro(arity, None if strange else body)

    def expand(
        self, start: int, stop: int, *, without: re.Pattern[str] | None = None
    ) -> tuple[str, Origin]:
        """The text of the document from `start` to `stop`, with its macros expanded, and where each
        of its characters stands. `without` is left out where a line begins with it; definitions of
        macros are taken in and left out. Raises ReadError for a macro that is not understood.
        """
        found = list(self._without(start, stop, without))
        if len(found) > LONGEST_EXPANSION:
            raise self.error(
                start, "the formula has more than {count} characters", count=LONGEST_EXPANSION
            )
        characters = self._expanded([(self.document[at], at) for at in found], start, 0)
        text = "".join(character for character, _ in characters)
        first, last = len(text) - len(text.lstrip()), len(text.rstrip())
        offsets = [at for _, at in characters[first:last]]
        end = offsets[-1] + 1 if offsets else stop
        return text.strip(), Origin(self.source, self.document, (*offsets, end))

    def _without(self, start: int, stop: int, without: re.Pattern[str] | None) -> Iterator[int]:
        """The positions of what is said: without definitions, and without marks of quotation."""
        position = start
        while position < stop:
            character = self.document[position]
            if character == "\\" and DEFINING.match(self.document, position):
                position = self.define(position)
                continue
            yield position
            if character == "\\" and position + 1 < stop:
                position += 1
                yield position
            position += 1
            if character == "\n" and without and (mark := without.match(self.document, position)):
                position = min(mark.end(), stop)

    def _expanded(self, characters: Characters, start: int, depth: int) -> Characters:
        if depth > DEEPEST_EXPANSION:
            raise self.error(
                start, "macros are nested more than {count} deep", count=DEEPEST_EXPANSION
            )
        text = "".join(character for character, _ in characters)
        written: Characters = []
        position = 0
        while match := _COMMAND.search(text, position):
            name = match.group()
            macro = self.table.get(name)
            at = characters[match.start()][1]
            _put(written, characters[position : match.start()])
            position = match.end()
            if macro is None:
                _put(written, characters[match.start() : position])
                continue
            if macro.body is None:
                raise self.error(at, "the definition of {command} is not understood", command=name)
            if _OUTSIDE.search(macro.body):
                raise self.error(at, "{command} is more than a piece of formula", command=name)
            if macro.starred and text.startswith("*", position):
                position += 1
            if name[1].isalpha():
                position += len(text[position:]) - len(text[position:].lstrip())
            arguments = []
            for _ in range(macro.arity):
                inside, position = self._taken(text, characters, position, at, name)
                arguments.append(inside)
            body = _filled(macro.body, arguments, at)
            _put(written, self._expanded(body, at, depth + 1))
            if len(written) > LONGEST_EXPANSION:
                raise self.error(
                    at, "the formula has more than {count} characters", count=LONGEST_EXPANSION
                )
        _put(written, characters[position:])
        return written

    def _taken(
        self, text: str, characters: Characters, position: int, at: int, name: str
    ) -> tuple[Characters, int]:
        """An argument, and where it ends: a group in braces, or one token."""
        while position < len(text) and text[position].isspace():
            position += 1
        if position == len(text) or text[position] in "}[&":
            raise self.error(at, "{command} lacks an argument", command=name)
        if text[position] != "{":
            token = _COMMAND.match(text, position)
            end = token.end() if token else position + 1
            return characters[position:end], end
        try:
            end, _ = argument(text, position)
        except ValueError:
            raise self.error(at, "{command} lacks an argument", command=name) from None
        return characters[position + 1 : end - 1], end

    def error(self, position: int, template: str, **fields: object) -> ReadError:
        """A ReadError at a position of the document."""
        place = place_in(self.document, position, self.source)
        remedy = N_("write the formula without the macro")
        return ReadError(template, place=place, remedy=remedy, **fields)

    def breaks_out(self, name: str) -> bool:
        """Whether a command begins or ends mathematics, or an environment."""
        macro = self.table.get(name)
        return macro is not None and bool(macro.body) and bool(_OUTSIDE.search(macro.body or ""))


def _filled(body: str, arguments: list[Characters], at: int) -> Characters:
    """The body with its arguments. Its own characters stand where the macro is used."""
    written: Characters = []
    for piece in re.split(r"(#[1-9])", body):
        if re.fullmatch(r"#[1-9]", piece):
            _put(written, arguments[int(piece[1]) - 1])
        else:
            _put(written, [(character, at) for character in piece])
    return written


def _put(written: Characters, more: Characters) -> None:
    r"""Write on. `\log` and `x` stay two things, as they are for TeX."""
    if more and written and more[0][0].isalpha():
        tail = "".join(character for character, _ in written[-40:])
        if _CONTROL_WORD.search(tail):
            written.append((" ", more[0][1]))
    written.extend(more)
