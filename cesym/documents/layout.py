r"""The picture of a formula: LaTeX -> rows, fractions, scripts and brackets, as an author laid them
out.

Nothing is understood here, so that any formula that stands in a page can be shown, whether it is a
claim or only prose. The tree is walked by `cesym.documents.unicode`, which writes it into one line,
and by `cesym.documents.width`, which measures it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cesym.errors import ReadError
from cesym.reader.latex.formula import DEEPEST_NESTING, Formula
from cesym.reader.latex.tables import ACCENTS, FONTS, UPRIGHT, WIDE_SPACES
from cesym.reader.latex.tokens import Token, tokenize
from cesym.reader.syntax import Span

ALPHABETS = frozenset({"\\mathbb", *FONTS})
"""Commands that set letters in another alphabet."""

SCALED = {"\\dfrac": "\\frac", "\\tfrac": "\\frac"}
OPENING = frozenset({"(", "[", "\\{", "\\langle", "\\lfloor", "\\lceil"})
CLOSING = frozenset({")", "]", "\\}", "\\rangle", "\\rfloor", "\\rceil"})


@dataclass(frozen=True, slots=True)
class Glyph:
    r"""One token: a letter, a number, a command such as `\alpha` or `\le`, or a symbol."""

    text: str


@dataclass(frozen=True, slots=True)
class Words:
    r"""Upright text: the inside of a `\text`, or the name of a function in `\operatorname`."""

    text: str
    name: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Things side by side."""

    items: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Fraction:
    """One row over another."""

    above: Row
    below: Row


@dataclass(frozen=True, slots=True)
class Root:
    """A square root, or a root of another degree."""

    inside: Row
    degree: Row | None = None


@dataclass(frozen=True, slots=True)
class Scripts:
    """`base` with something below and above at its right."""

    base: Picture
    below: Row | None = None
    above: Row | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    r"""A row under an accent (`\hat`) or in another alphabet (`\mathbb`)."""

    command: str
    inside: Row


@dataclass(frozen=True, slots=True)
class Fenced:
    """A row between brackets; a side that is not drawn is empty."""

    left: str
    inside: Row
    right: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, as in `cases` and `aligned`."""

    environment: str
    rows: tuple[tuple[Row, ...], ...]


Picture = Glyph | Words | Row | Fraction | Root | Scripts | Marked | Fenced | Table


def picture(latex: str) -> Row:
    r"""The picture of a formula. Raises ReadError for what is no LaTeX at all: an open brace, a
    missing argument.

    >>> picture(r"\frac{1}{N} x_k")
    Row(items=(Fraction(above=Row(items=(Glyph(text='1'),)), below=Row(items=(Glyph(text='N'),))),
    Scripts(base=Glyph(text='x'), below=Row(items=(Glyph(text='k'),)), above=None)))
    """
    formula = Formula(latex)
    kept = [t for t in tokenize(formula) if t.kind != "space" or t.text in WIDE_SPACES]
    painter = _Painter(formula, [t for t in kept if t.kind != "label"])
    row = painter.row(lambda _: False)
    painter.expect_stop()
    return row


class _Painter:
    """A position among tokens. Each method reads one thing and leaves the position after it."""

    def __init__(self, formula: Formula, tokens: Sequence[Token]) -> None:
        self.formula = formula
        self.tokens = list(tokens)
        self.position = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.position]

    def advance(self) -> Token:
        token = self.token
        self.position += token.kind != "stop"
        return token

    def error(self, token: Token) -> ReadError:
        if token.kind == "stop":
            return self.formula.error(token.at, "the formula ends too early")
        return self.formula.error(
            token.at, "{text} cannot stand here", text=self.formula.quote(token.at)
        )

    def expect(self, *texts: str) -> None:
        if not self.token.says(*texts):
            raise self.error(self.token)
        self.advance()

    def expect_stop(self) -> None:
        if self.token.kind != "stop":
            raise self.error(self.token)

    def row(self, ends: Callable[[Token], bool]) -> Row:
        """Everything up to a token at which the row ends."""
        if self.depth == DEEPEST_NESTING:
            raise self.formula.error(
                self.token.at,
                "the formula is nested more than {count} deep",
                "divide it, with definitions",
                count=DEEPEST_NESTING,
            )
        self.depth += 1
        items: list[Picture] = []
        while self.token.kind not in ("stop", "end", "row") and not ends(self.token):
            if self.token.says("^", "_", "'"):
                items.append(self.scripts(items.pop() if items else Row(())))
            else:
                items.append(self.item())
        self.depth -= 1
        return Row(tuple(items))

    def item(self) -> Picture:
        """One thing without its scripts."""
        token = self.advance()
        if token.kind == "text":
            return Words(token.text)
        if token.kind == "begin":
            return self.table(token)
        if token.kind == "symbol" and self.formula.quote(token.at) in ("\\times", "×"):
            return Glyph("\\times")
        if token.kind == "symbol":
            return self.symbol(token)
        if token.kind != "command":
            return Glyph(token.text)
        return self.command(token)

    def symbol(self, token: Token) -> Picture:
        if token.text == "{":
            inside = self.row(lambda t: t.says("}"))
            self.expect("}")
            return inside
        if token.text == "}":
            raise self.error(token)
        if token.side == "left":
            return self.fenced(token, lambda t: t.side == "right")
        if token.text in OPENING and not token.side:
            return self.fenced(token, lambda t: t.text in CLOSING and not t.side)
        return Glyph(token.text)

    def fenced(self, left: Token, ends: Callable[[Token], bool]) -> Picture:
        """Brackets up to the closing one; an opening bracket alone where there is none (`[0, 1)`
        has one).
        """
        start = self.position
        inside = self.row(lambda t: (t.kind in ("symbol", "command") and ends(t)) or t.says("}"))
        if self.token.kind in ("symbol", "command") and ends(self.token):
            right = self.advance()
            return Fenced(_drawn(left), inside, _drawn(right))
        self.position = start
        return Glyph(left.text)

    def command(self, token: Token) -> Picture:
        name = SCALED.get(token.text, token.text)
        if name == "\\frac":
            return Fraction(self.argument(), self.argument())
        if name == "\\sqrt":
            return self.root()
        if name == "\\boxed":
            return self.argument()
        if name in UPRIGHT:
            return Words(_spelled(self.argument()), name=True)
        if name in ACCENTS or name in ALPHABETS:
            return Marked(name, self.argument())
        if name in OPENING:
            return self.fenced(token, lambda t: t.text in CLOSING)
        return Glyph(name)

    def root(self) -> Root:
        degree = None
        if self.token.says("["):
            self.advance()
            degree = self.row(lambda t: t.says("]"))
            self.expect("]")
        return Root(self.argument(), degree)

    def argument(self) -> Row:
        """A group in braces, or one thing."""
        if self.token.kind in ("stop", "end", "row") or self.token.says("}", "&"):
            raise self.error(self.token)
        if self.token.kind == "number" and len(self.token.text) > 1:
            return self.digit()
        item = self.item()
        return item if isinstance(item, Row) else Row((item,))

    def digit(self) -> Row:
        r"""The first digit of a number, which is all that TeX takes for an argument: `\frac12`."""
        token = self.token
        rest = Span(token.at.start + 1, token.at.stop)
        self.tokens[self.position] = Token("number", token.text[1:], rest)
        return Row((Glyph(token.text[0]),))

    def scripts(self, base: Picture) -> Scripts:
        """All scripts of one base."""
        below: Row | None = None
        above: list[Picture] = []
        while self.token.says("^", "_", "'"):
            mark = self.advance()
            if mark.text == "'":
                above.append(Glyph("'"))
            elif mark.text == "^":
                above.extend(self.argument().items)
            elif below is None:
                below = self.argument()
            else:
                raise self.error(mark)
        return Scripts(base, below, Row(tuple(above)) if above else None)

    def table(self, begin: Token) -> Table:
        """An environment of rows and cells."""
        rows: list[tuple[Row, ...]] = []
        cells: list[Row] = []
        while True:
            cells.append(self.row(lambda t: t.says("&")))
            token = self.advance()
            if token.says("&"):
                continue
            rows.append(tuple(cells))
            cells = []
            if token.kind == "row":
                continue
            if token.kind != "end" or token.text != begin.text:
                raise self.error(token)
            kept = [row for row in rows if any(cell.items for cell in row)]
            return Table(begin.text, tuple(kept))


def _drawn(token: Token) -> str:
    return "" if token.text == "." else token.text


def _spelled(row: Row) -> str:
    """The letters of a name, as in `\\operatorname{softplus}`."""
    return "".join(getattr(item, "text", "") for item in row.items)
