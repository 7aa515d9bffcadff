"""numba code: loops that become vectors, with their own exp and log1p."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence

from flint import arb, ctx

from cesym.codegen import array_support
from cesym.codegen.assembly import helpers, joined, self_test, support
from cesym.codegen.c.constants import DOUBLE, PRECISION, log_two, polynomial
from cesym.codegen.c.programs import straight_program
from cesym.codegen.functions import REDUCED, Function, Functions
from cesym.codegen.layout import body, bracketed
from cesym.codegen.nodes import Node
from cesym.codegen.spelling import ARITHMETIC, ATOM, TEST, Spelling, calls
from cesym.codegen.stability import values
from cesym.codegen.words import Words

SPELLING: Mapping[str, Spelling] = {
    **ARITHMETIC,
    **calls(
        {
            "abs": "abs",
            "max": "_larger",
            "min": "_smaller",
            "exp": "_exp",
            "log": "math.log",
            "log1p": "math.log1p",
            "log1p_unit": "_log1p_unit",
            "expm1": "math.expm1",
            "sqrt": "math.sqrt",
            "tanh": "math.tanh",
            "weigh": "_times",
            "exp_error": "_lost_in_exp",
        }
    ),
    "where": ("({1} if {0} else {2})", ATOM, (TEST, TEST, TEST)),
}
"""Operation -> its text. `log1p_unit` is log1p of what is known to be in [0, 1]."""

IMPORTS = """\
import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from typing import Any

import numba
import numpy as np
import numpy.typing as npt
from numba import types
from numba.extending import intrinsic
"""

NAMES_IN_USE = frozenset(
    {"math", "numba", "np", "npt", "types", "intrinsic", "partial", "pairwise", "i", "abs"}
    | {"Any", "Array", "Callable", "Mapping", "Sequence", "ThreadPoolExecutor", "num_threads"}
)


def module(functions: Functions, words: Words | None) -> str:
    """The text of a module that defines `functions`, with docstrings if there are `words`."""
    groups = [*((f,) for f in functions.functions), *functions.fused]
    names = ["_and_".join(f.name for f in group) for group in groups]
    public = [_public(n, g, functions, words) for n, g in zip(names, groups, strict=True)]
    kernels = [_kernel(n, g, functions) for n, g in zip(names, groups, strict=True)]
    # Decorated functions are used where they are compiled: below what they call.
    text = "\n".join([*public, *kernels])
    own = needed(text)
    shared = helpers(inspect.getsource(array_support), "\n".join([text, *own]))
    parts = [_head(sorted(names), words), *own, *kernels, *public, *shared]
    if words is not None:
        parts.append(self_test(functions, words.ends, "x"))
    return joined(parts)


def needed(text: str) -> list[str]:
    """The helpers that `text` calls, with their constants and decorators."""
    filled = _filled(support("numba"))
    chunks = {_name(chunk): chunk for chunk in filled.split("\n\n\n")}
    found: set[str] = set()
    pending = [text]
    while pending:
        here = pending.pop()
        new = {name for name in chunks if f"{name}(" in here or f"{name}," in here} - found
        found |= new
        pending += [chunks[name] for name in new]
    return [chunk for name, chunk in chunks.items() if name in found]


def _name(chunk: str) -> str:
    return chunk.partition("def ")[2].partition("(")[0]


def _filled(text: str) -> str:
    """`text` with the numbers in it."""
    with ctx.workprec(PRECISION):
        high, low = DOUBLE.cut(log_two())
        near, rest = DOUBLE.split(log_two())
        exp = polynomial(lambda k: 1 / arb(k + 3).gamma(), 40, arb(-0.3467), arb(0.3467), 11)
        log = polynomial(lambda k: arb(2) / (2 * k + 3), 90, arb(0), arb(0.0401), 8)
        names = {
            "PER_LOG2": repr(float(1 / log_two())),
            "LOG2_HIGH": repr(high),
            "LOG2_LOW": repr(low),
            "LN2_REST": repr(rest),
            "LN2": repr(near),
            "MAGIC_BITS": str(0x4338000000000000),
            "MAGIC": repr(float(3 << 51)),
            "EXP": _horner(exp, "r"),
            "LOG": _horner(log, "z"),
        }
    for name, value in names.items():
        text = text.replace(
            f"${name}\n" if "\n" in value else f"${name}", value + "\n" * ("\n" in value)
        )
    return text


def _horner(coefficients: Sequence[arb], x: str) -> str:
    *rest, last = (repr(float(c)) for c in coefficients)
    lines = [f"    q = {last}", *(f"    q = _fma(q, {x}, {c})" for c in reversed(rest))]
    return "\n".join(lines)


def _head(names: Sequence[str], words: Words | None) -> str:
    listed = bracketed("__all__ = [", [f'"{name}"' for name in names], "]")
    block = f"_BLOCK = {array_support._BLOCK}  # numbers at a time where arrays are not alike"
    head = f"{IMPORTS}\n{listed}\n\nArray = npt.NDArray[np.floating[Any]]\n\n{block}"
    return head if words is None else f"{words.of_module()}\n\n{head}"


def _public(name: str, group: Sequence[Function], functions: Functions, words: Words | None) -> str:
    single = len(group) == 1
    kind = "Array | None" if single else f"tuple[{', '.join(['Array | None'] * len(group))}]"
    default = "None" if single else f"({', '.join(['None'] * len(group))})"
    arguments = [declaration.name for declaration in functions.arguments]
    parameters = [*(f"{a}: npt.ArrayLike" for a in arguments), "*"]
    if name in REDUCED:
        parameters += ["weight: npt.ArrayLike | None = None", 'reduction: str = "none"']
    parameters += [f"out: {kind} = {default}", "num_threads: int = 1"]
    pairs = bracketed("{", [f'"{a}": {a}' for a in arguments], "}", indent=4)
    call = [f"_{name}", pairs, "(out,)" if single else "out", "num_threads"]
    returned = "Any" if single else f"tuple[{', '.join(['Any'] * len(group))}]"
    lines = [bracketed(f"def {name}(", parameters, f") -> {returned}:")]
    if words is not None:
        lines.append(words.of_function(group))
    start, ending = "return ", ")[0]" if single else ")"
    if name in REDUCED:
        start = f"{name} = "
    lines.append(bracketed(f"    {start}_run(", call, ending, indent=4))
    if name in REDUCED:
        lines.append(f"    return _reduced({name}, weight, reduction, out)")
    return "\n".join(lines)


def _kernel(name: str, group: Sequence[Function], functions: Functions) -> str:
    """The function of numbers, and the loop around it."""
    arguments = [declaration.name for declaration in functions.arguments]
    taken = {*arguments, *NAMES_IN_USE, *(f.name for f in functions.functions)}
    programs = {f.name: _with_units(straight_program(f, functions), functions) for f in group}
    numbers = [f"{argument}: Any" for argument in arguments]
    head = bracketed(f"def _{name}_at(", numbers, ") -> Any:")
    at = "\n".join([head, *body(programs, taken, SPELLING), f"    return {', '.join(programs)}"])
    arrays = [f"{n}: Any" for n in (*arguments, *programs)]
    call = ", ".join(f"np.float64({argument}[i])" for argument in arguments)
    targets = ", ".join(f"{result}[i]" for result in programs)
    loop = [
        bracketed(f"def _{name}(", arrays, ") -> None:"),
        f"    for i in range({next(iter(programs))}.size):",
        f"        {targets} = _{name}_at({call})",
    ]
    inner = '@numba.njit(error_model="numpy", inline="always")'
    outer = '@numba.njit(error_model="numpy", nogil=True)'
    return f"{inner}\n{at}\n\n\n{outer}\n" + "\n".join(loop)


def _with_units(node: Node, functions: Functions) -> Node:
    """`log1p_unit` for log1p of what is known to be in [0, 1]."""
    if node.is_leaf:
        return node
    operands = tuple(_with_units(operand, functions) for operand in node.operands)
    if node.head == "log1p":
        found = values(node.operands[0], functions.arguments)
        if found is not None and found.low >= 0 and found.high <= 1:
            return Node("log1p_unit", operands)
    return Node(node.head, operands)
