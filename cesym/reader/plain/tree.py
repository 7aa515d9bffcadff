"""Scanned text into Python's tree, with places in the text; and the numbers written in it.

The tree comes from `ast.parse`, which runs nothing. Only what `scan` let pass is given to it.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from fractions import Fraction

from cesym.errors import ReadError
from cesym.reader.latex.formula import DEEPEST_NESTING, Formula
from cesym.reader.plain.scan import IFF, scan, too_deep
from cesym.reader.syntax import Span

DEEPEST_TREE = 2 * DEEPEST_NESTING
"""Nodes inside each other: a sum of n terms is n deep."""

LARGEST_POWER = 64
"""The largest exponent of a number."""

LARGEST_FACTORIAL = 1000
"""The largest number given to lgamma: its exact value is the logarithm of a factorial."""

LONGEST_VALUE = 20_000
"""Binary digits of the numerator and denominator of a number that is written as a formula."""


@dataclass(frozen=True, slots=True)
class Tree:
    """Python's tree of the part `at` of a formula, which it was given in brackets."""

    formula: Formula
    root: ast.expr
    at: Span

    def span(self, node: ast.expr) -> Span:
        """Where `node` stands in the text of the formula."""
        stop = node.col_offset + 1 if node.end_col_offset is None else node.end_col_offset
        shift = self.at.start - 1
        return Span(max(node.col_offset + shift, self.at.start), min(stop + shift, self.at.stop))

    def quote(self, node: ast.expr) -> str:
        """The text of `node`."""
        return self.formula.quote(self.span(node))

    def literal(self, node: ast.Constant) -> Fraction:
        """The number that is written: `0.1` is 1/10. Python would make it a float."""
        return Fraction(self.quote(node))

    def error(
        self, node: ast.expr, template: str, remedy: str | None = None, **fields: object
    ) -> ReadError:
        """A ReadError that points at `node`."""
        return self.formula.error(self.span(node), template, remedy, **fields)


def tree_of(formula: Formula, at: Span | None = None) -> Tree:
    """The tree of `formula`, or of a part of it, within all limits. Raises ReadError.

    >>> ast.dump(tree_of(Formula("x + y")).root.op)
    'Add()'
    """
    at = at or Span(0, len(formula.text))
    tokens = scan(formula, at)
    if (lone := next((token for token in tokens if token.text == "="), None)) is not None:
        raise formula.error(lone.at, "a single = is not a relation", "write ==")
    flat = "".join(" " if c.isspace() else c for c in formula.quote(at))
    for token in tokens:
        if token.text == IFF:  # what binds more loosely than a relation, in as many letters
            start = token.at.start - at.start
            if start and flat[start - 1].isalnum():
                raise formula.error(token.at, "a blank is missing before iff", "write one")
            flat = flat[:start] + "or " + flat[start + len(IFF) :]
    try:
        root = ast.parse(f"({flat})", mode="eval").body
    except SyntaxError as error:
        column = at.start + max(error.offset or 1, 2) - 2
        raise formula.error(Span(column, column + 1), "this cannot be read") from None
    except (RecursionError, MemoryError):
        raise too_deep(formula, at) from None
    tree = Tree(formula, root, at)
    _limit_depth(tree)
    exact(tree, root)
    return tree


def _limit_depth(tree: Tree) -> None:
    level = [tree.root]
    for _ in range(DEEPEST_TREE):
        level = [child for node in level for child in parts(node)]
    if level:
        raise tree.error(
            level[0],
            "a sum, product or power of more than {count} parts, or as many brackets, is not read",
            "divide it, with definitions; for many like terms write sum(..., (k,1,K))",
            count=DEEPEST_TREE,
        )


def parts(node: ast.AST) -> list[ast.expr]:
    """The expressions directly inside `node`."""
    return [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]


def exact(tree: Tree, node: ast.AST) -> Fraction | None:
    """The value of a formula of numbers only, None for any other.

    Raises ReadError for a number, anywhere inside, that is too large to be worked out.

    >>> tree = tree_of(Formula("-2**3/4"))
    >>> exact(tree, tree.root)
    Fraction(-2, 1)
    """
    match node:
        case ast.Constant(value=str()):
            return None
        case ast.Constant():
            return tree.literal(node)
        case ast.UnaryOp(op=op, operand=operand):
            value = exact(tree, operand)
            return -value if value is not None and isinstance(op, ast.USub) else value
        case ast.BinOp(left=left, op=op, right=right):
            a, b = exact(tree, left), exact(tree, right)
            return None if a is None or b is None else _apply(tree, node, op, a, b)
    values = [exact(tree, child) for child in parts(node)]
    if isinstance(node, ast.Call) and tree.quote(node.func) == "lgamma":
        large = [value for value in values if value is not None and value > LARGEST_FACTORIAL]
        if large:
            raise tree.error(
                node, "lgamma of a number beyond {count} is not read", count=LARGEST_FACTORIAL
            )
    return None


def _apply(
    tree: Tree, node: ast.BinOp, op: ast.operator, a: Fraction, b: Fraction
) -> Fraction | None:
    match op:
        case ast.Add():
            value = a + b
        case ast.Sub():
            value = a - b
        case ast.Mult():
            value = a * b
        case ast.Div() if b:
            value = a / b
        case ast.Pow():
            if abs(b) > LARGEST_POWER:
                raise tree.error(
                    node, "a number to a power beyond {count} is not read", count=LARGEST_POWER
                )
            if b.denominator != 1 or (a == 0 and b < 0):
                return None
            value = Fraction(a ** int(b))
        case _:
            return None
    if value.numerator.bit_length() + value.denominator.bit_length() > LONGEST_VALUE:
        raise tree.error(node, "this number has too many digits")
    return value
