"""The comment at the head of a C file for rows, in the current language."""

from __future__ import annotations

from collections.abc import Iterator

from cesym import __version__
from cesym.codegen.c.comment import SUBNORMAL, compiling, framed
from cesym.codegen.rowwise import RowLoss
from cesym.messages import _


def comment(found: RowLoss, setting: str) -> str:
    """What the file computes, from what, how well, and how it is compiled and called."""
    z, p = found.logits, found.target
    return framed(
        [
            _("{title}: {names}", title=found.title, names=", ".join(sorted(found.forms))),
            _(
                "Written by cesym {version} from its page {page}, on which every line is proved.",
                version=__version__,
                page=found.page,
            ),
            formulas(found),
            _(
                "{index} is the place of the largest logit; the forms are proved for any place, and"
                " for every number of classes.",
                index=found.index,
            ),
            _(
                "{z} holds n rows of so many classes, one after the other, {p} a row of"
                " probabilities for each. Functions of_class take a class for each row instead,"
                " counted from 0; rows of the class `ignored` give 0, those of a class that is not"
                " there nan. `smoothing`, from 0 to 1, is the share of the uniform distribution"
                " that is mixed into the target. No result may overlap anything else.",
                z=z,
                p=p,
            ),
            weights(),
            boundary(),
            *SETTING_WORDS[setting](),
            compiling(),
        ]
    )


DOUBLE_LIMIT, SINGLE_LIMIT = 0.6, 0.501
"""In ulp; tests hold the code to them."""

FAST_LIMIT = 2
"""In ulp, in the setting fast, in either type; so do these."""

DOUBLE_SHARE, SINGLE_SHARE = "2^-60", "2^-50"
"""Of the target, next to a root of the gradient; so do these."""


def _accurate() -> Iterator[str]:
    yield _(
        "float64 is computed with unevaluated sums of two numbers, float32 in float64, and"
        " each result is rounded once. Every power is computed once; in rows of more than"
        " CESYM_PLACES classes, twice."
    )
    yield _(
        "Error, measured with classes for a target, up to 1000 of them, and logits of any"
        " spread: at most {double} ulp in float64, {subnormal} in subnormal numbers, and"
        " {single} ulp in float32, in the loss and in every entry of the gradient; no"
        " result is 0 where the exact one is a normal number. With probabilities the same"
        " holds away from the roots of the gradient; next to a root it is off by"
        " {double_share} of the target more at most, {single_share} in float32.",
        double=DOUBLE_LIMIT,
        subnormal=SUBNORMAL,
        single=SINGLE_LIMIT,
        double_share=DOUBLE_SHARE,
        single_share=SINGLE_SHARE,
    )


def _fast() -> Iterator[str]:
    yield _(
        "Setting fast: if the target is a class, powers are computed in the arithmetic of"
        " their type. Their sums lose nothing, and what is computed once for a row is"
        " computed as in the setting accurate; so is everything for probabilities, for labels"
        " that are smoothed, and for rows with an infinite logit."
    )
    yield _(
        "Error, measured with classes for a target, up to 1000 of them, and logits of any"
        " spread: at most {limit} ulp in the loss and in every entry of the gradient, in both"
        " types; no result is 0 where the exact one is a normal number.",
        limit=FAST_LIMIT,
    )


SETTING_WORDS = {"accurate": _accurate, "fast": _fast}


def formulas(found: RowLoss) -> str:
    """Every function and the form that is computed, for probabilities and for a class."""
    lines = []
    for name, term in found.exported.items():
        lines += [f"    {name} = {term}", f"        = {found.forms[name]}"]
        if name in found.class_forms:
            what, form = found.class_forms[name]
            lines += [f"    {name} of class {found.entry} = {what}", f"        = {form}"]
    return "\n".join(lines)


def weights() -> str:
    """What weights and threads are, and what sums lose."""
    return _(
        "`weight` has a factor for each loss, or is NULL; a weight of 0 makes 0 of any"
        " loss. Functions with sum in their names return the sum of weight times loss, of"
        " which nothing is lost until it is rounded. With more than one thread the rows are"
        " divided among so many, if the file is compiled with -fopenmp."
    )


def boundary() -> str:
    """What logits give that are no finite numbers, a line for each case."""
    return "\n".join(
        [
            _("Rows of more than one class that are not finite give the limits:"),
            _("    one logit is inf: it has all of the probability; the loss of the others is inf"),
            _("    a logit is -inf: it has none; its loss is inf, but 0 of it is 0"),
            _("    two are inf, all are -inf, or one is nan: every result is nan"),
        ]
    )
