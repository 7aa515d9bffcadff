"""`cesym derive`: a page, line by line, each line proved, in the form asked for.

Exit codes: 0 derived; 1 a line is not proved, so that there is no derivation; 2 not readable.
`--json` is `--to json`; the record is described in `cesym.documents.json`. Where there is no
derivation it is `status`, `not proved` or `unreadable`, and `error` as in `cesym.cli.verify`.

The document is kept (`cesym.cache`), and written again as long as the page, cesym and the libraries
are the same.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import PurePath
from typing import Any

import click

from cesym.cache import user_cache
from cesym.cli.codes import OK, REFUTED
from cesym.cli.command import Command, OneOf, Option, cache_option
from cesym.cli.conventions import chosen, convention_options
from cesym.cli.losses import asked, loss_options, name_argument
from cesym.cli.output import json_option, output_option, put, tell
from cesym.documents import TARGETS, Style, render
from cesym.errors import CesymError
from cesym.messages import N_, _, current_language

FORM_OF_ENDING = {
    **{"": "text", ".txt": "text", ".md": "markdown", ".tex": "latex"},
    **{".json": "json", ".py": "sympy"},
}
"""Ending of the file to write -> the form, when `--to` does not say."""


def form_of(to: str | None, output: str | None, wants_json: bool) -> str:
    """The form to write. Raises a usage error when `--json` and `--to` contradict each other."""
    if wants_json and to not in (None, "json"):
        context = click.get_current_context()
        raise click.UsageError(_("--json and --to {form} contradict each other", form=to), context)
    if wants_json:
        return "json"
    ending = PurePath(output or "").suffix
    form = to or FORM_OF_ENDING.get(ending)
    if form is None:
        raise click.UsageError(
            _("what to write into {file} is not clear: say it with --to", file=output),
            click.get_current_context(),
        )
    return form


def run(
    name: str | None,
    loss: str | None,
    let: tuple[str, ...],
    link: tuple[str, ...],
    by: tuple[str, ...],
    rename: tuple[str, ...],
    ln: bool,
    labels: str | None,
    reduction: str | None,
    log_base: str | None,
    layout: str | None,
    to: str | None,
    output: str | None,
    no_cache: bool,
    wants_json: bool,
) -> int:
    """Derive a page, or a loss, and write it."""
    what = asked(name, loss, let, link, by)
    written = chosen(rename, ln, labels, reduction, log_base, layout)
    form, language = form_of(to, output, wants_json), current_language()
    style = Style.of_terminal() if output is None else Style.of_file()

    def question() -> dict[str, Any]:
        from cesym.derivation.library import texts_of

        how = {"to": form, "in": language, "width": style.width, "colour": style.colour}
        texts = [] if what.name is None else texts_of(what.name, [language])
        return {"of": "derive", **asdict(what), "texts": texts, "conventions": written, **how}

    def document() -> str:
        from cesym.derivation import Conventions, derive

        conventions = Conventions(**written) if any(written.values()) else None
        derivation = derive(**what.arguments, conventions=conventions, language=language)
        return render(derivation, form, language=language, width=style.width, colour=style.colour)

    try:
        text = user_cache(wanted=not no_cache).kept(question, document)
    except CesymError as error:
        from cesym.derivation.deriving import NotProved

        if not isinstance(error, NotProved):
            raise
        tell(error, "not proved", wants_json=wants_json)
        return REFUTED
    put(text, output)
    return OK


command = Command(
    "derive",
    callback=run,
    params=[
        name_argument(),
        *loss_options(),
        *convention_options(),
        Option(
            ["--to"],
            metavar="FORM",
            type=OneOf(tuple(TARGETS)),
            help=N_("text, markdown, latex, json or sympy; otherwise by the ending of FILE"),
        ),
        output_option(),
        cache_option(),
        json_option(),
    ],
    lines=(
        N_("Derive a page of the library, a family, a Markdown page or a loss of your own."),
        N_("SymPy works out every line that names a rule; the prover decides every line."),
        N_("The exit code is 0, or 1 if a line is not proved, or 2 if it cannot be read."),
    ),
    examples=(
        ("cesym derive binary-cross-entropy", N_("in the terminal")),
        ("cesym derive binary-cross-entropy --lang zh -o bce.tex", N_("a Chinese LaTeX document")),
        ("cesym derive sigmoid --to sympy -o sigmoid.py", N_("a script that needs only SymPy")),
        ("cesym derive my-page.md", N_("a page of your own")),
        (
            r"cesym derive binary-cross-entropy --rename s=z --rename '\hat{y}=q' --ln",
            N_("with other names, and ln for log"),
        ),
        (
            'cesym derive --loss "-(1-q)**2*log(q)" --let "q in (0,1)" --link "q = sigmoid(s)"',
            N_("a loss of your own, in the score s"),
        ),
    ),
)
