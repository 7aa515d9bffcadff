"""The part of a C file for an objective that tests it, if it is compiled with -DCESYM_SELFTEST."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from cesym.codegen.c.objectives.writer import TYPES, has_rows
from cesym.codegen.c.programs import Type, name_in_c
from cesym.codegen.c.rows.selftest import FAR
from cesym.codegen.objectives.forms import Objective
from cesym.codegen.objectives.selftests import SAMPLES, SIZES, exact_results
from cesym.codegen.rowwise.truth import Value

SCRATCH = 4096
"""More than the samples of the test need."""

UNITS = 8
"""Halves of an ulp that are allowed: something is broken where there are more."""


def self_test(found: Objective) -> str:
    """A main function that compares the objective and its gradient with exact values, and looks at
    the boundary: a sample that is infinitely sure and right, and nan.
    """
    exact = exact_results(found)
    given = {name: _flat(value) for name, value in SAMPLES[found.form.name].items()}
    ends = 4
    parts = [
        "#ifdef CESYM_SELFTEST\n#include <stdio.h>",
        *(_table(f"given_{name}", values) for name, values in given.items()),
        "/* The objective and the entries of its gradients. */",
        _table("exact", exact),
        FAR,
        *(_of_type(found, given, form, len(exact)) for form in TYPES),
        "int main(void)\n{",
        f"    int wrong = {' + '.join(f'wrong_{form.name}()' for form in TYPES)};",
        "    if (!wrong)",
        f'        printf("{len(TYPES) * (len(exact) + 1 + ends)} values are right\\n");',
        "    return wrong != 0;\n}\n#endif",
    ]
    return "\n".join(parts)


def _flat(value: Value) -> list[float]:
    """The numbers of a row, or of rows, one after the other."""
    if isinstance(value, (int, float)):
        return [float(value)]
    return [*chain.from_iterable(_flat(part) for part in value)]


def _table(name: str, values: list[float]) -> str:
    return f"static const double {name}[{len(values)}] = {{{', '.join(map(repr, values))}}};"


def _of_type(found: Objective, given: dict[str, list[float]], form: Type, count: int) -> str:
    """All functions of one type."""
    prefix, real, rows = name_in_c(found.page), form.real, has_rows(found)
    unit = "0x1p-53, 0x1p-1074" if real == "double" else "0x1p-24, 0x1p-149"
    sizes = f"{SIZES['N']}, {SIZES['D']}" + (f", {SIZES['K']}" if rows else "")
    copied = [(n, f"[{len(v)}]") for n, v in given.items() if rows or n not in ("b", "penalty")]
    fill = [
        f"    for (int k = 0; k < {room[1:-1]}; k++)\n        {name}[k] = ({real})given_{name}[k];"
        for name, room in copied
    ]
    return f"""\
static int wrong_{form.name}(void)
{{
    static double scratch[{SCRATCH}];
    {real} {", ".join(f"{name}{room}" for name, room in copied)}, found[{count}];
    int wrong = {prefix}_scratch({sizes.partition(", ")[2]}, 1) > {SCRATCH};
{chr(10).join(fill)}
{chr(10).join(_calls(prefix, form, sizes, rows=rows, count=count))}
    wrong += cesym_far("{prefix}_objective_{form.name}", alone, exact[0], {UNITS} * {unit});
    for (int k = 0; k < {count}; k++)
        wrong += cesym_far("{prefix}_objective_and_gradient_{form.name}", found[k], exact[k],
            {UNITS} * {unit});
    return wrong;
}}"""


def _calls(prefix: str, form: Type, sizes: str, *, rows: bool, count: int) -> Iterator[str]:
    """The calls at the samples, then those at the boundary: a bias is infinite, or nan."""
    real, ending = form.real, form.name
    penalty = "" if rows else f"({real})given_penalty[0], "
    labels, weights, slopes = ("P", "W, b", 4) if rows else ("y", f"w, ({real})given_b[0]", 2)
    given = f"{sizes}, X, {labels}, {weights}, {penalty}"
    yield f"    double alone = {prefix}_objective_{ending}({given}scratch, 1);"
    yield f"    found[0] = ({real}){prefix}_objective_and_gradient_{ending}("
    yield f"        {given}found + 1, found + {slopes + 1}, scratch, 1);"
    yield f"    {real} end[{count}] = {{0}};"
    first = sizes.replace("3, ", "1, ", 1)
    for value, exact in (("HUGE_VAL", "0.0"), ("NAN", "NAN")):
        bias = f"({real}){value}"
        if rows:
            yield f"    b[0] = {bias};"
            at = f"{first}, X, P, W, b, "
        else:
            at = f"{first}, X, y, w, {bias}, 0, "
        yield f"    end[0] = ({real}){prefix}_objective_and_gradient_{ending}("
        yield f"        {at}end + 1, end + {slopes + 1}, scratch, 1);"
        yield f'    wrong += cesym_far("objective at {value}", end[0], {exact}, 0.0, 0.0);'
        yield f'    wrong += cesym_far("gradient at {value}", end[1], {exact}, 0.0, 0.0);'
