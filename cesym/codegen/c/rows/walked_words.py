"""The comment at the head of a C file that was written from row programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cesym import __version__
from cesym.codegen.c.comment import framed
from cesym.codegen.c.rows.words import boundary, formulas, weights
from cesym.codegen.rowwise import RowLoss
from cesym.codegen.rowwise.words import LIMITS
from cesym.messages import N_, _

LIMIT, SINGLE_LIMIT = 1.5, 0.501
"""In ulp, in float64 and float32; tests hold the code to them."""

SHARE = "2^-60"
"""Of what is subtracted, next to a root of a gradient; so do these."""

_TARGET = N_(
    "Error, measured for logits of any spread: at most {limit} ulp in float64 and {single} ulp in"
    " float32, and next to a root of the gradient {share} of the target, divided by the temperature"
    " if there is one."
)

ERRORS: Mapping[str, str] = {
    "cross-entropy at a temperature": _TARGET,
    "cross-entropy of a smoothed label": _TARGET,
    "divergence of logits": N_(
        "Error, measured for logits of any spread: at most {limit} ulp in float64 and {single} ulp"
        " in float32, however close the two predictions are, and next to a root of the gradient"
        " {share} of the sum of the two probabilities of the class. The loss is never negative."
    ),
    "divergence of probabilities": N_(
        "Error: at most {limit} ulp in float64 and {single} ulp in float32, however close the two"
        " rows are. The loss is never negative. The rows need not sum to 1: then the loss is what"
        " the formula says for them."
    ),
    "entropy of logits": N_(
        "Error, measured for logits of any spread: at most {limit} ulp in float64 and {single} ulp"
        " in float32, and next to a root of the gradient {share} p (1 - log p), where p is the"
        " probability of the class. The entropy is never negative."
    ),
    "entropy of probabilities": N_(
        "Error: at most {limit} ulp in float64 and {single} ulp in float32 for numbers up to 1, and"
        " next to the root of the gradient, at 1/e, {share}."
    ),
}
"""Form -> how far off the results may be."""


def comment(found: RowLoss) -> str:
    """What the file computes, from what, how well, and how it is compiled and called."""
    return framed(_paragraphs(found))


def _paragraphs(found: RowLoss) -> Iterator[str]:
    names = ", ".join(sorted(found.forms))
    yield _("{title}: {names}", title=found.title, names=names)
    yield _(
        "Written by cesym {version} from its page {page}, on which every line is proved.",
        version=__version__,
        page=found.page,
    )
    yield formulas(found)
    if found.places:
        yield _(
            "{places} are the places of the largest logits of {rows}; the forms are proved for any"
            " places, and for every number of classes.",
            places=", ".join(found.places),
            rows=", ".join(found.names[role] for role in found.form.logits),
        )
    yield from _arguments(found)
    yield weights()
    yield boundary() if _has_target(found) else _(LIMITS[found.form.name][0])
    yield _(
        "Everything is computed with unevaluated sums of two numbers of float64, a class at a time,"
        " and each result is rounded once."
    )
    yield _(ERRORS[found.form.name], limit=LIMIT, single=SINGLE_LIMIT, share=SHARE)
    yield _(
        "This is for results of at least 2^-960; smaller ones may be off by a few times 2^-1074."
    )
    yield _(
        "Compile with -std=c99 -O3 -fno-math-errno -fno-trapping-math, never with -ffast-math."
        " On x86 the file finds out when it runs whether there is a fused multiply-add."
    )


def _has_target(found: RowLoss) -> bool:
    return any(given.options for given in found.form.inputs)


def _arguments(found: RowLoss) -> Iterator[str]:
    """What the arguments are."""
    rows = [g.role for g in found.form.inputs if g.reader == "_real" or g.options]
    yield _(
        "{rows} hold n rows of so many classes, one after the other. No result may overlap"
        " anything else.",
        rows=", ".join(rows),
    )
    if any(given.reader == "_numbers" for given in found.form.inputs):
        yield _("{name} holds a positive number for each row.", name="T")
    if _has_target(found):
        yield _(
            "p has a row of probabilities for each row. Functions of_class take a class for each"
            " row instead, counted from 0; rows of the class `ignored` give 0, those of a class"
            " that is not there nan. `smoothing`, from 0 to 1, is the share of the uniform"
            " distribution that is mixed into the target."
        )
