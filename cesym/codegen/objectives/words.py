"""The docstrings of modules for objectives, in the current language."""

from __future__ import annotations

from collections.abc import Mapping

from cesym import __version__
from cesym.codegen.objectives.forms import Objective
from cesym.codegen.words import docstring_of
from cesym.messages import N_, _

ARGUMENTS: Mapping[str, str] = {
    "logistic regression": N_(
        "X has a row of features for each sample, y a label from 0 to 1, w a weight for each"
        " feature; b is the bias. `penalty` is the factor of half the sum of the squared weights."
    ),
    "softmax regression": N_(
        "X has a row of features for each sample; the target holds classes, counted from 0, or rows"
        " of probabilities, which sum to 1; W has a column of weights for each class, and b is one"
        " bias for all of them or one for each."
    ),
}
"""Objective -> what its arguments are."""

SUMS: Mapping[str, str] = {
    "numba": N_(
        "The losses and errors of the samples are those of the page {sample}, and as accurate as"
        " they are there, for the scores that a product of matrices gives. Samples are taken in"
        " blocks: within one, products and sums are rounded as those of NumPy are; the sums of the"
        " blocks are added as if in twice the precision. Blocks are divided among `num_threads`"
        " threads, and the results do not depend on how many there are. The first call compiles."
    ),
    "python": N_(
        "The losses and errors of the samples are those of the page {sample}, and as accurate as"
        " they are there. Scores and sums over the samples are sums of rounded products, and are"
        " rounded once themselves. Matrices are lists of rows; nothing but the math module of"
        " Python is needed."
    ),
}
"""Target -> how sums are formed."""

OF_LIBRARY = N_(
    "The losses and errors of the samples are those of the page {sample}, and as accurate as they"
    " are there, for the scores that a product of matrices gives; this product and the sums over"
    " the samples are rounded as those of the library are."
)
"""The same for targets that leave them to their library."""

DIFFERENTIATED = ("torch", "jax")
"""Targets whose library differentiates the objective."""

SUMMARIES: Mapping[str, str] = {
    "objective": N_("Return the mean loss of the samples, with the penalty if there is one."),
    "objective_and_gradient": N_(
        "Return the objective, its gradient in the weights, and that in the bias."
    ),
    "hessian_product": N_(
        "Return the second derivatives times a direction: in the weights, and in the bias."
    ),
}
"""Function -> what it returns."""


def docstring(found: Objective, target: str) -> str:
    """The docstring of the module."""
    return docstring_of(
        0,
        _("{title}: objective, gradient, products with the Hessian", title=found.title),
        _(
            "Written by cesym {version} from its page {page}, on which every line is proved.",
            version=__version__,
            page=found.page,
        ),
        _(ARGUMENTS[found.form.name]),
        _(SUMS.get(target, OF_LIBRARY), sample=found.form.sample),
        _("The library differentiates the objective by the exported derivatives.")
        if target in DIFFERENTIATED
        else "",
    )


def of_function(found: Objective, name: str) -> str:
    """The docstring of one function."""
    shown = {
        "objective": ("objective",),
        "objective_and_gradient": ("gradient", "bias_gradient"),
    }.get(name, ())
    formulas = [f"    {export} = {found.forms[export]}" for export in shown]
    proved = _("which is proved for every number of samples and features.")
    if not shown:
        proved = _(
            "The direction is {direction} in the weights and h in the bias. Every entry of the"
            " second derivatives is proved.",
            direction="u" if found.form.name == "logistic regression" else "U",
        )
    return docstring_of(4, _(SUMMARIES[name]), *formulas, proved)
