"""The docstrings of modules for losses of rows, in the current language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cesym import __version__
from cesym.codegen.rowwise.forms import RowLoss
from cesym.codegen.words import docstring_of
from cesym.messages import N_, _

ERRORS: Mapping[str, str] = {
    "cross-entropy": N_(
        "Error: with classes for a target at most 4 ulp in the loss and in every entry of the"
        " gradient, for logits of any spread; no result is 0 where the exact one is a normal"
        " number. With probabilities the same holds of the loss, and of the gradient away from"
        " its roots; close to a root it is off by at most 2^-50 times the target."
    ),
    "cross-entropy at a temperature": N_(
        "Error: with classes for a target at most 4 ulp in the loss and in every entry of the"
        " gradient, for logits of any spread; no result is 0 where the exact one is a normal"
        " number. With probabilities the same holds of the loss, and of the gradient away from"
        " its roots; close to a root it is off by at most 2^-50 times the target, divided by the"
        " temperature."
    ),
    "cross-entropy of a smoothed label": N_(
        "Error: at most 4 ulp in the loss, for logits of any spread. The gradient has roots; it is"
        " off by at most 4 ulp, or close to a root by at most 2^-50 times the smoothed target."
    ),
    "divergence of logits": N_(
        "Error: at most 5 ulp in the loss, however close the two predictions are (7 in JAX, whose"
        " expm1 is less accurate), and it is never negative. The gradient has roots; it is off by"
        " at most 2^-50 times the sum of the two probabilities of the class."
    ),
    "divergence of probabilities": N_(
        "Error: at most 4 ulp in the loss, however close the two rows are, and it is never"
        " negative; at most 2 ulp in every entry of the gradient. The rows need not sum to 1: then"
        " the loss is what the formula says for them."
    ),
    "entropy of logits": N_(
        "Error: at most 4 ulp in the entropy, for logits of any spread, and it is never negative."
        " The gradient has roots; it is off by at most 2^-50 p (1 - log p), where p is the"
        " probability of the class."
    ),
    "entropy of probabilities": N_(
        "Error: at most 4 ulp in the entropy of numbers up to 1. The gradient has a root at 1/e; it"
        " is off by at most 2 ulp, or close to the root by at most 2^-52."
    ),
}
"""Form -> how far off the results may be, as measured by the tests."""


LIMITS: Mapping[str, tuple[str, ...]] = {
    "divergence of logits": (
        N_(
            "An infinite logit gives the limit: -oo is a class of probability 0. Where only z has"
            " it, the loss is oo; where w has it, the class adds nothing but its part of the sum."
        ),
        N_("The loss is differentiated in z; w is a constant, and its derivative is an error."),
    ),
    "divergence of probabilities": (
        N_(
            "p = 0 adds q; q = 0 and p > 0 give oo. A negative number gives nan. The gradient is 1"
            " for p = 0, also where q = 0."
        ),
        N_("The loss is differentiated in q; p is a constant, and its derivative is an error."),
    ),
    "entropy of logits": (N_("A logit of -oo is a class of probability 0, which adds nothing."),),
    "entropy of probabilities": (
        N_("p = 0 adds nothing, and has the gradient oo. A negative number gives nan."),
    ),
}
"""Form -> what happens at the boundary, and what is not differentiated."""


def docstring(found: RowLoss, target: str) -> str:
    """The docstring of the module."""
    return docstring_of(
        0,
        _("{title}: {names}", title=found.title, names=", ".join(sorted(found.forms))),
        _(
            "Written by cesym {version} from its page {page}, on which every line is proved.",
            version=__version__,
            page=found.page,
        ),
        "\n".join(f"    {name} = {term}" for name, term in found.exported.items()),
        *(_of_one_row(found) if target == "python" else _arguments(found)),
        _(
            "`weight` broadcasts against the losses, and `reduction` is 'none', 'sum', or 'mean',"
            " the weighted mean."
        )
        if target != "python"
        else "",
        _("Results stand in `out`, if it is given.") if target in ("numpy", "numba") else "",
        _("Rows are divided among `num_threads` threads. The first call compiles.")
        if target == "numba"
        else "",
        _(ERRORS[found.form.name]),
        *map(_, LIMITS.get(found.form.name, ())),
        _(
            "XLA takes subnormal numbers for 0. So all this is for results of at least 2^53 times"
            " the least normal number (2^24 times in float32); smaller ones may lack what a"
            " subnormal part adds to them. Without jax_enable_x64 the arithmetic is float32."
        )
        if target == "jax"
        else "",
    )


def _arguments(found: RowLoss) -> Iterator[str]:
    """What the arguments are."""
    rows = [given.name for given in found.form.inputs if given.reader == "_real"]
    yield _("The last axis of {rows} are the classes.", rows=", ".join(rows))
    if any(given.reader == "_targets" for given in found.form.inputs):
        yield _(
            "The target holds classes, counted from 0, one for each row, or probabilities, a row"
            " for each row; `label_smoothing` mixes them with the uniform distribution. Rows of"
            " the class `ignore_index` count for nothing."
        )
    if any(given.reader == "_smoothed" for given in found.form.inputs):
        yield _(
            "The target holds classes, counted from 0, one for each row, and `smoothing` is the"
            " part of every label that is spread out. Rows of the class `ignore_index` count for"
            " nothing."
        )
    if any(given.reader == "_numbers" for given in found.form.inputs):
        yield _("The temperature is a number, or one for each row.")


def _of_one_row(found: RowLoss) -> Iterator[str]:
    """What the arguments are where every call is about one row."""
    rows = [given.name for given in found.form.inputs if given.reader == "_real"]
    yield _("{rows}: numbers, one for every class; a call is about one row.", rows=", ".join(rows))
    if any(given.reader == "_targets" for given in found.form.inputs):
        yield _(
            "The target is a class, counted from 0, or the probabilities of all classes;"
            " `label_smoothing` mixes it with the uniform distribution."
        )
    if any(given.reader == "_smoothed" for given in found.form.inputs):
        yield _(
            "The target is a class, counted from 0, and `smoothing` is the part of the label that"
            " is spread out."
        )


def of_functions(found: RowLoss, group: Sequence[str]) -> str:
    """The docstring of a function that returns one export or all of them."""
    if len(group) > 1:
        first, second = group
        text = _(
            "Return the {first} and the {second} of every row, in one pass.",
            first=first,
            second=second,
        )
        return docstring_of(4, text)
    (name,) = group
    known = found.class_forms.get(name)
    return docstring_of(
        4,
        _("Return the {name} of every row.", name=name)
        if name in found.form.numbers
        else _("Return the {name} of every row, with an entry for every class.", name=name),
        _(
            "Computed, with {places} for the place of the largest entry of {rows} (the proof is for"
            " any), as",
            places=", ".join(found.places),
            rows=", ".join(found.names[role] for role in found.form.logits),
        )
        if found.places
        else _("Computed as"),
        f"    {found.forms[name]}",
        _("and with the class {index} for a target", index=found.entry) if known else "",
        f"    {known[0]} = {known[1]}" if known else "",
        _("which is proved for every number of classes."),
    )
