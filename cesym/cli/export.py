"""`cesym export`: the proved result as numeric code.

Exit codes: 0 written; 1 a line of the page is not proved; 2 there is no such page, or no code of
the wanted accuracy is known.
"""

from __future__ import annotations

import click

from cesym.cli.codes import OK, REFUTED
from cesym.cli.command import Command, OneOf, Option
from cesym.cli.output import output_option, put, tell
from cesym.messages import N_, current_language

NAMES = ("numpy",)
"""What `--to` takes: the targets of `cesym.codegen`, known without loading it."""


def run(name: str, to: str, output: str | None) -> int:
    """Export the page `name`."""
    from cesym.codegen import export
    from cesym.derivation.deriving import NotProved

    try:
        put(export(name, to=to, language=current_language()), output)
    except NotProved as error:
        tell(error, "not proved")
        return REFUTED
    return OK


command = Command(
    "export",
    callback=run,
    params=[
        click.Argument(["name"], metavar="NAME|PAGE.md"),
        Option(
            ["--to"],
            metavar="TARGET",
            type=OneOf(NAMES),
            required=True,
            help=N_("kind of code: numpy"),
        ),
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
