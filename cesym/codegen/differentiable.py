"""What the targets that differentiate by themselves share: kernels, and which function is the
derivative of which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from flint import ctx

from cesym.codegen.functions import REDUCED, Function, Functions
from cesym.codegen.layout import body, bracketed
from cesym.codegen.nodes import CONSTANT, NUMBER, Node, number
from cesym.codegen.partials import Partials, partials_of
from cesym.codegen.spelling import Spelling
from cesym.codegen.truth import exactly


def folded(node: Node) -> Node:
    """`node` with log 2 and its like as numbers: functions of tensors do not take numbers."""
    if node.is_leaf:
        return node
    operands = tuple(map(folded, node.operands))
    if node.head in ("exp", "log", "sqrt") and operands[0].head in (NUMBER, CONSTANT):
        with ctx.workprec(128):
            return number(Fraction(float(exactly(node, {}))))
    return Node(node.head, operands)


RESULT = "return"
"""A name that no variable has."""


@dataclass(frozen=True, slots=True)
class Differentiable:
    """Functions with their derivatives, for a target with this spelling and name of an array."""

    functions: Functions
    partials: Partials
    table: Mapping[str, Spelling]
    array: str

    @classmethod
    def of(cls, functions: Functions, table: Mapping[str, Spelling], array: str) -> Differentiable:
        """With the derivatives of `functions`."""
        return cls(functions, partials_of(functions), table, array)

    @property
    def arguments(self) -> list[str]:
        """The names of the arguments."""
        return [declaration.name for declaration in self.functions.arguments]

    @property
    def every(self) -> tuple[Function, ...]:
        """The exported functions and the derivatives that are needed beside them."""
        return (*self.functions.functions, *self.partials.more)

    def head(self, name: str, number: str, given: str) -> str:
        """The first line of a public function: `number` is the type of an argument."""
        parameters = [f"{argument}: {number}" for argument in self.arguments]
        if name in REDUCED:
            parameters += ["*", f"weight: {given} | None = None", 'reduction: str = "none"']
        return bracketed(f"def {name}(", parameters, f") -> {self.array}:")

    def last(self, call: str, name: str) -> str:
        """The last line of a public function, whose values are `call`."""
        return (
            f"    return _reduced({call}, weight, reduction)"
            if name in REDUCED
            else (f"    return {call}")
        )

    def kernels(self, reserved: frozenset[str]) -> Iterator[str]:
        """A function of arrays for each formula."""
        for function in self.every:
            parameters = [f"{argument}: {self.array}" for argument in self.arguments]
            head = bracketed(f"def _{function.name}(", parameters, f") -> {self.array}:")
            taken = {*self.arguments, *reserved, *(f.name for f in self.every)}
            yield "\n".join([head, *self._returning(function, taken)])

    def _returning(self, function: Function, taken: set[str]) -> list[str]:
        """The lines of a kernel; a number is made an array of the type of the arguments."""
        *lines, last = body({RESULT: folded(function.careful)}, taken, self.table)
        value = last.partition(" = ")[2]
        if function.careful.is_leaf:
            value = f"{self.arguments[0]} * 0 + {value}"
        return [*lines, f"    return {value}"]
