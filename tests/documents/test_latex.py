"""Real TeX sets every document, and what was written is read back and proved again."""

import re

import pytest
from derived import LIBRARY, derived, oddities, proved, steps
from typesetting import lonely_numbers, typeset, words_of

from cesym.documents import render
from cesym.documents.tex import COMMANDS
from cesym.errors import OutputError
from cesym.reader.pages import read_page
from cesym.reader.tex import read_tex

FAMILY = ("bernoulli-logistic", "zh")
PAGES = [*LIBRARY, FAMILY] if FAMILY not in LIBRARY else LIBRARY
ENGINES = {"en": "pdflatex", "zh": "xelatex"}
_OWN = r"""
    \maketitle \section \subsection \subsubsection \paragraph \start \reason \reasons \name \beside
    \nowords \notag \emph \textbf \texttt \item \newline \ttfamily \textbackslash \textless
    \textgreater \textbar \textquotedbl \textasciicircum \textasciitilde \toprule \midrule
    \bottomrule \endhead \raggedright \arraybackslash \linewidth \extracolsep \fill \\ \% \, \;
"""
OWN = set(_OWN.split())


@pytest.mark.parametrize("page", PAGES, ids="-".join)
def test_tex_sets_it_without_complaint(page, tmp_path):
    derivation = derived(*page)
    pdf = typeset(render(derivation, "latex"), tmp_path, engine=ENGINES[page[1]])
    words = words_of(pdf)
    assert derivation.title in words.replace("\n", " ")
    assert str(len(derivation.steps)) in words
    assert lonely_numbers(pdf) == []


# All pages are read back and proved again in tests/derivation/test_closed_loop.py.
@pytest.mark.parametrize("page", [("sigmoid", "en"), FAMILY], ids="-".join)
def test_what_is_written_is_proved_again_with_the_results(page):
    derivation = derived(*page)
    text = render(derivation, "latex")
    again = proved(read_tex(text, "again.tex"), derivation.name)
    assert again.language == derivation.language
    assert again.title == derivation.title
    count = len(derivation.steps)
    assert steps(again)[:count] == steps(derivation)
    assert len(again.steps) == count + len(derivation.exports), "the results are claims too"


def test_oddities(tmp_path):
    text = render(oddities(), "latex")
    words = words_of(typeset(text, tmp_path, engine="pdflatex"))
    assert (
        "<b>no HTML</b>" in words
        and "\\input{secret}" in words
        and "refuted: a sign is lost" in words
    )
    again = proved(read_tex(text, "again.tex"), "oddities")
    assert len(again.steps) == len(oddities().steps) + 1


def test_chinese_words_around_an_english_page(tmp_path):
    text = render(derived("sigmoid"), "latex", language="zh")
    assert "证明方法" in words_of(typeset(text, tmp_path, engine="xelatex"))


@pytest.mark.parametrize("page", PAGES, ids="-".join)
def test_only_known_commands(page):
    text = render(derived(*page), "latex")
    body = text[text.index("\\begin{document}") :]
    assert set(re.findall(r"\\(?:[A-Za-z]+|[^A-Za-z])", body)) <= COMMANDS | OWN | {
        "\\\\",
        "\\%",
        "\\,",
        "\\;",
    }


def test_what_tex_cannot_hold_is_an_error():
    page = read_page("Let $s \\in \\mathbb{R}$, $\\input{x}$.\n", "a.md", "en")
    with pytest.raises(OutputError, match="input"):
        render(proved(page, "a"), "latex")
    page = read_page("Smile 😀\n", "a.md", "en")
    with pytest.raises(OutputError, match="1F600"):
        render(proved(page, "a"), "latex")


def test_side_conditions_are_listed_once():
    text = render(derived("binary-cross-entropy"), "latex")
    record = text[text.index("\\begin{record}") :]
    assert "$\\hat{y} > 0$, $1 - \\hat{y} > 0$" in record
    assert not re.search(r"\$\d+ (?:>|\\ge|\\ne) 0", record)


def test_a_lonely_reason_is_noticed(tmp_path):
    text = render(derived("sigmoid"), "latex")
    wide = text.replace(r"\sigma(0) &= \frac{1}{2}", r"\sigma(0) &= \frac{1}{2} \hspace{10cm} 1")
    assert wide != text
    assert lonely_numbers(typeset(wide, tmp_path, engine="pdflatex")) == ["2"]


@pytest.mark.parametrize(
    "body", [r"$\undefined$", r"\hbox to 1pt{much too wide}", r"\char200", r"\ref{x}"]
)
def test_complaints_of_tex_are_noticed(body, tmp_path):
    text = f"\\documentclass{{article}}\\begin{{document}}{body}\\end{{document}}"
    with pytest.raises(AssertionError):
        typeset(text, tmp_path, engine="pdflatex")
