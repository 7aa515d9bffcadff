"""A verdict as text for the terminal and as a record for JSON.

The record of a verdict has these keys, and keeps them:

- `claim`: the relation as written, the link of a longer chain in the plain language;
- `status`: `proved`, `refuted` or `unknown`;
- `method`, `trace` (a list), `reason` (null unless unknown): words in the language of the moment;
- `counterexample`: null, or `at` (symbol -> exact value), `left`, `right` (digits), `undefined`
  (the condition that fails; then `left` and `right` are null), `checked` (whether an evaluator that
  shares no code with the prover found the same);
- `mistake`: null, or the likely mistake of a refuted claim: `name`, which stays; `message`, in the
  language of the moment; `repaired`, the claim that is proved instead, in the plain language;
  `where`, what it takes to be declared otherwise, or the empty text;
- `residue`: null, or what was left over of left minus right, in the plain language;
- `declared`: what is declared of its symbols, a list of texts such as `y in [0, 1]`;
- `side_conditions`: list of `text`, `why`, `discharged`; `hypotheses`: list of `text`, `line`;
- `seconds`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from cesym.messages import N_, _

if TYPE_CHECKING:
    from cesym.prover import Counterexample, SideCondition, Verdict
    from cesym.prover.diagnosis import Mistake
    from cesym.terms.claim import Claim

STATUS = {
    "proved": ("✓", "bold green", N_("proved")),
    "refuted": ("✗", "bold red", N_("refuted")),
    "unknown": ("?", "bold yellow", N_("unknown")),
    "unreadable": ("!", "bold magenta", N_("not read")),
}
"""Status -> its sign, its colour and its word."""

HOLDS = {"true": N_("true"), "false": N_("false")}
"""What a side of `iff` is at a counterexample -> the word for it."""

FAINT = "dim"


def claim_text(claim: Claim) -> str:
    """The claim as it was written; the link of a longer chain in the plain language."""
    if claim.text:
        return " ".join(claim.text.split())
    from cesym.terms.printing import claim_in_plain

    return claim_in_plain(claim.left, claim.operator, claim.right)


def record(verdict: Verdict, mistake: Mistake | None) -> dict[str, Any]:
    """The verdict as data, with the keys of this module's docstring."""
    found = verdict.counterexample
    return {
        "claim": claim_text(verdict.claim),
        "status": verdict.status,
        "method": verdict.method.render(),
        "trace": [step.render() for step in verdict.trace],
        "reason": verdict.reason and verdict.reason.render(),
        "counterexample": found and counterexample_record(found),
        "mistake": mistake and mistake_record(mistake),
        "residue": verdict.residue,
        "declared": declared(verdict.claim),
        "side_conditions": [
            {"text": c.text, "why": _(c.why), "discharged": c.discharged}
            for c in verdict.side_conditions
        ],
        "hypotheses": [{"text": h.text, "line": h.line} for h in verdict.hypotheses],
        "seconds": round(verdict.seconds, 3),
    }


def declared(claim: Claim) -> list[str]:
    """What is declared of the symbols of a claim."""
    from cesym.prover.relevance import names_of

    names = names_of(claim)
    return [repr(declaration) for declaration in claim.context if declaration.name in names]


def counterexample_record(found: Counterexample) -> dict[str, Any]:
    """The counterexample as data."""
    return {
        "at": dict(found.at),
        "left": found.left,
        "right": found.right,
        "undefined": found.undefined,
        "checked": found.checked,
    }


def mistake_record(found: Mistake) -> dict[str, Any]:
    """The mistake as data."""
    return {
        "name": found.name,
        "message": found.message.render(),
        "repaired": found.repaired,
        "where": found.where,
    }


def headline(status: str, text: str) -> Text:
    """`✓ proved  text`."""
    sign, style, word = STATUS[status]
    return Text.assemble((f"{sign} {_(word)}", style), "  ", text)


def lines(verdict: Verdict, mistake: Mistake | None) -> Iterator[Text]:
    """The verdict for people: the headline, then the evidence."""
    yield headline(verdict.status, claim_text(verdict.claim))
    for label, text in aligned(evidence(verdict, mistake)):
        yield Text.assemble("    ", (label, FAINT), text)


def aligned(rows: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The rows with labels of one width, followed by two blanks."""
    rows = list(rows)
    width = max((cell_len(label) for label, _text in rows), default=0) + 2
    for label, text in rows:
        yield label + " " * (width - cell_len(label)), text


PLAIN = ("counterexample", "undefined at a point")
"""Methods of a refutation that say no more than the counterexample itself."""


def evidence(verdict: Verdict, mistake: Mistake | None) -> Iterator[tuple[str, str]]:
    """What the verdict rests on, as label and text."""
    if verdict.proved or (verdict.refuted and verdict.method.msgid not in PLAIN):
        yield _("method"), verdict.method.render()
    if verdict.counterexample is not None:
        yield from _counterexample(verdict.counterexample)
    if mistake is not None:
        yield _("mistake"), mistake.message.render()
        if not mistake.where:
            yield _("true instead"), mistake.repaired
    if verdict.reason is not None:
        yield _("reason"), verdict.reason.render()
    if verdict.residue is not None:
        yield _("residue"), _("left minus right comes down to {term}", term=verdict.residue)
    if verdict.proved:
        for step in verdict.trace:
            yield _("step"), step.render()
    for condition in verdict.side_conditions:
        yield _("condition"), _condition(condition)
    for hypothesis in verdict.hypotheses:
        yield _("given"), hypothesis.text
    yield _("time"), _("{seconds} s", seconds=f"{verdict.seconds:.2f}")


def _counterexample(found: Counterexample) -> Iterator[tuple[str, str]]:
    """The point, and what happens there."""
    if found.at:
        yield _("at"), ", ".join(f"{name} = {value}" for name, value in found.at)
    if found.undefined is not None:
        yield _("no value"), _("there {condition} does not hold", condition=found.undefined)
    else:
        yield _("left"), _side(found.left)
        yield _("right"), _side(found.right)


def _side(shown: str | None) -> str:
    """A side in digits, or whether it holds."""
    return _(HOLDS[shown]) if shown in HOLDS else str(shown)


def _condition(condition: SideCondition) -> str:
    fields = {"condition": condition.text, "why": _(condition.why)}
    if condition.discharged:
        return _("{condition} is proved ({why})", **fields)
    return _("{condition} is open ({why})", **fields)


def coloured(lines: Iterable[Text]) -> str:
    """The lines as standard output can show them: in colours if it is a terminal."""
    # Not straight to standard output: what goes wrong there is `put`'s business.
    text = StringIO()
    console = Console(
        file=text,
        force_terminal=sys.stdout.isatty(),
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=True,
    )
    for line in lines:
        console.print(line)
    return text.getvalue()
