"""NumPy code: a table of spellings, a short walk, and the text of a module around it."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from fractions import Fraction

from cesym.codegen import array_support
from cesym.codegen.common import Line, straight_lines
from cesym.codegen.functions import Function, Functions
from cesym.codegen.nodes import ARGUMENT, NUMBER, Node
from cesym.codegen.words import Words

WIDTH = 88
"""The width that formatters of Python code take if they are not told another."""

TEST, SUM, PRODUCT, SIGN, ATOM = range(5)
"""How tightly a text holds together, as in Python."""

SPELLING: dict[str, tuple[str, int, tuple[int, ...]]] = {
    "+": ("{} + {}", SUM, (SUM, PRODUCT)),
    "-": ("{} - {}", SUM, (SUM, PRODUCT)),
    "*": ("{} * {}", PRODUCT, (PRODUCT, SIGN)),
    "/": ("{} / {}", PRODUCT, (PRODUCT, SIGN)),
    "neg": ("-{}", SIGN, (ATOM,)),
    "abs": ("np.abs({})", ATOM, (TEST,)),
    "max": ("np.maximum({}, {})", ATOM, (TEST, TEST)),
    "min": ("np.minimum({}, {})", ATOM, (TEST, TEST)),
    "exp": ("np.exp({})", ATOM, (TEST,)),
    "log": ("np.log({})", ATOM, (TEST,)),
    "log1p": ("np.log1p({})", ATOM, (TEST,)),
    "expm1": ("np.expm1({})", ATOM, (TEST,)),
    "sqrt": ("np.sqrt({})", ATOM, (TEST,)),
    "tanh": ("np.tanh({})", ATOM, (TEST,)),
    "where": ("np.where({}, {}, {})", ATOM, (TEST, TEST, TEST)),
    "weigh": ("_weigh({}, {})", ATOM, (TEST, TEST)),
    ">=": ("{} >= {}", TEST, (SUM, SUM)),
    "<=": ("{} <= {}", TEST, (SUM, SUM)),
    ">": ("{} > {}", TEST, (SUM, SUM)),
    "<": ("{} < {}", TEST, (SUM, SUM)),
}
"""Operation -> its text, how tightly that holds, and how tightly its operands must."""

IMPORTS = """\
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
"""

NAMES_IN_USE = frozenset({"np", "npt", "Any", "Array", "Callable", "Mapping", "Sequence"})


def expression(node: Node, level: int = TEST) -> str:
    """The text of a program, in brackets where it does not hold together as `level` asks.

    >>> from cesym.codegen.nodes import argument, number, operation
    >>> x = argument("x")
    >>> expression(operation("*", operation("-", number(1), x), x))
    '(1 - x) * x'
    """
    if node.head == NUMBER:
        assert isinstance(node.leaf, Fraction)
        return _numeral(node.leaf)
    if node.head == ARGUMENT:
        return str(node.leaf)
    text, own, levels = SPELLING[node.head]
    text = text.format(*map(expression, node.operands, levels))
    return text if own >= level else f"({text})"


def _numeral(value: Fraction) -> str:
    whole = value.denominator == 1 and abs(value) <= 2**53
    text = str(value.numerator) if whole else repr(float(value))
    return f"({text})" if value < 0 else text


def module(functions: Functions, words: Words | None) -> str:
    """The text of a module that defines `functions`, with docstrings if there are `words`."""
    groups = [*((f,) for f in functions.functions), *functions.fused]
    names = ["_and_".join(f.name for f in group) for group in groups]
    parts = [_head(sorted(names), words)]
    for name, group in zip(names, groups, strict=True):
        parts.append(_public(name, group, functions, words))
    parts += [_kernel(name, group, functions) for name, group in zip(names, groups, strict=True)]
    support = [array_support._in_blocks, array_support._real, array_support._checked]
    if any("_weigh(" in part for part in parts):
        support.append(array_support._weigh)
    parts += [inspect.getsource(function) for function in support]
    return "\n\n\n".join(part.strip("\n") for part in parts) + "\n"


def _head(names: Sequence[str], words: Words | None) -> str:
    listed = _bracketed("__all__ = [", [f'"{name}"' for name in names], "]")
    alias = "Array = npt.NDArray[np.floating[Any]]"
    block = f"_BLOCK = {array_support._BLOCK}"
    note = "  # numbers at a time: intermediate results stay in the processor's cache"
    body = f"{IMPORTS}\n{listed}\n\n{alias}\n\n{block}{note}"
    return body if words is None else f"{words.of_module()}\n\n{body}"


def _public(name: str, group: Sequence[Function], functions: Functions, words: Words | None) -> str:
    single = len(group) == 1
    kind = "Array | None" if single else f"tuple[{', '.join(['Array | None'] * len(group))}]"
    default = "None" if single else f"({', '.join(['None'] * len(group))})"
    arguments = [declaration.name for declaration in functions.arguments]
    parameters = [*(f"{a}: npt.ArrayLike" for a in arguments), "*", f"out: {kind} = {default}"]
    pairs = _bracketed("{", [f'"{a}": {a}' for a in arguments], "}", indent=4)
    call = [f"_{name}", pairs, "(out,)" if single else "out"]
    returned = "Any" if single else f"tuple[{', '.join(['Any'] * len(group))}]"
    lines = [_bracketed(f"def {name}(", parameters, f") -> {returned}:")]
    if words is not None:
        lines.append(words.of_function(group))
    ending = ")[0]" if single else ")"
    lines.append(_bracketed("    return _in_blocks(", call, ending, indent=4))
    return "\n".join(lines)


def _kernel(name: str, group: Sequence[Function], functions: Functions) -> str:
    arguments = [declaration.name for declaration in functions.arguments]
    taken = {*arguments, *NAMES_IN_USE, *(f.name for f in functions.functions)}
    programs = {function.name: function.program for function in group}
    lines = straight_lines(programs, taken, lambda n, node: len(_line(Line(n, node))) <= WIDTH)
    results = ", ".join(programs) if len(programs) > 1 else f"({next(iter(programs))},)"
    parameters = [f"{argument}: Array" for argument in arguments]
    kinds = ", ".join(["Any"] * len(group))
    head = _bracketed(f"def _{name}(", parameters, f") -> tuple[{kinds}]:")
    return "\n".join([head, *map(_line, lines), f"    return {results}"])


def _line(line: Line) -> str:
    return f"    {line.name} = {expression(line.value)}"


def _bracketed(start: str, items: Sequence[str], end: str, *, indent: int = 0) -> str:
    """`start items end` on one line, or else with a line for every item."""
    line = f"{start}{', '.join(items)}{end}"
    if len(line) <= WIDTH:
        return line
    margin = " " * indent
    return "\n".join([start, *(f"{margin}    {item}," for item in items), f"{margin}{end}"])
