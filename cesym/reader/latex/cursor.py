"""A place in a row of tokens, and what every part of the grammar needs there.

The grammar is spread over several modules, one for each kind of notation; they see each other only
through the abstract methods of `Cursor`, which `cesym.reader.latex.expressions.Reader` provides.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from cesym.errors import ReadError
from cesym.messages import Message
from cesym.reader.latex.formula import DEEPEST_NESTING, Formula
from cesym.reader.latex.products import Shape
from cesym.reader.latex.tables import (
    ACCENTS,
    FONTS,
    GREEK,
    LOG_LIKE,
    NOT_OPERANDS,
    OPENING,
    RELATIONS,
    UPRIGHT,
)
from cesym.reader.latex.tokens import Token
from cesym.reader.names import Names
from cesym.reader.syntax import Node, Span


@dataclass(slots=True)
class Ending:
    r"""How the last factor ended, which says what may follow it.

    `kind`: `open` for a function without brackets (`\log x`: nothing may be multiplied to it),
    `applied` for one with brackets (`\log(x)`: no other bracket and no power), `operator` for a
    derivative of what is in round brackets (nothing without a sign of multiplication), `fraction`,
    `derivative`, `powered`, `number`, or `closed` for everything else. `start` is where the
    function began, `first` and `rest` are its LaTeX without and its argument.
    """

    kind: str = "closed"
    start: int = 0
    head: str = ""
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    r"""A `\sum_k` that ended at this level without a bracket: its index, its start, its body's."""

    index: str
    start: int
    body: int


class Cursor(ABC):
    """Tokens, the position among them, and the names that are known there."""

    def __init__(self, formula: Formula, names: Names, tokens: Sequence[Token]) -> None:
        self.formula = formula
        self.names = names
        self.tokens = list(tokens)
        self.position = 0
        self.bound: list[str] = []
        self.depth = 0
        self.bars = 0
        """How many absolute values by bare bars are open since the last bracket."""
        self.closed_bars: Span | None = None
        """Where the last of them stands that has been closed since then."""
        self.ending = Ending()
        self.reaches: list[Reach] = []
        self.side: Shape | None = None
        """The shape of the last side of the relation that is being read."""
        self.last_factor: tuple[Node | None, bool] = (None, False)
        """The last factor of the last term, and whether it had others before it."""
        self.defining = ""
        """The name whose definition is being read."""
        self.differentiated = False
        """Whether the bare name of a function may stand here: as the body of a derivative."""

    @abstractmethod
    def expression(self) -> Node:
        """A sum of terms, as far as it goes."""

    @abstractmethod
    def term(self) -> Node:
        """A product, up to `+` or `-`."""

    @abstractmethod
    def factor(self) -> Node:
        """One factor, with its power."""

    @abstractmethod
    def group(self) -> Node:
        """An expression in the braces of an argument or a script."""

    @abstractmethod
    def argument(self, command: str) -> Node:
        """An argument of `command`: a group, or one token."""

    @abstractmethod
    def script(self) -> Node:
        """What stands after `^`: a group, or one token."""

    @abstractmethod
    def large(self, *, strict: bool) -> Node:
        r"""A `\\sum` or `\\prod`. `strict`: what follows it could be outside."""

    # Moving.

    @property
    def token(self) -> Token:
        """The token at the position."""
        return self.tokens[self.position]

    def peek(self, distance: int) -> Token:
        """The token `distance` further."""
        return self.tokens[min(self.position + distance, len(self.tokens) - 1)]

    def at(self, *texts: str) -> bool:
        """Whether one of these symbols or commands is next."""
        return self.token.says(*texts)

    def advance(self) -> Token:
        """Step over one token, and return it."""
        token = self.token
        if token.kind != "stop":
            self.position += 1
        return token

    def expect(self, *texts: str) -> Token:
        """Step over one of these symbols. Raises ReadError when something else is there."""
        if self.at(*texts):
            return self.advance()
        raise self.unexpected(" ".join(texts))

    def digit(self) -> Token:
        r"""Step over the first digit of a number: TeX takes one token, `\frac12` is 1/2."""
        token = self.token
        if len(token.text) > 1:
            middle = token.at.start + 1
            first = Token("number", token.text[0], Span(token.at.start, middle))
            rest = Token("number", token.text[1:], Span(middle, token.at.stop))
            self.tokens[self.position : self.position + 1] = [first, rest]
        return self.advance()

    def check_argument(self) -> None:
        r"""Refuse a space where TeX takes an argument: in `x^\,2` nothing is raised."""
        if self.token.gap:
            raise self.error(
                self.token.at,
                "TeX takes the space before this as the argument",
                "leave the space out, or write braces around it and the argument",
            )

    def since(self, start: int) -> Span:
        """From the offset `start` to the end of the last token read."""
        return Span(start, self.tokens[max(self.position - 1, 0)].at.stop)

    def quote(self, at: Span) -> str:
        """The text at `at`, in one line."""
        return " ".join(self.formula.quote(at).split())

    # Names.

    def kind(self, name: str) -> str | None:
        """As in `Names`; a bound index is an `index`."""
        return "index" if name in self.bound else self.names.kind(name)

    # What may come next.

    def operand_follows(self) -> bool:
        """Whether a factor can begin here; something that is never read counts as one."""
        token = self.token
        if token.kind == "symbol":
            if token.text == "|":
                return token.side == "left" or (not token.side and not self.bars)
            if token.text == "\\|":
                return token.side == "left" or (not token.side and not self.bars)
            if token.text == ".":
                return token.side == "left"
            return token.text in (*OPENING, "{", "?", "!") and token.side != "right"
        if token.kind == "command":
            return token.text not in NOT_OPERANDS and token.text not in RELATIONS
        return token.kind in ("number", "letter", "begin")

    def name_follows(self, distance: int = 0) -> bool:
        """Whether a name begins here."""
        token = self.peek(distance)
        commands = (GREEK, ACCENTS, FONTS, UPRIGHT)
        return token.kind == "letter" or (
            token.kind == "command" and any(token.text in table for table in commands)
        )

    def bracket_follows(self) -> bool:
        """Whether an opening bracket is next."""
        return self.at(*OPENING) and self.token.side != "right" and self.token.gap != "wide"

    def arguments_follow(self) -> bool:
        r"""Whether a bracket is next, perhaps in braces as SymPy prints it."""
        braced = self.at("{") and self.peek(1).says(*OPENING) and self.peek(1).side != "right"
        return self.bracket_follows() or braced

    # Scopes.

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One level of nesting. Raises ReadError when there are too many."""
        if self.depth == DEEPEST_NESTING:
            raise self.formula.error(
                self.token.at,
                "the formula is nested more than {count} deep",
                "divide it, with definitions",
                count=DEEPEST_NESTING,
            )
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1

    @contextmanager
    def enclosed(self) -> Iterator[None]:
        """The inside of a pair of brackets or braces: bars outside do not end here."""
        saved = self.bars, self.closed_bars, self.differentiated
        self.bars, self.closed_bars = 0, None
        self.differentiated = False
        try:
            with self.deeper():
                yield
        finally:
            self.bars, self.closed_bars, self.differentiated = saved
        self.ending = Ending()

    # Errors.

    def error(
        self, at: Span, template: str, remedy: str | None = None, **fields: object
    ) -> ReadError:
        """A ReadError that points at `at`."""
        return self.formula.error(at, template, remedy, **fields)

    def ambiguous(self, at: Span, first: str, second: str) -> ReadError:
        """The error for a text with two readings."""
        return self.formula.ambiguous(at, first, second)

    def unexpected(self, expected: Message | str) -> ReadError:
        """The error for a token that cannot stand here."""
        token = self.token
        if token.kind == "stop":
            at = Span(token.at.start, token.at.start + 1)
            return self.error(
                at, "the formula ends where {expected} is expected", expected=expected
            )
        if token.kind == "text":
            return self.error(
                token.at,
                "words inside a formula are not read",
                "a reason stands after {separator}, a name of several letters is {name}",
                separator="&& or \\quad",
                name="\\mathrm{...}",
            )
        return self.error(
            token.at,
            "{expected} is expected here, not {found}",
            found=self.formula.quote(token.at),
            expected=expected,
        )

    def following(self) -> Span:
        """Where the factor that follows stands, for an error message."""
        start = self.token.at
        try:
            self.factor()
            return self.since(start.start)
        except ReadError:
            return start


def log_like(token: Token) -> bool:
    """Whether the token is a function that may go without brackets."""
    return token.kind == "command" and token.text in LOG_LIKE
