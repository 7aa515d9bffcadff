"""Functions of Python around those of a compiled C file: arrays in, arrays out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

from cesym.codegen.array_support import _checked, _real, _reduced
from cesym.codegen.c.programs import Kernel, Setting
from cesym.codegen.c.sums import is_summed
from cesym.codegen.c.writer import declarations
from cesym.errors import MissingProgram

BLOCK = 8192
"""So many numbers at a time are converted where arrays are not as C wants them."""

TYPES = {np.dtype(np.float64): ("f64", "double"), np.dtype(np.float32): ("f32", "float")}
"""Type of an array -> the ending of the functions for it, and its name in C."""

Arrays = Sequence[npt.NDArray[Any]]


def wrapped(every: Sequence[Kernel], setting: Setting, library: Path) -> ModuleType:
    """A module with the functions of the library. Raises MissingProgram without cffi."""
    ffi, functions = opened(declarations(every, setting), library)
    made = ModuleType("cesym_export", None)
    made.__dict__["__all__"] = sorted(kernel.name for kernel in every)
    for kernel in every:
        make = _summable if is_summed(kernel) else _function
        setattr(made, kernel.name, make(kernel, _Calls(ffi, functions, kernel)))
    return made


def opened(declared: str, library: Path) -> tuple[Any, Any]:
    """What calls C, and the library with the declared functions. Raises MissingProgram."""
    try:
        from cffi import FFI
    except ModuleNotFoundError:
        raise MissingProgram(
            "the target c needs the package {package}, which is not there",
            remedy='pip install "cesym[c]"',
            package="cffi",
        ) from None
    ffi = FFI()
    ffi.cdef(declared)
    return ffi, ffi.dlopen(str(library))


class _Calls:
    """The functions of one kernel, by type. The library lives as long as they do."""

    def __init__(self, ffi: Any, library: Any, kernel: Kernel) -> None:
        self.library, self.buffer, self.null = library, ffi.from_buffer, ffi.NULL
        self.kernel = kernel

    def __call__(self, arrays: Arrays, results: Arrays, threads: int) -> None:
        """Run over contiguous arrays of one type and size."""
        function = self.function("", results[0].dtype)
        pointers = [self.pointer(array) for array in arrays]
        pointers += [self.pointer(result, require_writable=True) for result in results]
        function(results[0].size, *pointers, threads)

    def sum(self, arrays: Arrays, weight: npt.NDArray[Any] | None, threads: int) -> float:
        """The sum over contiguous arrays of one type and size."""
        weights = self.null if weight is None else self.pointer(weight)
        pointers = [self.pointer(array) for array in arrays]
        function = self.function("_sum", arrays[0].dtype)
        return float(function(arrays[0].size, *pointers, weights, threads))

    def function(self, ending: str, dtype: np.dtype[Any]) -> Any:
        """The function of the library for numbers of one type."""
        return getattr(self.library, f"{self.kernel.public}{ending}_{TYPES[dtype][0]}")

    def pointer(self, array: npt.NDArray[Any], **options: bool) -> Any:
        """Where C finds the numbers of an array; it keeps the array."""
        return self.buffer(f"{TYPES[array.dtype][1]}[]", array, **options)


def _function(kernel: Kernel, calls: _Calls) -> Callable[..., Any]:
    names = kernel.inputs
    single = len(kernel.outputs) == 1

    def function(
        *arguments: npt.ArrayLike, out: Any = None, num_threads: int = 1, **named: npt.ArrayLike
    ) -> Any:
        values = _bound(kernel.name, names, arguments, named)
        arrays = [_real(name, value) for name, value in zip(names, values, strict=True)]
        shape = np.broadcast_shapes(*(array.shape for array in arrays))
        dtype = _result_type(values, arrays)
        given = (out,) if single else out or (None,) * len(kernel.outputs)
        results = [np.empty(shape, dtype) if o is None else _checked(o, shape) for o in given]
        if _as_c_wants([*results, *arrays]) and _apart(arrays, results):
            calls(arrays, results, num_threads)
        else:
            _in_blocks(calls, arrays, results)
        found = tuple(r[()] if o is None else o for r, o in zip(results, given, strict=True))
        return found[0] if single else found

    function.__name__ = function.__qualname__ = kernel.name
    return function


def _summable(kernel: Kernel, calls: _Calls) -> Callable[..., Any]:
    """The function of a loss, with weights and sums."""
    plain = _function(kernel, calls)

    def function(
        *arguments: npt.ArrayLike,
        weight: npt.ArrayLike | None = None,
        reduction: str = "none",
        out: Any = None,
        num_threads: int = 1,
        **named: npt.ArrayLike,
    ) -> Any:
        if reduction in ("sum", "mean") and out is None:
            values = _bound(kernel.name, kernel.inputs, arguments, named)
            arrays = [np.asarray(v) for v in (*values, *([] if weight is None else [weight]))]
            if arrays[0].dtype in TYPES and _as_c_wants(arrays):
                weights = None if weight is None else arrays.pop()
                total = calls.sum(arrays, weights, num_threads)
                count = arrays[0].size if weights is None else np.sum(weights, dtype=np.float64)
                return arrays[0].dtype.type(total / count if reduction == "mean" else total)
        losses = plain(*arguments, out=out, num_threads=num_threads, **named)
        return _reduced(losses, weight, reduction, out)

    function.__name__ = function.__qualname__ = kernel.name
    return function


def _bound(
    name: str, names: Sequence[str], arguments: Sequence[Any], named: dict[str, Any]
) -> list[Any]:
    """The arguments in order, given by place or by name."""
    rest = names[len(arguments) :]
    if len(arguments) > len(names) or {*rest} != named.keys():
        raise TypeError(f"{name} takes {', '.join(names)}; out and num_threads by name")
    return [*arguments, *(named[n] for n in rest)]


def _result_type(values: Sequence[Any], arrays: Arrays) -> np.dtype[Any]:
    """The widest float type; a Python float takes the precision of the arrays beside it."""
    floats = [
        value if type(value) is float else array
        for value, array in zip(values, arrays, strict=True)
        if array.dtype.kind == "f"
    ]
    return np.result_type(*floats) if floats else np.dtype(np.float64)


def _as_c_wants(arrays: Arrays) -> bool:
    """Whether all are contiguous, of one type that C has, and of one shape."""
    first = arrays[0]
    if first.dtype not in TYPES:
        return False
    return all(
        a.dtype == first.dtype and a.shape == first.shape and a.flags.c_contiguous for a in arrays
    )


def _apart(arrays: Arrays, results: Arrays) -> bool:
    """Whether no result lies where an argument or another result does."""
    every = [*arrays, *results]
    return not any(
        np.may_share_memory(result, other)
        for place, result in enumerate(results)
        for other in every[: len(arrays) + place]
    )


def _in_blocks(calls: _Calls, arrays: Arrays, results: Arrays) -> None:
    """Run over copies, block by block, of one type and contiguous."""
    narrow = all(np.can_cast(array.dtype, np.float32) for array in arrays)
    kind = np.dtype(np.float32 if narrow else np.float64)
    modes: list[Any] = [["readonly"]] * len(arrays)
    modes += [["writeonly", "no_broadcast"]] * len(results)
    blocks = np.nditer(
        [*arrays, *results],
        flags=["buffered", "external_loop", "zerosize_ok", "copy_if_overlap"],
        op_flags=modes,
        op_dtypes=[kind] * (len(arrays) + len(results)),
        casting="same_kind",
        buffersize=BLOCK,
    )
    with np.errstate(under="ignore"), blocks:
        for block in blocks:
            copied = [np.ascontiguousarray(b) for b in block[: len(arrays)]]
            computed = [np.empty(block[0].shape, kind) for _ in results]
            calls(copied, computed, 1)
            for target, value in zip(block[len(arrays) :], computed, strict=True):
                target[...] = value
