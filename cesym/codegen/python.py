"""Python code that needs the math module alone: functions of numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cesym.codegen.assembly import helpers, joined, self_test, support
from cesym.codegen.functions import Function, Functions
from cesym.codegen.layout import body, bracketed
from cesym.codegen.nodes import Node, operation
from cesym.codegen.spelling import ARITHMETIC, ATOM, TEST, Spelling, calls
from cesym.codegen.stability import closed_values
from cesym.codegen.words import Words

SPELLING: Mapping[str, Spelling] = {
    **ARITHMETIC,
    **calls(
        {
            "abs": "abs",
            "max": "_larger",
            "min": "_smaller",
            "exp": "_exp",
            "log": "_log",
            "log1p": "_log1p",
            "expm1": "_expm1",
            "sqrt": "math.sqrt",
            "tanh": "math.tanh",
            "where": "_where",
        }
    ),
    "divide": ("_divide({}, {})", ATOM, (TEST, TEST)),
}
"""Operation -> its text. `divide` is a division of which the denominator may become 0."""

NAMES_IN_USE = frozenset({"math", "abs", "float"})


def module(functions: Functions, words: Words | None) -> str:
    """The text of a module that defines `functions`, with docstrings if there are `words`."""
    groups = [*((f,) for f in functions.functions), *functions.fused]
    names = sorted("_and_".join(f.name for f in group) for group in groups)
    listed = bracketed("__all__ = [", [f'"{name}"' for name in names], "]")
    head = f"import math\n\n{listed}"
    public = [_function(group, functions, words) for group in groups]
    parts = [*public, *helpers(support("python"), "\n".join(public))]
    if words is not None:
        head = f"{words.of_module()}\n\n{head}"
        head = head.replace("import math\n", "import math\nfrom typing import Any\n")
        parts.append(self_test(functions, words.ends, "x"))
    return joined([head, *parts])


def _function(group: Sequence[Function], functions: Functions, words: Words | None) -> str:
    arguments = [declaration.name for declaration in functions.arguments]
    names = [function.name for function in group]
    kind = "float" if len(group) == 1 else f"tuple[{', '.join(['float'] * len(group))}]"
    parameters = [f"{argument}: float" for argument in arguments]
    lines = [bracketed(f"def {'_and_'.join(names)}(", parameters, f") -> {kind}:")]
    if words is not None:
        lines.append(words.of_function(group))
    programs = {f.name: _guarded(f.careful, functions) for f in group}
    taken = {*arguments, *NAMES_IN_USE, *(f.name for f in functions.functions)}
    return "\n".join([*lines, *body(programs, taken, SPELLING), f"    return {', '.join(names)}"])


def _guarded(node: Node, functions: Functions) -> Node:
    """Where Python would raise ZeroDivisionError at an end of the domain, `divide`."""
    if node.is_leaf:
        return node
    operands = tuple(_guarded(operand, functions) for operand in node.operands)
    if node.head == "/":
        found = closed_values(node.operands[1], functions.arguments)
        if found is None or 0 in found:
            return Node("divide", operands)
    return operation(node.head, *operands)
