"""The Markdown that is written is the page, proved again.

Every page of the library is written and proved again in `tests/derivation/test_closed_loop.py`.
"""

from derived import oddities, proved

from cesym.documents import render
from cesym.documents.displays import Row
from cesym.documents.markdown import chains
from cesym.reader.pages import read_page


def test_oddities_are_proved_again():
    text = render(oddities(), "markdown")
    again = proved(read_page(text, "again.md", "en"), "oddities")
    assert render(again, "markdown") == text
    assert (
        '<!-- cesym: refuted because="a sign is lost" -->\n$$\n1 - \\sigma(s) = \\sigma(s)\n$$'
        in text
    )


def test_a_question_mark_is_filled_in():
    line = "\\frac{\\partial}{\\partial s} s^2 = ? \\quad \\text{differentiate}"
    text = f"Let $s \\in \\mathbb{{R}}$.\n\n$$\n{line}\n$$\n"
    written = render(proved(read_page(text, "a.md", "en"), "a"), "markdown")
    assert "= 2 s \\quad \\text{differentiate}" in written


def test_the_language_is_kept():
    text = "---\nlanguage: zh\n---\n\n# 题\n\n设 $s \\in \\mathbb{R}$。\n\n$$\ns = s\n$$\n"
    written = render(proved(read_page(text, "a.md", "en"), "a"), "markdown")
    assert read_page(written, "b.md", "en").language == "zh"


def test_several_chains_in_one_display():
    assert chains([Row("a", "=", "b"), Row("cc", "<", "d", "why")]) == (
        "\\begin{aligned}\na  &= b \\\\\ncc &< d && \\text{why}\n\\end{aligned}"
    )
