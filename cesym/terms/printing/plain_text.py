"""Pieces of plain text that know how tightly they hold together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """How tightly a text holds together, as in Python."""

    SUM = 0
    PRODUCT = 1
    POWER = 2
    ATOM = 3


@dataclass(frozen=True, slots=True)
class Text:
    """Some plain text."""

    plain: str
    level: Level = Level.ATOM

    def at_least(self, level: Level) -> str:
        """The text, in brackets unless it holds together well enough."""
        return self.plain if self.level >= level else f"({self.plain})"
