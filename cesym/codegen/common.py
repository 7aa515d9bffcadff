"""Programs as straight lines of code: what occurs twice is computed once, under a name.

So `e^-|s|` is computed once for the loss, its gradient and whatever else is asked for with them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from cesym.codegen.nodes import Node, argument
from cesym.codegen.sharing import uses

LETTERS = "abcdefghijklmnopqruvwxyz"
"""Names of variables; `t` is kept for exponentials."""


@dataclass(frozen=True, slots=True)
class Line:
    """`name = value`."""

    name: str
    value: Node


Fits = Callable[[str, Node], bool]
"""Whether the line `name = value` is short enough."""


def straight_lines(results: Mapping[str, Node], taken: Collection[str], fits: Fits) -> list[Line]:
    """Lines after which every result stands under its name; the results come last.

    Names are none of those `taken`. Operations keep their operands, so that the results are the
    floats that each would be on its own.

    >>> from cesym.codegen.nodes import operation
    >>> x = argument("x")
    >>> root = operation("sqrt", x)
    >>> lines = straight_lines({"r": operation("*", root, root)}, {"x"}, lambda *_: True)
    >>> [(line.name, line.value.head) for line in lines]
    [('a', 'sqrt'), ('r', '*')]
    """
    return _Straightening({*taken, *results}, fits, _shared(results.values())).lines(results)


def _shared(nodes: Collection[Node]) -> frozenset[Node]:
    """The operations that occur more than once."""
    return frozenset(n for n, count in uses(nodes).items() if count > 1 and not n.is_leaf)


@dataclass(slots=True)
class _Straightening:
    """One run. `named` holds what stands under a name already."""

    taken: set[str]
    fits: Fits
    shared: frozenset[Node]
    named: dict[Node, Node] = field(default_factory=dict)
    written: list[Line] = field(default_factory=list)

    def lines(self, results: Mapping[str, Node]) -> list[Line]:
        ends = [(name, self.short(name, self.use(node))) for name, node in results.items()]
        return [*self.written, *(Line(name, value) for name, value in ends)]

    def use(self, node: Node) -> Node:
        """`node` with what is shared replaced by names; itself a name if it is shared."""
        if node in self.named or node.is_leaf:
            return self.named.get(node, node)
        value = Node(node.head, tuple(self.use(operand) for operand in node.operands))
        if node in self.shared:
            value = self.named[node] = self.name(value)
        return value

    def name(self, value: Node) -> Node:
        """A variable that holds `value`, after one more line."""
        name = next(n for n in self.candidates(value) if n not in self.taken)
        self.taken.add(name)
        value = self.short(name, value)
        self.written.append(Line(name, value))
        return argument(name)

    @staticmethod
    def candidates(value: Node) -> Iterator[str]:
        if value.head == "exp":
            yield "t"
        yield from LETTERS
        yield from (f"{letter}{number}" for number in range(1, 100) for letter in LETTERS)

    def short(self, name: str, value: Node) -> Node:
        """`value` made to fit by giving its largest operand a line of its own, again and again."""
        while not self.fits(name, value):
            largest = max(value.operands, key=lambda operand: sum(1 for _ in operand.walk()))
            if largest.is_leaf:
                return value
            variable = self.name(largest)
            operands = tuple(variable if o == largest else o for o in value.operands)
            value = Node(value.head, operands)
        return value
