"""cesym derives, proves and exports the cross-entropy family of losses.

The public functions are found when they are first used, so that `import cesym` is quick and loads
no computer algebra.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

__version__ = "0.1.0"

_PUBLIC = {
    "Conventions": "cesym.derivation",
    "check": "cesym.derivation",
    "derive": "cesym.derivation",
    "diagnose": "cesym.prover.diagnosis",
    "export": "cesym.codegen",
    "lambdify": "cesym.codegen",
    "ulp": "cesym.codegen.measuring",
    "verify": "cesym.derivation",
}
"""Public function -> the module that holds it."""


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_PUBLIC[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_PUBLIC])
