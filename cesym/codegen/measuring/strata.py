"""Rows on which losses of rows are measured: sets that are each hard in a way of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from cesym.codegen.rowwise import RowLoss
from cesym.floats.formats import FORMATS

Array = npt.NDArray[np.float64]
Random = np.random.Generator

CLASSES = (2, 10, 1000)
"""Numbers of classes that are measured."""

FEWEST = 2
"""So many rows at least are in a set, however many classes there are."""


def _sure(rng: Random, shape: tuple[int, int], reach: float) -> Array:
    z = rng.normal(0, 1, shape)
    z[:, 0] += rng.uniform(reach / 20, reach, shape[0])
    return rng.permuted(z, axis=1)


LOGITS: Mapping[str, Callable[[Random, tuple[int, int], float], Array]] = MappingProxyType(
    {
        "narrow": lambda rng, shape, reach: rng.normal(0, 1, shape),
        "wide": lambda rng, shape, reach: rng.normal(0, reach / 7.45, shape),
        "far apart": lambda rng, shape, reach: rng.uniform(-3, 3, shape) * reach,
        "ties": lambda rng, shape, reach: rng.integers(-2, 3, shape).astype(np.float64),
        "nearly ties": lambda rng, shape, reach: reach * (1 / 3 + rng.normal(0, 1e-7, shape)),
        "sure": _sure,
    }
)
"""Name of a set -> rows of logits.

`reach` is how far below the largest a logit is whose power is the least number: 745 in float64,
where those of the set "wide" have the standard deviation 100.
"sure" has one logit far above the others, by up to that, so that results become subnormal.
"""

SHARES: Mapping[str, Callable[[Random, tuple[int, int], float], Array]] = MappingProxyType(
    {
        "even": lambda rng, shape, reach: rng.dirichlet(np.full(shape[1], 50.0), shape[0]),
        "uneven": lambda rng, shape, reach: rng.dirichlet(np.full(shape[1], 0.5), shape[0]),
        "nearly one": lambda rng, shape, reach: rng.dirichlet(np.full(shape[1], 0.02), shape[0]),
    }
)
"""Name of a set -> rows of probabilities; each is made at least the least normal number."""

STEPS: Mapping[str, float] = MappingProxyType({"close by": 1e-6, "apart": 1.0})
"""How far the second of two rows is from the first, as a share of it or in logits."""


@dataclass(frozen=True, slots=True)
class Stratum:
    """A set of rows: its name and number of classes, and whether targets are probabilities."""

    name: str
    classes: int
    soft: bool
    held: tuple[tuple[str, float], ...]

    def rows(self, found: RowLoss, dtype: str, count: int, seed: int) -> dict[str, Array]:
        """Values of all arguments, by role, in the format, with an axis for the rows."""
        rng = np.random.default_rng([seed, self.classes, int(self.soft), *self.name.encode()])
        form = FORMATS[dtype]
        reach = -np.log(2.0) * form.least_exponent
        number = max(FEWEST, count // (self.classes + 1))
        shape = (number, self.classes)
        start, _, step = self.name.partition(", ")
        values: dict[str, Array] = {}
        for given in found.form.inputs:
            kinds = set(given.declared.values())
            if kinds & {"target", "class"}:
                values[given.role] = self._target(rng, values["z"])
            elif kinds == {"positive"}:
                values[given.role] = np.full(number, dict(self.held)[given.name])
            elif not values:
                logits = kinds == {"logits"}
                made = (LOGITS if logits else SHARES)[start](rng, shape, reach)
                values[given.role] = made if logits else np.maximum(made, form.smallest_normal)
            else:
                first, change = next(iter(values.values())), rng.normal(0, STEPS[step], shape)
                moved = first + change if kinds == {"logits"} else first * np.exp(change)
                values[given.role] = moved
        return {role: _of_format(rows, dtype) for role, rows in values.items()}

    def _target(self, rng: Random, z: Array) -> Array:
        """Classes, of which every other one is that of the largest logit; or probabilities."""
        count, classes = z.shape
        if self.soft:
            return rng.dirichlet(np.full(classes, 0.5), count)
        chosen = rng.integers(0, classes, count)
        chosen[::2] = z[::2].argmax(1)
        return chosen


def _of_format(rows: Array, dtype: str) -> Array:
    """Numbers of the format; classes as they are."""
    if rows.dtype.kind == "i" or dtype == "float64":
        return rows
    return np.vectorize(FORMATS[dtype].guess, otypes=[np.float64])(rows)


def strata(found: RowLoss, at: Mapping[str, Sequence[float]], *, soft: bool) -> Iterator[Stratum]:
    """Every set for a loss; arguments that are a number take the values of `at`, or usual ones."""
    kinds = [set(given.declared.values()) for given in found.form.inputs]
    first = LOGITS if {"logits"} in kinds else SHARES
    names = [*first]
    if kinds.count({"logits"}) + kinds.count({"probabilities"}) > 1:
        names = [f"{name}, {step}" for name in first for step in STEPS]
    for held in numbers(found, at):
        for size in CLASSES:
            yield from (Stratum(name, size, soft, held) for name in names)


USUAL: Mapping[str, tuple[float, ...]] = MappingProxyType(
    {"temperature": (0.5, 3.0), "smoothing": (0.0, 0.125)}
)
"""Arguments that are a number, and the values at which they are measured."""


def numbers(
    found: RowLoss, at: Mapping[str, Sequence[float]]
) -> Iterator[tuple[tuple[str, float], ...]]:
    """The values of the arguments that are a number."""
    names = [p for given in found.form.inputs for p in given.parameters if p in USUAL]
    if not names:
        yield ()
    for name in names:  # no form has two
        for value in at.get(name, USUAL[name]):
            yield ((name, float(value)),)
