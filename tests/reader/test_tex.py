r"""TeX documents are read without running them, and strictly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cesym.errors import ReadError
from cesym.reader.pages import Display, Heading, Marker, Paragraph
from cesym.reader.tex import read_tex


def blocks(body, preamble=""):
    text = (
        f"\\documentclass{{article}}\n{preamble}\n\\begin{{document}}\n{body}\n\\end{{document}}\n"
    )
    return read_tex(text, "a.tex").blocks


PAPER = r"""
\section{Loss} % the first
Let $y \in [0,1]$ be
the label. % hidden $z$

\begin{equation}\label{eq:loss}
  L = -y
\end{equation}
It is \emph{small}, see \eqref{eq:loss}.
\[
  y = y
\]
$$ a = a $$
\begin{align*}
  b &= b \\
    &= b \quad \text{again}
\end{align*}
"""


def test_a_paper_of_the_usual_make():
    found = blocks(PAPER)
    assert [type(b) for b in found] == [
        Heading, Paragraph, Display, Paragraph, Display, Display, Display,
    ]  # fmt: skip
    assert found[0] == Heading(2, "Loss", 5)
    assert found[1] == Paragraph("Let $y \\in [0,1]$ be\nthe label.", 6)
    assert found[2] == Display("\\label{eq:loss}\n  L = -y", 9)
    assert found[3].text == "It is *small*, see (eq:loss)."
    assert found[4] == Display("y = y", 14)
    assert found[5].latex == "a = a"
    assert found[6].latex == "b &= b \\\\\n    &= b \\quad \\text{again}"


def test_what_cesym_writes():
    rows = r"\start{a + b} \\ \qquad &= b \reason{by $a^{2}$} \\ &\quad + 1 \notag"
    (display,) = blocks(f"\\nowords\n\\begin{{align}}\n  {rows}\n\\end{{align}}")
    assert display.latex == r"a + b \qquad &= b && \text{by $a^{2}$} \\ &\quad + 1 \notag"
    rows = "\\begin{aligned}\n a &= b \\name{loss}\n\\end{aligned}"
    (result,) = blocks(f"\\begin{{results}}\n{rows}\n\\end{{results}}")
    assert "loss" not in result.latex
    assert blocks("\\begin{record}\nEvery step is proved. $x = y$\n\\end{record}") == ()


def test_the_title_is_the_first_heading():
    page = read_tex(
        "\\title{Half of \\emph{it}: 50\\%}\\begin{document}\\maketitle\\end{document}", "a.tex"
    )
    assert page.title == "Half of *it*: 50%"
    assert page.blocks == (Heading(1, page.title, 1),)


def test_the_class_says_the_language():
    assert (
        read_tex("\\documentclass[11pt]{ctexart}\\begin{document}\\end{document}", "a").language
        == "zh"
    )
    assert read_tex("\\begin{document}\\end{document}", "a", "zh").language == "zh"


def test_markers():
    lines = ['% cesym: refuted because="a sign"', "\\[ a = b \\]", "% cesym: skip", "\\[ c \\]"]
    refuted, skipped, plain = blocks("\n".join([*lines, "% a remark", "\\[ d \\]"]))
    assert refuted.marker == Marker("refuted", "a sign")
    assert skipped.marker == Marker("skip")
    assert plain.marker is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Let $x$", "a document between"),
        ("\\begin{document}\\[ a = b \\end{document}", "never closed"),
        ("\\begin{document}\\begin{align} a \\end{document}", "never closed"),
        ("\\begin{document}\\section{a\\end{document}", "brace"),
        ("\\begin{document}\\input{x}\\end{document}", "\\\\input is not known"),
        ("\\begin{document}\\not known\\end{document}", "not known"),
        ("\\begin{document}\\begin{figure}x\\end{figure}\\end{document}", "figure"),
        ("\\begin{document}a & b\\end{document}", "& is not known"),
        ("\\begin{document}{a\\end{document}", "pairs"),
        ("\\begin{document}% cesym: skip\n\\end{document}", "marker"),
        ("\\def\\log{\\exp}\\begin{document}\\end{document}", "\\\\def changes"),
        ("\\renewcommand{\\sigma}{x}\\begin{document}\\end{document}", "changes"),
        ("\\input{macros}\\begin{document}\\end{document}", "changes"),
        ("\\begin{document}% cesym: maybe\n\\[ a \\]\\end{document}", "marker maybe"),
    ],
)
def test_what_is_refused(text, message):
    with pytest.raises(ReadError, match=message) as caught:
        read_tex(text, "a.tex")
    assert caught.value.place is not None


def test_errors_name_their_line():
    with pytest.raises(ReadError) as caught:
        blocks("One.\n\nTwo\n\\wrong three.")
    assert (caught.value.place.line, caught.value.place.column) == (7, 1)
    assert caught.value.place.text == "\\wrong three."


def test_commented_definitions_in_the_preamble_do_not_count():
    assert blocks("x", preamble="% \\def\\x{1}") == (Paragraph("x", 4),)


@given(st.text(alphabet="\\begin{aligdocumt}$%\n &x[]()#", max_size=60))
def test_any_text_is_read_or_refused_with_its_place(text):
    try:
        blocks(text)
    except ReadError as error:
        assert error.place is not None


def test_a_comment_names_the_layout_of_derivatives():
    text = "% cesym: layout={}\n\\begin{{document}}\nLet $y < 1$.\n\\end{{document}}\n"
    assert read_tex(text.format("denominator"), "a.tex").layout == "denominator"
    assert read_tex(text.replace("layout", "lay").format("x"), "a.tex").layout is None
    with pytest.raises(ReadError, match="no layout mixed") as found:
        read_tex(text.format("mixed"), "a.tex")
    assert found.value.remedy and found.value.place and found.value.place.line == 1
