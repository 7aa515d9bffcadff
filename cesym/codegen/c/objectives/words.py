"""The comment at the head of a C file for an objective, in the current language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cesym import __version__
from cesym.codegen.c.comment import compiling, framed
from cesym.codegen.objectives.forms import Objective
from cesym.messages import N_, _

ARGUMENTS: Mapping[str, str] = {
    "logistic regression": N_(
        "X holds n rows of d features, one after the other, y a label from 0 to 1 for each row, w a"
        " weight for each feature; b is the bias. `penalty` is the factor of half the sum of the"
        " squared weights. A direction is u in the weights and h in the bias."
    ),
    "softmax regression": N_(
        "X holds n rows of d features, one after the other, P a row of probabilities of the k"
        " classes for each, which sum to 1. Functions of_class take a class for each row instead,"
        " counted from 0; one that is not there gives nan. W has a row of k weights for each"
        " feature, as the gradient has; b is a bias for each class, or NULL for none. A direction"
        " is U in the weights and h in the biases, or NULL."
    ),
}
"""Objective -> what its arguments are."""

BOUNDARY: Mapping[str, str] = {
    "logistic regression": N_(
        "A score that is infinite gives the limits: nothing is lost by a sample that is right, and"
        " the loss of another is inf. A score that is nan makes every result nan."
    ),
    "softmax regression": N_(
        "A logit that is infinite gives the limits: nothing is lost by a sample that is right, and"
        " the loss of another is inf. Two that are inf, or one that is nan, make every result nan."
    ),
}
"""Objective -> what it is at the ends of the domain."""


def comment(found: Objective, setting: str) -> str:
    """What the file computes, from what, how well, and how it is compiled and called."""
    return framed(_paragraphs(found, setting))


def _paragraphs(found: Objective, setting: str) -> Iterator[str]:
    yield _("{title}: objective, gradient, products with the Hessian", title=found.title)
    yield _(
        "Written by cesym {version} from its page {page}, on which every line is proved.",
        version=__version__,
        page=found.page,
    )
    yield "\n".join(f"    {name} = {form}" for name, form in found.forms.items())
    yield _("The second derivatives, which are multiplied with a direction, are proved as well.")
    yield _(ARGUMENTS[found.form.name])
    yield _(
        "`scratch` is room for as many doubles as the function scratch says; nothing else is"
        " allocated, and no result may overlap anything else. With more than one thread the samples"
        " are divided among so many, 64 at most, if the file is compiled with -fopenmp."
    )
    yield _(BOUNDARY[found.form.name])
    yield _(
        "The losses and errors of the samples are computed by the code for the page {sample}, and"
        " as accurate as there, for scores that are rounded to float64. {count} samples are taken"
        " at a time, whose part of X stays in the cache; products of matrices are plain loops over"
        " these, eight numbers at a time. Also float32 is computed in float64, and every result is"
        " rounded to it at the end.",
        sample=found.form.sample,
        count=SAMPLES,
    )
    yield SETTING_WORDS[setting]()
    yield compiling()


SAMPLES = 64
"""As in `support/objective_shared.c`."""

MOST, SINGLE_MOST = 2, 0.501
"""In ulp, for scores of a few units, which are rounded; tests hold the code to them."""


def _accurate() -> str:
    return _(
        "Setting accurate: scores, and the sums over the samples, are added up as if in twice the"
        " precision, and rounded once (Ogita, Rump, Oishi 2005). Error, measured: at most {most}"
        " ulp in the objective, and in each derivative {most} ulp of the mean of the sizes of its"
        " terms; with float32 at most {single} ulp.",
        most=MOST,
        single=SINGLE_MOST,
    )


def _fast() -> str:
    return _(
        "Setting fast: scores, and the parts of the gradient of {count} samples, are plain sums of"
        " products; these parts, and the losses, are added up as if in twice the precision.",
        count=SAMPLES,
    )


SETTING_WORDS = {"accurate": _accurate, "fast": _fast}
