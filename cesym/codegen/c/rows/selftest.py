"""The part of a C file for rows that tests it: `cc -DCESYM_SELFTEST file.c -lm && ./a.out`."""

from __future__ import annotations

from flint import arb, ctx

from cesym.codegen.c.programs import Type
from cesym.codegen.c.rows.dialects import TYPES

ROWS = ((0.0, 40.0, 0.0), (700.0, 0.0, -1.0), (3.0, 3.0, 3.0), (-60.0, 0.5, 40.25))
"""Logits that float32 has: confident, wrong, in doubt, far apart."""

CLASSES = (1, 2, 0, 2)

PRECISION = 256

UNITS = {"accurate": 2, "fast": 4}
"""Setting -> errors that are allowed, in halves of the largest ulp of numbers of a size."""


def self_test(prefix: str, setting: str) -> str:
    """A main function that compares losses and slopes, for classes and probabilities, with exact
    ones, and looks at the boundary: an infinite logit, nan, a class that is ignored or not there.
    """
    exact = [_exactly(row, c) for row, c in zip(ROWS, CLASSES, strict=True)]
    count = 2 * len(TYPES) * sum(map(len, exact)) + len(TYPES) * _BOUNDARY
    logits = ", ".join(f"{x!r}" for row in ROWS for x in row)
    found = ",\n    ".join(", ".join(f"{x!r}" for x in row) for row in exact)
    parts = [
        "#ifdef CESYM_SELFTEST\n#include <stdio.h>",
        f"#define ROWS {len(ROWS)}\n#define CLASSES {len(ROWS[0])}",
        f"static const double given[ROWS * CLASSES] = {{{logits}}};",
        f"static const int64_t classes[ROWS] = {{{', '.join(map(str, CLASSES))}}};",
        "/* A loss and its slopes for each row. */",
        f"static const double exact[ROWS * (CLASSES + 1)] = {{\n    {found}}};",
        FAR,
        *(_of_type(prefix, form, UNITS[setting]) for form in TYPES),
        "int main(void)\n{",
    ]
    calls = " + ".join(f"wrong_{form.name}()" for form in TYPES)
    ending = [
        f"    int wrong = {calls};",
        "    if (!wrong)",
        f'        printf("{count} values are right\\n");',
        "    return wrong != 0;\n}\n#endif",
    ]
    return "\n".join([*parts, *ending])


_BOUNDARY = 6

FAR = """\
static int cesym_far(const char *name, double found, double exact, double unit, double least)
{
    double room = unit * fabs(exact) + least;
    int far = exact != exact ? found == found : found != exact && !(fabs(found - exact) <= room);
    if (far)
        printf("%s: found %.17g, exact %.17g\\n", name, found, exact);
    return far;
}"""


def _of_type(prefix: str, form: Type, units: int) -> str:
    """All functions of one type: so many ulp are allowed."""
    real, ending = form.real, form.name
    unit = f"{units} * " + ("0x1p-53, 0x1p-1074" if real == "double" else "0x1p-24, 0x1p-149")
    name = f"{prefix}_loss_and_gradient"
    return f"""\
static int wrong_{ending}(void)
{{
    static const {real} end[9] = {{HUGE_VAL, 0, 1, NAN, 0, 1, 0, 0, 0}};
    static const int64_t of_end[3] = {{1, 0, 7}};
    {real} z[ROWS * CLASSES], p[ROWS * CLASSES] = {{0}}, loss[ROWS], slope[ROWS * CLASSES];
    int wrong = 0;
    for (int k = 0; k < ROWS * CLASSES; k++)
        z[k] = ({real})given[k];
    for (int k = 0; k < ROWS; k++)
        p[CLASSES * k + classes[k]] = 1;
    for (int soft = 0; soft < 2; soft++) {{
        if (soft)
            {name}_{ending}(ROWS, CLASSES, z, p, 0.0, loss, slope, 1);
        else
            {name}_of_class_{ending}(ROWS, CLASSES, z, classes, -1, 0.0, loss, slope, 1);
        for (int k = 0; k < ROWS; k++) {{
            const double *row = exact + k * (CLASSES + 1);
            wrong += cesym_far("{name}_{ending}", loss[k], row[0], {unit});
            for (int j = 0; j < CLASSES; j++) {{
                double found = slope[CLASSES * k + j];
                wrong += cesym_far("{name}_{ending}", found, row[j + 1], {unit});
            }}
        }}
    }}
    {prefix}_loss_of_class_{ending}(3, CLASSES, end, of_end, -1, 0.0, NULL, loss, 1);
    wrong += cesym_far("infinite logit", loss[0], HUGE_VAL, 0.0, 0.0);
    wrong += cesym_far("nan", loss[1], NAN, 0.0, 0.0);
    wrong += cesym_far("no such class", loss[2], NAN, 0.0, 0.0);
    {prefix}_gradient_of_class_{ending}(3, CLASSES, end, of_end, 7, 0.0, slope, 1);
    wrong += cesym_far("infinite logit", slope[0], 1.0, 0.0, 0.0);
    wrong += cesym_far("infinite logit", slope[1], -1.0, 0.0, 0.0);
    wrong += cesym_far("ignored class", slope[6], 0.0, 0.0, 0.0);
    return wrong;
}}"""


def _exactly(row: tuple[float, ...], c: int) -> list[float]:
    """The loss and the slopes, by the textbook formula in many digits."""
    with ctx.workprec(PRECISION):
        total = sum((arb(x).exp() for x in row), arb(0))
        shares = [arb(x).exp() / total for x in row]
        others = sum((share for k, share in enumerate(shares) if k != c), arb(0))
        slopes = [-others if k == c else share for k, share in enumerate(shares)]
        return [float(total.log() - arb(row[c])), *map(float, slopes)]
