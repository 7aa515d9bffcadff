"""The terminal: nothing is too wide, nothing is missing, no colours where they are not wanted."""

import re

import pytest
from derived import LIBRARY, derived, oddities, proved
from rich.cells import cell_len

from cesym.documents import render
from cesym.documents.displays import rows
from cesym.reader.pages import Heading, read_page

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("width", [60, 80, 100, 120])
@pytest.mark.parametrize("page", LIBRARY, ids="-".join)
def test_lines_fit(page, width):
    text = render(derived(*page), width=width, colour=False)
    wide = [line for line in text.split("\n") if cell_len(line) > width]
    assert wide == []
    assert "\x1b" not in text and "\xa0" not in text
    assert not any(line.endswith(" ") for line in text.split("\n"))


@pytest.mark.parametrize("page", LIBRARY, ids="-".join)
def test_everything_is_there(page):
    derivation = derived(*page)
    text = render(derivation, width=120, colour=False)
    lines = sum(1 for block in derivation.blocks for row in rows(block) if row.steps)
    assert text.count("✓") == lines + 1
    for block in derivation.blocks:
        if isinstance(block, Heading):
            assert block.text in text
    assert all(export.name in text for export in derivation.exports)


def test_colours_change_nothing_but_colours():
    derivation = derived("binary-cross-entropy")
    coloured = render(derivation, width=100, colour=True)
    assert ESCAPE.search(coloured)
    stripped = "\n".join(line.rstrip() for line in ESCAPE.sub("", coloured).split("\n"))
    assert stripped.rstrip("\n") == render(derivation, width=100, colour=False).rstrip("\n")


def test_reasons_stand_in_one_column():
    text = render(derived("binary-cross-entropy"), width=100, colour=False)
    columns = {cell_len(line[: line.index("✓")]) for line in text.split("\n") if "✓" in line[1:]}
    assert len(columns) == 1


def test_a_page_says_how_it_was_decided():
    text = render(derived("binary-cross-entropy"), width=100, colour=False)
    assert "log P(y) = log[ŷʸ·(1 − ŷ)¹⁻ʸ]" in text
    assert re.search(r"= σ\(s\) − y +✓ expand and collect\n", text)
    assert re.search(r"σ\(s\)·\(1 − σ\(s\)\) > 0 +✓ checked\n", text)
    assert re.search(r"✓ \d+ steps proved: \d+ derived by a named rule, \d+ checked\n$", text)


def test_oddities():
    text = render(oddities(), width=80, colour=False)
    assert "<b>no HTML</b>" in text
    assert "\\input{secret}" in text
    assert "by 100% of" in text
    assert re.search(r"1 − σ\(s\) = σ\(s\) +✗ refuted: a sign is lost", text)
    assert "a sign is lost; at s = 1: 0.268941 against 0.731059" in " ".join(text.split())
    assert "• first y ∈ [0, 1], a label," in text
    assert "2. Two" in text


def test_the_words_around_the_page_follow_the_language():
    assert "已证明" in render(derived("sigmoid"), language="zh", width=80)


NUMBERED = "# 1. On $s^2$\n\nLet $s > 0$.\n\n## - again $s$\n\n$$\ns = s\n$$\n"


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("text", ("1. On s²", "- again s")),
        ("latex", (r"\title{1. On $s^2$}", r"\section{- again $s$}")),
    ],
)
def test_a_heading_is_a_line_and_no_list(target, shown):
    text = render(proved(read_page(NUMBERED, "a.md", "en"), "a"), target)
    assert {*shown} <= {*text.split("\n")}
