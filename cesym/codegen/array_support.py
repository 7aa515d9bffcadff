"""The part of an exported NumPy module that is the same for every formula.

Its functions are copied into what is exported as they stand here. So they use NumPy alone, and
formatters leave them as they are whether lines may be 88 or 100 columns wide.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating[Any]]

_BLOCK = 8192


def _in_blocks(
    kernel: Callable[..., tuple[Any, ...]],
    arguments: Mapping[str, npt.ArrayLike],
    out: Sequence[Array | None],
) -> tuple[Any, ...]:
    """Run `kernel` in float64 over blocks of the arguments; round each result once."""
    arrays = [_real(name, value) for name, value in arguments.items()]
    shape = np.broadcast_shapes(*(array.shape for array in arrays))
    # A Python float takes the precision of the arrays beside it, as NumPy has it.
    floats = [
        value if type(value) is float else array
        for value, array in zip(arguments.values(), arrays, strict=True)
        if array.dtype.kind == "f"
    ]
    dtype = np.result_type(*floats) if floats else np.dtype(np.float64)
    results = [np.empty(shape, dtype) if o is None else _checked(o, shape) for o in out]
    modes: list[Any] = [["readonly"]] * len(arrays)
    modes += [["writeonly", "no_broadcast"]] * len(results)
    blocks = np.nditer(
        [*arrays, *results],
        flags=["buffered", "external_loop", "zerosize_ok", "copy_if_overlap"],
        op_flags=modes,
        op_dtypes=[np.float64] * (len(arrays) + len(results)),
        casting="same_kind",
        buffersize=_BLOCK,
    )
    with np.errstate(under="ignore"), blocks:
        for block in blocks:
            values = kernel(*block[: len(arrays)])
            for target, value in zip(block[len(arrays) :], values, strict=True):
                target[...] = value
    return tuple(r[()] if o is None else o for r, o in zip(results, out, strict=True))


def _real(name: str, value: npt.ArrayLike) -> npt.NDArray[Any]:
    array = np.asarray(value)
    if array.dtype.kind not in "biuf" or array.dtype.itemsize > 8:
        expected = "expected real numbers of at most 64 bits"
        raise TypeError(f"{name} has dtype {array.dtype}: {expected}")
    return array


def _checked(out: Any, shape: tuple[int, ...]) -> Array:
    if not isinstance(out, np.ndarray) or out.dtype.kind != "f":
        found = getattr(out, "dtype", type(out).__name__)
        raise TypeError(f"out is {found}: expected a NumPy array of floats")
    if out.shape != shape:
        raise ValueError(f"out has shape {out.shape}: expected {shape}")
    return out


def _weigh(weight: Any, size: Any) -> Any:
    """Multiply; a weight of 0 makes 0 even of an infinite size, as in the limit."""
    if np.isinf(size).any():
        size = np.where(weight == 0, 0, size)
    return weight * size
