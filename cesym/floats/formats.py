"""The float formats: how many digits, how small, how large. bfloat16 lies in float32 arrays, of
which it is the upper half; NumPy has no type for it.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Format:
    """A binary format: `digits` of the significand, the exponent of its least number, and the dtype
    of the arrays that hold it.
    """

    name: str
    digits: int
    least_exponent: int
    storage: np.dtype[Any]

    @property
    def largest(self) -> float:
        """The largest finite number."""
        top = 2 - self.least_exponent - self.digits
        return math.ldexp(2.0 - 2.0 ** (1 - self.digits), top)

    @property
    def smallest_normal(self) -> float:
        """The smallest number with all digits."""
        return math.ldexp(1.0, self.least_exponent + self.digits - 1)

    def ulp_exponent(self, x: float) -> int:
        """The exponent of the ulp of a finite number; of zero that of the least one."""
        if x == 0:
            return self.least_exponent
        return max(math.frexp(x)[1] - self.digits, self.least_exponent)

    def spacing(self, x: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        """The ulp at each number, as `ulp_exponent` has it; at an infinity that of the largest."""
        size = np.minimum(np.abs(x.astype(np.float64)), self.largest)
        exponents = np.maximum(np.frexp(size)[1] - self.digits, self.least_exponent)
        return np.ldexp(1.0, np.where(size == 0, self.least_exponent, exponents))

    def neighbour(self, x: float, side: int) -> float:
        """The next number above (`side` 1) or below (-1); infinite beyond the largest."""
        unit = self.ulp_exponent(x)
        inwards = x * side < 0
        if inwards and abs(math.frexp(x)[0]) == 0.5 and unit > self.least_exponent:
            unit -= 1
        found = x + side * math.ldexp(1.0, unit)
        return found if abs(found) <= self.largest else side * math.inf

    def guess(self, x: float) -> float:
        """A float64 as this format, to the nearest or a neighbour of it."""
        if self.name == "float64":
            return x
        letter = "e" if self.name == "float16" else "f"
        try:
            found = struct.unpack(f"<{letter}", struct.pack(f"<{letter}", x))[0]
        except OverflowError:
            return math.copysign(math.inf, x)
        if self.name != "bfloat16" or math.isinf(found):
            return found
        bits = struct.unpack("<I", struct.pack("<f", found))[0] + 0x8000
        return struct.unpack("<f", struct.pack("<I", bits & 0xFFFF0000))[0]

    def every(self) -> npt.NDArray[Any]:
        """Every finite number of a format of 16 bits, in increasing order, zero once.

        >>> FORMATS["float16"].every().size, FORMATS["bfloat16"].every().size
        (63487, 65279)
        """
        if self.name not in ("float16", "bfloat16"):
            raise ValueError(f"{self.name} has too many numbers: {self.digits} digits")
        bits = np.arange(1 << 16, dtype=np.uint16)
        values = (
            bits.view(np.float16)
            if self.name == "float16"
            else (bits.astype(np.uint32) << 16).view(np.float32)
        )
        return np.unique(values[np.isfinite(values)] + self.storage.type(0))


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "float16": Format("float16", 11, -24, np.dtype(np.float16)),
        "bfloat16": Format("bfloat16", 8, -133, np.dtype(np.float32)),
        "float32": Format("float32", 24, -149, np.dtype(np.float32)),
        "float64": Format("float64", 53, -1074, np.dtype(np.float64)),
    }
)
"""The formats by name."""


def format_of(dtype: npt.DTypeLike) -> Format:
    """The format of a dtype, or of this name. Raises TypeError for another.

    >>> format_of(np.float32).largest == float(np.finfo(np.float32).max)
    True
    """
    name = dtype if dtype == "bfloat16" else np.dtype(dtype).name
    if name not in FORMATS:
        raise TypeError(f"expected one of {', '.join(FORMATS)}, got {name}: convert with .astype")
    return FORMATS[str(name)]
