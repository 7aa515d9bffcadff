"""The docstrings of modules for losses of rows, in the current language."""

from __future__ import annotations

from cesym import __version__
from cesym.codegen.rowwise.forms import RowLoss
from cesym.codegen.words import docstring_of
from cesym.messages import _


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
        _(
            "The last axis of {z} are the classes. The target holds classes, counted from 0, one"
            " for each row, or probabilities, a row for each row; `label_smoothing` mixes them with"
            " the uniform distribution. Rows of the class `ignore_index` count for nothing.",
            z=found.logits,
        ),
        _(
            "`weight` broadcasts against the losses, and `reduction` is 'none', 'sum', or 'mean',"
            " the weighted mean."
        ),
        _(
            "Error: with classes for a target at most 4 ulp in the loss and in every entry of the"
            " gradient, for logits of any spread; no result is 0 where the exact one is a normal"
            " number. With probabilities the same holds of the loss, and of the gradient away from"
            " its roots; close to a root it is off by at most 2^-50 times the target."
        ),
        _(
            "XLA takes subnormal numbers for 0. So all this is for results of at least 2^53 times"
            " the least normal number (2^24 times in float32); smaller ones may lack what a"
            " subnormal part adds to them. Without jax_enable_x64 the arithmetic is float32."
        )
        if target == "jax"
        else "",
    )


def of_function(found: RowLoss, name: str) -> str:
    """The docstring of one function."""
    return docstring_of(
        4,
        _("Return the loss of every row.")
        if name == "loss"
        else _("Return the gradient of the loss of every row."),
        _(
            "Computed, with the place {index} of the largest logit (the proof is for any), as",
            index=found.index,
        ),
        f"    {found.forms[name]}",
        _("and with the class {index} for a target", index=found.entry),
        f"    {found.class_forms[name][0]} = {found.class_forms[name][1]}",
        _("both proved for every number of classes."),
    )
