"""From the findings of a page to a `Derivation`, which exists only if every line is proved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

from cesym.derivation.checking import Finding, FoundChain, PageReport, between
from cesym.derivation.outline import Ends, export_of
from cesym.derivation.steps import (
    Block,
    Derivation,
    ProvedChain,
    Refutation,
    StatedDefinition,
    Step,
)
from cesym.errors import CesymError, Place
from cesym.messages import message
from cesym.reader.blocks import Heading, Paragraph
from cesym.reader.reading import ReadDefinition, Unread


class NotProved(CesymError):
    """A page of which some line is not proved, so that there is no derivation."""


def derivation_of(report: PageReport, name: str) -> Derivation:
    """The derivation that a page is; what the page itself leaves out (`skip`) is not in it.

    Raises NotProved, naming the first line that is not as it should be.
    """
    _insist(report)
    blocks = tuple(_block(block) for block in report.blocks if not isinstance(block, Unread))
    page = report.reading.page
    context = report.reading.context
    ends = tuple(_ends(chain for block in blocks if isinstance(block, tuple) for chain in block))
    exports = tuple(export_of(*row, ends, context) for row in report.reading.exports)
    return Derivation(name, page.title, page.language, blocks, context, exports)


def _insist(report: PageReport) -> None:
    for problem in (*report.problems, *(block.error for block in report.unread)):
        if problem is not None:
            raise problem
    for finding in report.findings:
        if not finding.good:
            raise finding.error or _failure(finding)


def _failure(finding: Finding) -> NotProved:
    verdict = finding.verdict
    assert verdict is not None
    place = Place(
        finding.place.source, finding.place.line, finding.place.column, finding.place.text
    )
    if verdict.refuted:
        return NotProved("this line is refuted", place=place)
    return NotProved(
        "this line is {status}: {reason}",
        place=place,
        status=verdict.status,
        reason=verdict.reason or message("not decided"),
    )


def _block(
    block: Heading | Paragraph | ReadDefinition | tuple[FoundChain, ...],
) -> Block:
    if isinstance(block, ReadDefinition):
        return StatedDefinition(block.definition, block.latex)
    if isinstance(block, tuple):
        refuted = [f for chain in block for f in chain.findings if f.expected == "refuted"]
        if refuted:
            verdict = refuted[0].verdict
            assert verdict is not None
            wrong = refuted[0]
            text = between(wrong.before_latex, wrong.operator, wrong.after_latex)
            return Refutation(text, block[0].because, verdict)
        return tuple(_chain(chain) for chain in block)
    return block


def _chain(chain: FoundChain) -> ProvedChain:
    steps = []
    for finding in chain.findings:
        assert finding.verdict is not None
        claim = finding.verdict.claim
        steps.append(
            Step(
                claim.left,
                claim.operator,
                claim.right,
                finding.after_latex,
                finding.verdict,
                finding.reason,
                finding.rule,
            )
        )
    return ProvedChain(chain.start, chain.latex, tuple(steps), chain.context)


def _ends(chains: Iterable[ProvedChain]) -> Iterator[Ends]:
    """The ends of the chains that hold without a hypothesis, and so say what is exported: what
    comes before an inequality.
    """
    for chain in chains:
        equal = tuple(takewhile(lambda step: step.operator == "==", chain.steps))
        if equal and not chain.context.hypotheses:
            yield Ends(chain.start, equal[-1].after, equal[-1].latex)
