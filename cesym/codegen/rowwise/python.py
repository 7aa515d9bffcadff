"""Python code for losses of rows that needs the math module alone: functions of one row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cesym.codegen.assembly import joined, support
from cesym.codegen.layout import bracketed
from cesym.codegen.rowwise.forms import RowLoss
from cesym.codegen.rowwise.loops import SPELLING, body_of, helpers_of_loops
from cesym.codegen.rowwise.selftests import self_test
from cesym.codegen.rowwise.signatures import cases_of, groups_of, joined_name, kernel_of
from cesym.codegen.rowwise.table import Input, RowForm
from cesym.codegen.rowwise.words import docstring, of_functions
from cesym.codegen.spelling import Spelling, calls

ROW = "Sequence[float]"

WORDS: Mapping[str, str] = {
    "ROW": ROW,
    "NUMBER": "float",
    "FILLED": "list[float]",
    "OF_LOGITS": "_Rows",
    "EXP": "math.exp",
    "EXPM1": "math.expm1",
    "LOG": "_log",
    "LOG1P": "_log1p",
    "FINITE": "math.isfinite",
    "LEAST": "2.2250738585072014e-308",
    "INF": "math.inf",
    "NAN": "math.nan",
}
"""What stands for the capital words of `support/rows_loops.txt`."""

OPERATIONS: Mapping[str, Spelling] = {**SPELLING, **calls({"log": "_log", "log1p": "_log1p"})}

READERS: Mapping[str, tuple[str, str]] = {
    "_targets": ("int | Sequence[float]", "_target(target, label_smoothing, {first})"),
    "_smoothed": ("int", "_smoothed(target, smoothing, {first})"),
    "_numbers": ("float", "float(temperature)"),
}
"""Reader of an argument -> its type, and what reads it."""

LEFT_OUT = "ignore_index"
"""The option that is about some rows of many."""


def module(found: RowLoss, *, documented: bool, also: Sequence[RowForm] = ()) -> str:
    """The text of a module for a loss of rows. Of the forms `also` it has the kernels alone.

    >>> from cesym.codegen.rowwise.forms import row_loss_of
    >>> from cesym.derivation import derive
    >>> text = module(row_loss_of(derive("entropy-of-logits")), documented=False)
    >>> "def gradient(z: Sequence[float]) -> list[float]:" in text
    True
    """
    form, groups = found.form, groups_of(found.form)
    public = [_public(found, group, documented=documented) for group in groups]
    kernels = [
        _kernel(form, group, of_class=of_class) for group in groups for of_class in cases_of(form)
    ]
    kernels += [_kernel(other, tuple(other.programs), of_class=False) for other in also]
    own = support("rows_python")
    parts = [*public, *kernels]
    parts += helpers_of_loops(WORDS, own, "\n".join(parts))
    if "_Rows" in "\n".join(parts):
        parts.insert(0, f"_Rows = tuple[int, {', '.join([ROW] * 3)}, float]")
    names = sorted(map(joined_name, groups))
    listed = bracketed("__all__ = [", [f'"{name}"' for name in names], "]")
    imports = "import math\nfrom collections.abc import Sequence\n"
    head = f"{imports}\n{listed}"
    if documented:
        head = f"{docstring(found, 'python')}\n\n{imports}from typing import Any\n\n{listed}"
        parts.append(self_test(found, "python"))
    return joined([head, *parts])


def _result(form: RowForm, group: Sequence[str]) -> str:
    """The type of what is returned."""
    kinds = ["float" if name in form.numbers else "list[float]" for name in group]
    return kinds[0] if len(kinds) == 1 else f"tuple[{', '.join(kinds)}]"


def _kernel(form: RowForm, group: Sequence[str], *, of_class: bool) -> str:
    """The function that computes one row."""
    body = body_of(form, group, OPERATIONS, of_class=of_class)
    parameters = [f"{given.role}: {_kind(given, of_class)}" for given in form.inputs]
    rows = [n for n in (*body.filled, *group) if n not in form.numbers]
    returned = f") -> {_result(form, group)}:"
    lines = [
        bracketed(f"def {kernel_of(group, of_class=of_class)}(", parameters, returned),
        f"    classes = len({form.inputs[0].role})",
        *(f"    {name} = [0.0] * classes" for name in rows),
        *(f"    {line}".replace("\n", "\n    ") for line in body.lines),
        f"    return {', '.join(group)}",
    ]
    return "\n".join(lines)


def _kind(given: Input, of_class: bool) -> str:
    if given.reader == "_numbers":
        return "float"
    return "int" if of_class and given.reader != "_real" else ROW


def _public(found: RowLoss, group: Sequence[str], *, documented: bool) -> str:
    form = found.form
    parameters = [*_parameters(form)]
    end = f") -> {_result(form, group)}:"
    lines = [bracketed(f"def {joined_name(group)}(", parameters, end)]
    if documented:
        lines.append(of_functions(found, group))
    rows = [given.name for given in form.inputs if given.reader == "_real"]
    left = ", ".join(rows) if len(rows) > 1 else f"({rows[0]},)"
    lines.append(f"    {left} = _real({', '.join(f'{name}={name}' for name in rows)})")
    for given in form.inputs:
        if given.reader != "_real":
            value = READERS[given.reader][1].format(first=rows[0])
            lines.append(f"    {given.role} = {value}")
    roles = ", ".join(given.role for given in form.inputs)
    if len(cases_of(form)) > 1:
        lines.append("    if isinstance(p, int):")
        lines.append(f"        return {kernel_of(group, of_class=True)}({roles})")
    lines.append(f"    return {kernel_of(group, of_class=False)}({roles})")
    return "\n".join(lines)


def _parameters(form: RowForm) -> Iterator[str]:
    for given in form.inputs:
        yield f"{given.name}: {READERS[given.reader][0] if given.reader in READERS else ROW}"
        yield from (f"{name}: float" for name in given.also)
    options = [o for given in form.inputs for o in given.options if not o.startswith(LEFT_OUT)]
    if options:
        yield "*"
        yield from options
