"""How often the values of a program are used, and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from cesym.codegen.nodes import Node


def uses(nodes: Iterable[Node]) -> Counter[Node]:
    """How often each operation is used, where what is inside one that is shared counts once."""
    counts: Counter[Node] = Counter()

    def visit(node: Node) -> None:
        counts[node] += 1
        if counts[node] == 1:
            for operand in node.operands:
                visit(operand)

    for node in nodes:
        visit(node)
    return counts


def at_the_end(results: Iterable[Node], uses: Counter[Node]) -> Iterator[Node]:
    """What is rounded at once, or only after one sum: its hi and lo may overlap."""
    for node in results:
        if uses[node] == 1:
            yield node
            if node.head in ("+", "-"):
                yield from (operand for operand in node.operands if uses[operand] == 1)
