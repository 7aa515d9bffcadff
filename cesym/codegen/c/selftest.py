"""The part of a C file that tests it: `cc -DCESYM_SELFTEST file.c -lm && ./a.out`."""

from __future__ import annotations

import math
from collections.abc import Iterator

from cesym.codegen.assembly import inner_points, share
from cesym.codegen.boundaries import Ends, Point
from cesym.codegen.c.programs import Kernel, Setting, Type, kernels
from cesym.codegen.functions import Function, Functions
from cesym.codegen.truth import nearest

Case = tuple[Point, float, int]
"""Arguments, the exact value, and how many times more it may be off than where nothing cancels."""


def self_test(functions: Functions, setting: Setting, ends: Ends) -> str:
    """A main function that compares some values with exact ones, and those at the boundary.

    Only values that are the same for all types are looked at: of arguments that float32 has.
    """
    cases = {
        f.name: [
            *(_case(f, functions, p) for p in inner_points(f, functions)),
            *((point, value, 1) for point, value in ends[f.name]),
        ]
        for f in functions.functions
    }
    single = [kernel for kernel in kernels(functions) if kernel.name in cases]
    calls = [
        _of_type(kernel, form, len(cases[kernel.name]))
        for kernel in single
        for form in setting.types
    ]
    count = sum(len(cases[kernel.name]) for kernel in single) * len(setting.types)
    parts = [
        "#ifdef CESYM_SELFTEST\n#include <stdio.h>",
        *(_table(kernel.name, cases[kernel.name]) for kernel in single),
        _FAR,
        "int main(void)\n{\n    int wrong = 0;",
    ]
    ending = [
        "    if (!wrong)",
        f'        printf("{count} values are right\\n");',
        "    return wrong != 0;\n}\n#endif",
    ]
    return "\n\n".join(parts) + "\n" + "\n".join([*calls, *ending])


def _case(function: Function, functions: Functions, point: Point) -> Case:
    exact = nearest(function, functions, point)
    return point, exact, math.ceil(share(function, functions, point))


_FAR = """\
static int cesym_far(const char *name, double found, double exact, double unit)
{
    int far = exact != exact ? found == found : found != exact && !(fabs(found - exact) <= unit);
    if (far)
        printf("%s: found %.17g, exact %.17g\\n", name, found, exact);
    return far;
}"""


def _table(name: str, cases: list[Case]) -> str:
    """The arguments and the exact value of every case."""
    rows = ",\n".join(
        f"    {{{', '.join(map(_literal, (*point, exact, more)))}}}" for point, exact, more in cases
    )
    width = len(cases[0][0]) + 2
    return f"static const double cases_{name}[{len(cases)}][{width}] = {{\n{rows},\n}};"


def _of_type(kernel: Kernel, form: Type, count: int) -> str:
    """Calls of one function for one type: an ulp more than half, or what the setting promises."""
    (output,) = kernel.outputs
    step = "0x1p-52" if form.real == "double" else "0x1p-23"
    least = "0x1p-1074" if form.real == "double" else "0x1p-149"
    names = [*kernel.inputs, output]
    full = f"{kernel.public}_{form.name}"
    room = ", ".join(f"{name}[{count}]" for name in names)
    given = list(_given(kernel))
    return "\n".join(
        [
            "    {",
            f"        {form.real} {room};",
            f"        for (int k = 0; k < {count}; k++) {{",
            *(f"            {line}" for line in given),
            "        }",
            f"        {full}({count}, {', '.join(names)}, 1);",
            f"        for (int k = 0; k < {count}; k++) {{",
            f"            double exact = cases_{kernel.name}[k][{len(kernel.inputs)}];",
            f"            double unit = {_ulps(form)} * (fabs(exact) * {step} + {least})"
            f" * cases_{kernel.name}[k][{len(kernel.inputs) + 1}];",
            f'            wrong += cesym_far("{full}", {output}[k], exact, unit);',
            "        }",
            "    }",
        ]
    )


def _ulps(form: Type) -> float:
    """How many units in the last place a value may be off in the test."""
    return 4.0 if not form.cancels else 1.0


def _given(kernel: Kernel) -> Iterator[str]:
    for place, name in enumerate(kernel.inputs):
        yield f"{name}[k] = cases_{kernel.name}[k][{place}];"


def _literal(value: float) -> str:
    if math.isfinite(value):
        return repr(value)
    return {math.inf: "HUGE_VAL", -math.inf: "-HUGE_VAL"}.get(value, "NAN")
