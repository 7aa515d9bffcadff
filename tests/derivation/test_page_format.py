"""`docs/page-format.md` says what is the case: its page is proved, and it lists every rule."""

import re
from pathlib import Path

import pytest
from written import report

from cesym.derivation.rules import ROWS
from cesym.reader.clauses import ASSUMING

TEXT = (Path(__file__).parents[2] / "docs" / "page-format.md").read_text(encoding="utf-8")


def example() -> str:
    return re.search(r"````markdown\n(.*?)````", TEXT, re.DOTALL)[1]


def test_its_page_is_proved():
    found = report(example())
    assert found.good
    assert [f.how for f in found.findings] == ["derived", "derived", "derived", "checked"]
    assert [len(f.verdict.hypotheses) for f in found.findings] == [0, 0, 0, 1]
    assert [name for name, _, _ in found.reading.exports] == ["loss", "gradient"]


def test_its_page_shows_what_may_go_wrong():
    assert not report(example().replace("Suppose $y", "With $y")).good
    assert not report(example().replace("e^{s} - y s ", "e^{s} + y s ")).good


def test_it_lists_every_rule():
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in TEXT.splitlines()
        if line.startswith("| ") and not line.startswith(("| name", "|---"))
    ]
    assert rows == [[r.name, r.english, r.chinese, r.needs, r.fails] for r in ROWS]


@pytest.mark.parametrize(
    "word", ["assume", "suppose", "let", "given", "provided", "where", "假设", "设", "给定", "其中"]
)
def test_it_lists_the_words_that_assume(word):
    assert re.search(rf"(?<!\w){word}(?!\w)", TEXT)
    assert ASSUMING.search(f"Now {word} ")
