"""The functions that a library differentiates by itself, by the derivatives of the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from cesym.codegen.layout import bracketed
from cesym.codegen.rowwise.table import Partial, RowForm


def title(name: str) -> str:
    """The name of the class of an autograd function of PyTorch."""
    return "_" + "".join(part.capitalize() for part in name.split("_"))


def kernel(name: str) -> str:
    """The name of the function of arrays that computes `name`."""
    return f"_{name}_of_rows"


def derivative(name: str, role: str) -> str:
    """The name of the function that applies the derivative of `name` to a row v."""
    return f"_{name}_by_{role}"


def tupled(names: list[str]) -> str:
    """Names to assign to, of one or more.

    >>> tupled(["z"])
    '(z,)'
    """
    return ", ".join(names) if len(names) > 1 else f"({names[0]},)"


def torch_classes(form: RowForm) -> Iterator[str]:
    """An autograd function for every function; its derivatives are such functions again."""
    roles = [given.role for given in form.inputs]
    for name in (*form.programs, *form.more):
        parts = [
            _torch_part(form, name, role, place)
            if form.depends(name, role)
            else f"        by_{role} = None"
            for place, role in enumerate(roles)
        ]
        yield "\n".join(
            [
                f"class {title(name)}(torch.autograd.Function):",
                "    generate_vmap_rule = True",
                "",
                "    @staticmethod",
                bracketed("    def forward(", [f"{r}: Tensor" for r in roles], ") -> Tensor:"),
                f"        return _rounded({kernel(name)}, {', '.join(roles)})",
                "",
                "    @staticmethod",
                bracketed(
                    "    def setup_context(",
                    ["ctx: Any", "inputs: tuple[Tensor, ...]", "output: Tensor"],
                    ") -> None:",
                ),
                "        ctx.save_for_backward(*inputs)",
                "",
                "    @staticmethod",
                "    def backward(ctx: Any, flow: Tensor) -> tuple[Tensor | None, ...]:",
                f"        {tupled(roles)} = ctx.saved_tensors",
                *parts,
                f"        return {tupled([f'by_{role}' for role in roles])}",
            ]
        )


def _torch_part(form: RowForm, name: str, role: str, place: int) -> str:
    """What flows back to an argument."""
    roles = ", ".join(given.role for given in form.inputs)
    partial = form.partials.get((name, role))
    if partial is None:
        value = f'_no_derivative("{name}", "{form.input(role).name}")'
    elif name in form.numbers:
        value = f"flow[..., None] * {title(partial.forward)}.apply({roles})"
    else:
        value = f"{derivative(name, role)}({roles}, flow)"
    lines = [
        f"        by_{role} = None",
        f"        if ctx.needs_input_grad[{place}]:",
        f"            by_{role} = {value}",
    ]
    return "\n".join(lines)


def jax_rules(form: RowForm) -> Iterator[str]:
    """A function with a rule for its derivative, for every function."""
    roles = [given.role for given in form.inputs]
    for name in (*form.programs, *form.more):
        listed = ", ".join(roles)
        parameters = bracketed(f"def _{name}_rule(", [f"{r}: Array" for r in roles], ") -> Array:")
        yield "\n".join(
            [
                "@jax.custom_jvp",
                parameters,
                f"    return _rounded({kernel(name)}, {listed})",
            ]
        )
        yield "\n".join(
            [
                bracketed(
                    f"def _{name}_jvp(",
                    ["arrays: Sequence[Array]", "tangents: Sequence[Any]"],
                    ") -> tuple[Any, Any]:",
                ),
                f"    {tupled(roles)} = arrays",
                f"    value = _{name}_rule({listed})",
                "    total = jnp.zeros_like(value)",
                *(
                    _jax_part(form, name, role, place)
                    for place, role in enumerate(roles)
                    if form.depends(name, role)
                ),
                "    return value, total",
            ]
        )
        yield f"_{name}_rule.defjvp(_{name}_jvp, symbolic_zeros=True)"


def _jax_part(form: RowForm, name: str, role: str, place: int) -> str:
    """What an argument adds to the derivative along the tangents."""
    roles = ", ".join(given.role for given in form.inputs)
    partial = form.partials.get((name, role))
    tangent = f"tangents[{place}]"
    if partial is None:
        line = f'        _no_derivative("{name}", "{form.input(role).name}")'
    elif name in form.numbers:
        slopes = f"_{partial.forward}_rule({roles})"
        line = f"        total = total + jnp.sum({slopes} * {tangent}, axis=-1)"
    else:
        along = f"{derivative(name, role)}({roles}, {tangent})"
        line = f"        total = total + {along}.astype(value.dtype)"
    return f"    if not isinstance({tangent}, SymbolicZero):\n{line}"


def forwards(partial: Partial) -> str:
    """The program of a derivative along a row v."""
    return partial.forward


def backwards(partial: Partial) -> str:
    """The program of what a row v of flows gives back."""
    return partial.backward or partial.forward


DIFFERENTIABLE: Mapping[
    str, tuple[Callable[[RowForm], Iterator[str]], Callable[[Partial], str]]
] = MappingProxyType({"torch": (torch_classes, backwards), "jax": (jax_rules, forwards)})
"""Target -> what writes its functions, and which of the programs of a derivative it needs."""
