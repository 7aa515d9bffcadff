"""Arrays as nested tuples of numbers, counted from 1."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import repeat
from typing import Any, cast

from cesym.reader.digits.duals import Number
from cesym.reader.digits.reals import Undefined

Value = Number | tuple["Value", ...]
"""A number, or an array of numbers."""

Given = int | Fraction | Sequence["Given"] | Mapping[Any, "Given"]
"""A value of a point: a number, nested sequences, or a mapping from 1-based indices to numbers."""


def given(value: Given) -> Value:
    """A value of a point as this package keeps it. Raises ValueError for a float, or a gap."""
    if isinstance(value, int | Fraction):
        return Fraction(value)
    if isinstance(value, Mapping):
        return given(_nested({_indices(key): entry for key, entry in value.items()}))
    if isinstance(value, list | tuple):
        return tuple(given(entry) for entry in value)
    raise ValueError(f"{value!r} is no exact number: use int or Fraction")


def _indices(key: int | tuple[int, ...]) -> tuple[int, ...]:
    return key if isinstance(key, tuple) else (key,)


def _nested(entries: Mapping[tuple[int, ...], Given]) -> Given:
    """Nested tuples from entries by their indices 1, 2, ..., all of which must be there."""
    if () in entries:
        return entries[()]
    size = max(key[0] for key in entries)
    rows = [{k[1:]: v for k, v in entries.items() if k[0] == i} for i in range(1, size + 1)]
    if not all(rows):
        raise ValueError("the indices of an array are 1, 2, ... without a gap")
    return tuple(map(_nested, rows))


def elementwise(function: Callable[..., Number], *values: Value) -> Value:
    """`function` of numbers; of arrays entry by entry, a number going with every entry."""
    if tuple not in map(type, values):
        return function(*values)
    lengths = {len(value) for value in values if isinstance(value, tuple)}
    if len(lengths) > 1:
        raise ValueError("the arrays have different sizes")
    rows = zip(
        *(value if isinstance(value, tuple) else repeat(value, max(lengths)) for value in values),
        strict=True,
    )
    return tuple(elementwise(function, *row) for row in rows)


def vector(value: Value) -> tuple[Number, ...]:
    """`value`, when it is a vector of numbers."""
    if isinstance(value, tuple) and not any(isinstance(entry, tuple) for entry in value):
        return cast(tuple[Number, ...], value)
    raise ValueError("a vector is expected here")


def flat(value: Value) -> list[Number]:
    """All numbers of an array."""
    if not isinstance(value, tuple):
        return [value]
    return [number for part in value for number in flat(part)]


def entry(value: Value, places: list[int]) -> Value:
    """The entry of an array at 1-based `places`."""
    for place in places:
        if not isinstance(value, tuple):
            raise ValueError("a number has no entries")
        if not 1 <= place <= len(value):
            raise Undefined(
                "the index {index} is not between 1 and {size}", index=place, size=len(value)
            )
        value = value[place - 1]
    return value


def replaced(value: Value, places: list[int], new: Number) -> Value:
    """The array with another entry at `places`."""
    if not places:
        return new
    entries = list(cast(tuple[Value, ...], value))
    entries[places[0] - 1] = replaced(entries[places[0] - 1], places[1:], new)
    return tuple(entries)


def is_matrix(value: Value) -> bool:
    """Whether `value` is an array of rows."""
    return isinstance(value, tuple) and isinstance(value[0], tuple)


def transposed(value: Value) -> Value:
    """Rows and columns of a matrix exchanged."""
    if not is_matrix(value):
        raise ValueError("a matrix is expected here")
    rows = cast(tuple[tuple[Value, ...], ...], value)
    return tuple(zip(*rows, strict=True))


def over(shape: Value, entry_at: Callable[[tuple[int, ...]], Value]) -> Value:
    """An array of the same shape: `entry_at` says what stands at 1-based places.

    For a number there is one place, `()`.
    """

    def part(shape: Value, places: tuple[int, ...]) -> Value:
        if not isinstance(shape, tuple):
            return entry_at(places)
        return tuple(part(row, (*places, i)) for i, row in enumerate(shape, 1))

    return part(shape, ())
