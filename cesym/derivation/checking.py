"""A page, link by link: the rule named beside it is applied, `?` is filled in, and the prover
decides.

What comes out are *findings*, good and bad; a `Derivation` is built from them only when all are
good (`deriving`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sympy import Expr

from cesym.derivation.lines import Lines
from cesym.derivation.phrases import Named
from cesym.errors import BudgetExceeded, CesymError, Place, ReadError
from cesym.prover import Verdict, decide, undecided
from cesym.reader.pages import Heading, Paragraph
from cesym.reader.reading import Link, Operand, ReadChain, ReadDefinition, Reading, Unread
from cesym.reader.written import Written
from cesym.terms.claim import IS, Claim
from cesym.terms.conditions import distinct
from cesym.terms.context import Context

if TYPE_CHECKING:
    from cesym.prover.diagnosis import Mistake

DERIVED, CHECKED = "derived", "checked"


@dataclass(frozen=True, slots=True)
class Finding:
    """One link of a page: what was claimed, how it came about, and the verdict.

    `how` is `derived` when SymPy applied the named rule and got this very line, else `checked`.
    `error` says why a link has no verdict. `expected` is `proved`, or `refuted` for a display that
    is marked so. `mistake` is the likely mistake of a link that is refuted and not marked so.
    """

    place: Place
    before_latex: str
    operator: str
    after_latex: str
    reason: str
    how: str
    rule: str | None = None
    verdict: Verdict | None = None
    error: CesymError | None = None
    expected: str = "proved"
    mistake: Mistake | None = None

    @property
    def good(self) -> bool:
        """Whether the link is as it should be."""
        return self.verdict is not None and self.verdict.status == self.expected

    @property
    def status(self) -> str:
        """`proved`, `refuted`, `unknown`, or `unread`."""
        return self.verdict.status if self.verdict is not None else "unread"


@dataclass(frozen=True, slots=True)
class FoundChain:
    """The findings of one chain."""

    start: Expr
    latex: str
    findings: tuple[Finding, ...]
    context: Context
    because: str = ""


FoundBlock = Heading | Paragraph | ReadDefinition | Unread | tuple[FoundChain, ...]


@dataclass(frozen=True, slots=True)
class PageReport:
    """Everything that was found on a page."""

    reading: Reading
    blocks: tuple[FoundBlock, ...]
    seconds: float
    problems: tuple[CesymError, ...] = field(default=())

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All links, in order."""
        return tuple(
            f
            for block in self.blocks
            if isinstance(block, tuple)
            for chain in block
            for f in chain.findings
        )

    @property
    def unread(self) -> tuple[Unread, ...]:
        """The displays that could not be read (those that are left out on purpose do not count)."""
        return tuple(
            block for block in self.blocks if isinstance(block, Unread) and block.error is not None
        )

    @property
    def definitions(self) -> tuple[ReadDefinition, ...]:
        """All definitions, in order."""
        return tuple(block for block in self.blocks if isinstance(block, ReadDefinition))

    @property
    def assumed(self) -> tuple[ReadDefinition, ...]:
        """The definitions that a document writes as equations, and that were taken for such."""
        return tuple(found for found in self.definitions if found.definition.assumed)

    @property
    def good(self) -> bool:
        """Whether every link is as it should be and nothing is left unread."""
        return all(f.good for f in self.findings) and not self.unread and not self.problems


Progress = Callable[[Finding], None]


def check_page(
    reading: Reading,
    *,
    seconds: float,
    progress: Progress | None = None,
    known: Mapping[Expr, Expr] | None = None,
) -> PageReport:
    """Decide every link of a page, or of a part of it: then `known` holds what the chains before it
    ended in, for rules that insert it.
    """
    steps = check_links(reading, seconds=seconds, known=known)
    while True:
        try:
            finding = next(steps)
        except StopIteration as end:
            return end.value
        if progress is not None:
            progress(finding)


def check_links(
    reading: Reading,
    *,
    seconds: float,
    stopped: Mapping[int, str] | None = None,
    known: Mapping[Expr, Expr] | None = None,
) -> Generator[Finding, None, PageReport]:
    """Decide the links of a page one after another; what is returned in the end is the report.

    `stopped` names links, counted from 0, at which an earlier run had to be killed, and why. They
    are not tried again: they stay unknown.
    """
    return _Check(reading, Lines(reading.page.language, known), seconds, stopped or {}).run()


class _Check:
    """One run over a page: the lines of its rules, and the verdicts. `done` counts the links."""

    def __init__(
        self, reading: Reading, lines: Lines, seconds: float, stopped: Mapping[int, str]
    ) -> None:
        self.reading = reading
        self.lines = lines
        self.seconds = seconds
        self.stopped = stopped
        self.done = 0

    def run(self) -> Generator[Finding, None, PageReport]:
        started = time.monotonic()
        blocks: list[FoundBlock] = []
        for block in self.reading.blocks:
            if isinstance(block, tuple):
                chains = []
                for chain in block:
                    chains.append((yield from self.chain(chain)))
                blocks.append(tuple(chains))
            else:
                blocks.append(block)
        seconds = time.monotonic() - started
        return PageReport(self.reading, tuple(blocks), seconds, self.reading.problems)

    def chain(self, chain: ReadChain) -> Generator[Finding, None, FoundChain]:
        assert chain.first.meaning is not None
        findings, start = [], chain.first.meaning.term
        before: Operand | None = chain.first
        for link in chain.links:
            finding, before = self.link(link, before, chain)
            findings.append(finding)
            self.done += 1
            yield finding
        equal = all(f.good and f.operator == "==" and f.expected == "proved" for f in findings)
        if findings and equal and before is not None and before.meaning is not None:
            self.lines.note(start, before.meaning.term)
        because = chain.marker.because if chain.marker else ""
        return FoundChain(start, chain.first.latex, tuple(findings), chain.context, because)

    def link(
        self, link: Link, before: Operand | None, chain: ReadChain
    ) -> tuple[Finding, Operand | None]:
        """One link. The line before is None when it could not be filled in."""
        why = self.stopped.get(self.done)
        try:
            if before is None or before.meaning is None:
                raise ReadError("the line before could not be filled in", place=link.place)
            try:
                if why is not None:
                    raise BudgetExceeded("the worker was stopped: {why}", why=why)
                named, after = self.lines.after(link, before.meaning.term, chain)
            except CesymError:
                # In somebody's paper the words beside a line are words: only the prover judges.
                # A line that was stopped is left to the prover to call unknown.
                if link.after.meaning is None or not (self.reading.page.document or why):
                    raise
                named, after = None, link.after
        except CesymError as error:
            error = error if error.place else error.at(link.place)
            return self.finding(
                link, chain, before, link.after, None, None, error
            ), link.after if link.after.node else None
        claim = self.claim(link, before, after, chain.context)
        verdict = decide(claim, seconds=self.seconds) if why is None else undecided(claim, why)
        return self.finding(link, chain, before, after, named, verdict, None), after

    def claim(self, link: Link, before: Operand, after: Operand, context: Context) -> Claim:
        assert before.meaning is not None and after.meaning is not None
        conditions = distinct(before.meaning.conditions + after.meaning.conditions)
        text = between(before.latex, link.operator, after.latex)
        left, right = before.node, after.node
        return Claim(
            before.meaning.term,
            link.operator,
            after.meaning.term,
            context,
            conditions,
            text,
            Written(left, right) if left is not None and right is not None else None,
        )

    def finding(
        self,
        link: Link,
        chain: ReadChain,
        before: Operand | None,
        after: Operand,
        named: Named | None,
        verdict: Verdict | None,
        error: CesymError | None,
    ) -> Finding:
        refuted = chain.marker is not None and chain.marker.kind == "refuted"
        mistake = None
        if verdict is not None and verdict.refuted and not refuted:
            from cesym.prover.diagnosis import diagnose_in_time  # few pages have need of it

            mistake = diagnose_in_time(verdict, self.seconds)
        return Finding(
            link.place,
            before.latex if before else "?",
            link.operator,
            after.latex,
            link.reason or "",
            DERIVED if named else CHECKED,
            named.rule.name if named else None,
            verdict,
            error,
            "refuted" if refuted else "proved",
            mistake,
        )


def between(before: str, operator: str, after: str) -> str:
    """A link as text; a property brings its words along."""
    return f"{before} {after}" if operator == IS else f"{before} {operator} {after}"
