"""`cesym check`: pages are read, derived and proved again, other people's documents read and
proved; what is not as it should be is named.

Exit codes: 1 if anything is refuted, else 2 if anything is not readable, else 3 if anything is
unknown, else 0; 130 when interrupted, with what was found until then.

`--json` writes a list of objects, described in `cesym.cli.records`; `--sarif FILE` writes what is
not as it should be in the form of `cesym.cli.sarif`.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from cesym.cli.codes import INTERRUPTED
from cesym.cli.command import Command, Option, Seconds
from cesym.cli.output import as_json, json_option, put
from cesym.messages import LANGUAGES, N_, _

if TYPE_CHECKING:
    from rich.text import Text

    from cesym.derivation.checking import Finding, PageReport
    from cesym.errors import CesymError

CLEAR = "\r\x1b[K"
"""To the beginning of the terminal's line, and nothing on it."""


class Run:
    """One run over pages: what was found, told page by page as it is found."""

    def __init__(self, *, strict: bool, inline: bool, seconds: float, wants_json: bool) -> None:
        self.strict = strict
        self.inline = inline
        self.seconds = seconds
        self.wants_json = wants_json
        self.counts: Counter[str] = Counter()
        self.records: list[dict[str, Any]] = []
        self.current: list[Finding] = []
        self.live = sys.stderr.isatty() and not wants_json
        self.started = time.monotonic()

    def check(self, names: list[str]) -> bool:
        """Check the pages; whether it came to the end."""
        try:
            for name in names:
                self.check_name(name)
        except KeyboardInterrupt:
            self.tell_current()
            return False
        return True

    def check_name(self, name: str) -> None:
        """Check the pages of one name, in all languages."""
        from cesym.derivation import check
        from cesym.errors import CesymError

        for language in languages_of(name):
            self.current = []
            try:
                reports = check(
                    [name],
                    languages=[language],
                    seconds=self.seconds,
                    inline=self.inline,
                    progress=self.progress,
                )
            except CesymError as error:
                self.tell_error(error, name)
                continue
            for report in reports:
                self.tell(report)

    def progress(self, finding: Finding) -> None:
        """Keep a finding, and show on a terminal how far it is."""
        self.current.append(finding)
        if self.live:
            done = self.counts["proved"] + len(self.current)
            where = f"{finding.place.source}:{finding.place.line}"
            click.echo(
                f"{CLEAR}{where}  {_('lines so far: {count}', count=done)}", err=True, nl=False
            )

    def tell(self, report: PageReport) -> None:
        """Print what was found on a page, and count it."""
        from cesym.cli import records, reports

        counts = reports.count_report(report)
        self.counts += counts
        self.current = []
        self.records += records.of_report(report)
        findings, errors = list(report.findings), reports.errors_of(report)
        strict = self.strict and not report.reading.page.document
        self.put(reports.problems(findings, errors, strict=strict))
        self.put([reports.last_line(report, counts, strict=self.strict)])
        self.put(reports.assumed_lines(report.assumed))

    def tell_error(self, error: CesymError, name: str) -> None:
        """Print and count a page that could not be opened."""
        from cesym.cli import records, reports

        self.counts["unreadable"] += 1
        self.records.append(records.of_error(error, name))
        self.put(reports.error_lines(error))

    def tell_current(self) -> None:
        """Print and count what was found on the page at which it was interrupted."""
        from cesym.cli import records, reports

        self.counts += reports.count(self.current, [])
        self.records += records.in_order([records.of_finding(f) for f in self.current])
        self.put(reports.problems(self.current, [], strict=False))

    def put(self, lines: Iterable[Text]) -> None:
        """Print lines for people."""
        from cesym.cli import verdicts

        self.clear()
        if not self.wants_json and (text := verdicts.coloured(lines)):
            put(text, None)

    def clear(self) -> None:
        """Take the progress off the terminal."""
        if self.live:
            click.echo(CLEAR, err=True, nl=False)

    def end(self, complete: bool) -> int:
        """Print the summary; what to exit with."""
        from cesym.cli import reports

        seconds = time.monotonic() - self.started
        if self.wants_json:
            put(as_json(self.records), None)
        else:
            begin = _("together") if complete else _("interrupted; until then")
            time_used = _("{seconds} s", seconds=f"{seconds:.1f}")
            told = _("{text}; {besides}", text=reports.told(self.counts), besides=time_used)
            put(f"{begin}: {told}", None)
        return reports.code(self.counts, strict=self.strict) if complete else INTERRUPTED


def languages_of(name: str) -> tuple[str, ...]:
    """The languages in which the page `name` exists; a file is in one of its own."""
    from cesym.derivation.library import entries

    known = tuple(lang for lang in LANGUAGES if any(e.name == name for e in entries(lang)))
    return known or LANGUAGES[:1]


def library() -> list[str]:
    """The names of all pages."""
    from cesym.derivation.library import entries

    return sorted({entry.name for language in LANGUAGES for entry in entries(language)})


def run(
    names: tuple[str, ...],
    strict: bool,
    inline: bool,
    seconds: float,
    sarif: str | None,
    wants_json: bool,
) -> int:
    """Check the pages and documents `names`, or the library."""
    check = Run(strict=strict, inline=inline, seconds=seconds, wants_json=wants_json)
    complete = check.check(list(names) or library())
    if sarif is not None:
        from cesym.cli.sarif import log

        put(as_json(log(check.records)), sarif)
    return check.end(complete)


command = Command(
    "check",
    callback=run,
    params=[
        click.Argument(["names"], nargs=-1, metavar="[NAME|FILE]..."),
        Option(
            ["--strict"],
            is_flag=True,
            help=N_("nothing may be left out; on a page every line needs a rule"),
        ),
        Option(
            ["--inline"],
            is_flag=True,
            help=N_("check the relations in running text too"),
        ),
        Option(
            ["--seconds"],
            type=Seconds(),
            default="10",
            help=N_("time for each line, 10 by default"),
        ),
        Option(
            ["--sarif"],
            metavar="FILE",
            help=N_("write what is wrong to FILE as SARIF, for annotations"),
        ),
        json_option(),
    ],
    lines=(
        N_("Read pages and documents, and prove every line again."),
        N_("Documents are Markdown (.md), TeX (.tex) and notebooks (.ipynb), which are never run."),
        N_("Without a name it is the whole library, in both languages."),
        N_("The exit code is 1 if anything is refuted, else 2 if anything cannot be read,"),
        N_("else 3 if anything is unknown, else 0."),
    ),
    examples=(
        ("cesym check", N_("the whole library")),
        ("cesym check binary-cross-entropy", N_("one page of it")),
        ("cesym check --strict my-page.md", N_("a page of your own")),
        ("cesym check paper.tex chapter.ipynb", N_("documents of anybody")),
    ),
)
