"""What `cesym check` says of pages and documents: counts, and a line for each finding that is not
as it should be, as compilers write them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.text import Text

from cesym.cli import verdicts
from cesym.cli.codes import OK, REFUTED, UNKNOWN, UNREADABLE
from cesym.messages import N_, _

if TYPE_CHECKING:
    from cesym.derivation.checking import Finding, PageReport
    from cesym.errors import CesymError, Place
    from cesym.reader.reading import ReadDefinition

KINDS = (
    "proved",
    "refuted",
    "unknown",
    "unreadable",
    "derived",
    "checked",
    "marked",
    "skipped",
    "assumed",
)
"""What is counted: verdicts, how the proved lines came about, what the page marks itself, and the
definitions that a document writes as equations."""

AS_LATEX = {"==": "=", "<=": r"\le", ">=": r"\ge", "iff": r"\iff"}
"""Relations as the pages write them."""


def outcome(finding: Finding) -> str:
    """`proved`, `marked`, `refuted`, `unknown` or `unreadable`.

    `marked` is a line that is marked as wrong, and was refuted. One that is marked as wrong and was
    proved counts as `refuted`: what the page says of it is.
    """
    if finding.verdict is None:
        return "unreadable"
    if finding.expected == "refuted":
        return {"refuted": "marked", "proved": "refuted"}.get(finding.status, finding.status)
    return finding.status


def count(findings: list[Finding], errors: list[CesymError], skipped: int = 0) -> Counter[str]:
    """How many of each kind there are."""
    counts = Counter(map(outcome, findings))
    counts += Counter(f.how for f in findings if outcome(f) == "proved")
    counts["unreadable"] += len(errors)
    counts["skipped"] += skipped
    return counts


def count_report(report: PageReport) -> Counter[str]:
    """How many of each kind there are on a page; `ruleless` are the lines of a page of rules that
    name none.
    """
    counts = count(list(report.findings), errors_of(report), len(skipped_of(report)))
    counts["assumed"] = len(report.assumed)
    counts["ruleless"] = 0 if report.reading.page.document else counts["checked"]
    return counts


def code(counts: Counter[str], *, strict: bool) -> int:
    """What to exit with. `strict` objects to what is left out, and on pages to lines without a
    rule.
    """
    if counts["refuted"] or (strict and counts["ruleless"]):
        return REFUTED
    if counts["unreadable"] or (strict and counts["skipped"]):
        return UNREADABLE
    return UNKNOWN if counts["unknown"] else OK


def told(counts: Counter[str]) -> str:
    """The counts in words."""
    numbers = {kind: counts[kind] for kind in KINDS}
    text = _(
        "{proved} proved, {refuted} refuted, {unknown} unknown, {unreadable} not read; "
        "{derived} derived by a rule, {checked} checked without one",
        **numbers,
    )
    if counts["assumed"]:
        besides = _("assumed definitions: {assumed}", **numbers)
        text = _("{text}; {besides}", text=text, besides=besides)
    if counts["marked"] or counts["skipped"]:
        besides = _("{marked} refuted as marked, {skipped} left out as marked", **numbers)
        text = _("{text}; {besides}", text=text, besides=besides)
    return text


def last_line(report: PageReport, counts: Counter[str], *, strict: bool) -> Text:
    """The counts of a page, and whether all is as it should be."""
    sign, style, _word = verdicts.STATUS["refuted" if code(counts, strict=strict) else "proved"]
    return Text.assemble((sign, style), f" {report.reading.page.source}: {told(counts)}")


def errors_of(report: PageReport) -> list[CesymError]:
    """What kept parts of the page from being read, other than findings."""
    unread = [block.error for block in report.unread if block.error is not None]
    return [*report.problems, *unread]


def skipped_of(report: PageReport) -> list[Place]:
    """Where displays are left out on purpose."""
    from cesym.reader.reading import Unread

    found = (block for block in report.blocks if isinstance(block, Unread))
    return [block.place for block in found if block.error is None]


def position(place: Place | None) -> tuple[int, int, int]:
    """What the findings of one file are sorted by: cell, line, column."""
    from cesym.reader.documents import cell_of

    return (cell_of(place.source)[1] or 0, place.line, place.column) if place else (0, 0, 0)


def problems(
    findings: list[Finding], errors: list[CesymError], *, strict: bool = False
) -> Iterator[Text]:
    """The lines that say what is not as it should be, from the top of the page to its end."""
    told: list[tuple[tuple[int, int, int], list[Text]]] = []
    for finding in findings:
        told.append((position(finding.place), list(_finding_lines(finding, strict=strict))))
    for error in errors:
        told.append((position(error.place), list(error_lines(error))))
    for _position, lines in sorted(told, key=lambda pair: pair[0]):
        yield from lines


def claim_of(finding: Finding) -> str:
    """The link in LaTeX."""
    if finding.operator == "is":  # the words, or the sign, belong to the right side
        return f"{finding.before_latex} {finding.after_latex}"
    operator = AS_LATEX.get(finding.operator, finding.operator)
    return f"{finding.before_latex} {operator} {finding.after_latex}"


def _finding_lines(finding: Finding, *, strict: bool) -> Iterator[Text]:
    found = outcome(finding)
    if finding.error is not None:
        yield from error_lines(finding.error)
    elif finding.verdict is not None and found in ("refuted", "unknown"):
        if finding.status == "proved":
            yield _headline(finding, "refuted", N_("proved, but marked as refuted"))
            return
        yield _headline(finding, finding.status, verdicts.STATUS[finding.status][2])
        for label, text in verdicts.aligned(verdicts.evidence(finding.verdict, finding.mistake)):
            yield Text.assemble("    ", (label, verdicts.FAINT), text)
    elif strict and found == "proved" and finding.how == "checked":
        yield _headline(finding, "refuted", N_("proved, but no rule is named"))


def _headline(finding: Finding, status: str, words: str) -> Text:
    style = verdicts.STATUS[status][1]
    return Text.assemble(f"{finding.place}: ", (_(words), style), f": {claim_of(finding)}")


def error_lines(error: CesymError) -> Iterator[Text]:
    """An error as a compiler writes it."""
    first, *rest = error.render().splitlines()
    word = (_("error"), verdicts.STATUS["unreadable"][1])
    if error.place is None:
        yield Text.assemble(word, f": {first}")
    else:
        told = first.removeprefix(f"{error.place}: ")
        yield Text.assemble(f"{error.place}: ", word, f": {told}")
    yield from map(Text, rest)


def assumed_lines(found: tuple[ReadDefinition, ...]) -> Iterator[Text]:
    """The list of the definitions that were taken for such."""
    if found:
        names = ", ".join(_assumed(definition) for definition in found)
        text = _("assumed definitions: {assumed}", assumed=names)
        yield Text(f"    {text}", style=verdicts.FAINT)


def _assumed(found: ReadDefinition) -> str:
    """A definition by its name, and where it stands."""
    cell, line, _column = position(found.place)
    name = found.definition.latex or found.definition.name
    if cell:
        return _("{name} (cell {cell}, line {line})", name=name, cell=cell, line=line)
    return _("{name} (line {line})", name=name, line=line)
