r"""The range of `\sum_k` where the text leaves it out: that of the vectors that `k` is an index of.

It is inferred only where every one of them has the same size; else the text must say it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from cesym.reader.latex.formula import Formula
from cesym.reader.latex.walks import children
from cesym.reader.names import Names
from cesym.reader.syntax import BigOperator, Constant, Name, Node, Number, Subscript

UNSAID = Constant("unsaid")
"""Stands for a limit of a sum that is not written."""

FIRST = Number(Fraction(1))


def find_range(
    formula: Formula,
    names: Names,
    node: BigOperator,
    sizes_of: Callable[[Node], tuple[str, ...]],
) -> BigOperator:
    """The sum with its limits; `sizes_of` tells the sizes of what carries a subscript. Raises
    ReadError where the limits cannot be told.
    """
    sizes = _sizes(node.body, node.index, sizes_of)
    if names.kind(node.index) == "index":
        sizes |= set(names.shape(node.index))
    written = node.upper if node.upper != UNSAID else None
    clear = len(sizes) == 1 and (written is None or _spelled(written) in sizes)
    if not clear or node.lower not in (UNSAID, FIRST):
        raise _unclear(formula, node, sizes)
    (size,) = sizes
    upper = written or (Number(Fraction(int(size))) if size.isdigit() else Name(size))
    return replace(node, lower=replace(FIRST, at=node.at), upper=replace(upper, at=node.at))


def _spelled(node: Node) -> str:
    match node:
        case Name(name):
            return name
        case Number(value):
            return str(value)
        case _:
            return ""


def _sizes(body: Node, index: str, sizes_of: Callable[[Node], tuple[str, ...]]) -> set[str]:
    """The sizes of the axes that `index` runs along in `body`."""
    found: set[str] = set()
    pending = [body]
    while pending:
        node = pending.pop()
        if isinstance(node, BigOperator) and node.index == index:
            continue
        if isinstance(node, Subscript) and Name(index) in node.indices:
            pairs = zip(sizes_of(node.base), node.indices, strict=True)
            found.update(size for size, place in pairs if place == Name(index))
        pending.extend(children(node))
    return found


def _unclear(formula: Formula, node: BigOperator, sizes: set[str]) -> Exception:
    command = "\\sum" if node.kind == "sum" else "\\prod"
    unequal = ""
    if node.excluded is not None:
        unequal = f",\\, {node.index} \\ne {formula.quote(node.excluded.at)}"
    return formula.error(
        node.at,
        "the range of {command} is not clear",
        "write both limits, for example {example}",
        command=command,
        example=f"{command}_{{{node.index}=1{unequal}}}^{{{min(sizes, default='K')}}}",
    )
