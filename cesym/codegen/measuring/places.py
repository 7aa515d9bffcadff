"""Where a function is measured: the values of its labels, and the numbers of its free argument."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from cesym.codegen.functions import Function, Functions
from cesym.codegen.stability import whole
from cesym.codegen.truth import truth
from cesym.errors import UnknownName, UnsupportedTerm
from cesym.floats.formats import FORMATS
from cesym.floats.grids import GRIDS, landmarks
from cesym.floats.ordinals import Floats, from_ordinal, ordinal
from cesym.terms.domains import Declaration, FiniteSet, Interval

CHUNK = 1 << 22
"""So many patterns of float32 are measured at a time."""

CHUNKS = 2 * 255 * (1 << 23) // CHUNK
"""All finite patterns of float32: two signs, 255 exponents, 2^23 significands."""

AROUND = 40
"""So many neighbours of a root are looked at on either side."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Values of all arguments but the free one, by name; `free` is its declaration."""

    fixed: Mapping[str, float]
    free: Declaration


def wanted(functions: Functions, names: Sequence[str]) -> tuple[Function, ...]:
    """The functions that are named, or else all. Raises UnknownName for one that is not there."""
    known = {function.name: function for function in functions.functions}
    for name in names:
        if name not in known:
            raise unknown(functions.page, name, known)
    return tuple(known[name] for name in names or known)


def unknown(page: str, name: str, known: Iterable[str]) -> UnknownName:
    """The error for a name that is not there."""
    return UnknownName(
        "{page} has no {name}",
        remedy="there are {names}",
        page=page,
        name=name,
        names=", ".join(known),
    )


def settings(functions: Functions, at: Mapping[str, Sequence[float]]) -> tuple[Setting, ...]:
    """The settings: labels at the ends of their closed domains unless `at` names other values.

    Raises UnknownName for a name that is no argument, and UnsupportedTerm unless one argument, and
    no more, is left free.
    """
    names = [declaration.name for declaration in functions.arguments]
    for name in at:
        if name not in names:
            raise unknown(functions.page, name, names)
    choices = {d.name: list(at[d.name]) if d.name in at else _ends(d) for d in functions.arguments}
    free = [d for d in functions.arguments if not choices[d.name]]
    if len(free) != 1:
        raise UnsupportedTerm(
            "{page} has {count} arguments that are free, and one is measured at a time",
            remedy="give the others values: --at NAME=VALUE",
            page=functions.page,
            count=len(free),
        )
    fixed = {name: values for name, values in choices.items() if values}
    combinations = [dict(zip(fixed, chosen, strict=True)) for chosen in product(*fixed.values())]
    return tuple(Setting(chosen, free[0]) for chosen in combinations)


def _ends(declaration: Declaration) -> list[float]:
    """The ends of a domain that has both, within; a label is there."""
    domain = declaration.domain
    if isinstance(domain, FiniteSet):
        return [float(value) for value in domain.values]
    assert isinstance(domain, Interval)
    ends = (domain.lower, domain.upper)
    if None in ends or domain.lower_open or domain.upper_open:
        return []
    return [float(end) for end in ends if end is not None]


def grids(declaration: Declaration, dtype: str, count: int, seed: int) -> dict[str, Floats]:
    """Named grids of the free argument, within its domain; of 16 bits every number."""
    form = FORMATS[dtype]
    if dtype in ("float16", "bfloat16"):
        return {"every": _within(declaration, form.every())}
    found = {name: make(count, form.storage, seed) for name, make in GRIDS.items()}
    found["landmarks"] = landmarks(form.storage)
    domain = whole(declaration)
    if domain.low >= 0 and domain.high <= 1:
        rng = np.random.default_rng(seed)
        found = {"bits": found["bits"], "0 to 1": np.sort(rng.random(count)).astype(form.storage)}
        found["to 1"] = (1 - 2.0 ** -rng.uniform(1, form.digits, count)).astype(form.storage)
    return {name: kept for name, x in found.items() if (kept := _within(declaration, x)).size}


def _within(declaration: Declaration, x: Floats) -> Floats:
    domain = whole(declaration)
    wide = x.astype(np.float64)
    return x[(wide >= float(domain.low)) & (wide <= float(domain.high))]


def chunk(declaration: Declaration, number: int) -> Floats:
    """Part `number` of all finite patterns of float32, within the domain."""
    first = -CHUNKS * CHUNK // 2 + number * CHUNK
    return _within(declaration, from_ordinal(np.arange(first, first + CHUNK), np.float32))


def near_roots(
    function: Function, functions: Functions, setting: Setting, x: Floats, dtype: str
) -> Floats:
    """The neighbours of the roots that show between the numbers of `x`, which increase."""
    found: list[npt.NDArray[np.int64]] = []
    for low, high in _changes(function, functions, setting, x):
        middle = _root(function, functions, setting, low, high, x.dtype)
        found.append(np.arange(middle - AROUND, middle + AROUND + 1))
    every = np.unique(np.concatenate(found)) if found else np.array([], np.int64)
    return _within(setting.free, from_ordinal(every, x.dtype))


def columns(functions: Functions, setting: Setting, x: Floats) -> list[Floats]:
    """The columns of all arguments, in their order."""
    return [
        x if d.name == setting.free.name else np.full_like(x, setting.fixed[d.name])
        for d in functions.arguments
    ]


def _signs(
    function: Function, functions: Functions, setting: Setting, x: Floats
) -> npt.NDArray[np.float64]:
    exact = truth(function, functions, *columns(functions, setting, x), dtype=np.float64)
    return np.sign(exact.nearest)


def _changes(
    function: Function, functions: Functions, setting: Setting, x: Floats
) -> Iterator[tuple[float, float]]:
    signs = _signs(function, functions, setting, x)
    for place in np.flatnonzero(signs[:-1] * signs[1:] < 0)[:4]:
        yield float(x[place]), float(x[place + 1])


def _root(
    function: Function,
    functions: Functions,
    setting: Setting,
    low: float,
    high: float,
    dtype: npt.DTypeLike,
) -> int:
    """The number of the float below a root between `low` and `high`, by bisection of patterns."""
    below, above = (int(ordinal(np.array([end], dtype))[0]) for end in (low, high))
    sign = _signs(function, functions, setting, np.array([low], dtype))[0]
    while above - below > 1:
        middle = (below + above) // 2
        there = _signs(function, functions, setting, from_ordinal(np.array([middle]), dtype))[0]
        below, above = (middle, above) if there == sign else (below, middle)
    return below
