"""The comment at the head of a C file, in the current language."""

from __future__ import annotations

import textwrap
import unicodedata

from cesym import __version__
from cesym.codegen.c.programs import Setting
from cesym.codegen.functions import Functions
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
        _("An argument that is nan gives nan, if the formula depends on it."),
        SETTING_WORDS[setting.name](),
        _(
            "Compile with -std=c99 -O3 -fno-math-errno -fno-trapping-math, never with -ffast-math."
            " On x86 the file chooses between AVX-512, AVX2 and neither when it runs."
        ),
    ]
    text = "\n\n".join(_wrapped(p) for p in paragraphs if p)
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
