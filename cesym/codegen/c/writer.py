"""The text of a C file that computes what a page exports, and of its header."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flint import arb

from cesym.codegen.c import constants, loops, sums
from cesym.codegen.c.constants import DOUBLE, SINGLE, Format
from cesym.codegen.c.programs import EXACT, Kernel, Setting, Type
from cesym.codegen.c.support import (
    DIALECTS,
    FUSED,
    PLAIN,
    VECTOR,
    chunks,
    filled,
    named_constants,
    needed,
)
from cesym.errors import UnsupportedTerm


def source(every: Sequence[Kernel], setting: Setting) -> str:
    """The text of the C file, without its comment.

    Raises UnsupportedTerm for what a setting without pairs cannot keep the digits of.
    """
    if all(form.grade == "single" for form in setting.types):
        _require_no_errors(every, setting)
    public = [
        *(loops.public(kernel, form) for kernel in every for form in setting.types),
        *_sums(every, setting),
    ]
    return whole([*inner(every, setting), *public], setting)


def inner(every: Sequence[Kernel], setting: Setting) -> Iterator[str]:
    """The loops of all functions, and what they need."""
    yield from _exact(every, setting)
    yield "#ifdef CESYM_X86"
    yield from _dialects(VECTOR, every, setting)
    yield "#endif"
    yield "#if defined(CESYM_X86) || (defined(FP_FAST_FMA) && defined(FP_FAST_FMAF))"
    yield from _dialects(FUSED, every, setting)
    yield "#endif"
    yield from _dialects(PLAIN, every, setting)
    yield verbatim("dispatch")
    yield verbatim("cut")


def whole(parts: Sequence[str], setting: Setting) -> str:
    """Parts of a file with what stands before them: the tables that they use, too."""
    rest = "\n\n".join(part for part in parts if part)
    found = [text for name, text in tables(setting) if f"{name}," in rest or f"{name}[" in rest]
    return "\n\n".join([verbatim("shared"), verbatim("frame"), *found, rest]) + "\n"


def _require_no_errors(every: Sequence[Kernel], setting: Setting) -> None:
    nodes = (part for kernel in every for node in kernel.programs.values() for part in node.walk())
    if any(part.head == "exp_error" for part in nodes):
        raise UnsupportedTerm(
            "the setting {setting} keeps few digits of an exponential of a large exponential",
            remedy="use the setting accurate",
            setting=setting.name,
        )


def _sums(every: Sequence[Kernel], setting: Setting) -> Iterator[str]:
    """Functions that return sums, and what they need."""
    found = [k for k in every if sums.is_summed(k)]
    if found:
        yield verbatim("sum")
    yield from (sums.summed(kernel, form) for kernel in found for form in setting.types)


def verbatim(name: str) -> str:
    """A text as it stands."""
    return "\n\n".join(text for _, text in chunks(name))


def tables(setting: Setting) -> Iterator[tuple[str, str]]:
    """The name and the definition of every table."""
    formats = {form.computed_in for form in setting.types} | {"d"}
    for letter in sorted(formats):
        form, kind = (DOUBLE, "double") if letter == "d" else (SINGLE, "float")
        powers = [form.split(value) for value in constants.exp_table()]
        listed = {"exp": [high for high, _ in powers], "exp_low": [low for _, low in powers]}
        for name, log, near in (("inverse", "log", False), ("near", "near_log", True)):
            listed[name], logs = constants.log_table(form, near=near)
            split = [form.split(value) for value in logs]
            listed[log], listed[f"{log}_low"] = [a for a, _ in split], [b for _, b in split]
        for name, values in listed.items():
            full = f"cesym_{name}_{letter}"
            yield full, constants.array(kind, full, values)


def _exact(every: Sequence[Kernel], setting: Setting) -> Iterator[str]:
    """The functions that compute one number again where something cancelled.

    At infinity, where they find no number, what was found before stays.
    """
    fragile = {
        name: kernel.alone(name)
        for kernel in every
        for form in setting.types
        for name in kernel.fragile(form)
    }
    bodies = []
    for name, kernel in fragile.items():
        arguments = ", ".join(f"double {argument}" for argument in kernel.inputs)
        *lines, last = kernel.body(EXACT).lines
        result = last.removeprefix(f"*{name} = ")
        inner = "\n".join(f"    {line}" for line in lines)
        bodies.append(
            f"static double exact_{name}({arguments}, double found)\n{{\n{inner}\n"
            f"    double sum = {result}\n    return sum == sum ? sum : found;\n}}"
        )
    if bodies:
        names = named_constants(DOUBLE)
        yield filled(needed(["double_double"], "\n".join(bodies)), "", names)
        yield from bodies


def _dialects(how: str, every: Sequence[Kernel], setting: Setting) -> Iterator[str]:
    for letter in sorted({form.computed_in for form in setting.types}):
        dialect = DIALECTS[how, letter]
        types = [form for form in setting.types if form.computed_in == letter]
        bodies = [_body(kernel, form) for kernel in every for form in types]
        polynomials = [text for form in types for text in tails(form, dialect.form)]
        library = ["single", *(["pair"] if any(t.grade != "single" for t in types) else [])]
        names = named_constants(dialect.form)
        used = "\n".join(bodies)
        support = needed([*dialect.sources, *library], used)
        first = needed(dialect.sources, used + support)
        rest = needed(library, used)
        text = "\n\n".join([first, *polynomials, rest])
        yield filled(text, dialect.prefix, names)
        yield from (filled(body, dialect.prefix, names) for body in bodies)
    for kernel in every:
        for form in setting.types:
            if how == VECTOR:
                yield loops.vector_loop(kernel, form)
            else:
                yield loops.scalar_loop(kernel, form, how)


def tails(form: Type, numbers: Format) -> Iterator[str]:
    """The polynomials, from the highest coefficient down."""
    suffix = "" if form.grade == "single" else "_p"
    for name, values in (
        ("exp", constants.exp_polynomial(form.exp_terms)),
        ("log", constants.log_polynomial(form.log_terms)),
    ):
        yield tail(f"{name}_tail{suffix}", values, numbers)


def tail(name: str, coefficients: Sequence[arb], numbers: Format) -> str:
    """A polynomial as a function."""
    *rest, last = (numbers.round(value).hex() for value in coefficients)
    steps = [f"    q = @fma(q, x, @set({value}));" for value in reversed(rest)]
    lines = [f"    @V q = @set({last});", *steps, "    return q;"]
    return f"@inline @V @{name}(@V x)\n{{\n" + "\n".join(lines) + "\n}"


def _body(kernel: Kernel, form: Type) -> str:
    tag = "_f32" if form.name == "f32" and form.computed_in == "d" else ""
    body = kernel.body(form.grade, careful=bool(form.cancels))
    kinds = [*(f"@V {a}" for a in kernel.inputs), *(f"@V *{name}" for name in kernel.outputs)]
    unused = [a for a in kernel.inputs if a not in body.used]
    lines = [*(f"(void){name};" for name in unused), *body.lines]
    if body.fragile:
        lines = ["@M bad = 0;", *lines, "return bad;"]
    result = "@M" if body.fragile else "void"
    text = "\n".join(f"    {line}" for line in lines)
    text = text.replace("@cancels(", f"@cancels(@set({form.cancels.hex()}), ")
    return f"@inline {result} @at_{kernel.name}{tag}({', '.join(kinds)})\n{{\n{text}\n}}"


def declarations(every: Sequence[Kernel], setting: Setting) -> str:
    """The functions that callers see."""
    lines = [f"{loops.declaration(kernel, form)};" for kernel in every for form in setting.types]
    summed = [kernel for kernel in every if sums.is_summed(kernel)]
    lines += [f"{sums.declaration(kernel, form)};" for kernel in summed for form in setting.types]
    return "\n".join(lines) + "\n"


def guarded(every: Sequence[Kernel], setting: Setting) -> str:
    """The declarations as a header, for C and C++."""
    return header_of(every[0].prefix, ("stddef.h",), declarations(every, setting))


def header_of(prefix: str, included: Sequence[str], declared: str) -> str:
    """Declarations as a header, for C and C++."""
    name = f"CESYM_{prefix.upper()}_H"
    lines = "\n".join(f"#include <{file}>" for file in included)
    return f"""\
#ifndef {name}
#define {name}

{lines}

#ifdef __cplusplus
extern "C" {{
#endif

{declared}
#ifdef __cplusplus
}}
#endif

#endif
"""
