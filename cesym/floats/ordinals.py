"""The numbering of floats: neighbours differ by one.

The bit pattern of a float is almost its place in the order of all floats; only the sign
is stored apart. ``ordinal`` repairs that, so steps between floats become subtraction.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]

FORMATS = (np.dtype(np.float32), np.dtype(np.float64))
_SIGNED = {4: np.dtype(np.int32), 8: np.dtype(np.int64)}


def require_format(dtype: npt.DTypeLike) -> np.dtype[Any]:
    """Return ``dtype`` as a NumPy dtype; raise ``TypeError`` unless it is float32 or float64.

    >>> require_format("float32")
    dtype('float32')
    """
    found = np.dtype(dtype)
    if found not in FORMATS:
        raise TypeError(f"expected float32 or float64, got {found}: convert with .astype")
    return found


def ordinal(x: Floats) -> npt.NDArray[np.int64]:
    """Number the floats in increasing order: both zeros are 0, the next float up is 1.

    Infinities follow the largest finite floats; a nan has no place and raises ``ValueError``.

    >>> ordinal(np.array([0.0, -0.0, 5e-324, -5e-324]))
    array([ 0,  0,  1, -1])
    """
    require_format(x.dtype)
    if np.isnan(x).any():
        raise ValueError("nan has no place in the order of floats: drop it first")
    signed = _SIGNED[x.dtype.itemsize]
    pattern = np.ascontiguousarray(x).view(signed).astype(np.int64)
    magnitude = pattern & np.int64(np.iinfo(signed).max)
    return np.where(pattern < 0, -magnitude, magnitude)


def from_ordinal(number: npt.NDArray[np.int64], dtype: npt.DTypeLike) -> Floats:
    """Return the floats with these numbers, the inverse of ``ordinal`` up to the sign of zero.

    >>> from_ordinal(np.array([0, 1, -1]), np.float64)
    array([ 0.e+000,  5.e-324, -5.e-324])
    """
    form = require_format(dtype)
    magnitude = np.abs(number).astype(_SIGNED[form.itemsize]).view(form)
    return np.where(number < 0, -magnitude, magnitude)


def distance(a: Floats, b: Floats) -> npt.NDArray[np.uint64]:
    """Count the steps from one float to the other, exactly (up to 2^64 for float64).

    >>> distance(np.array([1.0]), np.array([1.0 + 2**-50]))
    array([4], dtype=uint64)
    """
    first, second = ordinal(a), ordinal(b)
    high, low = np.maximum(first, second), np.minimum(first, second)
    return high.astype(np.uint64) - low.astype(np.uint64)
