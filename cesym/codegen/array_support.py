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
    with np.errstate(all="ignore"), blocks:
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


def _total(*terms: Any) -> Any:
    """Add as if in twice the precision, and round once."""
    total, lost = terms[0], 0.0
    for term in terms[1:]:
        lost = lost + _sum_error(total, term)
        total = total + term
    return total + lost


def _sum_error(a: Any, b: Any) -> Any:
    """Return what rounding takes from a + b, exactly."""
    total = a + b
    added = total - a
    return (a - (total - added)) + (b - added)


def _product_error(a: Any, b: Any) -> Any:
    """Return what rounding takes from a * b, exactly, by halves of 26 bits."""
    if ((a == 0) | (a == 1)).all():
        return 0.0
    product = a * b
    a_high, a_low = _halves(a)
    b_high, b_low = _halves(b)
    rest = (a_high * b_high - product) + a_high * b_low + a_low * b_high
    return rest + a_low * b_low


def _halves(x: Any) -> tuple[Any, Any]:
    scaled = 134217729.0 * x
    high = scaled - (scaled - x)
    return high, x - high


def _reduced(losses: Any, weight: Any, reduction: str, out: Array | None) -> Any:
    """Weigh, then sum up in float64, rounded once to the type of the losses."""
    known = ("none", "mean", "sum")
    if reduction not in known:
        raise ValueError(f"reduction is {reduction!r}: expected one of {known}")
    if reduction != "none" and out is not None:
        raise ValueError(f'out is for reduction="none", which is {reduction!r}')
    if weight is None and reduction == "none":
        return losses
    weights = np.asarray(1.0) if weight is None else _real("weight", weight)
    weights = np.broadcast_to(weights, losses.shape)
    weighed = _weigh(weights, np.asarray(losses, np.float64))
    if reduction == "none":
        rounded = np.asarray(weighed, losses.dtype)
        if out is None:
            return rounded[()]
        out[...] = rounded
        return out
    total = np.sum(weighed)
    return losses.dtype.type(total / np.sum(weights) if reduction == "mean" else total)
