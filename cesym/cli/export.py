"""`cesym export`: the proved result as numeric code.

Exit codes: 0 written; 1 a line of the page is not proved; 2 there is no such page, or no code of
the wanted accuracy is known.
"""

from __future__ import annotations

from pathlib import Path

import click

from cesym.cli.codes import OK, REFUTED
from cesym.cli.command import Command, OneOf, Option
from cesym.cli.output import output_option, put, tell
from cesym.messages import N_, current_language

NAMES = ("numpy", "numba", "python", "torch", "jax", "c")
"""What `--to` takes: the targets of `cesym.codegen`, known without loading it."""

SETTINGS = ("accurate", "fast")
"""What `--setting` takes."""


def run(name: str, to: str, setting: str | None, output: str | None) -> int:
    """Export the page `name`; C to a file with its header beside it."""
    from cesym.codegen import export, header
    from cesym.derivation.deriving import NotProved

    try:
        text = export(name, to=to, language=current_language(), setting=setting)
        declared = header(name, setting=setting) if to == "c" and _is_c(output) else None
        put(text, output)
        if declared is not None:
            put(declared, str(Path(str(output)).with_suffix(".h")))
    except NotProved as error:
        tell(error, "not proved")
        return REFUTED
    return OK


def _is_c(output: str | None) -> bool:
    return output is not None and Path(output).suffix == ".c"


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
            help=N_("kind of code: numpy, numba, python, torch, jax or c"),
        ),
        Option(
            ["--setting"],
            metavar="SETTING",
            type=OneOf(SETTINGS),
            help=N_("for c: accurate (default) or fast"),
        ),
        output_option(),
    ],
    lines=(
        N_("Write the result that is proved on a page as a module of numeric code."),
        N_("It stays accurate for every float, where the textbook formula overflows or cancels."),
    ),
    examples=(
        ("cesym export binary-cross-entropy --to numpy -o bce.py", N_("a module for NumPy")),
        ("cesym export binary-cross-entropy --to c -o bce.c", N_("bce.c, and bce.h beside it")),
    ),
)
