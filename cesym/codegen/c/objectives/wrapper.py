"""Functions of Python around those of a compiled C file for an objective: called as NumPy's are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

from cesym.codegen.array_support import _real
from cesym.codegen.c.objectives.writer import declarations, has_rows
from cesym.codegen.c.programs import name_in_c
from cesym.codegen.c.wrapper import TYPES, opened
from cesym.codegen.objectives.forms import Objective

NAMES = ("hessian_product", "objective", "objective_and_gradient")

DOUBLE = np.dtype(np.float64)

Array = npt.NDArray[Any]


def wrapped(found: Objective, library: Path) -> ModuleType:
    """A module with the functions of the library. Raises MissingProgram without cffi."""
    calls = _Calls(name_in_c(found.page), *opened(declarations(found), library))
    functions = _softmax(calls) if has_rows(found) else _logistic(calls)
    made = ModuleType("cesym_export", None)
    made.__dict__["__all__"] = [*NAMES]
    for name, function in zip(NAMES, functions, strict=True):
        function.__name__ = function.__qualname__ = name
        setattr(made, name, function)
    return made


@dataclass(frozen=True, slots=True)
class _Calls:
    """The functions of a library. It lives as long as they do."""

    prefix: str
    ffi: Any
    library: Any

    def __call__(
        self, name: str, sizes: tuple[int, ...], given: list[Any], out: list[Array], threads: int
    ) -> float:
        """Call a function for the type of the first array, X; numbers are given as they are."""
        ending, _real_name = TYPES[given[0].dtype]
        room = getattr(self.library, f"{self.prefix}_scratch")(*sizes[1:], threads)
        scratch = np.empty(room, np.float64)
        function = getattr(self.library, f"{self.prefix}_{name}_{ending}")
        return function(*sizes, *map(self._passed, [*given, *out, scratch]), threads)

    def _passed(self, value: Any) -> Any:
        """Where C finds the numbers of an array; it keeps the array."""
        if not isinstance(value, np.ndarray):
            return value
        kind = "int64_t" if value.dtype.kind == "i" else TYPES[value.dtype][1]
        return self.ffi.from_buffer(f"{kind}[]", value)


def _logistic(calls: _Calls) -> tuple[Callable[..., Any], ...]:
    def hessian_product(
        X: npt.ArrayLike,
        w: npt.ArrayLike,
        u: npt.ArrayLike,
        b: float = 0.0,
        h: float = 0.0,
        *,
        penalty: float = 0.0,
        num_threads: int = 1,
    ) -> tuple[Any, Any]:
        x, weights, along = _alike(X=X, w=w, u=u)
        _check_shapes(x, w=(weights, x.shape[1:]), u=(along, x.shape[1:]))
        out = [np.empty_like(along), np.empty(1, x.dtype)]
        given = [x, weights, float(b), along, float(h), penalty]
        calls("hessian_product", x.shape, given, out, num_threads)
        return out[0], out[1][0]

    def objective(
        X: npt.ArrayLike,
        y: npt.ArrayLike,
        w: npt.ArrayLike,
        b: float = 0.0,
        *,
        penalty: float = 0.0,
        num_threads: int = 1,
    ) -> Any:
        x, labels, weights = _alike(X=X, y=y, w=w)
        _check_shapes(x, y=(labels, x.shape[:1]), w=(weights, x.shape[1:]))
        given = [x, labels, weights, float(b), penalty]
        return x.dtype.type(calls("objective", x.shape, given, [], num_threads))

    def objective_and_gradient(
        X: npt.ArrayLike,
        y: npt.ArrayLike,
        w: npt.ArrayLike,
        b: float = 0.0,
        *,
        penalty: float = 0.0,
        num_threads: int = 1,
    ) -> tuple[Any, Any, Any]:
        x, labels, weights = _alike(X=X, y=y, w=w)
        _check_shapes(x, y=(labels, x.shape[:1]), w=(weights, x.shape[1:]))
        out = [np.empty_like(weights), np.empty(1, x.dtype)]
        given = [x, labels, weights, float(b), penalty]
        value = calls("objective_and_gradient", x.shape, given, out, num_threads)
        return x.dtype.type(value), out[0], out[1][0]

    return hessian_product, objective, objective_and_gradient


def _softmax(calls: _Calls) -> tuple[Callable[..., Any], ...]:
    def hessian_product(
        X: npt.ArrayLike,
        W: npt.ArrayLike,
        U: npt.ArrayLike,
        b: npt.ArrayLike = 0.0,
        h: npt.ArrayLike = 0.0,
        *,
        num_threads: int = 1,
    ) -> tuple[Any, Any]:
        x, weights, along = _alike(X=X, W=W, U=U)
        shape = (*x.shape[1:], *weights.shape[-1:])
        _check_shapes(x, W=(weights, shape), U=(along, shape))
        out = [np.empty_like(along), np.empty(shape[1:], x.dtype)]
        given = [x, weights, _biases(b, out[1]), along, _biases(h, out[1])]
        calls("hessian_product", (len(x), *shape), given, out, num_threads)
        return out[0], out[1]

    def objective(
        X: npt.ArrayLike,
        target: npt.ArrayLike,
        W: npt.ArrayLike,
        b: npt.ArrayLike = 0.0,
        *,
        num_threads: int = 1,
    ) -> Any:
        name, sizes, given, _ = _classified("objective", X, target, W, b)
        return given[0].dtype.type(calls(name, sizes, given, [], num_threads))

    def objective_and_gradient(
        X: npt.ArrayLike,
        target: npt.ArrayLike,
        W: npt.ArrayLike,
        b: npt.ArrayLike = 0.0,
        *,
        num_threads: int = 1,
    ) -> tuple[Any, Any, Any]:
        name, sizes, given, out = _classified("objective_and_gradient", X, target, W, b)
        value = calls(name, sizes, given, out, num_threads)
        return given[0].dtype.type(value), out[0], out[1]

    return hessian_product, objective, objective_and_gradient


def _classified(
    name: str, X: npt.ArrayLike, target: npt.ArrayLike, W: npt.ArrayLike, b: npt.ArrayLike
) -> tuple[str, tuple[int, ...], list[Any], list[Array]]:
    """The function for classes or for probabilities, the sizes, what is given, and room."""
    wanted = np.asarray(target)
    of_class = wanted.dtype.kind in "iu"
    if of_class:
        x, weights = _alike(X=X, W=W)
    else:
        x, weights, wanted = _alike(X=X, W=W, target=wanted)
    shape = (*x.shape[1:], *weights.shape[-1:])
    rows = x.shape[:1] if of_class else (*x.shape[:1], *shape[1:])
    _check_shapes(x, W=(weights, shape), target=(wanted, rows))
    if of_class:
        name = f"{name}_of_class"
        if ((wanted < 0) | (wanted >= shape[1])).any():
            raise ValueError(f"target holds classes that are not 0 to {shape[1] - 1}")
        wanted = np.ascontiguousarray(wanted, np.int64)
    out = [np.empty_like(weights), np.empty(shape[1:], x.dtype)]
    return name, (len(x), *shape), [x, wanted, weights, _biases(b, out[1])], out


def _alike(**arrays: npt.ArrayLike) -> list[Array]:
    """The arrays as C wants them: contiguous, in float32 if all of them are, else in float64."""
    found = [_real(name, array) for name, array in arrays.items()]
    narrow = all(array.dtype == np.float32 for array in found)
    kind = np.float32 if narrow else np.float64
    return [np.ascontiguousarray(a, kind).reshape(a.shape) for a in found]


def _check_shapes(x: Array, **wanted: tuple[Array, tuple[int, ...]]) -> None:
    """C is to read only what is there."""
    if x.ndim != 2 or x.shape[0] == 0:
        raise ValueError(f"X has the shape {x.shape}: expected a row per sample")
    for name, (array, shape) in wanted.items():
        if array.shape != shape or (len(shape) == 2 and not shape[1]):
            raise ValueError(f"{name} has the shape {array.shape}: expected {shape}")


def _biases(b: npt.ArrayLike, like: Array) -> Array:
    """A bias for each class."""
    return np.ascontiguousarray(np.broadcast_to(_real("b", b), like.shape), like.dtype)
