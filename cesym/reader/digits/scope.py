"""What names stand for while a formula is computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cesym.reader.digits.arrays import Value


@dataclass(frozen=True, slots=True)
class Scope:
    """What names stand for: `inner` bound indices and parameters, `outer` the declared names."""

    outer: Mapping[str, Value]
    inner: Mapping[str, Value] = field(default_factory=dict)

    def get(self, name: str) -> Value | None:
        """The value of a name, if it has one."""
        return self.inner.get(name, self.outer.get(name))

    def binding(self, name: str, value: Value) -> Scope:
        """With an index or parameter `name`."""
        return replace(self, inner={**self.inner, name: value})

    def changing(self, name: str, value: Value) -> Scope:
        """With another value for a name that has one, also inside definitions."""
        if name in self.inner:
            return self.binding(name, value)
        return replace(self, outer={**self.outer, name: value})
