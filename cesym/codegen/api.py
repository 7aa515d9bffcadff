"""The two verbs: `export` writes a module, `lambdify` runs it."""

from __future__ import annotations

import linecache
import sys
from collections.abc import Callable, Mapping
from functools import partial
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

from cesym.codegen import objectives, rowwise
from cesym.codegen.boundaries import boundary_values
from cesym.codegen.functions import Functions, functions_of
from cesym.codegen.objectives import Objective, objective_of
from cesym.codegen.rowwise import RowLoss, row_loss_of
from cesym.codegen.words import Words
from cesym.derivation import Derivation, derive
from cesym.errors import MissingProgram, UnknownName
from cesym.messages import using_language

TARGETS: Mapping[str, str] = MappingProxyType(
    {
        "numpy": "cesym.codegen.numpy:module",
        "numba": "cesym.codegen.numba:module",
        "python": "cesym.codegen.python:module",
        "torch": "cesym.codegen.torch:module",
        "jax": "cesym.codegen.jax:module",
        "c": "cesym.codegen.c:module",
    }
)
"""Target -> where the function is that writes its modules. Loaded when it is asked for."""

OPTIONAL = frozenset({"torch", "jax", "numba"})
"""Targets of the same name as a package that cesym itself does not need."""

COMPILED: Mapping[str, str] = MappingProxyType({"c": "cesym.codegen.c:load"})
"""Target that is not Python -> where the function is that makes a Python module of it."""

COMPILED_ROWS: Mapping[str, str] = MappingProxyType({"c": "cesym.codegen.c.rows"})
"""The same for losses of rows -> the package that writes and loads them."""

COMPILED_OBJECTIVES: Mapping[str, str] = MappingProxyType({"c": "cesym.codegen.c.objectives"})
"""The same for objectives of training."""

SETTINGS: Mapping[str, tuple[str, ...]] = MappingProxyType({"c": ("accurate", "fast")})
"""Target -> how its code trades accuracy for speed, if there is a choice; the first is usual."""


def export(
    source: str | Path | Derivation,
    *,
    to: str = "numpy",
    language: str = "en",
    setting: str | None = None,
) -> str:
    """The text of a module that computes what a derivation exports.

    `source` is a derivation, or what `cesym.derive` takes: the name of a page or family, or a path.
    The module needs only the target's library. It defines a function for every export; for a loss
    and its gradient also one that returns both. Docstrings are in `language`. `setting` is how the
    target trades accuracy for speed, where it lets you choose: see `SETTINGS`.

    Raises UnknownName for a target, setting or page that is not there, UnsupportedTerm when an
    export has no form that is shown to be accurate, and what `cesym.derive` raises.

    >>> print(*(line for line in export("sigmoid").splitlines() if line.startswith("def v")))
    def value(s: npt.ArrayLike, *, out: Array | None = None) -> Any:
    """
    write = _writer(to, setting)
    with using_language(language):
        derivation = _derivation(source, language)
        if objective := objective_of(derivation):
            return _module_of_objective(objective, to, setting, documented=True)
        if rows := row_loss_of(derivation):
            return _module_of_rows(rows, to, setting, documented=True)
        functions = functions_of(derivation)
        simplest = _run(_writer("python", None)(functions, None), functions.page)
        ends = boundary_values(functions, vars(simplest))
        return write(functions, Words(functions, ends, to))


def header(source: str | Path | Derivation, *, setting: str | None = None) -> str:
    """The header of the file that `export` writes for C."""
    from cesym.codegen.c import header, objectives, rows

    _writer("c", setting)
    derivation = _derivation(source, "en")
    if objective := objective_of(derivation):
        return objectives.header(objective)
    if found := row_loss_of(derivation):
        return rows.header(found, setting or SETTINGS["c"][0])
    return header(functions_of(derivation), setting or SETTINGS["c"][0])


def lambdify(
    source: str | Path | Derivation,
    *,
    target: str = "numpy",
    setting: str | None = None,
    fallback: str | None = None,
) -> ModuleType:
    """The functions that `export` writes, ready to call: a module with a function for each export.

    C is compiled once, by the compiler of the system, and kept. Where a program or package that the
    target needs is not there, the functions are those of the target `fallback`, if one is named;
    else MissingProgram is raised. Raises what `export` does, too.

    >>> bce = lambdify("binary-cross-entropy")
    >>> float(bce.loss(1, 0.0)), float(bce.gradient(1, 0.0))
    (0.6931471805599453, -0.5)
    """
    derivation = _derivation(source, "en")
    functions = objective_of(derivation) or row_loss_of(derivation) or functions_of(derivation)
    try:
        return _made(functions, target, setting)
    except MissingProgram:
        if fallback is None:
            raise
        return _made(functions, fallback, None)


def lambdify_rows(found: RowLoss, target: str) -> ModuleType:
    """As `lambdify`, for a loss of rows that is found already."""
    return _made(found, target, None)


def _made(
    functions: Functions | RowLoss | Objective, target: str, setting: str | None
) -> ModuleType:
    write = _writer(target, setting)
    if target in OPTIONAL and find_spec(target) is None:
        raise MissingProgram(
            "the target {target} needs the package {target}, which is not there",
            remedy="pip install {target}",
            target=target,
        )
    if isinstance(functions, Objective):
        if target in COMPILED_OBJECTIVES:
            chosen = setting or SETTINGS[target][0]
            return _found(f"{COMPILED_OBJECTIVES[target]}:load")(functions, chosen)
        return _run(objectives.module(functions, target, documented=False), functions.page)
    if isinstance(functions, RowLoss):
        if target in COMPILED_ROWS:
            chosen = setting or SETTINGS[target][0]
            return _found(f"{COMPILED_ROWS[target]}:load")(functions, chosen, _run)
        return _run(_module_of_rows(functions, target, None, documented=False), functions.page)
    if target not in COMPILED:
        return _run(write(functions, None), functions.page)
    options = {} if setting is None else {"setting": setting}
    return _found(COMPILED[target])(functions, **options)


def _module_of_rows(found: RowLoss, target: str, setting: str | None, *, documented: bool) -> str:
    if target in COMPILED_ROWS:
        chosen = setting or SETTINGS[target][0]
        return _found(f"{COMPILED_ROWS[target]}:module")(found, chosen, documented=documented)
    return rowwise.module(found, target, documented=documented)


def _module_of_objective(
    found: Objective, target: str, setting: str | None, *, documented: bool
) -> str:
    if target in COMPILED_OBJECTIVES:
        chosen = setting or SETTINGS[target][0]
        return _found(f"{COMPILED_OBJECTIVES[target]}:module")(found, chosen, documented=documented)
    return objectives.module(found, target, documented=documented)


def bare_code(functions: Functions, target: str) -> str:
    """The text that `export` writes, without words and without a test of itself."""
    return _writer(target, None)(functions, None)


def _derivation(source: str | Path | Derivation, language: str) -> Derivation:
    return source if isinstance(source, Derivation) else derive(source, language=language)


def _writer(target: str, setting: str | None) -> Callable[[Functions, Words | None], str]:
    if target not in TARGETS:
        raise UnknownName(
            "there is no target {target}",
            remedy="one of: {targets}",
            target=target,
            targets=", ".join(TARGETS),
        )
    write = _found(TARGETS[target])
    if setting is None:
        return write
    if setting not in SETTINGS.get(target, ()):
        raise UnknownName(
            "the target {target} has no setting {setting}",
            remedy="leave the setting out, or choose c with one of: {settings}",
            target=target,
            setting=setting,
            settings=", ".join(SETTINGS["c"]),
        )
    return partial(write, setting=setting)


def _found(path: str) -> Callable[..., Any]:
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)


def _run(text: str, page: str) -> ModuleType:
    """The module with this text.

    The one place where cesym runs code. The text is the generator's own: no words of a page are in
    it, and its names were checked to be identifiers.
    """
    name = f"cesym_export_{sha256(text.encode()).hexdigest()[:16]}"
    made = ModuleType(name, None)
    # torch.compile looks up the names that a function uses in its module, which it imports.
    sys.modules[name] = made
    file = f"<cesym {page}>"
    # So that a traceback can show the lines.
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    exec(compile(text, file, "exec"), made.__dict__)  # noqa: S102
    return made
