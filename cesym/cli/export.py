"""`cesym export`: the proved result as numeric code.

Exit codes: 0 written; 2 there is no such page, or it exports nothing.
"""

from __future__ import annotations

import click

from cesym.cli.codes import OK
from cesym.cli.command import Command, OneOf, Option
from cesym.cli.output import output_option, put
from cesym.messages import N_

TARGETS = ("numpy",)
"""What `--to` takes."""


def run(name: str, to: str, output: str | None) -> int:
    """Export the page `name`."""
    from cesym.codegen import export

    put(export(name, to=to), output)
    return OK


command = Command(
    "export",
    callback=run,
    params=[
        click.Argument(["name"], metavar="NAME"),
        Option(["--to"], type=OneOf(TARGETS), required=True, help=N_("kind of code: numpy")),
        output_option(),
    ],
    lines=(
        N_("Write the result that is proved on a page as a module of numeric code."),
        N_("It stays accurate for every float, where the textbook formula overflows or cancels."),
    ),
    examples=(
        ("cesym export binary-cross-entropy --to numpy -o bce.py", N_("a module for NumPy")),
    ),
)
