"""The text of a C file for any loss of rows of the table, from its programs, and of its header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cesym.codegen.c.constants import DOUBLE
from cesym.codegen.c.programs import SETTINGS, Type, name_in_c
from cesym.codegen.c.rows.walk import body_of
from cesym.codegen.c.support import DIALECTS, FUSED, PLAIN, filled, named_constants, needed
from cesym.codegen.c.writer import header_of, tables, tails, verbatim
from cesym.codegen.rowwise import RowLoss
from cesym.codegen.rowwise.signatures import cases_of, groups_of, joined_name, reduced
from cesym.codegen.rowwise.table import RowForm

TYPES = SETTINGS["accurate"].types
"""Both types are computed in pairs of float64."""

TARGETS = {FUSED: "CESYM_FUSED", PLAIN: ""}
"""Way of writing arithmetic -> the attribute of its functions."""


@dataclass(frozen=True, slots=True)
class Call:
    """A function that callers see: results that are computed together, perhaps for classes."""

    form: RowForm
    group: tuple[str, ...]
    of_class: bool

    @property
    def name(self) -> str:
        """Its name, but for what it begins with and the type."""
        return f"{joined_name(self.group)}_of_class" if self.of_class else joined_name(self.group)

    @property
    def weighed(self) -> bool:
        """Whether it takes weights, and can sum up."""
        return reduced(self.form, self.group)

    def parameters(self, real: str) -> Iterator[tuple[str, str]]:
        """Type and name of what is given, but for weights and results."""
        yield from (("size_t", "n"), ("size_t", "classes"))
        for given in self.form.inputs:
            if given.reader == "_numbers":
                yield "const double *", given.role
            elif given.options and self.of_class:
                yield from (("const int64_t *", "target"), ("int64_t", "ignored"))
            else:
                yield f"const {real} *", given.role
            if given.options:
                yield "double", "smoothing"


def calls_of(form: RowForm) -> list[Call]:
    """Every function of a form."""
    return [Call(form, group, c) for group in groups_of(form) for c in cases_of(form)]


def source(found: RowLoss) -> str:
    """The text of the C file, without its comment."""
    prefix, calls = name_in_c(found.page), calls_of(found.form)
    parts = [
        verbatim("dispatch"),
        verbatim("rows_walk_put"),
        *(_given(found.form, form) for form in TYPES),
        "#if defined(CESYM_X86) || (defined(FP_FAST_FMA) && defined(FP_FAST_FMAF))",
        _dialect(FUSED, calls),
        "#endif",
        _dialect(PLAIN, calls),
        verbatim("sum"),
        *(_run(call, form) for call in calls for form in TYPES),
        *(_public(prefix, call, form) for call in calls for form in TYPES),
        *(_summed(prefix, call, form) for call in calls if call.weighed for form in TYPES),
    ]
    rest = "\n\n".join(parts)
    listed = tables(SETTINGS["accurate"])
    used = [text for name, text in listed if re.search(rf"\b{name}\b", rest)]
    return "\n\n".join([verbatim("shared"), verbatim("frame"), *used, rest]) + "\n"


def _given(form: RowForm, kind: Type) -> str:
    """What is given, and where results go."""
    fields = ["size_t classes;"]
    for given in form.inputs:
        if given.reader == "_numbers":
            fields.append(f"const double *{given.role};")
        else:
            fields.append(f"const $REAL *{given.role};")
        if given.options:
            fields += ["const int64_t *target;", "int64_t ignored;", "double smoothing;"]
    fields += [f"$REAL *{name};" for name in form.programs]
    fields += ["const double *weight;", "double *exact; /* numbers that are not rounded */"]
    fields += ["size_t first; /* the row of the first of them */"]
    lines = "\n".join(f"    {field}" for field in fields)
    text = f"typedef struct {{\n{lines}\n}} cesym_given_$F;\n\n{verbatim('rows_walk_given')}"
    return _typed(text, kind)


def _typed(text: str, form: Type) -> str:
    return re.sub(r"\$REAL\b", form.real, re.sub(r"\$F(?![A-Z])", form.name, text))


def _dialect(how: str, calls: Sequence[Call]) -> str:
    """The rows of every function in one way of writing arithmetic."""
    dialect, rows = DIALECTS[how, "d"], [_row(how, call) for call in calls]
    text = "\n\n".join(rows)
    helpers = [verbatim(f"rows_walk_{n}") for n in ("logits", "gaps") if f"@{n}_$F(" in text]
    typed = [_typed("\n\n".join([*helpers, text]), form) for form in TYPES]
    used = "\n\n".join(typed)
    walk = needed(["rows_walk"], used)
    library = needed(["single", "pair"], walk + used)
    first = needed(dialect.sources, walk + used + library)
    polynomials = [text for form in TYPES for text in tails(form, DOUBLE)]
    whole = "\n\n".join([first, *polynomials, library, walk, used])
    return filled(whole, dialect.prefix, named_constants(DOUBLE))


def _row(how: str, call: Call) -> str:
    """A function of one row, and one of many."""
    form, lines = call.form, body_of(call.form, call.group, of_class=call.of_class)
    text = "\n".join(lines)
    before = ["size_t n = a->classes;"]
    for given in form.inputs:
        role = given.role
        if given.reader == "_numbers":
            before.append(f"double {role} = a->{role}[i];")
        elif not given.options:
            before.append(f"const $REAL *{role} = a->{role} + i * n;")
        else:
            before += _target(call, text)
    before += [f"$REAL *{name} = a->{name} + i * n;" for name in call.group if name in form.rows]
    after = [f"cesym_put_$F(a, i, a->{n}, {n});" for n in call.group if n in form.numbers]
    inner = "\n".join(f"    {line}" for line in [*before, *lines, *after])
    attribute = f"{TARGETS[how]} " if TARGETS[how] else ""
    name = f"@{call.name}_$F"
    many = f"{attribute}static void {how}_{call.name}_$F"
    return f"""\
@inline void {name}(const cesym_given_$F *a, size_t i)
{{
{inner}
}}

{many}(const cesym_given_$F *a, size_t i, size_t end)
{{
    for (; i < end; i++)
        {name}(a, i);
}}"""


def _target(call: Call, text: str) -> Iterator[str]:
    """The target of a row, and what becomes of rows that have none."""
    form = call.form
    yield "const int64_t *target = a->target ? a->target + i : NULL;"
    yield "int state = cesym_state(target, a->ignored, n);"
    if re.search(r"\bp\b", text):
        yield "const $REAL *p = a->p ? a->p + i * n : NULL;"
    yield "if (state != 1) {"
    for name in call.group:
        none = "state == 0 ? 0.0 : NAN"
        if name in form.numbers:
            yield f"    cesym_put_$F(a, i, a->{name}, {none});"
        else:
            yield f"    cesym_fill_$F(a->{name} + i * n, n, {none});"
    yield from ("    return;", "}")
    if re.search(r"\bc\b", text):
        yield "size_t c = target ? (size_t)*target : 0;"


def _run(call: Call, form: Type) -> str:
    """The choice of a dialect, and of rows."""
    name = f"{call.name}_{form.name}"
    given = f"const cesym_given_{form.name} *a"
    return f"""\
static void run_{name}({given}, size_t i, size_t end)
{{
#ifdef CESYM_X86
    if (cesym_level() >= 1) {{
        f_{name}(a, i, end);
        return;
    }}
#endif
    CESYM_PORTABLE_NAME({name})(a, i, end);
}}

static void all_{name}({given}, size_t n, int threads)
{{
    int parts = threads > 1 && n * a->classes >= CESYM_MANY ? threads : 1;
#ifdef _OPENMP
#pragma omp parallel for num_threads(parts) schedule(static, 1) if (parts > 1)
#endif
    for (int part = 0; part < parts; part++)
        run_{name}(a, n * (size_t)part / (size_t)parts, n * (size_t)(part + 1) / (size_t)parts);
}}"""


def declaration(prefix: str, call: Call, form: Type, *, summed: bool = False) -> str:
    """The first line of a function that callers see."""
    listed = [*call.parameters(form.real)]
    listed += [("const double *", "weight")] if call.weighed else []
    listed += [] if summed else [(f"{form.real} *", name) for name in call.group]
    text = ", ".join(f"{kind}{'' if kind.endswith('*') else ' '}{name}" for kind, name in listed)
    name = f"{prefix}_{_summed_name(call) if summed else call.name}_{form.name}"
    return f"{'double' if summed else 'void'} {name}({text}, int threads)"


def _summed_name(call: Call) -> str:
    (name,) = call.group
    return f"{name}_sum_of_class" if call.of_class else f"{name}_sum"


def _fields(call: Call, form: Type, *, summed: bool) -> str:
    """What is given, as an initializer."""
    names = [name for _kind, name in call.parameters(form.real) if name != "n"]
    names += ["weight"] if call.weighed else []
    names += [] if summed else [*call.group]
    return ", ".join(f".{name} = {name}" for name in names)


def _public(prefix: str, call: Call, form: Type) -> str:
    """A function that callers see: classes that are smoothed are summed over as probabilities."""
    soft = Call(call.form, call.group, of_class=False)
    run = f"all_{call.name}_{form.name}(&a, n, threads);"
    lines = [run]
    if call.of_class:
        lines = ["if (smoothing != 0.0)", f"    all_{soft.name}_{form.name}(&a, n, threads);"]
        lines += ["else", f"    {run}"]
    inner = "\n".join(f"    {line}" for line in lines)
    return f"""\
{declaration(prefix, call, form)}
{{
    cesym_given_{form.name} a = {{{_fields(call, form, summed=False)}}};
{inner}
}}"""


def _summed(prefix: str, call: Call, form: Type) -> str:
    """The sum of the numbers of all rows, of which nothing is lost until it is rounded."""
    soft = Call(call.form, call.group, of_class=False)
    name = f"run_{call.name}_{form.name}"
    if call.of_class:
        name = f"(smoothing != 0.0 ? run_{soft.name}_{form.name} : {name})"
    return f"""\
{declaration(prefix, call, form, summed=True)}
{{
    cesym_given_{form.name} a = {{{_fields(call, form, summed=True)}}};
    cesym_lanes sums[64] = {{{{{{0.0}}, {{0.0}}}}}};
    int parts = threads > 1 && n * classes >= CESYM_MANY ? threads : 1;
    parts = parts > 64 ? 64 : parts;
#ifdef _OPENMP
#pragma omp parallel for num_threads(parts) schedule(static, 1) if (parts > 1)
#endif
    for (int part = 0; part < parts; part++) {{
        double found[256];
        cesym_given_{form.name} b = a;
        size_t end = n * (size_t)(part + 1) / (size_t)parts;
        b.exact = found;
        for (b.first = n * (size_t)part / (size_t)parts; b.first < end; b.first += 256) {{
            size_t m = end - b.first < 256 ? end - b.first : 256;
            {name}(&b, b.first, b.first + m);
            cesym_gather(&sums[part], found, m);
        }}
    }}
    return cesym_total(sums, parts);
}}"""


def declarations(found: RowLoss) -> str:
    """The functions that callers see."""
    prefix, calls = name_in_c(found.page), calls_of(found.form)
    lines = [declaration(prefix, call, form) for call in calls for form in TYPES]
    lines += [
        declaration(prefix, call, form, summed=True)
        for call in calls
        if call.weighed
        for form in TYPES
    ]
    return "".join(f"{line};\n" for line in lines)


def guarded(found: RowLoss) -> str:
    """The declarations as a header, for C and C++."""
    return header_of(name_in_c(found.page), ("stddef.h", "stdint.h"), declarations(found))
