"""Where to test a float function: stratified random grids, the same for the same seed.

Stratified: the range is cut into as many equal cells as there are points, and each cell gets one
point at random. So no binade and no decade is missed by chance, and the points come in
increasing order.
"""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from cesym.floats.ordinals import Floats, from_ordinal, ordinal, require_format

Grid = Callable[[int, npt.DTypeLike, int], Floats]


def bit_patterns(count: int, dtype: npt.DTypeLike, seed: int) -> Floats:
    """Return finite floats uniform over bit patterns: every binade has its equal share.

    >>> x = bit_patterns(1000, np.float32, 0)
    >>> bool(np.isfinite(x).all()), int((np.abs(x) < 1).sum())
    (True, 498)
    """
    form = require_format(dtype)
    last = int(ordinal(np.array([np.finfo(form).max], form))[0])
    width = (2 * last + 1) // count
    rng = np.random.default_rng(seed)
    start = np.array([-last + (2 * last + 1) * cell // count for cell in range(count)], np.int64)
    return from_ordinal(start + rng.integers(0, width, count, np.uint64).view(np.int64), form)


def interval(count: int, dtype: npt.DTypeLike, seed: int, *, radius: float) -> Floats:
    """Return floats uniform in [-radius, radius], rounded to the format.

    >>> interval(4, np.float64, 0, radius=40.0).round(1)
    array([-27.3, -14.6,   0.8,  20.3])
    """
    form = require_format(dtype)
    rng = np.random.default_rng(seed)
    place = (np.arange(count) + rng.random(count)) / count
    return (radius * (2.0 * place - 1.0)).astype(form)


GRIDS: Mapping[str, Grid] = MappingProxyType(
    {
        "bits": bit_patterns,
        "±40": partial(interval, radius=40.0),
        "±800": partial(interval, radius=800.0),
        "±0.001": partial(interval, radius=1e-3),
    }
)
"""The grids by name; each is called with the number of points, the dtype and the seed."""


def landmarks(dtype: npt.DTypeLike) -> Floats:
    """Return the floats where functions of exp and log change their ways, and their neighbours.

    Zero and one, the ends of the format, where exp(x) overflows, turns subnormal and vanishes, and
    where 1 + exp(x) first rounds to 1; both signs, two neighbours on each side.

    >>> len(landmarks(np.float32)), float(landmarks(np.float32).max()) < np.inf
    (91, True)
    """
    form = require_format(dtype)
    about = np.finfo(form)
    with np.errstate(divide="ignore"):
        marks = np.log(np.array([about.max, about.tiny, about.smallest_subnormal, about.eps], form))
    sizes = [0.0, 1.0, float(about.max), float(about.tiny), float(about.eps), np.log(2.0)]
    positive = ordinal(np.abs(np.concatenate([marks, np.array(sizes, form)])))
    steps = np.unique(np.concatenate([positive + k for k in range(-2, 3)]))
    last = ordinal(np.array([about.max], form))[0]
    steps = steps[steps <= last]
    return from_ordinal(np.unique(np.concatenate([-steps, steps])), form)
