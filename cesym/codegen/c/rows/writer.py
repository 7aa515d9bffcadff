"""The text of a C file for a loss of rows, and of its header."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cesym.codegen.c.programs import SETTINGS, Type
from cesym.codegen.c.rows.dialects import FAST, TYPES, every, typed
from cesym.codegen.c.writer import header_of, tables, verbatim


@dataclass(frozen=True, slots=True)
class Call:
    """A function that callers see: of rows of probabilities or of classes, and what it gives."""

    name: str
    of_class: bool
    results: tuple[str, ...]

    @property
    def ending(self) -> str:
        """The end of its name, but for the type."""
        return f"{self.name}_of_class" if self.of_class else self.name

    @property
    def weighed(self) -> bool:
        """Whether it takes weights."""
        return "gradient" not in self.results


CALLS = tuple(
    Call(name, of_class, results)
    for of_class in (False, True)
    for name, results in (
        ("loss", ("loss",)),
        ("gradient", ("gradient",)),
        ("loss_and_gradient", ("loss", "gradient")),
        ("loss_sum", ()),
    )
)


def source(prefix: str, setting: str) -> str:
    """The text of the C file, without its comment."""
    parts = [
        verbatim("dispatch"),
        verbatim("rows_shared"),
        *([verbatim("rows_fast_shared")] if setting == FAST else []),
        *(typed("rows_type", form) for form in TYPES),
        *every(setting),
        verbatim("sum"),
        *(typed("rows_public", form) for form in TYPES),
        *(_public(prefix, call, form) for call in CALLS for form in TYPES),
    ]
    rest = "\n\n".join(parts)
    used = [text for name, text in tables(SETTINGS[setting]) if re.search(rf"\b{name}\b", rest)]
    return "\n\n".join([verbatim("shared"), verbatim("frame"), *used, rest]) + "\n"


def declaration(prefix: str, call: Call, form: Type) -> str:
    """The first line of a function that callers see."""
    target = "const int64_t *target, int64_t ignored" if call.of_class else f"const {form.real} *p"
    listed = ["size_t n", "size_t classes", f"const {form.real} *z", target, "double smoothing"]
    listed += ["const double *weight"] if call.weighed else []
    listed += [f"{form.real} *{name}" for name in call.results]
    result = "void" if call.results else "double"
    name = f"{prefix}_{call.ending}_{form.name}"
    return f"{result} {name}({', '.join(listed)}, int threads)"


def _public(prefix: str, call: Call, form: Type) -> str:
    """A function that callers see: what it is given, in one place."""
    given = {
        "z": "z",
        "p": "NULL" if call.of_class else "p",
        "target": "target" if call.of_class else "NULL",
        "ignored": "ignored" if call.of_class else "0",
        "weight": "weight" if call.weighed else "NULL",
        **{name: name if name in call.results else "NULL" for name in ("loss", "gradient")},
    }
    order = ("z", "p", "target", "ignored")
    listed = ["n", "classes", *(given[name] for name in order), "smoothing"]
    listed += [given["weight"], given["loss"], given["gradient"], "NULL", "0"]
    run = "all" if call.results else "return sum"
    return f"""\
{declaration(prefix, call, form)}
{{
    cesym_rows_{form.name} a = {{{", ".join(listed)}}};
    {run}_rows_{form.name}(a, threads);
}}"""


def declarations(prefix: str) -> str:
    """The functions that callers see."""
    return "".join(f"{line};\n" for line in _declared(prefix))


def _declared(prefix: str) -> Iterator[str]:
    for call in CALLS:
        for form in TYPES:
            yield declaration(prefix, call, form)


def guarded(prefix: str) -> str:
    """The declarations as a header, for C and C++."""
    return header_of(prefix, ("stddef.h", "stdint.h"), declarations(prefix))
