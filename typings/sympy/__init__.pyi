"""SymPy's names without their types.

The annotations that SymPy carries are partial and often wider than the truth (`Basic` for every
argument, `type[AppliedUndef]` for a function at its arguments), so that a checker reports mistakes
where there are none. With every name of SymPy untyped the checker looks at our own types only.
"""

from typing import Any

def __getattr__(name: str) -> Any: ...
