"""The options of `cesym derive` that say how the derivation is to be written."""

from __future__ import annotations

import click

from cesym.cli.command import Option
from cesym.messages import N_, _


def convention_options() -> list[Option]:
    """`--rename` and `--ln`."""
    return [
        Option(
            ["--rename"],
            metavar="OLD=NEW",
            multiple=True,
            help=N_("write a symbol of the page otherwise, such as: s=z; also several times"),
        ),
        Option(["--ln"], is_flag=True, help=N_("write ln for the natural logarithm")),
    ]


def renaming(given: tuple[str, ...]) -> dict[str, str]:
    """Old name -> new name. Raises a usage error for what is no OLD=NEW, or renames one twice."""
    found: dict[str, str] = {}
    for text in given:
        old, sign, new = (part.strip() for part in text.partition("="))
        if not (old and sign and new):
            raise click.UsageError(
                _("--rename takes {example}, not {text}", example="OLD=NEW", text=text),
                click.get_current_context(),
            )
        if old in found:
            raise click.UsageError(
                _("--rename gives {name} two names", name=old), click.get_current_context()
            )
        found[old] = new
    return found
