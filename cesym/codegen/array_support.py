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


def _exp_error(x: Any, h: Any) -> Any:
    """Return what rounding took from h = e^x for x in [0, 8], by tables of e^k and e^(j/16)."""
    powers = [
        1.0,
        2.718281828459045,
        7.38905609893065,
        20.085536923187668,
        54.598150033144236,
        148.4131591025766,
        403.4287934927351,
        1096.6331584284585,
        2980.9579870417283,
    ]
    powers_low = [
        0.0,
        1.4456468917292502e-16,
        -1.7971139497839148e-16,
        -1.8275625525512858e-16,
        2.8741578015844115e-15,
        3.4863514900464198e-15,
        1.2359628024450387e-14,
        9.869752640434095e-14,
        -2.7103295816873633e-14,
    ]
    roots = [
        1.0,
        1.0644944589178593,
        1.1331484530668263,
        1.2062302494209807,
        1.2840254166877414,
        1.3668379411737963,
        1.4549914146182013,
        1.5488302986341331,
        1.6487212707001282,
        1.7550546569602985,
        1.8682459574322223,
        1.988737469582292,
        2.117000016612675,
        2.2535347872132085,
        2.398875293967098,
        2.553589458062927,
    ]
    roots_low = [
        0.0,
        1.0872888143211957e-16,
        -5.370737708558031e-18,
        3.9295715071105525e-17,
        8.968972781793724e-17,
        5.1449446596411544e-17,
        8.517923078996071e-17,
        -3.110014802562223e-17,
        -4.731568479435833e-17,
        5.915225890357474e-17,
        8.036849362605154e-17,
        -8.571894776669697e-17,
        -1.1571006249440234e-16,
        -7.513914099665834e-19,
        -1.7324110869068432e-16,
        6.431266858673776e-17,
    ]
    n = np.rint(16 * np.where(x > 0, np.minimum(x, 8), 0)).astype(np.intp)
    a, a_low = np.take(powers, n >> 4), np.take(powers_low, n >> 4)
    b, b_low = np.take(roots, n & 15), np.take(roots_low, n & 15)
    r = x - n / 16
    q = 2.7557319223985893e-06
    q = 2.48015873015873e-05 + r * q
    q = 0.0001984126984126984 + r * q
    q = 0.001388888888888889 + r * q
    q = 0.008333333333333333 + r * q
    q = 0.041666666666666664 + r * q
    q = 0.16666666666666666 + r * q
    q = 0.5 + r * q
    p = a * b
    low = _product_error(a, b) + (a * b_low + a_low * b)
    rest = _product_error(p, r) + (low + (low * r + p * (r * r) * q))
    return np.where((x > 0) & (x <= 8), ((p - h) + p * r) + rest, 0)


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
