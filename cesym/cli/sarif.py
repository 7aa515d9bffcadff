"""What `cesym check --sarif` writes: SARIF 2.1.0, which services for code review show as
annotations beside the lines.

Only what is not as it should be is a result. In a notebook, whose file has other lines than its
cells, the message names cell and line, and there is no region.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from cesym import __version__
from cesym.messages import N_, _

if TYPE_CHECKING:
    from cesym.cli.records import Record

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

RULES = {
    "refuted": ("error", N_("The formula is wrong: there is a counterexample.")),
    "unknown": ("warning", N_("The formula could be neither proved nor refuted.")),
    "unread": ("warning", N_("The formula could not be read, so nothing is known of it.")),
    "proved-but-marked": ("error", N_("The formula is marked as wrong, and it is proved.")),
}
"""Rule -> its level, and what it says."""


def log(records: list[Record]) -> dict[str, Any]:
    """The log of one run."""
    rules = [
        {
            "id": name,
            "shortDescription": {"text": _(words)},
            "defaultConfiguration": {"level": level},
        }
        for name, (level, words) in RULES.items()
    ]
    driver = {"name": "cesym", "version": __version__, "rules": rules}
    found = [(rule, record) for record in records if (rule := rule_of(record)) is not None]
    results = [_result(rule, record) for rule, record in found]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def rule_of(record: Record) -> str | None:
    """The rule that a record breaks, None for one that is as it should be."""
    if record["status"] == "proved" and record["expected"] == "refuted":
        return "proved-but-marked"
    if record["status"] == "refuted" and record["expected"] == "refuted":
        return None
    return record["status"] if record["status"] in RULES else None


def _result(rule: str, record: Record) -> dict[str, Any]:
    level = RULES[rule][0]
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(record["file"])}}
    if record["line"] is not None and record["cell"] is None:
        place["region"] = {"startLine": record["line"], "startColumn": record["column"]}
    return {
        "ruleId": rule,
        "ruleIndex": list(RULES).index(rule),
        "level": level,
        "message": {"text": _message(rule, record)},
        "locations": [{"physicalLocation": place}],
    }


def _message(rule: str, record: Record) -> str:
    """What is wrong, in one line or a few."""
    lines = [f"{_(RULES[rule][1])} {record['latex']}"]
    if record["cell"] is not None:
        fields = {"cell": record["cell"], "line": record["line"], "text": lines[0]}
        lines[0] = _("Cell {cell}, line {line}: {text}", **fields)
    if found := record["counterexample"]:
        point = ", ".join(f"{name} = {value}" for name, value in found["at"].items())
        if found["undefined"] is None:
            sides = {"left": found["left"], "right": found["right"]}
            words = _(
                "At {point} the left side is {left}, the right {right}.", point=point, **sides
            )
            lines.append(words)
        else:
            condition = found["undefined"]
            lines.append(_("At {point} {condition} fails.", point=point, condition=condition))
    if record["why"]:
        lines.append(record["why"])
    return "\n".join(lines)


def _uri(file: str) -> str:
    """The file as a relative reference, or a `file:` URI for an absolute path."""
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
