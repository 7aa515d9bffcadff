"""Errors of computed floats in ulp, against exact numbers.

One ulp is the distance from the *correctly rounded* exact number to the next float of the
same format away from zero, as ``numpy.spacing`` has it. So a result that is the nearest float
is off by at most 0.5; a subnormal number has the subnormal ulp (2^-149 or 2^-1074), zero too; an
exact number that overflows has the ulp of the largest float.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from cesym.floats.ordinals import Floats, require_format
from cesym.floats.rounding import Rounded


def spacing(x: Floats) -> Floats:
    """Return the ulp at each float, positive; at an infinity that of the largest float.

    >>> spacing(np.array([-1.0, 0.0], np.float32))
    array([1.1920929e-07, 1.4012985e-45], dtype=float32)
    """
    # The last binade is cut at its start: of the largest float numpy.spacing says inf.
    last_binade = np.ldexp(x.dtype.type(1), np.finfo(require_format(x.dtype)).maxexp - 1)
    return np.spacing(np.minimum(np.abs(x), last_binade))


def error(computed: Floats, truth: Rounded) -> npt.NDArray[np.float64]:
    """Return ``|computed - exact| / ulp(nearest)``.

    ``inf`` where ``computed`` is nan, or infinite and the exact number does not overflow to the
    same infinity, or further off than a float64 can say. The dtypes must agree.

    >>> truth = Rounded(np.array([1.0, 1.0]), np.array([0.25, -0.5]))
    >>> error(np.array([1.0, 1.0 + 2**-52]), truth)
    array([0.25, 1.5 ])
    """
    if computed.dtype != truth.nearest.dtype:
        raise TypeError(f"computed in {computed.dtype}, the truth in {truth.nearest.dtype}")
    nearest = truth.nearest.astype(np.float64)
    unit = truth.format.spacing(truth.nearest)
    with np.errstate(over="ignore", invalid="ignore"):
        steps = (computed.astype(np.float64) - nearest) / unit
        off = np.abs(steps - truth.residue)
    off[np.isnan(off)] = np.inf
    off[(computed == nearest) & np.isinf(nearest)] = 0.0
    return off


def wrong_zeros(computed: Floats, truth: Rounded) -> npt.NDArray[np.bool_]:
    """Tell where ``computed`` is 0 although the exact number rounds to a normal float.

    >>> wrong_zeros(np.array([0.0, 0.0]), Rounded(np.array([1e-300, 1e-310]), np.zeros(2)))
    array([ True, False])
    """
    return (computed == 0) & (np.abs(truth.nearest) >= truth.format.smallest_normal)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """The errors of one function over many points: counts, and errors in ulp.

    ``largest`` and ``mean`` are over the points with a finite result; ``worst`` is the index of
    the largest error, or of the first result that is not finite although the exact one is.
    """

    count: int
    largest: float
    mean: float
    worst: int
    zeros: int
    failures: int

    def within(self, limit: float) -> bool:
        """Tell whether no error exceeds ``limit`` ulp, nothing failed and nothing vanished."""
        return self.largest <= limit and self.failures == 0 and self.zeros == 0


def measure(computed: Floats, truth: Rounded) -> Accuracy:
    """Sum up the errors of ``computed``; there must be at least one point.

    >>> truth = Rounded(np.array([1.0, 2.0]), np.zeros(2))
    >>> measure(np.array([1.0 + 2**-51, 2.0]), truth)
    Accuracy(count=2, largest=2.0, mean=1.0, worst=0, zeros=0, failures=0)
    """
    off = error(computed, truth)
    failed = ~np.isfinite(computed) & np.isfinite(truth.nearest)
    kept: npt.NDArray[Any] = np.where(failed, 0.0, off)
    return Accuracy(
        count=off.size,
        largest=float(kept.max()),
        mean=float(kept.sum() / max(1, off.size - failed.sum())),
        worst=int(np.argmax(np.where(failed, np.inf, off))),
        zeros=int(wrong_zeros(computed, truth).sum()),
        failures=int(failed.sum()),
    )
