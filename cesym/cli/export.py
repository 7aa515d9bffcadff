"""`cesym export`: the proved result as numeric code.

Exit codes: 0 written; 1 a line of the page is not proved; 2 there is no such page, or no code of
the wanted accuracy is known.
"""

from __future__ import annotations

from pathlib import Path

from cesym.cli.codes import OK, REFUTED
from cesym.cli.command import Command, OneOf, Option
from cesym.cli.losses import asked, loss_options, name_argument
from cesym.cli.output import output_option, put, tell
from cesym.messages import N_, current_language

NAMES = ("numpy", "numba", "python", "torch", "jax", "c")
"""What `--to` takes: the targets of `cesym.codegen`, known without loading it."""

SETTINGS = ("accurate", "fast")
"""What `--setting` takes."""


def run(
    name: str | None,
    loss: str | None,
    let: tuple[str, ...],
    link: tuple[str, ...],
    by: tuple[str, ...],
    to: str,
    setting: str | None,
    output: str | None,
) -> int:
    """Export a page, or a loss; C to a file with its header beside it."""
    what = asked(name, loss, let, link, by)
    from cesym.codegen import export, header
    from cesym.derivation import derive
    from cesym.derivation.deriving import NotProved

    try:
        derivation = derive(**what.arguments, language=current_language())
        text = export(derivation, to=to, language=current_language(), setting=setting)
        declared = header(derivation, setting=setting) if to == "c" and _is_c(output) else None
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
        name_argument(),
        *loss_options(),
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
        (
            'cesym export --loss "-log(q)" --let "q in (0,1)" --link "q = sigmoid(s)" --to numpy',
            N_("a loss of your own"),
        ),
        ("cesym export binary-cross-entropy --to numpy -o bce.py", N_("a module for NumPy")),
        ("cesym export binary-cross-entropy --to c -o bce.c", N_("bce.c, and bce.h beside it")),
    ),
)
