"""`cesym verify`: one claim, or many from a file.

Exit codes for one claim: 0 proved, 1 refuted, 2 not readable, 3 unknown; for `--claims` 1 if any is
refuted, else 2 if any is not readable, else 3 if any is unknown, else 0.

`--json` writes one object: `claim`, the text; `let`, a list of texts; `status`, `proved`, `refuted`
or `unknown`; `seconds`; `links`, one record of `cesym.cli.verdicts` for each relation of the claim.
For what cannot be read: `status` `unreadable`, and `error` with `kind`, `message`, `source`,
`line`, `column`, `text`, `remedy`. The rows of `--claims` are described in `cesym.cli.claims`.
"""

from __future__ import annotations

import sys
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from cesym.cli.codes import BY_STATUS
from cesym.cli.command import Command, Option, Seconds, jobs_option
from cesym.cli.output import as_json, json_option, put
from cesym.messages import N_, _

if TYPE_CHECKING:
    from cesym.derivation.verification import Notation

LONGEST_INPUT = 100_000
"""Characters read from standard input; no claim is that long."""


def run(
    claim: tuple[str, ...],
    let: tuple[str, ...],
    claims: str | None,
    latex: bool,
    plain: bool,
    seconds: float,
    jobs: int,
    wants_json: bool,
) -> int:
    """Decide the claim, or each claim of the file `claims`."""
    if latex and plain:
        raise _wrong(_("--latex and --plain contradict each other"))
    notation: Notation = "latex" if latex else "plain" if plain else "auto"
    if claims is not None:
        if claim or let:
            raise _wrong(_("--claims goes without a claim and without --let"))
        from cesym.cli.claims import decide_all

        return decide_all(claims, notation, seconds, jobs)
    return decide(_one(claim), let, notation, seconds, wants_json)


def decide(
    text: str, let: tuple[str, ...], notation: Notation, seconds: float, wants_json: bool
) -> int:
    """Decide one claim and print the verdict."""
    from cesym.cli import verdicts
    from cesym.derivation.verification import Verdicts, verify
    from cesym.prover.diagnosis import diagnose_in_time

    found = verify(text, let=let, notation=notation, seconds=seconds)
    links = found.links if isinstance(found, Verdicts) else (found,)
    mistakes = [diagnose_in_time(link, seconds) for link in links]
    if wants_json:
        used = round(sum(link.seconds for link in links), 3)
        records = [verdicts.record(*pair) for pair in zip(links, mistakes, strict=True)]
        status = {"claim": text, "let": list(let), "status": found.status, "seconds": used}
        put(as_json({**status, "links": records}), None)
    else:
        pairs = zip(links, mistakes, strict=True)
        shown = [line for pair in pairs for line in verdicts.lines(*pair)]
        if len(links) > 1:
            shown.append(verdicts.headline(found.status, " ".join(text.split())))
        put(verdicts.coloured(shown), None)
    return BY_STATUS[found.status]


def _one(claim: tuple[str, ...]) -> str:
    """The text of the claim."""
    unknown = next((word for word in claim if word.startswith("--") and word[2:3].isalpha()), None)
    if unknown is not None:
        name = unknown.partition("=")[0]
        known = [option for param in command.params for option in param.opts]
        raise click.NoSuchOption(
            name, possibilities=get_close_matches(name, known), ctx=click.get_current_context()
        )
    if len(claim) != 1:
        raise _wrong(_("one claim is expected; put it in quotes"))
    (text,) = claim
    return _standard_input() if text == "-" else text


def _standard_input() -> str:
    try:
        return sys.stdin.read(LONGEST_INPUT).rstrip("\n")
    except UnicodeDecodeError:
        raise _wrong(_("standard input is not UTF-8 text")) from None


def _wrong(what: str) -> click.UsageError:
    return click.UsageError(what, click.get_current_context())


command = Command(
    "verify",
    callback=run,
    # A claim may begin with a minus sign, and this command has no short options.
    context_settings={"ignore_unknown_options": True},
    params=[
        click.Argument(["claim"], nargs=-1, metavar="CLAIM"),
        Option(
            ["--let"],
            multiple=True,
            metavar="TEXT",
            help=N_("declare a symbol, or take something for granted"),
        ),
        Option(
            ["--latex"],
            is_flag=True,
            help=N_("the claim is LaTeX; so it is if it has a backslash"),
        ),
        Option(["--plain"], is_flag=True, help=N_("the claim is plain text")),
        Option(
            ["--seconds"],
            type=Seconds(),
            default="10",
            help=N_("time for each relation, 10 by default"),
        ),
        Option(
            ["--claims"],
            metavar="FILE",
            help=N_("decide the claims of a file, one JSON object a line"),
        ),
        jobs_option(),
        json_option(),
    ],
    lines=(
        N_("Decide whether a formula holds on the whole domain of its symbols."),
        N_("It is proved, or refuted with a counterexample, or unknown with what is left over."),
        N_("The relations are == <= < >= >, in a chain if you like; CLAIM - reads standard input."),
        N_("The exit code is 0 proved, 1 refuted, 2 not readable, 3 unknown."),
    ),
    examples=(
        ('cesym verify "log(exp(x)) == x" --let "x in real"', N_("proved")),
        (
            'cesym verify "log(a**2) == 2*log(a)" --let "a in real"',
            N_("refuted: undefined for a < 0"),
        ),
        (
            r"cesym verify '\sigma(-s) = 1 - \sigma(s)' --let 's in real'",
            N_("LaTeX"),
        ),
        ('cesym verify "x > 1" --let "x in real" --let "x > 2"', N_("with a hypothesis")),
        (
            'cesym verify "sum(softmax(z)[k], (k,1,K)) == 1" --let "z in real^K"',
            N_("vectors of any length K"),
        ),
    ),
)
