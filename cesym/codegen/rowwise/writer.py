"""Modules for losses of rows: one program for all targets, and tables of the words of libraries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from cesym.codegen.assembly import helpers, joined, support
from cesym.codegen.layout import body, bracketed
from cesym.codegen.nodes import Node
from cesym.codegen.rowwise import numba, python
from cesym.codegen.rowwise.differentiation import DIFFERENTIABLE, derivative, kernel, title
from cesym.codegen.rowwise.forms import RowLoss
from cesym.codegen.rowwise.programs import program
from cesym.codegen.rowwise.selftests import self_test
from cesym.codegen.rowwise.signatures import arguments_of, head_of, kept_of, roles_of
from cesym.codegen.rowwise.targets import LIBRARIES, RowTarget, first_of
from cesym.codegen.rowwise.words import docstring, of_functions

RESULT = "return"
"""A name that no variable has."""

Kernel = tuple[Sequence[str], Sequence[Node]]
"""Arguments of a function of arrays, and the programs of what it returns."""

NOTHING: Mapping[str, Kernel] = MappingProxyType({})


def module(
    found: RowLoss, target: str, *, documented: bool, also: Mapping[str, Kernel] = NOTHING
) -> str:
    """The text of a module for a loss of rows.

    `also` are functions of arrays that are to stand in it beside, for libraries that have those.

    >>> from cesym.codegen.rowwise.forms import row_loss_of
    >>> from cesym.derivation import derive
    >>> found = row_loss_of(derive("categorical-cross-entropy"))
    >>> "np.log1p(rest)" in module(found, "numpy", documented=False)
    True
    """
    if target in LOOPS:
        return LOOPS[target](found, documented=documented)
    library, form = LIBRARIES[target], found.form
    parts = [*_public_functions(found, target, documented=documented)]
    if target in DIFFERENTIABLE:
        functions, choose = DIFFERENTIABLE[target]
        parts += functions(form)
        for (name, role), partial in form.partials.items():
            if name not in form.numbers:
                arguments = [*roles_of(form), "v"]
                node = program(choose(partial))
                parts.append(kernel_text(derivative(name, role), arguments, [node], library))
    for name, text in form.every(derivatives=target in DIFFERENTIABLE).items():
        node = program(text)
        node = first_of(node) if name in form.numbers else node
        parts.append(kernel_text(kernel(name), roles_of(form), [node], library))
    parts += [kernel_text(name, *wanted, library) for name, wanted in also.items()]
    parts += helpers_of(target, "\n".join(parts))
    if "_Rows" in "".join(parts):
        parts.insert(0, f"_Rows = tuple[{', '.join([library.array] * 5)}]")
    listed = bracketed("__all__ = [", [f'"{name}"' for name in sorted(form.programs)], "]")
    if documented:
        parts.append(self_test(found, target))
    head = f"{_imports(library, parts)}\n{listed}"
    if documented:
        head = f"{docstring(found, target)}\n\n{head}"
    return joined([head, *parts])


def helpers_of(target: str, text: str) -> list[str]:
    """The helpers that `text` calls, in the words of the target."""
    words = LIBRARIES[target].words
    common = re.sub(r"\b[A-Z]{3,}\b", lambda word: words[word[0]], support("rows"))
    own = f"{support(f'rows_{target}')}\n\n{common}"
    if target == "jax":
        own += "\n\n" + "\n\n".join(helpers(support("jax"), "_exp("))
    return helpers(own, text)


def _imports(library: RowTarget, parts: list[str]) -> str:
    """The imports that are used."""
    text, lines = "\n".join(parts), []
    for line in library.imports.splitlines():
        start, _, names = line.rpartition("import ")
        used = [n for n in names.split(", ") if n and re.search(rf"\b{n.split()[-1]}\b", text)]
        if used or not line:
            lines.append(f"{start}import {', '.join(used)}" if line else "")
    return "\n".join(lines) + "\n"


def kernel_text(
    name: str, arguments: Sequence[str], nodes: Sequence[Node], library: RowTarget
) -> str:
    """A function of arrays that computes a program, or several that share their work."""
    one, kinds = len(nodes) == 1, ", ".join([library.array] * len(nodes))
    head = bracketed(
        f"def {name}(",
        [f"{a}: {library.array}" for a in arguments],
        f") -> {library.array if one else f'tuple[{kinds}]'}:",
    )
    results = {RESULT: nodes[0]} if one else {f"result_{n}": node for n, node in enumerate(nodes)}
    lines = body(results, {*arguments, "v"}, library.spelling)
    if one:
        last = f"    return {lines.pop().partition(' = ')[2]}"
    else:
        last = f"    return {', '.join(results)}"
    return "\n".join([head, *lines, last])


def _public_functions(found: RowLoss, target: str, *, documented: bool) -> Iterator[str]:
    form, library = found.form, LIBRARIES[target]
    for name in form.programs:
        lines = [head_of(form, (name,), library)]
        if documented:
            lines.append(of_functions(found, (name,)))
        lines += [*arguments_of(form)]
        lines += CALLS[target](name, roles_of(form), name in form.numbers, kept_of(form))
        yield "\n".join(lines)


def _numpy(name: str, roles: list[str], number: bool, kept: str) -> list[str]:
    computed = f"    {name} = _computed({kernel(name)}, {', '.join(roles)})"
    if number:
        return [computed, f"    return _reduced({name}, weight, {kept}, reduction, {roles[0]})"]
    return [computed, f"    return _rounded({name}, {kept}, {roles[0]})"]


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


CALLS = {"numpy": _numpy, "torch": _torch, "jax": _jax}
"""Target -> the last lines of a public function."""

LOOPS: Mapping[str, Callable[..., str]] = MappingProxyType(
    {"numba": numba.module, "python": python.module}
)
"""Target that computes number by number -> what writes its modules."""

TARGETS = (*LIBRARIES, *LOOPS)
"""Every target that is written here."""
