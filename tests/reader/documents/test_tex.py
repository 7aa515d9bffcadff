r"""Papers: their mathematics is found, with its places, and nothing of it is passed over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cesym.errors import ReadError
from cesym.reader.documents.tex import plain_words, read_paper
from cesym.reader.pages import Display, Heading, Paragraph


def blocks(text):
    return read_paper(text, "a.tex").blocks


def displays(text):
    return [block for block in blocks(text) if isinstance(block, Display)]


def formulas(text):
    return [
        formula
        for block in blocks(text)
        if isinstance(block, Paragraph)
        for formula in block.formulas or ()
    ]


PAPER = r"""\documentclass{article}
\newcommand{\R}{\mathbb{R}} % \newcommand{\R}{x}
\title{A \emph{loss}}
\begin{document}
\maketitle
\section*{One}
Let \textbf{the} score be $s \in \R$, and
\begin{align*}
  a &= b \label{x} \\
    &= c
\end{align*}
\unknown{words} and \(y = s\).
\end{document}
"""


def test_a_paper():
    found = blocks(PAPER)
    assert [type(b) for b in found] == [Heading, Heading, Paragraph, Display, Paragraph]
    assert found[0].text == "A loss"
    assert found[2].text == r"Let the score be $s \in \mathbb{R}$, and"
    assert found[3].latex.startswith(r"\begin{align*}")
    first, second = formulas(PAPER)
    assert (first.latex, first.line, first.column) == (r"s \in \mathbb{R}", 7, 28)
    assert (second.latex, second.line, second.column) == ("y = s", 12, 23)
    assert first.before == "Let the score be "
    assert second.before == "words and "


def test_places_in_a_display():
    (display,) = displays(PAPER)
    assert str(display.origin.place(display.latex.index("= c"))) == "a.tex:10:6"


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        (r"\[ a = b \]", "a = b"),
        ("$$ a = b $$", "a = b"),
        (r"\begin{equation}a = b\end{equation}", r"\begin{equation}a = b\end{equation}"),
        (r"\begin{multline*}a = b\end{multline*}", r"\begin{multline*}a = b\end{multline*}"),
        (r"\begin{alignat}{2} a &= b \end{alignat}", "a &= b"),
        (r"\begin{eqnarray*}a &=& b\end{eqnarray*}", r"\begin{eqnarray*}a &=& b\end{eqnarray*}"),
    ],
)
def test_displays(text, latex):
    assert [display.latex for display in displays(text)] == [latex]


@pytest.mark.parametrize(
    "text",
    [
        r"\begin{verbatim}$x = 1$\end{verbatim}",
        r"\begin{tikzpicture}\node{$x = 1$};\end{tikzpicture}",
        r"\verb|$x = 1$|",
        r"\iffalse $x = 1$ \fi",
        "% $x = 1$",
        r"It costs 5\$ or 6\$.",
    ],
)
def test_what_states_nothing(text):
    assert formulas(text) == displays(text) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (r"\input{chapter}", "chapter is put in here, and is not read"),
        (r"\newcommand{\be}{\begin{equation}} \be x = 1", r"\\be is more than a piece of formula"),
        (
            r"\newenvironment{eq}{\begin{equation}}{\end{equation}} \begin{eq}x = 1\end{eq}",
            "the environment eq is not read",
        ),
    ],
)
def test_what_may_hide_mathematics_is_said(text, message):
    (problem,) = read_paper(text, "a.tex").problems
    assert message.replace("\\\\", "\\") in str(problem)


def test_a_formula_with_a_macro_that_is_not_understood_is_not_read():
    (display,) = displays(r"\let\sigma\tau \[ \sigma(s) = s \]")
    assert display.error is not None


def test_a_stray_dollar_ends_with_its_paragraph():
    assert [f.latex for f in formulas("It costs $ 5.\n\nLet $x > 0$.")] == ["x > 0"]


def test_what_is_never_closed_is_refused():
    with pytest.raises(ReadError, match="never closed") as caught:
        blocks("Let\n\\[ x = 1")
    assert (caught.value.place.line, caught.value.place.column) == (2, 1)


def test_words():
    assert plain_words(r"\textbf{Assume} that~") == "Assume that "
    assert plain_words(r"50\% of {\em all} $\x{}$") == r"50% of all $\x{}$"


@given(st.text(alphabet="\\begin{aligdocumt}$%\n &x[]()#newcommand1", max_size=60))
def test_any_text_is_read_or_refused_with_its_place(text):
    try:
        blocks(text)
    except ReadError as error:
        assert error.place is not None
