"""Public functions of targets that compute losses of rows into NumPy arrays."""

from __future__ import annotations

from collections.abc import Sequence

from cesym.codegen.layout import bracketed
from cesym.codegen.rowwise.forms import RowLoss
from cesym.codegen.rowwise.signatures import (
    arguments_of,
    cases_of,
    head_of,
    kept_of,
    kernel_of,
    reduced,
    roles_of,
)
from cesym.codegen.rowwise.targets import NUMPY
from cesym.codegen.rowwise.words import of_functions

ARRAY = "Array = npt.NDArray[np.floating[Any]]"
"""The type of `out`."""


def placed_function(
    found: RowLoss, group: Sequence[str], *, documented: bool, threads: bool = False
) -> str:
    """A function that returns a group, in new arrays or where it is told."""
    form, single = found.form, len(group) == 1
    outs = ["out"] if single else [f"out[{place}]" for place in range(len(group))]
    kind, default = "Array | None", "None"
    if not single:
        kind, default = (f"tuple[{', '.join([kind] * len(group))}]", _tuple([default] * len(group)))
    result = "Any" if single else f"tuple[{', '.join(['Any'] * len(group))}]"
    more = [f"out: {kind} = {default}", *(["num_threads: int = 1"] if threads else [])]
    lines = [head_of(form, group, NUMPY, *more, result=result)]
    if documented:
        lines.append(of_functions(found, group))
    lines += arguments_of(form)
    kernels = [kernel_of(group, of_class=of_class) for of_class in cases_of(form)]
    wanted = [f"({out}, {name in form.rows})" for out, name in zip(outs, group, strict=True)]
    parts = [_tuple(kernels), _tuple(roles_of(form)), _tuple(wanted), kept_of(form)]
    parts += ["num_threads"] if threads else []
    left = ", ".join(group) if len(group) > 1 else f"({group[0]},)"
    lines.append(bracketed(f"    {left} = _run(", parts, ")", indent=4))
    options = ["weight", "reduction"] if reduced(form, group) else ["None", '"none"']
    values = [
        f"_reduced({name}, {options[0]}, {kept_of(form)}, {options[1]}, {roles_of(form)[0]}, {out})"
        if name in form.numbers
        else name
        for out, name in zip(outs, group, strict=True)
    ]
    lines.append(f"    return {', '.join(values)}")
    return "\n".join(lines)


def _tuple(parts: Sequence[str]) -> str:
    return f"({', '.join(parts)}{',' * (len(parts) == 1)})"
