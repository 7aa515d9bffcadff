r"""Norms, and the divergence of Jensen and Shannon: signs that are spelled out."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Protocol

from cesym.errors import ReadError
from cesym.reader.latex.formula import Formula
from cesym.reader.latex.products import NUMBER, Shape
from cesym.reader.latex.walks import check_power, children
from cesym.reader.syntax import Binary, Call, Node, Number

COPIED = frozenset({"js:", *(f"norm:{kind}" for kind in ("", "1", "2", "F"))})
MOST_COPIED = 3


class Shapes(Protocol):
    """The walk of `cesym.reader.latex.shapes`."""

    @property
    def formula(self) -> Formula:
        """The text."""
        ...

    def read(self, node: Node) -> tuple[Node, Shape]:
        """What a node means, and its shape."""
        ...

    def number(self, node: Node) -> Node:
        """What a node means that must be a number."""
        ...

    def error(self, node: Node, template: str, remedy: str | None = None, **f: object) -> ReadError:
        """A ReadError that points at `node`."""
        ...


def read(walk: Shapes, call: Call, power: Binary | None = None) -> tuple[Node, Shape]:
    r"""`\|x\|`, `\|x\|_1`, `\|x\|_2^2`, `\|A\|_F`: of a number its absolute value."""
    whole = power or call
    check_copies(walk, call)
    operand, shape = walk.read(call.arguments[0])
    kind = call.function.removeprefix("norm:")
    squared = power is not None and power.right == Number(Fraction(2))
    exponent = walk.number(power.right) if power else None
    if not shape.sizes and kind in ("", "1", "2"):
        root = operand if squared else Call("abs", (operand,), call.at)
    elif len(shape.sizes) == 1 and not shape.row and kind == "1":
        root = Call("sum", (Call("abs", (operand,), call.at),), call.at)
    elif len(shape.sizes) == 1 and not shape.row and kind in ("", "2"):
        square = Call("dot", (operand, operand), call.at)
        if squared:
            return replace(square, at=whole.at), NUMBER
        root = Call("sqrt", (square,), call.at)
    elif len(shape.sizes) == 2 and kind == "F":
        square = Call("sum", (Binary("*", operand, operand, call.at),), call.at)
        if squared:
            return replace(square, at=whole.at), NUMBER
        root = Call("sqrt", (square,), call.at)
    else:
        raise walk.error(
            call,
            "this norm is not read",
            "the norms are {norms}",
            norms="\\|v\\|, \\|v\\|_1, \\|v\\|_2, \\|A\\|_F",
        )
    if power is None or exponent is None:
        return root, NUMBER
    found = Binary("^", root, exponent, power.at)
    check_power(walk.formula, found)
    return found, NUMBER


def check_copies(walk: Shapes, node: Call) -> None:
    """Check that what is written once and computed twice does not hold many of its kind."""
    pending, inside = [*node.arguments], 0
    while pending:
        part = pending.pop()
        inside += isinstance(part, Call) and part.function in COPIED
        pending.extend(children(part))
    if inside > MOST_COPIED:
        raise walk.error(
            node,
            "a norm or divergence of more than {count} others is not read",
            "divide it, with definitions",
            count=MOST_COPIED,
        )


def jensen_shannon(node: Call) -> Node:
    """Half the divergences of two distributions from their mean."""
    at, half = node.at, Number(Fraction(1, 2), node.at)
    first, second = node.arguments
    mean = Binary("*", half, Binary("+", first, second, at), at)
    p, q = (Call("kl", (argument, mean), at) for argument in (first, second))
    return Binary("*", half, Binary("+", p, q, at), at)
