"""Whole vectors and matrices while a text is read: entries as a function of bound indices.

They never leave the reader: a vector is subscripted, handed to a function of vectors, or compared
entry by entry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sympy import Dummy, Expr, IndexedBase, Lambda

from cesym.terms.binders import substitute


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
        return Array(self.sizes, self.indices, change(self.entry))

    def as_lambda(self) -> Lambda:
        """A vector as the function of its index."""
        (index,) = self.indices
        return Lambda(index, self.entry)


def whole(base: IndexedBase, sizes: tuple[Expr, ...]) -> Array:
    """A declared array, all of it."""
    indices = tuple(Dummy(letter, integer=True, positive=True) for letter in "klm"[: len(sizes)])
    return Array(sizes, indices, base[indices])


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
