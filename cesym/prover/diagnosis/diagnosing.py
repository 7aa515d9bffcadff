"""From a refuted verdict to the mistake."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from cesym.errors import CesymError, UnsupportedTerm
from cesym.messages import Message
from cesym.prover.decide import decide
from cesym.prover.diagnosis.problem import Problem, Trial
from cesym.prover.diagnosis.sayings import Saying, repairs
from cesym.prover.diagnosis.screen import Screen
from cesym.prover.diagnosis.table import TABLE, Row
from cesym.prover.verdict import Verdict
from cesym.reader.elaborate import Source, claims_of
from cesym.reader.plain.writing import write_relation
from cesym.reader.syntax import Chain, Comparison, Property, Side
from cesym.terms.context import Context

DIAGNOSIS_SECONDS = 2.0
"""Time for all repairs of a claim together."""

BOUNDS = 0.4
"""The part of the time for an inequality: an equality is proved in a moment or never, the search
for a certificate takes what it gets.
"""

LONGEST_PROOF = 0.5
"""The part of the time for one repair."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is probably wrong with a claim: `name` is that of a row of the table, `message` is for
    people. `repaired` is the claim that is true instead, in the plain language, `where` what is to
    be declared otherwise (nothing, if empty). `proofs` are its verdicts, each of them proved.
    """

    name: str
    message: Message
    repaired: str
    where: str
    proofs: tuple[Verdict, ...]

    def __post_init__(self) -> None:
        if not self.proofs or not all(proof.proved for proof in self.proofs):
            raise TypeError("a mistake is named only when the repaired claim is proved")


def diagnose(verdict: Verdict, *, seconds: float = DIAGNOSIS_SECONDS) -> Mistake | None:
    """The likely mistake in a claim that was refuted; None when no repair is proved within
    `seconds`, and for any other verdict.

    >>> from cesym.derivation import verify
    >>> mistake = diagnose(verify("diff(x**2, x) == x", let=["x in real"]))
    >>> str(mistake.message), mistake.repaired
    ('a factor 2 is missing', 'diff(x**2, x) == 2*x')
    """
    claim, found = verdict.claim, verdict.counterexample
    if not verdict.refuted or claim.written is None or found is None:
        return None
    left, right = claim.written.left, claim.written.right
    if isinstance(left, Comparison | Property) or isinstance(right, Comparison | Property):
        return _of_saying(left, claim.operator, right, claim.context, seconds)
    seconds = seconds if claim.operator == "==" else BOUNDS * seconds
    deadline = time.monotonic() + seconds
    problem = Problem(left, claim.operator, right, claim.context)
    screen = Screen(claim, claim.written, found.at)
    tried: set[tuple[object, ...]] = {(problem.left, problem.operator, problem.right, "")}
    for row in TABLE:
        if claim.operator != "==" and not row.bounds:
            continue
        for trial in _trials(row, problem):
            key = (trial.left, trial.operator, trial.right, trial.where)
            if time.monotonic() > deadline:
                return None
            if key in tried or (trial.left == trial.right and not row.trivial):
                continue
            tried.add(key)
            if not screen.plausible(trial):
                continue
            proofs = _proofs(trial, deadline, LONGEST_PROOF * seconds)
            if proofs:
                return _mistake(row.name, row.text, trial, proofs)
    return None


def _of_saying(
    left: Side, operator: str, right: Side, context: Context, seconds: float
) -> Mistake | None:
    """The likely mistake in a claim that says more than a relation."""
    deadline = time.monotonic() + seconds
    for repair in repairs(left, operator, right, context):
        if time.monotonic() > deadline:
            return None
        proofs = _proofs(repair.trial, deadline, LONGEST_PROOF * seconds)
        if proofs:
            return _mistake(repair.name, repair.text, repair.trial, proofs)
    return None


def diagnose_in_time(verdict: Verdict, seconds: float) -> Mistake | None:
    """The likely mistake in a claim for which there were so many `seconds`: looked for in what
    the verdict left of them, and not for long.
    """
    return diagnose(verdict, seconds=min(DIAGNOSIS_SECONDS, seconds - verdict.seconds))


def _trials(row: Row, problem: Problem) -> Iterator[Trial]:
    """The trials of a row. One that cannot even be written is none."""
    trials = row.repair(problem)
    while True:
        try:
            yield next(trials)
        except (StopIteration, CesymError):
            return


def _proofs(trial: Trial | Saying, deadline: float, longest: float) -> tuple[Verdict, ...]:
    """The verdicts on a trial if all of them are proved, else none."""
    chain = Chain((trial.left, trial.right), (trial.operator,))
    try:
        claims = claims_of(chain, trial.context, Source(""))
    except CesymError:
        return ()
    proofs = []
    for claim in claims:
        left = max(0.0, deadline - time.monotonic())
        verdict = decide(claim, seconds=min(longest, left))
        if not verdict.proved:
            return ()
        proofs.append(verdict)
    return tuple(proofs)


def _mistake(
    name: str, text: str, trial: Trial | Saying, proofs: tuple[Verdict, ...]
) -> Mistake | None:
    try:
        repaired = write_relation(trial.left, trial.operator, trial.right)
    except UnsupportedTerm:  # proved, and yet there is no telling it
        return None
    said = Message(text, tuple(sorted(trial.fields.items())))
    return Mistake(name, said, repaired, trial.where, proofs)
