"""The first lines of public functions of losses of rows: parameters, and what is made of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cesym.codegen.layout import bracketed
from cesym.codegen.rowwise.differentiation import tupled
from cesym.codegen.rowwise.table import RowForm
from cesym.codegen.rowwise.targets import RowTarget

TYPES = {"temperature": "number", "smoothing": "float"}
"""Parameters that are no arrays, and what they are."""


def roles_of(form: RowForm) -> list[str]:
    """The roles of the arguments, which are the names of their arrays."""
    return [given.role for given in form.inputs]


def groups_of(form: RowForm) -> list[tuple[str, ...]]:
    """The functions of a module: one for each export, and one that returns all of them."""
    return [*((name,) for name in form.programs), tuple(form.programs)]


def joined_name(group: Sequence[str]) -> str:
    """The name of the function that returns a group."""
    return "_and_".join(group)


def kernel_of(group: Sequence[str], *, of_class: bool) -> str:
    """The name of the function that computes a row, or rows, without looking at what is given."""
    return f"_{joined_name(group)}_{'of_class' if of_class else 'of_rows'}"


def reduced(form: RowForm, group: Sequence[str]) -> bool:
    """Whether a function takes weights, and sums up: those that give a number for each row."""
    return len(group) == 1 and group[0] in form.numbers


def head_of(
    form: RowForm, group: Sequence[str], library: RowTarget, *more: str, result: str = ""
) -> str:
    """The first line of a function that returns a group, with options `more`."""
    parameters = [
        f"{p}: {library.type_of(TYPES.get(p, ''))}"
        for given in form.inputs
        for p in given.parameters
    ]
    options = [f"weight: {library.weight} | None = None"] if reduced(form, group) else []
    options += [option for given in form.inputs for option in given.options]
    options += ['reduction: str = "none"'] if reduced(form, group) else []
    options += more
    star = ["*"] if options else []
    end = f") -> {result or library.result}:"
    return bracketed(f"def {joined_name(group)}(", [*parameters, *star, *options], end)


def arguments_of(form: RowForm) -> Iterator[str]:
    """The lines that make arrays of the arguments."""
    rows = [given.name for given in form.inputs if given.reader == "_real"]
    first = rows[0]
    pairs = ", ".join(f"{name}={name}" for name in rows)
    yield f"    {tupled(rows)} = _real({pairs})"
    for given in form.inputs:
        if given.reader != "_real":
            asked = ", ".join([*given.parameters, *(o.split(":")[0] for o in given.options)])
            left = f"{given.role}, kept" if given.options else given.role
            yield f"    {left} = {given.reader}({asked}, {first})"


def kept_of(form: RowForm) -> str:
    """What says which rows count."""
    return "kept" if any(given.options for given in form.inputs) else "None"


def cases_of(form: RowForm) -> tuple[bool, ...]:
    """Whether a target can be a class: probabilities first."""
    return (False, True) if any(given.options for given in form.inputs) else (False,)
