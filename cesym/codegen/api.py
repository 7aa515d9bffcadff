"""The two verbs: `export` writes a module, `lambdify` runs it."""

from __future__ import annotations

import linecache
import math
from collections.abc import Callable, Mapping
from importlib import import_module
from itertools import product
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

from cesym.codegen.functions import Functions, functions_of
from cesym.codegen.words import Words
from cesym.derivation import Derivation, derive
from cesym.errors import UnknownName
from cesym.messages import using_language
from cesym.terms.domains import Declaration, FiniteSet, Interval

TARGETS: Mapping[str, str] = MappingProxyType({"numpy": "cesym.codegen.numpy:module"})
"""Target -> where the function is that writes its modules. Loaded when it is asked for."""

MOST_LIMITS = 8
"""More combinations of infinite arguments are not listed."""


def export(source: str | Path | Derivation, *, to: str = "numpy", language: str = "en") -> str:
    """The text of a module that computes what a derivation exports.

    `source` is a derivation, or what `cesym.derive` takes: the name of a page or family, or a path.
    The module needs only the target's library. It defines a function for every export; for a loss
    and its gradient also one that returns both. Docstrings are in `language`.

    Raises UnknownName for a target or page that is not there, UnsupportedTerm when an export has no
    form that is shown to be accurate, and what `cesym.derive` raises.

    >>> print(*(line for line in export("sigmoid").splitlines() if line.startswith("def v")))
    def value(s: npt.ArrayLike, *, out: Array | None = None) -> Any:
    """
    write = _writer(to)
    with using_language(language):
        functions = functions_of(_derivation(source, language))
        limits = limits_of(functions, _run(write(functions, None), functions.page))
        return write(functions, Words(functions, limits))


def lambdify(source: str | Path | Derivation, *, target: str = "numpy") -> ModuleType:
    """The functions that `export` writes, ready to call: a module with a function for each export.

    >>> bce = lambdify("binary-cross-entropy")
    >>> float(bce.loss(1, 0.0)), float(bce.gradient(1, 0.0))
    (0.6931471805599453, -0.5)
    """
    functions = functions_of(_derivation(source, "en"))
    return _run(_writer(target)(functions, None), functions.page)


def _derivation(source: str | Path | Derivation, language: str) -> Derivation:
    return source if isinstance(source, Derivation) else derive(source, language=language)


def _writer(target: str) -> Callable[[Functions, Words | None], str]:
    if target not in TARGETS:
        raise UnknownName(
            "there is no target {target}",
            remedy="one of: {targets}",
            target=target,
            targets=", ".join(TARGETS),
        )
    module, _, name = TARGETS[target].partition(":")
    return getattr(import_module(module), name)


def _run(text: str, page: str) -> ModuleType:
    """The module with this text.

    The one place where cesym runs code. The text is the generator's own: no words of a page are in
    it, and its names were checked to be identifiers.
    """
    made = ModuleType("cesym_export", None)
    file = f"<cesym {page}>"
    # So that a traceback can show the lines.
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    exec(compile(text, file, "exec"), made.__dict__)  # noqa: S102
    return made


def limits_of(functions: Functions, module: ModuleType) -> dict[str, list[tuple[str, str]]]:
    """What each function returns where an argument is infinite, found by calling it there."""
    import numpy as np

    points = list(product(*map(_far, functions.arguments)))
    points = [point for point in points if any(map(math.isinf, point))]
    if len(points) > MOST_LIMITS:
        return {}
    with np.errstate(all="ignore"):
        return {
            f.name: [(_call(f.name, p), _shown(getattr(module, f.name)(*p))) for p in points]
            for f in functions.functions
        }


def _far(declaration: Declaration) -> list[float]:
    """The ends of the domain of an argument."""
    domain = declaration.domain
    if isinstance(domain, FiniteSet):
        return [float(value) for value in domain.values]
    assert isinstance(domain, Interval)
    low = -math.inf if domain.lower is None else float(domain.lower)
    return [low, math.inf if domain.upper is None else float(domain.upper)]


def _call(name: str, point: tuple[float, ...]) -> str:
    return f"{name}({', '.join(map(_shown, point))})"


def _shown(value: Any) -> str:
    return f"{float(value) + 0.0:g}"
