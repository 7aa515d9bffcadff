"""Arrays of numbers and their entries: SymPy's, but that an entry is made once.

SymPy makes an entry anew, and all that follows from its assumptions, wherever one stands in a term
that is rebuilt. Kept, an entry is also compared and hashed at once.
"""

from __future__ import annotations

from typing import Any

from sympy import Expr, Indexed, IndexedBase
from sympy.core.cache import cacheit


class Entry(Indexed):
    """An entry z_k of an array. Sorted and printed like any `Indexed`."""

    @cacheit
    def __new__(cls, base: Any, *indices: Any, **options: Any) -> Expr:
        """The entry of `base` at `indices`."""
        return super().__new__(cls, base, *indices, **options)

    @classmethod
    def class_key(cls) -> Any:
        """The place among other classes when terms are sorted."""
        return Indexed.class_key()


class ArrayOfNumbers(IndexedBase):
    """An array of numbers, whose entries are z[k].

    >>> z = ArrayOfNumbers("z", real=True)
    >>> z[1] is z[1], z[1].base == z, z[1].is_real
    (True, True, True)
    """

    def __getitem__(self, indices: Any, **options: Any) -> Expr:
        """The entry at some indices."""
        return Entry(self, *(indices if isinstance(indices, tuple) else (indices,)), **options)

    @classmethod
    def class_key(cls) -> Any:
        """The place among other classes when terms are sorted."""
        return IndexedBase.class_key()
