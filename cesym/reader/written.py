"""A claim as it was written: the syntax trees of its sides, for whoever wants to read it again."""

from __future__ import annotations

from dataclasses import dataclass

from cesym.reader.syntax import Comparison, Node, Property, Side, Subscript


@dataclass(frozen=True, slots=True)
class Written:
    """`left` and `right` as they were read. Of a side that is an array, the claim is about the
    entry at `left_entry`, `right_entry`.
    """

    left: Side
    right: Side
    left_entry: tuple[Node, ...] = ()
    right_entry: tuple[Node, ...] = ()

    @property
    def numbers(self) -> tuple[Node, Node] | None:
        """Both sides as numbers: of an array, the entry. None where a side says something."""
        left = _entry(self.left, self.left_entry)
        right = _entry(self.right, self.right_entry)
        return None if left is None or right is None else (left, right)


def _entry(node: Side, indices: tuple[Node, ...]) -> Node | None:
    if isinstance(node, Comparison | Property):
        return None
    return Subscript(node, indices) if indices else node
