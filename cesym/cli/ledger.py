"""What `cesym check --ledger` writes: every theorem with what it rests on, as Markdown.

One file holds all pages, so that a change in what is trusted shows as a difference of two texts. So
there are no line numbers in it and no times, and of a page in two languages only the first is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from cesym.messages import _

if TYPE_CHECKING:
    from cesym.cli.records import Record

CHINESE = ".zh.md"

TOLD = ("proved", "refuted", "unknown", "unread", "defined", "assumed")
"""The records that are told: all but what a page leaves out."""


def ledger(records: Iterable[Record]) -> str:
    """The ledger of what a run found, page by page."""
    rows = [record for record in records if record["status"] in TOLD]
    files = {record["file"] for record in rows}
    rows = [row for row in rows if not _is_translation(row["file"], files)]
    parts = [_("# The ledger"), _introduction()]
    for file, group in groupby(rows, key=lambda row: row["file"]):
        found = list(group)
        claims = sum(row["expected"] is not None for row in found)
        parts.append(f"## {file}\n\n" + _("claims: {count}", count=claims))
        parts.append("\n".join(_entry(row) for row in found))
    return "\n\n".join(parts) + "\n"


def _introduction() -> str:
    return _(
        "Written by `cesym check --ledger`. Of every formula: what it says, how the page came to"
        " it, how it was decided, what is declared of its symbols, the hypotheses used, and the"
        " conditions under which it has a value."
    )


def _is_translation(file: str, files: set[str]) -> bool:
    return file.endswith(CHINESE) and file.removesuffix(CHINESE) + ".md" in files


def _entry(row: Record) -> str:
    """One formula: a line, and lines below it for what it rests on."""
    return "\n".join([f"- ${_on_one_line(row['latex'])}$", *(f"  - {text}" for text in _rest(row))])


def _rest(row: Record) -> Iterator[str]:
    if row["status"] in ("defined", "assumed"):
        yield _("definition") if row["status"] == "defined" else _("assumed definition")
        return
    yield row["status"] + (f": {row['method']}" if row["method"] else "")
    if row["rule"]:
        yield _("by the rule {rule}", rule=row["rule"])
    if row["why"]:
        yield row["why"]
    if row["counterexample"]:
        point = row["counterexample"]["at"].items()
        yield _("at {point}", point=", ".join(f"`{name} = {value}`" for name, value in point))
    for heading, texts in (
        (_("for"), row["declared"]),
        (_("given"), [hypothesis["text"] for hypothesis in row["hypotheses"]]),
        (_("conditions"), [condition["text"] for condition in row["side_conditions"]]),
    ):
        if texts:
            yield f"{heading}: " + ", ".join(f"`{_on_one_line(text)}`" for text in texts)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
