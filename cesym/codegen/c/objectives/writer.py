"""The text of a C file for an objective of training, and of its header.

The losses of samples, and their derivatives, are the functions of the file for their page: nothing
of them is written again. What is added are products of matrices and sums, in `support/objective_*`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cesym.codegen.c import loops
from cesym.codegen.c.constants import DOUBLE
from cesym.codegen.c.programs import SETTINGS, Kernel, Setting, Type, kernels, name_in_c
from cesym.codegen.c.rows.dialects import FAST, every, typed
from cesym.codegen.c.support import (
    DIALECTS,
    FUSED,
    PLAIN,
    VECTOR,
    chunks,
    filled,
    named_constants,
)
from cesym.codegen.c.writer import header_of, inner, verbatim, whole
from cesym.codegen.objectives.forms import Objective
from cesym.codegen.rowwise import RowLoss

TYPES = SETTINGS["accurate"].types
"""Types of what is given. Everything is computed in float64."""

USED = ("loss", "hessian", "loss_and_gradient")
"""The functions of the loss of a sample that is a number that are used."""

LANES = {VECTOR: "v", FUSED: "one", PLAIN: "one"}
"""Way of writing arithmetic -> the ending of the texts about eight numbers side by side."""

TARGETS = {VECTOR: "CESYM_VECTOR ", FUSED: "CESYM_FUSED ", PLAIN: ""}
"""Way of writing arithmetic -> the attribute of its functions."""


@dataclass(frozen=True, slots=True)
class Call:
    """A function that callers see: what it computes, and whether targets are classes."""

    name: str
    of_class: bool = False

    @property
    def ending(self) -> str:
        """The end of its name, but for the type."""
        return f"{self.name}_of_class" if self.of_class else self.name

    @property
    def results(self) -> tuple[str, ...]:
        """What it fills in."""
        return {
            "objective": (),
            "objective_and_gradient": ("gradient", "bias_gradient"),
            "hessian_product": ("product", "bias_product"),
        }[self.name]


def has_rows(found: Objective) -> bool:
    """Whether the loss of a sample is one of a row of logits."""
    return isinstance(found.sample, RowLoss)


def calls_of(found: Objective) -> list[Call]:
    """Every function that callers see, but for that of the scratch."""
    names = ("objective", "objective_and_gradient")
    cases = (False, True) if has_rows(found) else (False,)
    calls = [Call(name, of_class) for name in names for of_class in cases]
    return [*calls, Call("hessian_product")]


def source(found: Objective, setting: str) -> str:
    """The text of the C file, without its comment."""
    chosen = _double(setting)
    parts = [*(_rows(setting) if has_rows(found) else _numbers(found, chosen))]
    parts += [verbatim("sum"), verbatim("objective_shared"), _samples(found, chosen)]
    parts += ["#ifdef CESYM_X86", _dialect(VECTOR, setting), "#endif"]
    parts += ["#if defined(CESYM_X86) || (defined(FP_FAST_FMA) && defined(FP_FAST_FMAF))"]
    parts += [_dialect(FUSED, setting), "#endif", _dialect(PLAIN, setting)]
    parts += [_typed("objective_frame", form) for form in TYPES]
    parts += [
        _scratch(found),
        *(_public(found, c, form) for c in calls_of(found) for form in TYPES),
    ]
    return whole(parts, chosen)


def _double(setting: str) -> Setting:
    """A setting for float64 alone."""
    chosen = SETTINGS[setting]
    return replace(chosen, types=chosen.types[:1])


def _kernels(found: Objective) -> tuple[Kernel, ...]:
    """The functions of a sample that are used."""
    assert not isinstance(found.sample, RowLoss)
    return tuple(kernel for kernel in kernels(found.sample) if kernel.name in USED)


def _numbers(found: Objective, setting: Setting) -> Iterator[str]:
    """The loss of a sample that is a number."""
    used = _kernels(found)
    yield from inner(used, setting)
    yield from (loops.chosen(kernel, form) for kernel in used for form in setting.types)


def _rows(setting: str) -> Iterator[str]:
    """The loss of a sample that is a row."""
    (form,) = _double(setting).types
    yield verbatim("dispatch")
    yield verbatim("cut")
    yield verbatim("rows_shared")
    if setting == FAST:
        yield verbatim("rows_fast_shared")
    yield typed("rows_type", form)
    yield from every(setting, TYPES[:1])
    choice, *_ = (text for _name, text in chunks("rows_public"))
    yield choice.replace("$F", form.name)


def _samples(found: Objective, setting: Setting) -> str:
    """What is computed of the scores of a block of samples."""
    if isinstance(found.sample, RowLoss):
        return verbatim("objective_softmax")
    label = found.sample.arguments[0].name
    places = {label: "bench->y"}
    given = [places.get(d.name, "bench->z") for d in found.sample.arguments]
    return verbatim("objective_logistic").replace("$GIVEN", ", ".join(given))


def _dialect(how: str, setting: str) -> str:
    """Products of matrices in one way of writing arithmetic."""
    step = "fast" if setting == FAST else "more"
    parts = [verbatim(f"objective_{name}_{LANES[how]}") for name in ("lanes", step)]
    parts += [_typed("objective_walk", form) for form in TYPES]
    text = "\n\n".join(parts).replace("$TARGET", TARGETS[how]).replace("$H", how)
    return filled(text, DIALECTS[how, "d"].prefix, named_constants(DOUBLE))


def _typed(name: str, form: Type) -> str:
    return re.sub(r"\$REAL\b", form.real, verbatim(name).replace("$F", form.name))


def _scratch(found: Objective) -> str:
    classes = ", k" if has_rows(found) else ", 1"
    return f"""\
{scratch_declaration(found)}
{{
    return cesym_scratch_size(d{classes}, threads);
}}"""


def scratch_declaration(found: Objective) -> str:
    """The first line of the function that says how much room is wanted."""
    classes = "size_t k, " if has_rows(found) else ""
    return f"size_t {name_in_c(found.page)}_scratch(size_t d, {classes}int threads)"


def declaration(found: Objective, call: Call, form: Type) -> str:
    """The first line of a function that callers see."""
    real, rows = form.real, has_rows(found)
    listed = ["size_t n", "size_t d", *(["size_t k"] if rows else []), f"const {real} *X"]
    sloped = call.name == "hessian_product"
    if not sloped:
        target = f"const {real} *{'P' if rows else 'y'}"
        listed.append("const int64_t *target" if call.of_class else target)
    weights = ("W", "b", "U", "h") if rows else ("w", "b", "u", "h")
    for name in weights if sloped else weights[:2]:
        pointer = rows or name in "wu"
        listed.append(f"const {real} *{name}" if pointer else f"{real} {name}")
    listed += [] if rows else [f"{real} penalty"]
    listed += [f"{real} *{name}" for name in call.results]
    result = "void" if sloped else "double"
    name = f"{name_in_c(found.page)}_{call.ending}_{form.name}"
    return f"{result} {name}({', '.join(listed)}, double *scratch, int threads)"


def _public(found: Objective, call: Call, form: Type) -> str:
    """A function that callers see: what it is given, in one place."""
    rows, sloped = has_rows(found), call.name == "hessian_product"
    labels = "NULL" if sloped or call.of_class else "P" if rows else "y"
    task = ["n", "d", "k" if rows else "1", "X", labels, "target" if call.of_class else "NULL"]
    weights = ["W", "b", "U", "h"] if rows else ["w", "&b", "u", "&h"]
    given = weights if sloped else [*weights[:2], "NULL", "NULL"]
    given += ["0.0" if rows else "(double)penalty", *(call.results or ("NULL", "NULL"))]
    start = "" if sloped else "return "
    return f"""\
{declaration(found, call, form)}
{{
    cesym_task_{form.name} t = {{{", ".join([*task, "NULL", "NULL", "NULL", "NULL"])}}};
    {start}mean_{form.name}(t, {", ".join(given)}, scratch, threads);
}}"""


def declarations(found: Objective) -> str:
    """The functions that callers see."""
    lines = [scratch_declaration(found)]
    lines += [declaration(found, call, form) for call in calls_of(found) for form in TYPES]
    return "".join(f"{line};\n" for line in lines)


def guarded(found: Objective) -> str:
    """The declarations as a header, for C and C++."""
    return header_of(name_in_c(found.page), ("stddef.h", "stdint.h"), declarations(found))
