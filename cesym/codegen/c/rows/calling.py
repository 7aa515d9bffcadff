"""Functions of Python around those of a compiled C file for rows that was written from programs.

How arguments are read and checked and results weighed and put in place, the numba target writes;
only the kernels are those of C. All is computed in float64 and rounded once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from cesym.codegen.assembly import helpers, joined, support
from cesym.codegen.c.programs import name_in_c
from cesym.codegen.c.rows.walked import Call, calls_of, declarations
from cesym.codegen.c.wrapper import opened
from cesym.codegen.rowwise import RowLoss
from cesym.codegen.rowwise.placing import ARRAY, placed_function
from cesym.codegen.rowwise.signatures import groups_of, joined_name, kernel_of

IMPORTS = """\
import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
"""

NOTHING = -1
"""What stands for the class of a row that is ignored, since no class has this number."""

POINTERS: Mapping[str, str] = MappingProxyType({"f": "double[]", "i": "int64_t[]"})
"""Kind of an array -> what C takes it for."""


def python_text(found: RowLoss) -> str:
    """The text of a module whose kernels are missing."""
    groups = groups_of(found.form)
    functions = [placed_function(found, group, documented=False, threads=True) for group in groups]
    public = "\n\n\n".join(functions)
    readers = f"{support('rows_numpy')}\n\n{support('rows_numba')}"
    names = sorted(map(joined_name, groups))
    head = f"{IMPORTS}\n__all__ = {names!r}\n\n{ARRAY}"
    return joined([head, public, *helpers(readers, public)])


def kernels(found: RowLoss, library: Path) -> dict[str, Callable[..., None]]:
    """The kernels that it lacks, by name. Raises MissingProgram without cffi."""
    ffi, functions = opened(declarations(found), library)
    prefix = name_in_c(found.page)
    return {
        kernel_of(call.group, of_class=call.of_class): _kernel(
            call, ffi, getattr(functions, f"{prefix}_{call.name}_f64")
        )
        for call in calls_of(found.form)
    }


def _kernel(call: Call, ffi: Any, function: Any) -> Callable[..., None]:
    """A function of arrays of n rows, the last of which it fills in."""
    roles, count = call.form.inputs, len(call.form.inputs)

    def run(*arrays: Any) -> None:
        given = [_wide(a) for a in arrays[:count]]
        results = [np.empty(a.shape, np.float64) for a in arrays[count:]]
        listed: list[Any] = [len(given[0]), given[0].shape[-1]]
        for role, array in zip(roles, given, strict=True):
            listed.append(_pointer(ffi, array))
            if role.options:
                listed += [NOTHING, 0.0] if call.of_class else [0.0]
        if call.weighed:
            listed.append(ffi.NULL)
        function(*listed, *(_pointer(ffi, r) for r in results), 1)
        for place, result in zip(arrays[count:], results, strict=True):
            with np.errstate(under="ignore", over="ignore"):
                place[...] = result

    return run


def _wide(array: Any) -> Any:
    """Numbers as C takes them: whole ones are classes."""
    kind = np.int64 if array.dtype.kind == "i" else np.float64
    return np.ascontiguousarray(array, kind)


def _pointer(ffi: Any, array: Any) -> Any:
    return ffi.from_buffer(POINTERS[array.dtype.kind], array)
