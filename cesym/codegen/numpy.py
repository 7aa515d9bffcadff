"""NumPy code: a table of spellings, a short walk, and the text of a module around it."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence

from cesym.codegen import array_support
from cesym.codegen.assembly import helpers, joined, self_test
from cesym.codegen.functions import REDUCED, Function, Functions
from cesym.codegen.layout import body, bracketed
from cesym.codegen.nodes import Node
from cesym.codegen.spelling import ARITHMETIC, Spelling, calls, spell
from cesym.codegen.words import Words

SPELLING: Mapping[str, Spelling] = {
    **ARITHMETIC,
    **calls(
        {
            "abs": "np.abs",
            "max": "np.maximum",
            "min": "np.minimum",
            "exp": "np.exp",
            "log": "np.log",
            "log1p": "np.log1p",
            "expm1": "np.expm1",
            "sqrt": "np.sqrt",
            "tanh": "np.tanh",
            "where": "np.where",
        }
    ),
}
"""Operation -> its text."""

IMPORTS = """\
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
"""

NAMES_IN_USE = frozenset({"np", "npt", "Any", "Array", "Callable", "Mapping", "Sequence"})


def expression(node: Node) -> str:
    """The text of a program.

    >>> from cesym.codegen.nodes import argument, number, operation
    >>> x = argument("x")
    >>> expression(operation("*", operation("-", number(1), x), x))
    '(1 - x) * x'
    """
    return spell(node, SPELLING)


def module(functions: Functions, words: Words | None) -> str:
    """The text of a module that defines `functions`, with docstrings if there are `words`."""
    groups = [*((f,) for f in functions.functions), *functions.fused]
    names = ["_and_".join(f.name for f in group) for group in groups]
    parts = [_head(sorted(names), words)]
    for name, group in zip(names, groups, strict=True):
        parts.append(_public(name, group, functions, words))
    parts += [_kernel(name, group, functions) for name, group in zip(names, groups, strict=True)]
    parts += helpers(inspect.getsource(array_support), "\n".join(parts))
    if words is not None:
        parts.append(self_test(functions, words.ends, "x"))
    return joined(parts)


def _head(names: Sequence[str], words: Words | None) -> str:
    listed = bracketed("__all__ = [", [f'"{name}"' for name in names], "]")
    alias = "Array = npt.NDArray[np.floating[Any]]"
    block = f"_BLOCK = {array_support._BLOCK}"
    note = "  # numbers at a time: intermediate results stay in the processor's cache"
    head = f"{IMPORTS}\n{listed}\n\n{alias}\n\n{block}{note}"
    return head if words is None else f"{words.of_module()}\n\nimport math\n{head}"


def _public(name: str, group: Sequence[Function], functions: Functions, words: Words | None) -> str:
    single = len(group) == 1
    kind = "Array | None" if single else f"tuple[{', '.join(['Array | None'] * len(group))}]"
    default = "None" if single else f"({', '.join(['None'] * len(group))})"
    arguments = [declaration.name for declaration in functions.arguments]
    parameters = [*(f"{a}: npt.ArrayLike" for a in arguments), "*"]
    if name in REDUCED:
        parameters += ["weight: npt.ArrayLike | None = None", 'reduction: str = "none"']
    parameters.append(f"out: {kind} = {default}")
    pairs = bracketed("{", [f'"{a}": {a}' for a in arguments], "}", indent=4)
    call = [f"_{name}", pairs, "(out,)" if single else "out"]
    returned = "Any" if single else f"tuple[{', '.join(['Any'] * len(group))}]"
    lines = [bracketed(f"def {name}(", parameters, f") -> {returned}:")]
    if words is not None:
        lines.append(words.of_function(group))
    start, ending = "return ", ")[0]" if single else ")"
    if name in REDUCED:
        start = f"{name} = "
    lines.append(bracketed(f"    {start}_in_blocks(", call, ending, indent=4))
    if name in REDUCED:
        lines.append(f"    return _reduced({name}, weight, reduction, out)")
    return "\n".join(lines)


def _kernel(name: str, group: Sequence[Function], functions: Functions) -> str:
    arguments = [declaration.name for declaration in functions.arguments]
    taken = {*arguments, *NAMES_IN_USE, *(f.name for f in functions.functions)}
    programs = {function.name: function.careful for function in group}
    results = ", ".join(programs) if len(programs) > 1 else f"({next(iter(programs))},)"
    parameters = [f"{argument}: Array" for argument in arguments]
    kinds = ", ".join(["Any"] * len(group))
    head = bracketed(f"def _{name}(", parameters, f") -> tuple[{kinds}]:")
    return "\n".join([head, *body(programs, taken, SPELLING), f"    return {results}"])
