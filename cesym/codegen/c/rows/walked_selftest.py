"""The part of a C file for a loss of rows that tests it, from the samples of every target."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cesym.codegen.c.programs import Type, name_in_c
from cesym.codegen.c.rows.selftest import FAR
from cesym.codegen.c.rows.walked import TYPES, Call
from cesym.codegen.rowwise import RowLoss
from cesym.codegen.rowwise.selftests import cases
from cesym.codegen.rowwise.truth import Value

UNITS = {"double": "0x1p-50, 0x1p-1074", "float": "0x1p-21, 0x1p-149"}
"""Errors allowed, which are meant to show what is broken, and not what a sample has lost that
float32 has not."""


def self_test(found: RowLoss) -> str:
    """A main function that compares results with exact ones, in both types where both have the
    samples.
    """
    tests = [test for form in TYPES for test in _tests(found, form)]
    body = "\n".join(text for text, _ in tests)
    return f"""\
#ifdef CESYM_SELFTEST
#include <stdio.h>

{FAR}

int main(void)
{{
    int wrong = 0;
{body}
    if (!wrong)
        printf("{sum(count for _, count in tests)} values are right\\n");
    return wrong != 0;
}}
#endif"""


def _tests(found: RowLoss, form: Type) -> Iterator[tuple[str, int]]:
    """The text of every test, and how many values it compares."""
    for name, arguments, exact in cases(found):
        if form.real == "double" or all(map(_is_single, arguments)):
            yield _test(found, form, name, arguments, exact), len(exact)


def _is_single(value: Value) -> bool:
    """Whether float32 has a sample."""
    exact = np.asarray(value, np.float64)
    return bool((exact.astype(np.float32) == exact).all())


def _test(
    found: RowLoss, form: Type, name: str, arguments: tuple[Value, ...], exact: tuple[float, ...]
) -> str:
    # A target is the last argument but its share or a temperature.
    of_class = any(given.reader == "_smoothed" for given in found.form.inputs)
    call = Call(found.form, (name,), of_class)
    values = iter(arguments)
    lines, passed = [], []
    for kind, parameter in call.parameters(form.real):
        if parameter in ("n", "classes"):
            passed.append({"n": "1", "classes": "3"}[parameter])
        elif parameter == "ignored":
            passed.append("-1")
        elif parameter == "smoothing":
            passed.append(repr(next(values)) if of_class else "0.0")
        else:
            value = next(values)
            listed = value if isinstance(value, tuple) else (value,)
            text = ", ".join(repr(x) for x in listed)
            item = kind.removeprefix("const ").removesuffix(" *")
            lines.append(f"static const {item} {parameter}[{len(listed)}] = {{{text}}};")
            passed.append(parameter)
    passed += ["NULL"] if call.weighed else []
    size = len(exact)
    lines.append(f"static const double exact[{size}] = {{{', '.join(map(repr, exact))}}};")
    lines.append(f"{form.real} found[{size}];")
    public = f"{name_in_c(found.page)}_{call.name}_{form.name}"
    lines.append(f"{public}({', '.join(passed)}, found, 1);")
    lines.append(f"for (int k = 0; k < {size}; k++)")
    place = f'"{public}", (double)found[k], exact[k], {UNITS[form.real]}'
    lines.append(f"    wrong += cesym_far({place});")
    inner = "\n".join(f"        {line}" for line in lines)
    return f"    {{\n{inner}\n    }}"
