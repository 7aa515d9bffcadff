"""PyTorch code: functions of tensors that are differentiated by the exported derivatives."""

from __future__ import annotations

from collections.abc import Mapping

from cesym.codegen.assembly import helpers, joined, self_test, support
from cesym.codegen.differentiable import Differentiable
from cesym.codegen.functions import Function, Functions
from cesym.codegen.layout import WIDTH, bracketed
from cesym.codegen.spelling import ARITHMETIC, Spelling, calls
from cesym.codegen.words import Words

SPELLING: Mapping[str, Spelling] = {
    **ARITHMETIC,
    **calls(
        {
            "abs": "torch.abs",
            "max": "_larger",
            "min": "_smaller",
            "exp": "torch.exp",
            "log": "torch.log",
            "log1p": "torch.log1p",
            "expm1": "torch.expm1",
            "sqrt": "torch.sqrt",
            "tanh": "torch.tanh",
            "where": "torch.where",
        }
    ),
}
"""Operation -> its text."""

IMPORTS = """\
import functools
import math
from collections.abc import Callable
from typing import Any, NoReturn

import torch
from torch import Tensor
"""

NAMES_IN_USE = frozenset({"torch", "functools", "math", "Any", "Callable", "Tensor", "NoReturn"})


def module(functions: Functions, words: Words | None) -> str:
    """The text of a module that defines `functions`, with docstrings if there are `words`."""
    found = Differentiable.of(functions, SPELLING, "Tensor")
    names = sorted(function.name for function in functions.functions)
    listed = bracketed("__all__ = [", [f'"{name}"' for name in names], "]")
    parts = [_public(f, found, words) for f in functions.functions]
    parts += [_class(f, found) for f in found.every]
    parts += found.kernels(NAMES_IN_USE)
    parts += helpers(support("torch"), "\n".join(parts))
    head = f"{IMPORTS}\n{listed}"
    if words is not None:
        head = f"{words.of_module()}\n\n{head}"
        parts.append(self_test(functions, words.ends, "torch.tensor(x, dtype=torch.float64)"))
    return joined([head, *parts])


def _public(function: Function, found: Differentiable, words: Words | None) -> str:
    lines = [found.head(function.name, "Tensor | float", "Tensor | float")]
    if words is not None:
        lines.append(words.of_function([function]))
    pairs = ", ".join(f"{argument}={argument}" for argument in found.arguments)
    lines.append(f"    tensors = _tensors({pairs})")
    lines.append(found.last(f"{_title(function.name)}.apply(*tensors)", function.name))
    return "\n".join(lines)


def _title(name: str) -> str:
    return "_" + "".join(part.capitalize() for part in name.split("_"))


def _class(function: Function, found: Differentiable) -> str:
    """The autograd function of a formula. Its derivatives are autograd functions again."""
    arguments = found.arguments
    needed = [f"ctx.needs_input_grad[{place}]" for place in range(len(arguments))]
    parts = [
        f"{_part(function, argument, found)} if {need} else None"
        if (function.name, argument) not in found.partials.zero
        else "None"
        for argument, need in zip(arguments, needed, strict=True)
    ]
    return "\n".join(
        [
            f"class {_title(function.name)}(torch.autograd.Function):",
            "    generate_vmap_rule = True",
            "",
            "    @staticmethod",
            bracketed("    def forward(", [f"{a}: Tensor" for a in arguments], ") -> Tensor:"),
            f"        return _rounded(_{function.name}, {', '.join(arguments)})",
            "",
            "    @staticmethod",
            "    def setup_context(ctx: Any, inputs: tuple[Tensor, ...], output: Tensor) -> None:",
            "        ctx.save_for_backward(*inputs)",
            "",
            "    @staticmethod",
            "    def backward(ctx: Any, flow: Tensor) -> tuple[Tensor | None, ...]:",
            f"        {_tuple(arguments)} = ctx.saved_tensors",
            _returned(parts),
        ]
    )


def _tuple(names: list[str]) -> str:
    return ", ".join(names) if len(names) > 1 else f"({names[0]},)"


def _returned(parts: list[str]) -> str:
    if len(parts) == 1 and len(line := f"        return ({parts[0]},)") <= WIDTH:
        return line
    return bracketed("        return (", parts, ")", indent=8)


def _part(function: Function, argument: str, found: Differentiable) -> str:
    other = found.partials.of.get((function.name, argument))
    if other is None:
        return f'_no_derivative("{function.name}", "{argument}")'
    return f"flow * {_title(other.name)}.apply({', '.join(found.arguments)})"
