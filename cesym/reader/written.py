"""A claim as it was written: the syntax trees of its sides, for whoever wants to read it again."""

from __future__ import annotations

from dataclasses import dataclass

from cesym.reader.syntax import Node, Subscript


@dataclass(frozen=True, slots=True)
class Written:
    """`left` and `right` as they were read. Of a side that is an array, the claim is about the
    entry at `left_entry`, `right_entry`.
    """

    left: Node
    right: Node
    left_entry: tuple[Node, ...] = ()
    right_entry: tuple[Node, ...] = ()

    @property
    def numbers(self) -> tuple[Node, Node]:
        """Both sides as numbers: of an array, the entry."""
        return _entry(self.left, self.left_entry), _entry(self.right, self.right_entry)


def _entry(node: Node, indices: tuple[Node, ...]) -> Node:
    return Subscript(node, indices) if indices else node
