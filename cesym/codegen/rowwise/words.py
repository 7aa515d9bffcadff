"""The docstrings of modules for losses of rows, in the current language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
}
"""Form -> how far off the results may be, as measured by the tests."""


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
        *_arguments(found),
        _(
            "`weight` broadcasts against the losses, and `reduction` is 'none', 'sum', or 'mean',"
            " the weighted mean."
        ),
        _(ERRORS[found.form.name]),
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
    if any(given.reader == "_numbers" for given in found.form.inputs):
        yield _("The temperature is a number, or one for each row.")


def of_function(found: RowLoss, name: str) -> str:
    """The docstring of one function."""
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
