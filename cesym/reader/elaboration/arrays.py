"""Whole vectors and matrices while a text is read: entries as a function of bound indices.

They never leave the reader: a vector is subscripted, handed to a function of vectors, or compared
entry by entry. A vector whose entries the text lists, `[a, b]`, has an entry `Pick(k, a, b)`, which
becomes a or b as soon as k is a number; every operation takes such entries one by one, since SymPy
could say nothing of `Pick(k, a, b)` that it can say of a and of b.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from sympy import Dummy, Expr, Function, IndexedBase, Integer, Lambda, S, Sum

from cesym.terms.binders import substitute

Literals = dict[Expr, Expr]
"""Indices of axes whose entries are listed -> the number of an entry."""


class Pick(Function):
    """`Pick(k, a, b, ...)`: the k-th of the entries listed."""

    is_real = True

    @classmethod
    def eval(cls, index: Expr, *entries: Expr) -> Any:
        """The entry itself, once `index` is a number."""
        return entries[int(index) - 1] if index.is_Integer else None


@dataclass(frozen=True, slots=True)
class Array:
    """The array whose entry at `indices` is `entry`; `sizes` are the lengths of its axes."""

    sizes: tuple[Expr, ...]
    indices: tuple[Dummy, ...]
    entry: Expr

    def at(self, *indices: Expr) -> Expr:
        """One entry."""
        return substitute(self.entry, dict(zip(self.indices, indices, strict=True)))

    def map(self, change: Callable[[Expr], Expr]) -> Array:
        """The array with `change` applied to every entry."""
        return self.filled(lambda literals: change(substitute(self.entry, literals)), self.entry)

    def filled(self, entry: Callable[[Literals], Expr], *like: Expr) -> Array:
        """An array of the same shape: `entry` says what stands in it. Along an axis that is listed
        in one of `like`, it is asked for each number.
        """

        def part(listed: Sequence[tuple[Dummy, Expr]], literals: Literals) -> Expr:
            if not listed:
                return entry(literals)
            (index, size), *rest = listed
            numbers = range(1, int(str(size)) + 1)
            return Pick(index, *(part(rest, {**literals, index: Integer(n)}) for n in numbers))

        return Array(self.sizes, self.indices, part(self.listed(*like), {}))

    def listed(self, *terms: Expr) -> list[tuple[Dummy, Expr]]:
        """The axes, with their sizes, that are listed in one of `terms`."""
        picked = {pick.args[0] for term in terms for pick in term.atoms(Pick)}
        axes = zip(self.indices, self.sizes, strict=True)
        return [(index, size) for index, size in axes if index in picked]

    def literals(self, *terms: Expr) -> Iterator[Literals]:
        """The numbers that the indices of listed axes take; once nothing, where none is listed."""
        listed = self.listed(*terms)
        for numbers in product(*(range(1, int(str(size)) + 1) for _, size in listed)):
            indices = (index for index, _ in listed)
            yield {i: Integer(n) for i, n in zip(indices, numbers, strict=True)}

    def as_lambda(self) -> Lambda:
        """A vector as the function of its index."""
        (index,) = self.indices
        return Lambda(index, self.entry)


def fresh_index(name: str = "k") -> Dummy:
    """A new index from 1 up."""
    return Dummy(name, integer=True, positive=True)


def whole(base: IndexedBase, sizes: tuple[Expr, ...]) -> Array:
    """A declared array, all of it."""
    indices = tuple(fresh_index("klmn"[axis % 4]) for axis in range(len(sizes)))
    return Array(sizes, indices, base[indices])


def total(body: Expr, index: Dummy, size: Expr) -> Expr:
    """The sum of `body` over an index from 1 to `size`; over listed entries, one by one."""
    if any(pick.args[0] == index for pick in body.atoms(Pick)):
        numbers = range(1, int(str(size)) + 1)
        return sum((substitute(body, {index: Integer(n)}) for n in numbers), S.Zero)
    return Sum(body, (index, S.One, size)) if body != 0 else S.Zero


def together(left: Expr | Array, right: Expr | Array) -> tuple[Expr, Expr, Array | None]:
    """The entries of two operands under common indices, and the array that carries these (None for
    two scalars).

    Raises ValueError when the sizes differ.
    """
    if isinstance(left, Array) and isinstance(right, Array):
        if left.sizes != right.sizes:
            raise ValueError
        return left.entry, right.at(*left.indices), left
    if isinstance(left, Array):
        return left.entry, right, left
    if isinstance(right, Array):
        return left, right.entry, right
    return left, right, None
