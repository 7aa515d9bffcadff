"""What `cesym check --json` lists: one object for each link, and for what is besides them.

An object has these keys, and keeps them:

- `file`, `cell` (of a notebook, from 1, else null), `line`, `column`: where it stands; null where
  a file could not be opened;
- `latex`: what is claimed, or defined, or was not read (as much as its line shows);
- `status`: `proved`, `refuted` or `unknown`; `unread` for what could not be read; `defined` for a
  definition, `assumed` for one that a document writes as an equation; `skipped` for what the
  document leaves out;
- `method`: how it was decided, in words, or null;
- `counterexample`: as in `cesym.cli.verdicts`, or null;
- `mistake`: the likely mistake, as in `cesym.cli.verdicts`, or null;
- `expected`: `proved`, or `refuted` for what is marked as wrong; null for what is no claim;
- `how` (`derived` or `checked`) and `rule`: how a page came to the line; null for what is no claim;
- `why`: what was missing for a verdict, or why it could not be read, or null;
- `declared`: what is declared of the symbols of a claim, in the plain language;
- `hypotheses`: those that a proof used, each with `text` and `line`;
- `side_conditions`: those of the text, each with `text`, `why`, and whether it is `discharged`;
- `seconds`: the time that the verdict took, or null.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cesym.cli import reports, verdicts
from cesym.errors import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cesym.derivation.checking import Finding, PageReport
    from cesym.errors import CesymError
    from cesym.terms.context import Context, Definition

Record = dict[str, Any]


def of_report(report: PageReport) -> list[Record]:
    """All of a page or document, from its top to its end."""
    return in_order(
        [
            *map(of_finding, report.findings),
            *map(of_error, reports.errors_of(report)),
            *_of_definitions(report),
            *map(_of_skipped, reports.skipped_of(report)),
        ]
    )


def in_order(records: list[Record]) -> list[Record]:
    """Records of one file by their place."""
    return sorted(records, key=lambda r: (r["cell"] or 0, r["line"] or 0, r["column"] or 0))


def of_finding(finding: Finding) -> Record:
    """A link."""
    record = _record(finding.place, reports.claim_of(finding), finding.status)
    record |= {"expected": finding.expected, "how": finding.how, "rule": finding.rule}
    if finding.verdict is None:
        return record | {"why": finding.error and finding.error.summary.render()}
    verdict = verdicts.record(finding.verdict, finding.mistake)
    return record | {
        "method": verdict["method"],
        "counterexample": verdict["counterexample"],
        "mistake": verdict["mistake"],
        "why": verdict["reason"],
        "declared": verdict["declared"],
        "hypotheses": verdict["hypotheses"],
        "side_conditions": verdict["side_conditions"],
        "seconds": verdict["seconds"],
    }


def of_error(error: CesymError, name: str | None = None) -> Record:
    """What could not be read; `name` for a file that could not be opened."""
    text = error.place.quote().splitlines()[0].strip() if error.place else ""
    record = _record(error.place, text, "unread") | {"why": error.summary.render()}
    return record if error.place else record | {"file": name}


def _of_definitions(report: PageReport) -> Iterator[Record]:
    """The definitions: those in displays as they are written, those in running text as the page
    means them.
    """
    displayed = {found.definition.name: found for found in report.definitions}
    for definition in report.reading.context.definitions.values():
        status = "assumed" if definition.assumed else "defined"
        if found := displayed.get(definition.name):
            yield _record(found.place, found.latex, status)
        else:
            place = Place(report.reading.page.source, definition.line, 1, "")
            yield _record(place, _definition(definition, report.reading.context), status)


def _definition(definition: Definition, context: Context) -> str:
    from cesym.terms.printing import latex

    return f"{latex(definition.folded, context)} := {latex(definition.body, context)}"


def _of_skipped(place: Place) -> Record:
    return _record(place, place.text.strip(), "skipped")


def _record(place: Place | None, latex: str, status: str) -> Record:
    from cesym.reader.documents import cell_of

    file, cell = cell_of(place.source) if place else (None, None)
    return {
        "file": file,
        "cell": cell,
        "line": place and place.line,
        "column": place and place.column,
        "latex": latex,
        "status": status,
        "method": None,
        "counterexample": None,
        "mistake": None,
        "expected": None,
        "how": None,
        "rule": None,
        "why": None,
        "declared": [],
        "hypotheses": [],
        "side_conditions": [],
        "seconds": None,
    }
