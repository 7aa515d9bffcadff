"""Floor 4: pages, rules, families, and derivations that cannot hold an unproved step.

What is named here is found when it is first used: the names and texts of the pages are wanted by
commands that need no computer algebra.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from cesym.derivation.api import check, derive
    from cesym.derivation.conventions import Conventions
    from cesym.derivation.steps import Derivation, Export, ProvedChain, Step
    from cesym.derivation.verification import Verdicts, verify

__all__ = [
    "Conventions",
    "Derivation",
    "Export",
    "ProvedChain",
    "Step",
    "Verdicts",
    "check",
    "derive",
    "verify",
]

_MODULES = {
    "api": ("check", "derive"),
    "conventions": ("Conventions",),
    "steps": ("Derivation", "Export", "ProvedChain", "Step"),
    "verification": ("Verdicts", "verify"),
}
"""Module of this package -> what is found in it."""


def __getattr__(name: str) -> Any:
    from importlib import import_module

    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
