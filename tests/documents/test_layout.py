"""Formulas are taken apart as they were written, whatever they mean."""

import pytest
from derived import LIBRARY, derived
from hypothesis import given
from hypothesis import strategies as st

from cesym.documents.displays import rows
from cesym.documents.layout import Fenced, Fraction, Glyph, Marked, Row, Scripts, picture
from cesym.errors import ReadError

X = Glyph("x")


@pytest.mark.parametrize(
    ("latex", "items"),
    [
        ("x", (X,)),
        (r"\,x\;", (X,)),
        (r"\frac x2", (Fraction(Row((X,)), Row((Glyph("2"),))),)),
        (r"\dfrac{x}{x}", (Fraction(Row((X,)), Row((X,))),)),
        (r"\hat x", (Marked("\\hat", Row((X,))),)),
        ("(x)", (Fenced("(", Row((X,)), ")"),)),
        (r"[0, x)", (Fenced("[", Row((Glyph("0"), Glyph(","), X)), ")"),)),
        (r"\left( x \right]", (Fenced("(", Row((X,)), "]"),)),
        (r"\left. x \right|", (Fenced("", Row((X,)), "|"),)),
        ("(x", (Glyph("("), X)),
        ("x^x_x", (Scripts(X, Row((X,)), Row((X,))),)),
        ("x''", (Scripts(X, None, Row((Glyph("'"), Glyph("'")))),)),
        (r"x \times x", (X, Glyph("\\times"), X)),
        (r"\tag{1} x", (X,)),
    ],
)
def test_pictures(latex, items):
    assert picture(latex) == Row(items)


@pytest.mark.parametrize(
    "latex", [r"\frac{x}", "{x", "x}", r"x_1_2", r"\begin{cases} x", r"\hat", "x^"]
)
def test_what_is_no_latex_is_an_error(latex):
    with pytest.raises(ReadError):
        picture(latex)


def test_nesting_has_a_limit():
    with pytest.raises(ReadError, match="nested"):
        picture("{" * 100 + "x" + "}" * 100)


@pytest.mark.parametrize("page", LIBRARY, ids="-".join)
def test_every_formula_of_the_library_has_a_picture(page):
    for block in derived(*page).blocks:
        for row in rows(block):
            assert picture(row.left + row.relation + row.right).items


@given(st.text(alphabet=r"\{}^_&[]()|'%$ab1+-=frac,. ", max_size=30))
def test_any_text_has_a_picture_or_an_error_with_its_place(text):
    try:
        picture(text)
    except ReadError as error:
        assert error.place is not None


def test_an_argument_without_braces_is_one_digit():
    assert picture(r"\frac12") == picture(r"\frac{1}{2}")
    assert picture(r"\frac123") == picture(r"\frac{1}{2}3")
    assert picture(r"x^12") == picture(r"x^{1}2")
