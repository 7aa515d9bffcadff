"""JAX code: functions of arrays that are differentiated by the exported derivatives."""

from __future__ import annotations

from collections.abc import Mapping

from cesym.codegen.assembly import helpers, joined, self_test, support
from cesym.codegen.differentiable import Differentiable
from cesym.codegen.functions import Function, Functions
from cesym.codegen.layout import bracketed
from cesym.codegen.spelling import ARITHMETIC, Spelling, calls
from cesym.codegen.words import Words

SPELLING: Mapping[str, Spelling] = {
    **ARITHMETIC,
    **calls(
        {
            "abs": "jnp.abs",
            "max": "jnp.maximum",
            "min": "jnp.minimum",
            "exp": "_exp",
            "log": "jnp.log",
            "log1p": "_log1p",
            "expm1": "jnp.expm1",
            "sqrt": "jnp.sqrt",
            "tanh": "jnp.tanh",
            "where": "jnp.where",
        }
    ),
}
"""Operation -> its text."""

IMPORTS = """\
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import jax
import jax.numpy as jnp
from jax import Array
from jax.custom_derivatives import SymbolicZero
from jax.typing import ArrayLike
"""

ALIAS = "Partials = Mapping[str, Callable[[], Array] | int | None]"

JVP = ("arrays: Sequence[Array]", "tangents: Sequence[Any]")

NAMES_IN_USE = frozenset(
    {"jax", "jnp", "math", "Any", "Callable", "Mapping", "Sequence", "Array", "ArrayLike"}
)

BEFORE_TEST = '    jax.config.update("jax_enable_x64", True)\n'


def module(functions: Functions, words: Words | None) -> str:
    """The text of a module that defines `functions`, with docstrings if there are `words`."""
    found = Differentiable.of(functions, SPELLING, "Array")
    names = sorted(function.name for function in functions.functions)
    listed = bracketed("__all__ = [", [f'"{name}"' for name in names], "]")
    parts = [_public(f, found, words) for f in functions.functions]
    parts += [_rule(f, found) for f in found.every]
    parts += found.kernels(NAMES_IN_USE)
    parts += helpers(support("jax"), "\n".join(parts))
    head = f"{IMPORTS}\n{listed}\n\n{ALIAS}"
    if words is not None:
        head = f"{words.of_module()}\n\n{head}"
        parts.append(self_test(functions, words.ends, "jnp.asarray(x)", BEFORE_TEST))
    return joined([head, *parts])


def _public(function: Function, found: Differentiable, words: Words | None) -> str:
    lines = [found.head(function.name, "ArrayLike", "ArrayLike")]
    if words is not None:
        lines.append(words.of_function([function]))
    pairs = ", ".join(f"{argument}={argument}" for argument in found.arguments)
    lines.append(f"    arrays = _arrays({pairs})")
    lines.append(found.last(f"_{function.name}_rule(*arrays)", function.name))
    return "\n".join(lines)


def _rule(function: Function, found: Differentiable) -> str:
    """A function with its own derivative; its partial derivatives have theirs again."""
    arguments, name = found.arguments, function.name
    parameters = [f"{argument}: Array" for argument in arguments]
    partials = [f'"{argument}": {_partial(function, argument, found)}' for argument in arguments]
    return "\n".join(
        [
            "@jax.custom_jvp",
            bracketed(f"def _{name}_rule(", parameters, ") -> Array:"),
            f"    return _rounded(_{name}, {', '.join(arguments)})",
            "",
            "",
            bracketed(f"def _{name}_jvp(", JVP, ") -> tuple[Any, Any]:"),
            bracketed("    partials = {", partials, "}", indent=4),
            f"    value = _{name}_rule(*arrays)",
            f'    return value, _linear("{name}", tangents, partials, value)',
            "",
            "",
            f"_{name}_rule.defjvp(_{name}_jvp, symbolic_zeros=True)",
        ]
    )


def _partial(function: Function, argument: str, found: Differentiable) -> str:
    if (function.name, argument) in found.partials.zero:
        return "0"
    other = found.partials.of.get((function.name, argument))
    return "None" if other is None else f"lambda: _{other.name}_rule(*arrays)"
