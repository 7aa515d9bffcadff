r"""Macros are expanded as TeX expands them, and each character knows where it came from."""

import pytest

from cesym.errors import ReadError
from cesym.reader.documents.macros import DEFINING, Macros


def expanded(definitions, formula):
    text = f"{definitions}\n{formula}"
    macros = Macros(text, "a.tex")
    for match in DEFINING.finditer(text, 0, len(definitions)):
        macros.define(match.start())
    return macros.expand(len(definitions) + 1, len(text))


@pytest.mark.parametrize(
    ("definition", "formula", "expected"),
    [
        (r"\newcommand{\yh}{\hat{y}}", r"\yh + 1", r"\hat{y}+ 1"),
        (r"\newcommand\yh{\hat{y}}", r"(\yh)", r"(\hat{y})"),
        (r"\newcommand{\f}[2]{#2-#1}", r"\f{a}{b_1}", "b_1-a"),
        (r"\newcommand{\f}[2]{#2-#1}", r"\f ab", "b-a"),
        (r"\newcommand{\lg}[1]{\log#1}", r"\lg x", r"\log x"),
        (r"\def\f#1#2{#1#2}", r"\f\alpha b", r"\alpha b"),
        (r"\newcommand{\f}{\g x}\newcommand{\g}{\log}", r"\f", r"\log x"),
        (r"\renewcommand{\phi}{\varphi}", r"\phi_1", r"\varphi_1"),
        (r"\DeclareMathOperator{\KL}{KL}", r"\KL(p)", r"\operatorname{KL}(p)"),
        (
            r"\DeclarePairedDelimiter{\abs}{\lvert}{\rvert}",
            r"\abs*{x}",
            r"\left\lvert x \right\rvert",
        ),
        (r"\newcommand{\f}{a% not b" + "\n}", r"\f", "a"),
        ("", r"\ensuremath{x}\xspace", "x"),
    ],
)
def test_text_is_put_for_text(definition, formula, expected):
    assert expanded(definition, formula)[0] == expected


def test_two_commands_do_not_become_one():
    assert expanded(r"\newcommand{\a}{\alpha}", r"\a b")[0] == r"\alpha b"
    assert expanded(r"\newcommand{\a}{\alpha}", r"\a{}b")[0] == r"\alpha{}b"


def test_places_are_those_of_the_file():
    text, origin = expanded(r"\newcommand{\half}[1]{\frac{#1}{2}}", r"  x + \half{y} = z")
    assert str(origin.place(text.index(r"\frac"))) == "a.tex:2:7"
    assert str(origin.place(text.index("y"))) == "a.tex:2:13"
    assert str(origin.place(text.index("z"))) == "a.tex:2:18"


@pytest.mark.parametrize(
    "definition",
    [
        r"\newcommand{\f}[1][x]{#1}",
        r"\let\f\g",
        r"\def\f(#1){#1}",
        r"\edef\f{x}",
        r"\newcommand{\f}{#1}",
        r"\NewDocumentCommand{\f}{m}{#1}",
        r"\newcommand{\f}{\newcommand{\g}{x}}",
        r"\newcommand{\f}{x}\renewcommand{\f}{y}",
        r"\newcommand{\f}{\f}",
        r"\newcommand{\f}{\f\f}",
        r"\newcommand{\f}{\begin{pmatrix}}",
        r"\newcommand{\f}[1]{#1}",
    ],
)
def test_what_is_not_simple_is_refused_where_it_is_used(definition):
    with pytest.raises(ReadError) as caught:
        expanded(definition, r"1 + \f")
    assert str(caught.value.place) == "a.tex:2:5"


def test_a_known_command_that_was_changed_in_an_unknown_way_is_not_what_it_was():
    with pytest.raises(ReadError, match=r"the definition of \\sigma is not understood"):
        expanded(r"\let\sigma\tau", r"\sigma(s)")


def test_an_expansion_has_an_end():
    bombs = "".join(
        rf"\newcommand{{\x{c}}}{{\x{d}\x{d}\x{d}}}"
        for c, d in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(ReadError):
        expanded(bombs + r"\newcommand{\xi}{" + "x" * 50 + "}", r"\xa")


def test_provided_commands_give_way():
    definition = r"\newcommand{\f}{x}\providecommand{\f}{y}"
    assert expanded(definition, r"\f")[0] == "x"
