"""The comment at the head of a C file, in the current language."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Mapping

from cesym import __version__
from cesym.codegen.boundaries import shown
from cesym.codegen.c.programs import Setting
from cesym.codegen.functions import REDUCED, Function, Functions
from cesym.codegen.measured import points
from cesym.codegen.words import Words
from cesym.messages import _
from cesym.terms.printing import plain

WIDTH = 96


def comment(words: Words, setting: Setting) -> str:
    """What the file computes, from what, how well, and how it is compiled and called."""
    functions = words.functions
    paragraphs = [
        _(
            "{title}: {names}",
            title=functions.title,
            names=", ".join(function.name for function in functions.functions),
        ),
        _(
            "Written by cesym {version} from its page {page}, on which every line is proved.",
            version=__version__,
            page=functions.page,
        ),
        _formulas(functions),
        _(
            "Arguments: {domains}. It is not checked that they are.",
            domains="; ".join(map(repr, functions.arguments)),
        ),
        _(
            "Every function takes n, n of each argument, and room for n of each result, none of"
            " which may overlap. With more than one thread the work is divided among so many, if"
            " the file is compiled with -fopenmp."
        ),
        any(f.name in REDUCED for f in functions.functions)
        and _(
            "Functions with sum in their names return the sum of weight times loss, of which"
            " nothing is lost until it is rounded; weight may be NULL."
        ),
        _limits(words),
        _("An argument that is nan gives nan, if the formula depends on it."),
        SETTING_WORDS[setting.name](),
        _error(words, setting),
        compiling(),
    ]
    return framed(p for p in paragraphs if p)


def compiling() -> str:
    """How the file is compiled."""
    return _(
        "Compile with -std=c99 -O3 -fno-math-errno -fno-trapping-math, never with -ffast-math."
        " On x86 the file chooses between AVX-512, AVX2 and neither when it runs."
    )


def framed(paragraphs: Iterable[str]) -> str:
    """Paragraphs as a comment of C, wrapped, with nothing in them that would end it."""
    text = "\n\n".join(map(_wrapped, paragraphs))
    body = "\n".join(f" * {line}".rstrip() for line in text.splitlines())
    return f"/*\n{body}\n */"


def _accurate() -> str:
    return _(
        "Setting accurate: float64 is computed with unevaluated sums of two numbers, float32 in"
        " float64, and each result is rounded once. Where a sum cancels, the result is computed"
        " again with about 100 bits."
    )


def _fast() -> str:
    return _(
        "Setting fast: each type is computed in its own arithmetic, with the fewest operations."
    )


SETTING_WORDS = {"accurate": _accurate, "fast": _fast}


MEASURED: Mapping[str, Mapping[str, tuple[float, float]]] = {
    form: {"accurate": (0.6, 0.501), "fast": (4, 4)}
    for form in (
        "y*max(-s, 0) + log1p(exp(-abs(s))) + (1 - y)*max(s, 0)",
        "((1 - y)*exp(-max(-s, 0)) - y*exp(-max(s, 0)))/(1 + exp(-abs(s)))",
        "exp(-abs(s))/(1 + exp(-abs(s))*(2 + exp(-abs(s))))",
    )
}
"""Form -> setting -> the limits in ulp, in float64 and float32, to which `benchmarks/accuracy.py`
holds it with `--to c`, y being 0 or 1."""

SUBNORMAL = 0.76
"""The limit of subnormal results in float64: they are rounded twice."""


def _error(words: Words, setting: Setting) -> str:
    """What was measured."""
    forms = [words.plain(function.form) for function in words.functions.functions]
    if not all(form in MEASURED for form in forms):
        return _found(words, setting)
    limits = [MEASURED[form][setting.name] for form in forms]
    double, single = (max(pair[k] for pair in limits) for k in (0, 1))
    if setting.name == "accurate":
        return _(
            "Error, measured for y = 0 and y = 1: at most {double} ulp in float64, {subnormal} in"
            " subnormal numbers; at most {single} ulp in float32.",
            double=double,
            subnormal=SUBNORMAL,
            single=single,
        )
    return _(
        "Error, measured for y = 0 and y = 1: at most {double} ulp in float64 and {single} ulp in"
        " float32. For other labels the gradient has a root, and close to it few digits are right.",
        double=double,
        single=single,
    )


def _found(words: Words, setting: Setting) -> str:
    """The largest error that was found of each function, if they were measured."""
    functions = words.functions.functions
    errors = [words.found(function.form, setting.name) for function in functions]
    if not any(errors):
        return _("The error of these functions was not measured; `cesym ulp` does that.")
    head = _("Largest errors that were found at {count} points:", count=points())
    told = (_about(words, *pair) for pair in zip(functions, errors, strict=True))
    names = (f"    {function.name}: " for function in functions)
    return "\n".join((head, *map("".join, zip(names, told, strict=True))))


def _about(words: Words, function: Function, errors: str) -> str:
    """The errors of a function, in ulp of what, and where they hold."""
    if not errors:
        return _("not measured")
    stated = function.shown.stated
    if function.shown.hard:
        found = _(
            "{errors}, for the values 0 and 1 of {names}.",
            errors=errors,
            names=", ".join(function.shown.hard),
        )
    elif stated is not None and stated.size is not None:
        found = _("{errors} of the size of its terms.", errors=errors)
    else:
        found = f"{errors}."
    needs = function.shown.needs or (None if function.shown.hard else stated)
    return " ".join([found, *(words.provided(needs) if needs else ())])


def _limits(words: Words) -> str:
    """What arguments give that are infinite, a line for each function."""
    return "\n".join(
        f"    {name}: "
        + "; ".join(f"({', '.join(map(shown, point))}) -> {shown(value)}" for point, value in found)
        for name, found in words.ends.items()
        if found
    )


def _formulas(functions: Functions) -> str:
    """Every function, and the form that is proved equal to it."""
    context = functions.context
    lines = []
    for function in functions.functions:
        arguments = ", ".join(d.name for d in functions.arguments)
        lines.append(f"    {function.name}({arguments}) = {plain(function.term, context)}")
        lines.append(f"        = {plain(function.form, context)}")
    return "\n".join(lines)


def _wrapped(paragraph: str) -> str:
    return "\n".join(
        textwrap.fill(
            _harmless(line.strip()),
            WIDTH,
            initial_indent=" " * (len(line) - len(line.lstrip())),
            subsequent_indent="            " if line.startswith(" ") else "",
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in paragraph.splitlines()
    )


def _harmless(text: str) -> str:
    """Without what would end the comment, or steer a terminal."""
    kept = (c if c == " " or unicodedata.category(c)[0] not in "CZ" else " " for c in text)
    return "".join(kept).replace("*/", "* /").replace("/*", "/ *").replace("??/", "? ?/")
