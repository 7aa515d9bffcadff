"""`cesym check`: pages are read, derived and proved again, other people's documents read and
proved; what is not as it should be is named.

Exit codes: 1 if anything is refuted, else 2 if anything is not readable, else 3 if anything is
unknown, else 0; 130 when interrupted, with what was found until then.

`--json` writes a list of objects, described in `cesym.cli.records`; `--sarif FILE` writes what is
not as it should be in the form of `cesym.cli.sarif`, `--ledger FILE` every claim with what it rests
on (`cesym.cli.ledger`).

What is said of a page that has no unknown line is kept (`cesym.cache`), and told again as long as
the page, cesym and the libraries are the same.

The work is done by `cesym.cli.pages`, in worker processes that are killed when a line passes its
time or the limit on memory, even inside a library; such a line is unknown. With 0 workers it is
this process that works, and only the prover itself looks at the clock.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from cesym.cache import Cache, user_cache
from cesym.cli.codes import INTERRUPTED
from cesym.cli.command import Command, Option, Seconds, cache_option, jobs_option
from cesym.cli.output import as_json, json_option, put
from cesym.errors import BudgetExceeded, CesymError
from cesym.messages import LANGUAGES, N_, _, current_language
from cesym.processes import End, Event, Finished, Limits, Lost, Part, Task, finished, run, run_here

if TYPE_CHECKING:
    from rich.text import Text

CLEAR = "\r\x1b[K"
"""To the beginning of the terminal's line, and nothing on it."""


FOUND = "cesym.cli.pages:found"

EXTRA_SECONDS = 1.0
"""What a worker gets beyond the time of a line, in which the prover should stop by itself."""


class Run:
    """One run over pages: what was found, told page by page as it is found."""

    def __init__(
        self,
        *,
        strict: bool,
        inline: bool,
        seconds: float,
        jobs: int,
        wants_json: bool,
        cache: Cache,
    ) -> None:
        self.strict = strict
        self.inline = inline
        self.seconds = seconds
        self.jobs = jobs
        self.wants_json = wants_json
        self.cache = cache
        self.remembered = 0
        self.counts: Counter[str] = Counter()
        self.records: list[dict[str, Any]] = []
        self.seen = 0
        self.live = sys.stderr.isatty() and not wants_json
        self.started = time.monotonic()

    def check(self, names: list[str]) -> bool:
        """Check the pages; whether it came to the end."""
        questions = [self.question(name) for name in names]
        known = {
            number: parts
            for number, question in enumerate(questions)
            if question and (parts := self.cache.get(question)) is not None
        }
        fresh = [number for number in range(len(names)) if number not in known]
        tasks = [Task(FOUND, {"name": names[n], "stopped": {}, **self.asked}) for n in fresh]
        work = (replace(event, number=fresh[event.number]) for event in self.events(tasks))
        try:
            for found in finished(chain(_events(known), self.watched(work))):
                self.tell(found, names[found.number])
                if found.number in known:
                    self.remembered += sum(part["place"] is None for part in found.parts)
                else:
                    self.keep(found, names[found.number], questions[found.number])
        except KeyboardInterrupt:
            return False
        return True

    @property
    def asked(self) -> dict[str, Any]:
        """What is asked of every page."""
        return {"strict": self.strict, "inline": self.inline, "seconds": self.seconds}

    def question(self, name: str) -> dict[str, Any] | None:
        """All that the answer on a page depends on besides cesym; None if it cannot be read."""
        from cesym.derivation.library import texts_of

        try:
            texts = texts_of(name, LANGUAGES)
        except CesymError:
            return None
        return {"of": FOUND, "name": name, "texts": texts, "in": current_language(), **self.asked}

    def keep(self, found: Finished, name: str, question: dict[str, Any] | None) -> None:
        """Keep what was found, unless a line is unknown: with more time it might not be. Nor is it
        kept if the page has been changed since.
        """
        unknown = any(part["counts"].get("unknown") for part in found.parts)
        whole = found.complete and found.lost is None and not unknown
        if whole and question is not None and self.question(name) == question:
            self.cache.put(question, found.parts)

    def events(self, tasks: list[Task]) -> Iterator[Event]:
        """The work, shared out. A line at which a worker had to be stopped is passed over when the
        page is checked once more.
        """
        if not tasks:
            return iter(())
        if not self.jobs:
            return run_here(tasks)
        limits = Limits(seconds=self.seconds + EXTRA_SECONDS)
        stopped: dict[int, dict[str, str]] = {}

        def again(number: int, parts: int, lost: Lost) -> Task | None:
            known = stopped.setdefault(number, {})
            if str(parts) in known:
                return None
            known[str(parts)] = lost.why.render()
            return Task(FOUND, {**tasks[number].arguments, "stopped": dict(known)})

        return run(tasks, jobs=self.jobs, limits=limits, again=again)

    def watched(self, events: Iterator[Event]) -> Iterator[Event]:
        """The events; a terminal shows how far it is."""
        for event in events:
            if self.live and isinstance(event, Part) and event.value["place"]:
                self.seen += 1
                how_far = _("lines so far: {count}", count=self.seen)
                click.echo(f"{CLEAR}{event.value['place']}  {how_far}", err=True, nl=False)
            yield event

    def tell(self, found: Finished, name: str) -> None:
        """Print and count what was found under a name; of a page that did not come to its end, its
        links so far.
        """
        since: list[dict[str, Any]] = []
        for part in found.parts:
            since.append(part)
            if part["place"] is None:
                self.tell_parts([part])
                since = []
        self.tell_parts(since)
        if found.lost is not None:
            error = BudgetExceeded(
                "{name} was not checked to its end: {why}", name=name, why=found.lost.why
            )
            self.tell_error(error, name)

    def tell_parts(self, parts: list[dict[str, Any]]) -> None:
        """Print and count parts, as `cesym.cli.pages` makes them."""
        from cesym.cli.styled import as_text

        for part in parts:
            self.counts.update(part["counts"])
            self.records += part["records"]
            self.put(map(as_text, part["lines"]))

    def tell_error(self, error: CesymError, name: str) -> None:
        """Print and count a page that was not checked to its end."""
        from cesym.cli import records, reports

        self.counts["unreadable"] += 1
        self.records.append(records.of_error(error, name))
        self.put(reports.error_lines(error))

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
            if self.remembered:
                before = _("pages unchanged since they were checked: {n}", n=self.remembered)
                told = _("{text}; {besides}", text=told, besides=before)
            put(f"{begin}: {told}", None)
        return reports.code(self.counts, strict=self.strict) if complete else INTERRUPTED


def _events(known: dict[int, Sequence[dict[str, Any]]]) -> Iterator[Event]:
    """What was found before, as if it came from the workers."""
    for number, parts in known.items():
        yield from (Part(number, part) for part in parts)
        yield End(number)


def library() -> list[str]:
    """The names of all pages."""
    from cesym.derivation.library import entries

    return sorted({entry.name for language in LANGUAGES for entry in entries(language)})


def check(
    names: tuple[str, ...],
    strict: bool,
    inline: bool,
    seconds: float,
    sarif: str | None,
    ledger: str | None,
    jobs: int,
    no_cache: bool,
    wants_json: bool,
) -> int:
    """Check the pages and documents `names`, or the library."""
    checked = Run(
        strict=strict,
        inline=inline,
        seconds=seconds,
        jobs=jobs,
        wants_json=wants_json,
        cache=user_cache(wanted=not no_cache),
    )
    complete = checked.check(list(names) or library())
    if sarif is not None:
        from cesym.cli.sarif import log

        put(as_json(log(checked.records)), sarif)
    if ledger is not None and complete:
        from cesym.cli import ledger as ledgers

        put(ledgers.ledger(checked.records), ledger)
    return checked.end(complete)


command = Command(
    "check",
    callback=check,
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
        Option(
            ["--ledger"],
            metavar="FILE",
            help=N_("write every claim with what it rests on to FILE, as Markdown"),
        ),
        jobs_option(),
        cache_option(),
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
