"""Functions of Python around those of a compiled C file for rows: called as the NumPy module is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

from cesym.codegen.array_support import _checked
from cesym.codegen.c.rows.writer import declarations
from cesym.codegen.c.wrapper import TYPES, opened

NOTHING = -1
"""What stands for the class of a row that is ignored, since no class has this number."""

REDUCTIONS = ("none", "mean", "sum")

Floats = npt.NDArray[np.floating[Any]]


def wrapped(prefix: str, library: Path) -> ModuleType:
    """A module with the functions of the library. Raises MissingProgram without cffi."""
    calls = _Calls(prefix, *opened(declarations(prefix), library))
    made = ModuleType("cesym_export", None)
    made.__dict__["__all__"] = ["gradient", "loss", "loss_and_gradient"]
    made.__dict__["loss"] = _loss(calls)
    for name, single in (("gradient", True), ("loss_and_gradient", False)):
        made.__dict__[name] = _slopes(calls, name, single=single)
    return made


@dataclass(frozen=True, slots=True)
class _Rows:
    """Logits of one type, contiguous, and their target: classes, or probabilities of that type."""

    z: Floats
    target: npt.NDArray[Any]
    kept: npt.NDArray[np.bool_] | None
    """Which rows count, None for all."""
    smoothing: float
    result: np.dtype[Any]

    @property
    def rows(self) -> tuple[int, ...]:
        """How many rows there are, axis by axis."""
        return self.z.shape[:-1]

    def of_class(self) -> bool:
        """Whether the target holds classes."""
        return self.target.dtype.kind == "i"


@dataclass(frozen=True, slots=True)
class _Calls:
    """The functions of a library. It lives as long as they do."""

    prefix: str
    ffi: Any
    library: Any

    def __call__(self, name: str, rows: _Rows, *more: Any, threads: int) -> float:
        """Call a function, or that for classes; `more` are arrays and None for weights left out."""
        ending, _kind = TYPES[rows.z.dtype]
        classes, count = rows.z.shape[-1], int(np.prod(rows.rows))
        given = [self._pointer(rows.z), self._pointer(rows.target)]
        if rows.of_class():
            name = f"{name}_of_class"
            given.append(NOTHING)
        found = [self.ffi.NULL if a is None else self._pointer(a) for a in more]
        function = getattr(self.library, f"{self.prefix}_{name}_{ending}")
        return function(count, classes, *given, rows.smoothing, *found, threads)

    def _pointer(self, array: npt.NDArray[Any]) -> Any:
        """Where C finds the numbers of an array; it keeps the array."""
        kind = "int64_t" if array.dtype.kind == "i" else TYPES[array.dtype][1]
        return self.ffi.from_buffer(f"{kind}[]", array)


def _loss(calls: _Calls) -> Callable[..., Any]:
    def loss(
        z: npt.ArrayLike,
        target: npt.ArrayLike,
        *,
        weight: npt.ArrayLike | None = None,
        ignore_index: int | None = None,
        label_smoothing: float = 0.0,
        reduction: str = "none",
        out: Any = None,
        num_threads: int = 1,
    ) -> Any:
        rows = _rows(z, target, ignore_index, label_smoothing)
        if reduction not in REDUCTIONS:
            raise ValueError(f"reduction is {reduction!r}: expected one of {REDUCTIONS}")
        weights = None
        if weight is not None:
            weights = np.broadcast_to(np.asarray(weight, np.float64), rows.rows)
            weights = np.ascontiguousarray(weights)
        if reduction == "none":
            places = [(out, rows.rows)]
            return _placed(calls, "loss", rows, places, (weights,), num_threads)[0]
        if out is not None:
            raise ValueError(f'out is for reduction="none", which is {reduction!r}')
        total = calls("loss_sum", rows, weights, threads=num_threads)
        if reduction == "mean":
            counted = np.ones(rows.rows) if weights is None else weights
            count = np.sum(counted if rows.kept is None else np.where(rows.kept, counted, 0.0))
            total = np.float64(total) / count
        return rows.result.type(total)

    return loss


def _slopes(calls: _Calls, name: str, *, single: bool) -> Callable[..., Any]:
    def function(
        z: npt.ArrayLike,
        target: npt.ArrayLike,
        *,
        ignore_index: int | None = None,
        label_smoothing: float = 0.0,
        out: Any = None,
        num_threads: int = 1,
    ) -> Any:
        rows = _rows(z, target, ignore_index, label_smoothing)
        given = (out,) if single else out or (None, None)
        shapes = (rows.z.shape,) if single else (rows.rows, rows.z.shape)
        places = [*zip(given, shapes, strict=True)]
        found = _placed(calls, name, rows, places, (), num_threads)
        return found[0] if single else found

    function.__name__ = function.__qualname__ = name
    return function


def _placed(
    calls: _Calls,
    name: str,
    rows: _Rows,
    places: Sequence[tuple[Any, tuple[int, ...]]],
    weights: tuple[Any, ...],
    threads: int,
) -> tuple[Any, ...]:
    """Results where they are wanted, written there at once if C can."""
    outs = [out if out is None else _checked(out, shape) for out, shape in places]
    others: list[npt.NDArray[Any]] = [rows.z, rows.target, *(w for w in weights if w is not None)]
    results: list[npt.NDArray[Any]] = []
    for out, (_given, shape) in zip(outs, places, strict=True):
        fits = out is not None and out.dtype == rows.z.dtype and out.flags.carray
        apart = fits and not any(np.may_share_memory(out, a) for a in (*others, *results))
        results.append(out if out is not None and apart else np.empty(shape, rows.z.dtype))
    calls(name, rows, *weights, *results, threads=threads)
    found = []
    for out, result in zip(outs, results, strict=True):
        if out is None:
            found.append(result.astype(rows.result, copy=False)[()])
        else:
            if out is not result:
                out[...] = result
            found.append(out)
    return tuple(found)


def _rows(z: npt.ArrayLike, target: npt.ArrayLike, ignored: int | None, smoothing: float) -> _Rows:
    """What was given, as C wants it; errors are those of the NumPy module."""
    array, wanted = np.asarray(z), np.asarray(target)
    if array.dtype.kind not in "biuf" or array.dtype.itemsize > 8 or array.ndim < 1:
        found = f"{array.dtype}{array.shape}"
        raise TypeError(f"z is {found}: expected rows of real numbers")
    if array.shape[-1] == 0:
        raise ValueError(f"z has shape {array.shape}: expected at least one class")
    if not 0 <= smoothing <= 1:
        raise ValueError(f"label_smoothing is {smoothing}: expected 0 to 1")
    narrow = array.dtype == np.float32
    kept = None
    if wanted.dtype.kind in "iu":
        wanted, kept = _classes(np.broadcast_to(wanted, array.shape[:-1]), array, ignored)
    elif wanted.dtype.kind != "f":
        raise TypeError(f"target is {wanted.dtype}: expected classes or probabilities")
    elif ignored is not None:
        raise ValueError("ignore_index goes with classes, not with probabilities")
    else:
        narrow = narrow and np.can_cast(wanted.dtype, np.float32)
        kind = np.float32 if narrow else np.float64
        wanted = np.ascontiguousarray(np.broadcast_to(wanted, array.shape), kind)
    logits = np.ascontiguousarray(array, np.float32 if narrow else np.float64)
    result = array.dtype if array.dtype.kind == "f" else np.dtype(np.float64)
    # What is contiguous has an axis, also if there was none.
    return _Rows(logits.reshape(array.shape), wanted, kept, float(smoothing), result)


def _classes(
    wanted: npt.NDArray[Any], z: npt.NDArray[Any], ignored: int | None
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_] | None]:
    """Classes that are there, `NOTHING` for those that are ignored; and which are not."""
    classes = z.shape[-1]
    kept = None if ignored is None else np.asarray(wanted != ignored)
    wrong = (wanted < 0) | (wanted >= classes)
    if (wrong if kept is None else kept & wrong).any():
        raise ValueError(f"target holds classes that are not 0 to {classes - 1}")
    found = wanted if kept is None else np.where(kept, wanted, NOTHING)
    return np.ascontiguousarray(found, np.int64), kept
