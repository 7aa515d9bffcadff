"""The layout of Python code: lines that fit, brackets that are opened where they do not."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from cesym.codegen.common import Line, straight_lines
from cesym.codegen.nodes import Node
from cesym.codegen.spelling import Spelling, spell

WIDTH = 88
"""The width that formatters of Python code take if they are not told another."""


def bracketed(start: str, items: Sequence[str], end: str, *, indent: int = 0) -> str:
    """`start items end` on one line, or two, or else with a line for every item.

    >>> bracketed("f(", ["x", "y"], ")")
    'f(x, y)'
    """
    line = f"{start}{', '.join(items)}{end}"
    if len(line) <= WIDTH:
        return line
    margin = " " * indent
    return "\n".join([start, *(f"{margin}    {item}," for item in items), f"{margin}{end}"])


def body(
    programs: Mapping[str, Node], taken: Collection[str], table: Mapping[str, Spelling]
) -> list[str]:
    """Indented lines after which every result stands under its name.

    >>> from cesym.codegen.nodes import argument, operation
    >>> from cesym.codegen.spelling import ARITHMETIC
    >>> x = argument("x")
    >>> body({"square": operation("*", x, x)}, {"x"}, ARITHMETIC)
    ['    square = x * x']
    """

    def text(name: str, node: Node) -> str:
        return f"    {name} = {spell(node, table)}"

    def written(line: Line) -> str:
        return text(line.name, line.value)

    lines = straight_lines(programs, taken, lambda name, node: len(text(name, node)) <= WIDTH)
    return [*map(written, lines)]
