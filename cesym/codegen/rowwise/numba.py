"""numba code for losses of rows: loops over rows that are compiled, and can be shared out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cesym.codegen import numba as of_numbers
from cesym.codegen.assembly import helpers, joined, support
from cesym.codegen.layout import bracketed
from cesym.codegen.rowwise.forms import RowLoss
from cesym.codegen.rowwise.loops import SPELLING, body_of, helpers_of_loops
from cesym.codegen.rowwise.placing import ARRAY, placed_function
from cesym.codegen.rowwise.selftests import self_test
from cesym.codegen.rowwise.signatures import (
    cases_of,
    groups_of,
    joined_name,
    kernel_of,
    roles_of,
)
from cesym.codegen.rowwise.table import RowForm
from cesym.codegen.rowwise.words import docstring
from cesym.codegen.spelling import Spelling, calls

WORDS: Mapping[str, str] = {
    **dict.fromkeys(("ROW", "NUMBER", "FILLED", "OF_LOGITS"), "Any"),
    "EXP": "_exp",
    "EXPM1": "math.expm1",
    "LOG": "math.log",
    "LOG1P": "math.log1p",
    "FINITE": "math.isfinite",
    "LEAST": "2.2250738585072014e-308",
    "INF": "np.inf",
    "NAN": "np.nan",
}
"""What stands for the capital words of `support/rows_loops.txt`."""

OPERATIONS: Mapping[str, Spelling] = {
    **SPELLING,
    **calls({"log": "math.log", "log1p": "math.log1p"}),
}

IMPORTS = """\
import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import numba
import numpy as np
import numpy.typing as npt
"""

INTRINSICS = """\
from numba import types
from numba.extending import intrinsic
"""

COMPILED = '@numba.njit(error_model="numpy")'
LOOPS = '@numba.njit(error_model="numpy", nogil=True)'


def module(found: RowLoss, *, documented: bool, also: Sequence[RowForm] = ()) -> str:
    """The text of a module for a loss of rows. Of the forms `also` it has the kernels alone.

    >>> from cesym.codegen.rowwise.forms import row_loss_of
    >>> from cesym.derivation import derive
    >>> found = row_loss_of(derive("entropy-of-probabilities"))
    >>> "def entropy_and_gradient(" in module(found, documented=False)
    True
    """
    form, groups = found.form, groups_of(found.form)
    kernels = [
        _kernel(form, group, of_class=of_class) for group in groups for of_class in cases_of(form)
    ]
    kernels += [_kernel(other, tuple(other.programs), of_class=False) for other in also]
    public = [
        placed_function(found, group, documented=documented, threads=True) for group in groups
    ]
    text = "\n".join([*kernels, *public])
    loops = [f"{COMPILED}\n{h}" for h in helpers_of_loops(WORDS, "", text)]
    intrinsics = of_numbers.needed("\n".join(loops))
    readers = f"{support('rows_numpy')}\n\n{support('rows_numba')}"
    names = sorted(map(joined_name, groups))
    listed = bracketed("__all__ = [", [f'"{name}"' for name in names], "]")
    head = f"{IMPORTS}{INTRINSICS if intrinsics else ''}\n{listed}"
    head += f"\n\n{ARRAY}"
    # Decorated functions are used where they are compiled: below what they call.
    parts = [*intrinsics, *loops, *kernels, *public, *helpers(readers, text)]
    if documented:
        head = f"{docstring(found, 'numba')}\n\n{head}"
        parts.append(self_test(found, "numba"))
    return joined([head, *parts])


def _kernel(form: RowForm, group: Sequence[str], *, of_class: bool) -> str:
    """The loop over rows."""
    body = body_of(form, group, OPERATIONS, of_class=of_class)
    roles = roles_of(form)
    rows = [g.role for g in form.inputs if g.reader == "_real" or not _of_row(g.reader, of_class)]
    parameters = [f"{name}_rows: Any" for name in (*roles, *group)]
    lines = [
        LOOPS,
        bracketed(f"def {kernel_of(group, of_class=of_class)}(", parameters, ") -> None:"),
        f"    classes = {rows[0]}_rows.shape[1]",
        *(f"    {name} = np.empty(classes)" for name in (*rows, *body.filled)),
        f"    for i in range(len({rows[0]}_rows)):",
        *(f"        {n}{'[:]' if n in rows else ''} = {n}_rows[i]" for n in roles),
        *(f"        {name} = {name}_rows[i]" for name in group if name in form.rows),
        *(f"        {line}".replace("\n", "\n        ") for line in body.lines),
        *(f"        {name}_rows[i] = {name}" for name in group if name in form.numbers),
    ]
    return "\n".join(lines)


def _of_row(reader: str, of_class: bool) -> bool:
    """Whether what is read is one number for each row."""
    return reader == "_numbers" or of_class
