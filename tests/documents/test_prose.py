"""Markdown prose, with the mathematics left alone."""

import re

import pytest
from derived import LIBRARY, derived

from cesym.derivation.library import entry
from cesym.documents.prose import readable, spans, tokens
from cesym.reader.pages import Paragraph, inline_formulas, read_page


def mathematics(text):
    found = []
    for token in tokens(text):
        found += [child.content for child in token.children or [] if child.type == "math"]
    return found


@pytest.mark.parametrize("page", LIBRARY, ids="-".join)
def test_the_formulas_are_those_of_the_page_reader(page):
    for block in derived(*page).blocks:
        if isinstance(block, Paragraph):
            assert mathematics(block.text) == [f.latex for f in inline_formulas(block)]


@pytest.mark.parametrize(
    "text",
    ["`$x$` and $y$", r"\$5 and $y$", "$a_b$ and *$c*d$*", "**$x$**", r"$a \$ b$", "5 $ only"],
)
def test_code_and_escapes_are_left_alone(text):
    assert mathematics(text) == [f.latex for f in inline_formulas(Paragraph(text, 1))]


def test_html_is_text():
    (inline,) = [t for t in tokens("<script>alert(1)</script> <b>x</b>") if t.type == "inline"]
    assert {child.type for child in inline.children} == {"text"}


def test_spans_hold_everything():
    text = "by $a$ and $b_c$"
    assert "".join(f"${s.text}$" if s.mathematics else s.text for s in spans(text)) == text


def test_readable():
    assert readable(r"50\% of~x \& y") == "50% of x & y"


@pytest.mark.parametrize("page", LIBRARY, ids="-".join)
def test_emphasis_ends(page):
    """A star after a Chinese full stop, with a word right after it, ends no emphasis."""
    name, language = page
    text = read_page(entry(name, language).text(), name, language)
    for block in text.blocks:
        if isinstance(block, Paragraph):
            written = [c for t in tokens(block.text) for c in t.children or []]
            assert not any("*" in c.content for c in written if c.type == "text"), block.text


@pytest.mark.parametrize("page", [p for p in LIBRARY if p[1] == "zh"], ids="-".join)
def test_chinese_paragraphs_are_one_line(page):
    """The end of a line would be shown as a space between two Chinese characters."""
    text = entry(*page).text()
    assert not re.search(r"[\u4e00-\u9fff，。；：]\n(?!language|exports|---)[\u4e00-\u9fff$]", text)
