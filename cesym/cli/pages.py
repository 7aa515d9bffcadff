"""What `cesym check` finds under one name, link by link, as data: made in a worker, where no
verdict but its record can leave.

A part has `place` (the file and line of a link; null for what ends a page), `counts` as in
`cesym.cli.reports`, `records` as in `cesym.cli.records`, and `lines` as in `cesym.cli.styled`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from rich.text import Text

from cesym.cli import records, reports
from cesym.cli.styled import as_data
from cesym.derivation.api import readings
from cesym.derivation.checking import Finding, PageReport, check_links
from cesym.derivation.library import entries
from cesym.errors import CesymError
from cesym.messages import LANGUAGES

Part = dict[str, Any]


def found(
    *, name: str, strict: bool, inline: bool, seconds: float, stopped: Mapping[str, str]
) -> Iterator[Part]:
    """A part for each link, and one for each page, in all languages in which it exists.

    `stopped` maps numbers of parts to why the worker had to be stopped at them.
    """
    begun = 0
    for language in languages_of(name):
        here = {int(part) - begun: why for part, why in stopped.items()}
        try:
            for reading in readings([name], languages=[language], inline=inline):
                steps = check_links(reading, seconds=seconds, stopped=here)
                while True:
                    try:
                        yield of_finding(next(steps))
                    except StopIteration as end:
                        report = end.value
                        break
                    begun += 1
                yield of_report(report, strict=strict)
        except CesymError as error:
            yield of_error(error, name)
        begun += 1


def languages_of(name: str) -> tuple[str, ...]:
    """The languages in which the page `name` exists; a file is in one of its own."""
    known = tuple(lang for lang in LANGUAGES if any(e.name == name for e in entries(lang)))
    return known or LANGUAGES[:1]


def of_finding(finding: Finding) -> Part:
    """A link: what is told of it if the page does not come to its end."""
    return {
        "place": f"{finding.place.source}:{finding.place.line}",
        "counts": reports.count([finding], []),
        "records": [records.of_finding(finding)],
        "lines": [as_data(line) for line in reports.problems([finding], [])],
    }


def of_report(report: PageReport, *, strict: bool) -> Part:
    """A page or document."""
    counts = reports.count_report(report)
    findings, errors = list(report.findings), reports.errors_of(report)
    rules = strict and not report.reading.page.document
    lines = [
        *reports.problems(findings, errors, strict=rules),
        reports.last_line(report, counts, strict=strict),
        *reports.assumed_lines(report.assumed),
    ]
    return _end(counts, records.of_report(report), lines)


def of_error(error: CesymError, name: str) -> Part:
    """A page that could not be opened."""
    lines = list(reports.error_lines(error))
    return _end(Counter(unreadable=1), [records.of_error(error, name)], lines)


def _end(counts: Counter[str], told: list[records.Record], lines: list[Text]) -> Part:
    shown = [as_data(line) for line in lines]
    return {"place": None, "counts": counts, "records": told, "lines": shown}
