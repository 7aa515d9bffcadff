"""`docs/statements.md` maps what cesym began with, statement by statement, to proved claims."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "docs" / "statements.md"
LEDGER = ROOT / "derivations" / "LEDGER.md"

STATEMENTS = [f"S{number}" for number in range(1, 12)]

ROW = re.compile(
    r"\| (?P<number>S\d+) \| (?P<says>[^|]+) \| \[(?P<page>[\w-]+)\]"
    r"\(\.\./derivations/(?P<file>[\w-]+\.md)\) \| (?P<claims>[^|]+) \|"
)
ENTRY = re.compile(r"^- \$(?P<latex>.*)\$\n  - (?P<status>\w+)", re.MULTILINE)


def table():
    rows = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line[:3] == "| S"]
    return [ROW.fullmatch(row) or pytest.fail(f"not a row: {row}") for row in rows]


@cache
def proved(file):
    """The claims that the ledger says are proved on a page."""
    text = LEDGER.read_text(encoding="utf-8")
    _, _, section = text.partition(f"\n## {file}\n")
    entries = ENTRY.finditer(section.partition("\n## ")[0])
    return {found["latex"] for found in entries if found["status"] == "proved"}


def claims(row):
    """The claims of a row. A bar in a table is written \\vert, and two are \\Vert."""
    formulas = re.findall(r"\$([^$]+)\$", row["claims"])
    return [re.sub(r"\\vert ?", "|", f).replace(r"\Vert", r"\|") for f in formulas]


def test_every_statement_is_in_the_table():
    assert list(dict.fromkeys(row["number"] for row in table())) == STATEMENTS


@pytest.mark.parametrize("row", table(), ids=lambda row: f"{row['number']} {row['says'][:30]}")
def test_the_claims_of_a_row_are_proved_on_its_page(row):
    assert row["file"] == f"{row['page']}.md"
    assert claims(row), "a statement without a claim"
    tight = {_tight(latex) for latex in proved(row["file"])}
    assert [latex for latex in claims(row) if _tight(latex) not in tight] == []


def _tight(latex):
    """Without spaces, which mean nothing in a formula."""
    return re.sub(r"\s", "", latex)
