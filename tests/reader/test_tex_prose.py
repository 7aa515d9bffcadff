"""The words of a TeX document as Markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cesym.errors import Place, ReadError
from cesym.reader.tex_prose import argument, prose

HERE = Place("a.tex", 3, 5, "the line")


@pytest.mark.parametrize(
    ("tex", "markdown"),
    [
        (r"\emph{a \textbf{b}} \texttt{c}", "*a **b*** `c`"),
        (r"50\,\% \& \#1 a\_b \$", r"50 % & #1 a\_b \$"),
        (r"$x \% y$ and \(z\)", r"$x \% y$ and $z$"),
        ("``a'' and `b'", "“a” and ‘b'"),
        (r"\textbackslash{}x \textless{} \textgreater", r"\\x < >"),
        ("\\begin{itemize}\n\\item a\n\\item b\n\\end{itemize}", "\n- a\n- b\n"),
        (r"a~b\\c", "a b\nc"),
        (r"see \ref{x} and \cite{y}\label{z}", "see (x) and [y]"),
        ("{grouped}", "grouped"),
        ("概率，似然", "概率，似然"),
    ],
)
def test_prose(tex, markdown):
    assert prose(tex, HERE) == markdown


@pytest.mark.parametrize(
    "tex", [r"\foo", r"\emph x", "a & b", "a_1", "#", "{", "}{", r"\emph{a", "^"]
)
def test_what_is_refused(tex):
    with pytest.raises(ReadError):
        prose(tex, HERE)


def test_places_inside_of_arguments():
    with pytest.raises(ReadError) as caught:
        prose("one\n\\emph{two\n \\foo}", HERE)
    assert (caught.value.place.line, caught.value.place.column) == (5, 2)


def test_argument():
    assert argument(r"x{a{b}\}c}d", 1) == (10, r"a{b}\}c")
    with pytest.raises(ValueError, match="end"):
        argument("{a", 0)


@given(st.text(alphabet="ab\\{}$%_emph\n", max_size=40))
def test_lines_are_kept(tex):
    try:
        markdown = prose(tex, HERE)
    except ReadError:
        return
    assert markdown.count("\n") == tex.count("\n") + tex.count("\\\\")
