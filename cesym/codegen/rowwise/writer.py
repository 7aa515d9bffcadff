"""Modules for losses of rows: one program for all targets, and tables of the words of libraries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from cesym.codegen.assembly import joined
from cesym.codegen.layout import bracketed
from cesym.codegen.rowwise import numba, numpy, python
from cesym.codegen.rowwise.differentiation import DIFFERENTIABLE, derivative, kernel, title
from cesym.codegen.rowwise.forms import RowLoss
from cesym.codegen.rowwise.kernels import Kernel, helpers_of, imports_of, kernel_text
from cesym.codegen.rowwise.programs import program
from cesym.codegen.rowwise.selftests import self_test
from cesym.codegen.rowwise.signatures import arguments_of, head_of, kept_of, roles_of
from cesym.codegen.rowwise.table import RowForm
from cesym.codegen.rowwise.targets import LIBRARIES, first_of
from cesym.codegen.rowwise.words import docstring, of_functions


def module(found: RowLoss, target: str, *, documented: bool, also: Sequence[RowForm] = ()) -> str:
    """The text of a module for a loss of rows.

    The programs of the forms `also` are to stand in it beside, as functions of arrays that are not
    read or checked, `_name_of_rows`; where one row is computed after the other, as the kernels.

    >>> from cesym.codegen.rowwise.forms import row_loss_of
    >>> from cesym.derivation import derive
    >>> found = row_loss_of(derive("categorical-cross-entropy"))
    >>> "np.log1p(" in module(found, "numpy", documented=False)
    True
    """
    if target in LOOPS:
        return LOOPS[target](found, documented=documented, also=also)
    others: dict[str, Kernel] = {
        kernel(name): (roles_of(form), (program(text),))
        for form in also
        for name, text in form.programs.items()
    }
    if target == "numpy":
        return numpy.module(found, documented=documented, also=others)
    library, form = LIBRARIES[target], found.form
    functions, choose = DIFFERENTIABLE[target]
    parts = [*_public_functions(found, target, documented=documented), *functions(form)]
    for (name, role), partial in form.partials.items():
        if name not in form.numbers:
            arguments = [*roles_of(form), "v"]
            node = program(choose(partial))
            parts.append(kernel_text(derivative(name, role), arguments, [node], library))
    for name, text in form.every().items():
        node = program(text)
        node = first_of(node) if name in form.numbers else node
        parts.append(kernel_text(kernel(name), roles_of(form), [node], library))
    parts += [kernel_text(name, *wanted, library) for name, wanted in others.items()]
    parts += helpers_of(target, "\n".join(parts))
    if "_Rows" in "".join(parts):
        parts.insert(0, f"_Rows = tuple[{', '.join([library.array] * 5)}]")
    listed = bracketed("__all__ = [", [f'"{name}"' for name in sorted(form.programs)], "]")
    if documented:
        parts.append(self_test(found, target))
    head = f"{imports_of(library, parts)}\n{listed}"
    if documented:
        head = f"{docstring(found, target)}\n\n{head}"
    return joined([head, *parts])


def _public_functions(found: RowLoss, target: str, *, documented: bool) -> Iterator[str]:
    form, library = found.form, LIBRARIES[target]
    for name in form.programs:
        lines = [head_of(form, (name,), library)]
        if documented:
            lines.append(of_functions(found, (name,)))
        lines += [*arguments_of(form)]
        lines += CALLS[target](name, roles_of(form), name in form.numbers, kept_of(form))
        yield "\n".join(lines)


def _torch(name: str, roles: list[str], number: bool, kept: str) -> list[str]:
    computed = f"{title(name)}.apply({', '.join(roles)})"
    return _returned(name, computed, number, kept, "torch.where({}[..., None], {}, 0.0)")


def _jax(name: str, roles: list[str], number: bool, kept: str) -> list[str]:
    computed = f"_{name}_rule({', '.join(roles)})"
    return _returned(name, computed, number, kept, "jnp.where({}[..., None], {}, 0)")


def _returned(name: str, computed: str, number: bool, kept: str, where: str) -> list[str]:
    if number:
        return [
            f"    {name} = {computed}",
            f"    return _reduced({name}, weight, {kept}, reduction)",
        ]
    if kept == "None":
        return [f"    return {computed}"]
    return [f"    {name} = {computed}", f"    return {where.format(kept, name)}"]


CALLS = {"torch": _torch, "jax": _jax}
"""Target -> the last lines of a public function."""

LOOPS: Mapping[str, Callable[..., str]] = MappingProxyType(
    {"numba": numba.module, "python": python.module}
)
"""Target that computes number by number -> what writes its modules."""

TARGETS = (*LIBRARIES, *LOOPS)
"""Every target that is written here."""
