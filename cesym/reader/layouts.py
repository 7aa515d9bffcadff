r"""Equations between vectors and matrices, written in another layout of derivatives.

In `\nabla_w J = X^\top e` both sides are columns. The numerator layout writes the derivative of a
number by a column as a row, so both sides are transposed: `\frac{\partial J}{\partial w} = e^\top
X`. Products turn round. What was written is read and proved like any other line; nothing here is
trusted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cesym.errors import ReadError
from cesym.reader.latex.arrays import DENOMINATOR, NUMERATOR
from cesym.reader.latex.displays import reader_of
from cesym.reader.latex.expressions import Reader
from cesym.reader.latex.formula import LONGEST_DISPLAY, Formula
from cesym.reader.latex.optima import read_infinity
from cesym.reader.latex.products import NUMBER, Shape
from cesym.reader.latex.rows import read_sentences
from cesym.reader.latex.sayings import says_more
from cesym.reader.latex.shapes import Resolver
from cesym.reader.latex.statements import read_relation
from cesym.reader.latex.walks import BESIDE, children
from cesym.reader.names import Names
from cesym.reader.respelling import Edit
from cesym.reader.syntax import (
    Binary,
    Call,
    Derivative,
    Gradient,
    Name,
    Negate,
    Node,
    Span,
    Transpose,
)

_OPENING = re.compile(r"(?:\\(?:left|[Bb]igg?l?)\s*)?[(\[]")
_CLOSING = re.compile(r"(?:\\(?:right|[Bb]igg?r?)\s*)?[)\]]$")


def relaid(formula: Formula, names: Names, layout: str) -> Iterator[Edit]:
    r"""How the sides are written of the equations about a derivative by a whole vector or matrix in
    a display, and whatever else changes in it for `layout`. `names` holds the layout that it is in.

    Raises ReadError for a display that cannot be read, or written so.

    >>> from cesym.reader.latex import parse_inline
    >>> from cesym.terms.context import Context
    >>> found = parse_inline(r"A \in \mathbb{R}^{N \times D}, w \in \mathbb{R}^D", Context())
    >>> names = Context().declare(*found)
    >>> formula = Formula(r"\frac{\partial (A w)}{\partial w^\top} = A")
    >>> [edit.latex for edit in relaid(formula, names, "denominator")]
    ['\\frac{\\partial (A w)}{\\partial w}', 'A^\\top']
    """
    if "\\nabla" not in formula.text and "\\partial" not in formula.text:
        return
    for rows in read_sentences(formula.limited(LONGEST_DISPLAY)):
        cursor = reader_of(formula, names, rows)
        if says_more(cursor.tokens):
            continue
        defined = any(token.says(":=") for token in cursor.tokens)
        while defined and not cursor.advance().says(":="):
            pass
        yield from _Writer(formula, names, layout).chain(_operands(cursor))


def _operands(cursor: Reader) -> list[Node]:
    """The sides of a chain as written, before their shapes are known."""
    found: list[Node] = []
    while True:
        cursor.reaches = []
        if cursor.at("?"):
            cursor.advance()
        elif not read_infinity(cursor):
            found.append(cursor.expression())
        if cursor.token.kind == "stop":
            return found
        read_relation(cursor)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the parts of a formula in `layout`, each as it is or transposed."""

    formula: Formula
    names: Names
    layout: str

    def chain(self, operands: list[Node]) -> Iterator[Edit]:
        """The sides of a chain; all are transposed if a side is a derivative of another layout."""
        found = [node for node in operands if self.way(node)]
        fractions = [node for node in found if isinstance(node, Derivative)]
        whole = fractions or found
        ways = {self.way(node) for node in whole}
        if len(ways) > 1:
            raise self.error(operands[0], "these derivatives are written in two layouts")
        arrays = bool(whole) or (
            any(map(self.holds_derivative, operands)) and self.shape(operands[0]) != NUMBER
        )
        if whole:
            turn = ways != {self.layout}
        else:
            turn = self.flips(operands, turn=True) < self.flips(operands, turn=False)
        for node in operands:
            if node in whole:
                latex = self.fraction(node)
            elif arrays:
                latex = self.write(node, turn=turn)
            else:
                latex = self.kept(node)
            if latex != self.text(node.at) and self.spans_rows(node):
                raise self.error(node, "this side goes over two rows")
            if arrays or latex != self.text(node.at):
                yield Edit(node.at, latex)

    def error(self, node: Node, template: str) -> ReadError:
        """A line that cannot be written in another layout."""
        return self.formula.error(
            node.at, template, "write each side in one row, with derivatives of one layout"
        )

    def spans_rows(self, node: Node) -> bool:
        """Whether a row ends inside a node."""
        return "\\\\" in self.text(node.at)

    def text(self, at: Span) -> str:
        """The text as it stands."""
        return self.formula.quote(at)

    def shape(self, node: Node) -> Shape:
        """The shape of a node."""
        return Resolver(self.formula, self.names).read(node)[1]

    # Derivatives.

    def way(self, node: Node) -> str | None:
        r"""The layout in which the value of a derivative is written; None for other nodes, and for
        second derivatives, whose matrix is symmetric.

        `\nabla_w J` is what the denominator layout calls the derivative by `w`, and
        `\frac{\partial f}{\partial w^\top}` what the numerator layout does.
        """
        if isinstance(node, Gradient):
            return DENOMINATOR if node.kind == "grad" and self.shape(node) != NUMBER else None
        if not isinstance(node, Derivative) or len(node.variables) != 1:
            return None
        variable, order = node.variables[0]
        if isinstance(variable, Transpose):
            return NUMERATOR
        if order == 1 and isinstance(variable, Name) and self.names.kind(variable.name) == "vector":
            return self.names.layout or DENOMINATOR
        if self.shape(node) != NUMBER:
            return self.names.layout or NUMERATOR
        return None

    def fraction(self, node: Node) -> str:
        """A derivative as a fraction, as `layout` writes it."""
        if isinstance(node, Gradient):
            body, variable = self.text(node.body.at), self.text(node.variable.at)
            if isinstance(node.body, Name | Call) and not _OPENING.match(body):
                return rf"\frac{{\partial {body}}}{{\partial {variable}}}"
            return rf"\frac{{\partial}}{{\partial {variable}}} {body}"
        assert isinstance(node, Derivative)
        variable = _variable(node)
        before, after = Span(node.at.start, variable.at.start), Span(variable.at.stop, node.at.stop)
        inner = variable.operand if isinstance(variable, Transpose) else variable
        text = self.text(before) + self.text(inner.at) + self.text(after)
        if self.bracketed(node):
            text = _CLOSING.sub("", _OPENING.sub("", text, count=1)).strip()
        return text

    # Everything else.

    def kept(self, node: Node) -> str:
        """A part of a formula of numbers, with the same value: only derivatives that would change
        their meaning are written otherwise.
        """
        way = self.way(node) if isinstance(node, Derivative) else None
        if way not in (None, self.layout) and not isinstance(_variable(node), Transpose):
            assert isinstance(node, Derivative)
            variable = _variable(node)
            if way == DENOMINATOR and self.shape(node.body) == NUMBER:
                return rf"\nabla_{{{self.text(variable.at)}}} {self.text(node.body.at)}"
            return rf"\left( {self.text(node.at)} \right)^\top"
        return self.rebuilt(node, [self.kept(part) for part in children(node)])

    def rebuilt(self, node: Node, parts: list[str]) -> str:
        """A node with other texts for its parts."""
        pieces, at = [], node.at.start
        placed = sorted(zip(children(node), parts, strict=True), key=lambda one: one[0].at.start)
        for part, latex in placed:
            if part.at.start < at or part.at.stop > node.at.stop:
                continue  # what the text does not show, such as the range of a sum
            pieces += [self.text(Span(at, part.at.start)), latex]
            at = part.at.stop
        return "".join([*pieces, self.text(Span(at, node.at.stop))])

    def holds_derivative(self, node: Node) -> bool:
        """Whether a derivative by a vector stands in a node."""
        return bool(self.way(node)) or any(map(self.holds_derivative, children(node)))

    def flips(self, nodes: Sequence[Node], *, turn: bool) -> int:
        """How many derivatives have to be transposed when `nodes` are written."""
        return sum(
            ((self.way(node) == self.layout) == turn)
            if isinstance(node, Derivative) and self.way(node)
            else self.flips(children(node), turn=turn != isinstance(node, Transpose))
            for node in nodes
        )

    def write(self, node: Node, *, turn: bool) -> str:
        """A vector or matrix of an equation, transposed if `turn`."""
        return " ".join(self.factors(node, turn=turn))

    def factors(self, node: Node, *, turn: bool) -> list[str]:
        """The same, with the numbers before it apart."""
        if not turn and not self.holds_derivative(node):
            return [self.text(node.at)]
        if isinstance(node, Gradient):
            return [self.flipped(self.text(node.at)) if turn else self.text(node.at)]
        if way := self.way(node):
            text = self.fraction(node)
            return [text if (way == self.layout) != turn else self.flipped(text)]
        if turn and self.shape(node) == NUMBER:
            return [self.kept(node)]
        if self.bracketed(node):
            return [self.brackets(node, turn=turn)]
        match node:
            case Transpose(operand):
                return self.factors(operand, turn=not turn)
            case Negate(operand):
                return [f"-{self.write(operand, turn=turn)}"]
            case Binary("+" | "-", left, right) if NUMBER not in (
                self.shape(left),
                self.shape(right),
            ):
                sign = self.text(Span(left.at.stop, right.at.start))
                return [self.write(left, turn=turn) + sign + self.write(right, turn=turn)]
            case Binary(operator, left, right) if operator in (BESIDE, "*", "@"):
                return self.product(left, right, turn=turn)
            case Call("diag"):
                return [self.text(node.at)]
            case _ if turn:
                return [self.flipped(self.kept(node))]
            case _:
                return [self.kept(node)]

    def product(self, left: Node, right: Node, *, turn: bool) -> list[str]:
        """Two factors; the product of two arrays turns round."""
        if not turn:
            sign = self.text(Span(left.at.stop, right.at.start))
            return [self.write(left, turn=False) + sign + self.write(right, turn=False)]
        if self.shape(left) == NUMBER:
            return [self.kept(left), *self.factors(right, turn=True)]
        if self.shape(right) == NUMBER:
            return [self.kept(right), *self.factors(left, turn=True)]
        *numbers, first = self.factors(left, turn=True)
        *more, second = self.factors(right, turn=True)
        return [*numbers, *more, f"{second} {first}"]

    def bracketed(self, node: Node) -> bool:
        """Whether the text of a node is all in brackets."""
        inside = any(part.at.start == node.at.start for part in children(node))
        return bool(_OPENING.match(self.text(node.at))) and not inside

    def brackets(self, node: Node, *, turn: bool) -> str:
        """What stands in brackets: transposed as a whole, unless a derivative is inside."""
        text = self.text(node.at)
        if not self.holds_derivative(node):
            return f"{text}^\\top"
        return self.flipped(self.kept(node)) if turn else self.kept(node)

    def flipped(self, text: str) -> str:
        """A text with the sign of transposition."""
        name = re.fullmatch(r"\\?[A-Za-z]+", text)
        called = re.fullmatch(r"\\(?:operatorname\{\w+\}|[a-z]+)\([^()]*\)", text)
        return f"{text}^\\top" if name or called else rf"\left( {text} \right)^\top"


def _variable(node: Node) -> Node:
    assert isinstance(node, Derivative)
    return node.variables[0][0]
