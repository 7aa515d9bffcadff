"""The functions that compute rows, in every way of writing arithmetic, in either setting.

The setting `fast` has another walk over the places, for targets that are classes: in the arithmetic
of the type. Everything else, and all that is computed once for a row, is that of `accurate`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cesym.codegen.c import constants
from cesym.codegen.c.constants import DOUBLE, SINGLE
from cesym.codegen.c.programs import SETTINGS, Type
from cesym.codegen.c.support import (
    DIALECTS,
    FUSED,
    PLAIN,
    VECTOR,
    Dialect,
    filled,
    named_constants,
    needed,
)
from cesym.codegen.c.writer import tail, tails, verbatim

TYPES = SETTINGS["accurate"].types
"""float64 in pairs; float32 in float64."""

FAST = "fast"
"""The setting that computes powers in the arithmetic of their type."""

SHORT_TERMS = 3
"""Terms of e^r where powers have to be right for float32 alone."""

SINGLE_TERMS = 2
"""Terms of e^r in float32."""

GRADES = {"f64": "p", "f32": "s"}
"""Type -> the ending of the functions that compute it: in pairs, or in single numbers."""

LANES = {
    VECTOR: ("rows_lanes_v", "rows_turn_v"),
    FUSED: ("rows_lanes_f", "rows_lanes_one"),
    PLAIN: ("rows_lanes_p", "rows_lanes_one"),
}
"""Way of writing arithmetic -> the texts that say how numbers are loaded and stored."""

FAST_LANES = {
    (VECTOR, "d"): ("rows_fast_v_d", "rows_fast_sum_d"),
    (FUSED, "d"): ("rows_fast_one", "rows_fast_sum_d"),
    (PLAIN, "d"): ("rows_fast_one", "rows_fast_sum_d"),
    (VECTOR, "s"): ("rows_fast_v_s",),
    (FUSED, "s"): ("rows_lanes_f", "rows_fast_one", "rows_fast_one_s"),
    (PLAIN, "s"): ("rows_lanes_p", "rows_fast_one", "rows_fast_one_s"),
}
"""The same for the setting fast, by the format that it computes in."""


def every(setting: str, types: Sequence[Type] = TYPES) -> Iterator[str]:
    """The functions in every way, those of a processor where they can be compiled."""
    yield "#ifdef CESYM_X86"
    yield from _rows(VECTOR, setting, types)
    yield "#endif\n\n#if defined(CESYM_X86) || (defined(FP_FAST_FMA) && defined(FP_FAST_FMAF))"
    yield from _rows(FUSED, setting, types)
    yield "#endif"
    yield from _rows(PLAIN, setting, types)


def typed(name: str, form: Type, how: str = "", letter: str = "d") -> str:
    """A text for one type; constants are left to be filled in.

    What finds the largest logit is written for float32 apart, where there are vectors.
    """
    main = DIALECTS[how, "d"].prefix if how else ""
    words = {
        **{"F": form.name, "REAL": form.real, "G": GRADES[form.name], "H": how, "D": main},
        "L": DIALECTS[how, letter].prefix if how == VECTOR else main,
    }
    return re.sub(r"\$(F|REAL|G|H|D|L)(?![A-Z])", lambda found: words[found[1]], verbatim(name))


def _rows(how: str, setting: str, types: Sequence[Type]) -> Iterator[str]:
    """The rows in one way of writing arithmetic."""
    own = [verbatim(name) for name in (*LANES[how], "rows_lanes")]
    aside = "rows_aside_v" if how == VECTOR else "rows_aside_one"
    for form in types:
        own.append(verbatim(f"rows_grade_{GRADES[form.name]}"))
        walk = ("rows_finish", aside, "rows_places", "rows_run")
        own += [typed(name, form, how) for name in walk]
        if setting == FAST:
            own.append(verbatim(f"rows_fast_frame_{GRADES[form.name]}"))
        else:
            own.append(typed("rows_loop", form, how))
    double, *others = types
    if setting == FAST:
        own += _fast(how, double, "d")
    shorter = TYPES if setting == FAST else types  # fast powers are those of float32
    polynomials = [text for form in shorter for text in tails(form, DOUBLE)]
    polynomials.append(tail("exp_tail_short", constants.exp_polynomial(SHORT_TERMS), DOUBLE))
    yield _in(DIALECTS[how, "d"], ["single", "pair"], polynomials, own)
    for single in others if setting == FAST else ():
        polynomials = [tail("exp_tail", constants.exp_polynomial(SINGLE_TERMS), SINGLE)]
        yield _in(DIALECTS[how, "s"], ["single"], polynomials, _fast(how, single, "s"))


def _fast(how: str, form: Type, letter: str) -> list[str]:
    """The walk of the setting fast."""
    own = [verbatim(name) for name in FAST_LANES[how, letter]]
    return [*own, typed("rows_fast", form, how, letter)]


def _in(dialect: Dialect, sources: list[str], polynomials: list[str], own: list[str]) -> str:
    """Texts with what they need, for a dialect."""
    used = "\n\n".join(own)
    library = needed(sources, used)
    first = needed(dialect.sources, used + library)
    text = "\n\n".join([first, *polynomials, library, used])
    return filled(text, dialect.prefix, named_constants(dialect.form))
