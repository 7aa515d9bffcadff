"""The options of `cesym derive` that say how the derivation is to be written."""

from __future__ import annotations

from typing import Any

import click

from cesym.cli.command import OneOf, Option, halves
from cesym.messages import N_, _


def convention_options() -> list[Option]:
    """`--rename`, `--ln`, those that add a section, and `--layout`."""
    return [
        Option(
            ["--rename"],
            metavar="OLD=NEW",
            multiple=True,
            help=N_("write a symbol of the page otherwise, such as: s=z; also several times"),
        ),
        Option(["--ln"], is_flag=True, help=N_("write ln for the natural logarithm")),
        Option(
            ["--labels"],
            metavar="-1,1|0,1",
            type=OneOf(("-1,1", "0,1")),
            help=N_("add the loss for these labels, unless they are those of the page"),
        ),
        Option(
            ["--reduction"],
            metavar="sum|mean",
            type=OneOf(("sum", "mean")),
            help=N_("add the sum or the mean over many samples"),
        ),
        Option(
            ["--log-base"],
            metavar="e|2|10",
            type=OneOf(("e", "2", "10")),
            help=N_("add the results with logarithms of this base, unless it is e"),
        ),
        Option(
            ["--layout"],
            metavar="numerator|denominator",
            type=OneOf(("numerator", "denominator")),
            help=N_("write derivatives by vectors and matrices in this layout"),
        ),
    ]


def chosen(
    rename: tuple[str, ...],
    ln: bool,
    labels: str | None,
    reduction: str | None,
    log_base: str | None,
    layout: str | None,
) -> dict[str, Any]:
    """The arguments of `cesym.Conventions`."""
    return {
        "rename": renaming(rename),
        "ln": ln,
        "labels": tuple(map(int, labels.split(","))) if labels else None,
        "reduction": reduction,
        "log_base": int(log_base) if log_base not in (None, "e") else None,
        "layout": layout,
    }


def renaming(given: tuple[str, ...]) -> dict[str, str]:
    """Old name -> new name. Raises a usage error for what is no OLD=NEW, or renames one twice."""
    found: dict[str, str] = {}
    for text in given:
        if (pair := halves(text)) is None:
            raise click.UsageError(
                _("--rename takes {example}, not {text}", example="OLD=NEW", text=text),
                click.get_current_context(),
            )
        old, new = pair
        if old in found:
            raise click.UsageError(
                _("--rename gives {name} two names", name=old), click.get_current_context()
            )
        found[old] = new
    return found
