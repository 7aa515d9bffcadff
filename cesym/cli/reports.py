"""What `cesym check` says of pages: counts, records for JSON, and a line for each finding that is
not as it should be, as compilers write them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cesym.cli import verdicts
from cesym.cli.codes import OK, REFUTED, UNKNOWN, UNREADABLE
from cesym.messages import _

if TYPE_CHECKING:
    from cesym.derivation.checking import Finding, PageReport
    from cesym.errors import CesymError

KINDS = (
    "proved",
    "refuted",
    "unknown",
    "unreadable",
    "derived",
    "checked",
    "marked",
    "skipped",
)
"""What is counted: verdicts, how the proved lines came about, and what the page marks itself."""

AS_LATEX = {"==": "=", "<=": r"\le", ">=": r"\ge"}
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


def code(counts: Counter[str], *, strict: bool) -> int:
    """What to exit with. `strict` objects to lines without a rule and to what is left out."""
    if counts["refuted"] or (strict and counts["checked"]):
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
    if counts["marked"] or counts["skipped"]:
        besides = _("{marked} refuted as marked, {skipped} left out as marked", **numbers)
        return _("{text}; {besides}", text=text, besides=besides)
    return text


def errors_of(report: PageReport) -> list[CesymError]:
    """What kept parts of the page from being read, other than findings."""
    unread = [block.error for block in report.unread if block.error is not None]
    return [*report.problems, *unread]


def skipped_of(report: PageReport) -> int:
    """How many displays are left out on purpose."""
    from cesym.reader.reading import Unread

    return sum(isinstance(block, Unread) and block.error is None for block in report.blocks)


def problems(
    findings: list[Finding], errors: list[CesymError], *, strict: bool = False
) -> Iterator[str]:
    """The lines that say what is not as it should be, from the top of the page to its end."""
    told: list[tuple[int, list[str]]] = []
    for finding in findings:
        told.append((finding.place.line, list(_finding_lines(finding, strict=strict))))
    for error in errors:
        told.append((error.place.line if error.place else 0, list(error_lines(error))))
    for _line, lines in sorted(told, key=lambda pair: pair[0]):
        yield from lines


def _finding_lines(finding: Finding, *, strict: bool) -> Iterator[str]:
    found = outcome(finding)
    operator = AS_LATEX.get(finding.operator, finding.operator)
    claim = f"{finding.before_latex} {operator} {finding.after_latex}"
    if finding.error is not None:
        yield from error_lines(finding.error)
    elif finding.verdict is not None and found in ("refuted", "unknown"):
        if finding.status == "proved":
            yield f"{finding.place}: {_('proved, but marked as refuted')}: {claim}"
            return
        yield f"{finding.place}: {_(verdicts.STATUS[finding.status][2])}: {claim}"
        for label, text in verdicts.aligned(verdicts.evidence(finding.verdict)):
            yield f"    {label}{text}"
    elif strict and found == "proved" and finding.how == "checked":
        yield f"{finding.place}: {_('proved, but no rule is named')}: {claim}"


def error_lines(error: CesymError) -> Iterator[str]:
    """An error as a compiler writes it."""
    first, *rest = error.render().splitlines()
    if error.place is None:
        yield f"{_('error')}: {first}"
    else:
        yield f"{error.place}: {_('error')}: {first.removeprefix(f'{error.place}: ')}"
    yield from rest


def finding_record(finding: Finding) -> dict[str, Any]:
    """A finding as data."""
    return {
        "line": finding.place.line,
        "column": finding.place.column,
        "before": finding.before_latex,
        "operator": finding.operator,
        "after": finding.after_latex,
        "reason": finding.reason,
        "how": finding.how,
        "rule": finding.rule,
        "expected": finding.expected,
        "outcome": outcome(finding),
        "verdict": finding.verdict and verdicts.record(finding.verdict),
        "error": finding.error and finding.error.record(),
    }
