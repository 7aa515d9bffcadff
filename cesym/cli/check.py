"""`cesym check`: pages are read, derived and proved again; what is not as it should be is named.

Exit codes: 1 if anything is refuted, else 2 if anything is not readable, else 3 if anything is
unknown, else 0; 130 when interrupted, with what was found until then.

`--json` writes one object: `interrupted`; `counts` (`proved`, `refuted`, `unknown`, `unreadable`;
of the proved ones `derived` and `checked`; `marked`, refuted as the page says; `skipped`, left out
as the page says); `seconds`; `errors`, those of pages that could not be opened; `pages`, each with
`source`, `language`, `title`, `complete`, `seconds`, `skipped`, `errors` (as in `cesym.cli.verify`)
and `findings`. A finding has `line`, `column`, `before`, `operator`, `after` and `reason` as the
page writes them, `how` (`derived` or `checked`), `rule`, `expected` (`proved` or `refuted`),
`outcome` (one of the counts), `verdict` (as in `cesym.cli.verdicts`, or null) and `error`.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from cesym.cli.codes import INTERRUPTED
from cesym.cli.command import Command, Option, Seconds
from cesym.cli.output import as_json, json_option, put
from cesym.messages import LANGUAGES, N_, _

if TYPE_CHECKING:
    from cesym.derivation.checking import Finding, PageReport
    from cesym.errors import CesymError

CLEAR = "\r\x1b[K"
"""To the beginning of the terminal's line, and nothing on it."""


class Run:
    """One run over pages: what was found, told page by page as it is found."""

    def __init__(self, *, strict: bool, seconds: float, wants_json: bool) -> None:
        self.strict = strict
        self.seconds = seconds
        self.wants_json = wants_json
        self.counts: Counter[str] = Counter()
        self.pages: list[dict[str, Any]] = []
        self.errors: list[dict[str, object]] = []
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
                    [name], languages=[language], seconds=self.seconds, progress=self.progress
                )
            except CesymError as error:
                self.tell_error(error)
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
        from cesym.cli import reports

        findings, errors = list(report.findings), reports.errors_of(report)
        skipped = reports.skipped_of(report)
        counts = reports.count(findings, errors, skipped)
        self.counts += counts
        self.current = []
        page = report.reading.page
        if self.wants_json:
            about = {"source": page.source, "language": page.language, "title": page.title}
            rest = {"complete": True, "seconds": round(report.seconds, 3), "skipped": skipped}
            self.pages.append(about | rest | _records(findings, errors))
            return
        self.clear()
        for line in reports.problems(findings, errors, strict=self.strict):
            put(line, None)
        sign = "✗" if reports.code(counts, strict=self.strict) else "✓"
        put(f"{sign} {page.source}: {reports.told(counts)}", None)

    def tell_error(self, error: CesymError) -> None:
        """Print and count a page that could not be opened."""
        from cesym.cli import reports

        self.counts["unreadable"] += 1
        self.errors.append(error.record())
        if not self.wants_json:
            self.clear()
            for line in reports.error_lines(error):
                put(line, None)

    def tell_current(self) -> None:
        """Print and count what was found on the page at which it was interrupted."""
        from cesym.cli import reports

        self.clear()
        self.counts += reports.count(self.current, [])
        if self.current and self.wants_json:
            source = self.current[0].place.source
            about = {"source": source, "language": None, "title": None, "complete": False}
            rest = {"seconds": None, "skipped": 0}
            self.pages.append(about | rest | _records(self.current, []))
        elif not self.wants_json:
            for line in reports.problems(self.current, [], strict=self.strict):
                put(line, None)

    def clear(self) -> None:
        """Take the progress off the terminal."""
        if self.live:
            click.echo(CLEAR, err=True, nl=False)

    def end(self, complete: bool) -> int:
        """Print the summary; what to exit with."""
        from cesym.cli import reports

        seconds = time.monotonic() - self.started
        if self.wants_json:
            counts = {kind: self.counts[kind] for kind in reports.KINDS}
            record = {"interrupted": not complete, "counts": counts, "seconds": round(seconds, 3)}
            put(as_json(record | {"errors": self.errors, "pages": self.pages}), None)
        else:
            begin = _("together") if complete else _("interrupted; until then")
            time_used = _("{seconds} s", seconds=f"{seconds:.1f}")
            told = _("{text}; {besides}", text=reports.told(self.counts), besides=time_used)
            put(f"{begin}: {told}", None)
        return reports.code(self.counts, strict=self.strict) if complete else INTERRUPTED


def _records(findings: list[Finding], errors: list[CesymError]) -> dict[str, Any]:
    from cesym.cli import reports

    return {
        "errors": [error.record() for error in errors],
        "findings": [reports.finding_record(finding) for finding in findings],
    }


def languages_of(name: str) -> tuple[str, ...]:
    """The languages in which the page `name` exists; a file is in one of its own."""
    from cesym.derivation.library import entries

    known = tuple(lang for lang in LANGUAGES if any(e.name == name for e in entries(lang)))
    return known or LANGUAGES[:1]


def library() -> list[str]:
    """The names of all pages."""
    from cesym.derivation.library import entries

    return sorted({entry.name for language in LANGUAGES for entry in entries(language)})


def run(names: tuple[str, ...], strict: bool, seconds: float, wants_json: bool) -> int:
    """Check the pages `names`, or the library."""
    check = Run(strict=strict, seconds=seconds, wants_json=wants_json)
    return check.end(check.check(list(names) or library()))


command = Command(
    "check",
    callback=run,
    params=[
        click.Argument(["names"], nargs=-1, metavar="[NAME|PAGE.md]..."),
        Option(
            ["--strict"], is_flag=True, help=N_("every line needs a rule, nothing may be left out")
        ),
        Option(
            ["--seconds"],
            type=Seconds(),
            default="10",
            help=N_("time for each line, 10 by default"),
        ),
        json_option(),
    ],
    lines=(
        N_("Read pages, apply the rules that they name, and prove every line again."),
        N_("Without a name it is the whole library, in both languages."),
        N_("The exit code is 1 if anything is refuted, else 2 if anything cannot be read,"),
        N_("else 3 if anything is unknown, else 0."),
    ),
    examples=(
        ("cesym check", N_("the whole library")),
        ("cesym check binary-cross-entropy", N_("one page of it")),
        ("cesym check --strict my-page.md", N_("a page of your own")),
    ),
)
