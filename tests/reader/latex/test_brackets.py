"""Absolute values, roots, boxes, and values at a point."""

import pytest
from reader.latex.known import NAMES, refuses, shown

from cesym.reader.latex import parse_expression

READ = [
    ("|x|", "abs(x)"),
    ("|x - |y||", "abs((x - abs(y)))"),
    ("|a| + |b|", "(abs(a) + abs(b))"),
    (r"|a| \cdot |b|", "(abs(a) * abs(b))"),
    ("y|x|", "(y * abs(x))"),
    ("|x||y|", "(abs(x) * abs(y))"),
    ("2 |x + 1| |y| |s|^2", "(((2 * abs((x + 1))) * abs(y)) * (abs(s) ^ 2))"),
    ("|x - |y|||s|", "(abs((x - abs(y))) * abs(s))"),
    (r"\left|x\right|", "abs(x)"),
    (r"\lvert x\rvert^2", "(abs(x) ^ 2)"),
    (r"\lvert a\rvert b \lvert c\rvert", "((abs(a) * b) * abs(c))"),
    (r"\Bigl| a \Bigr|", "abs(a)"),
    (r"\big| a \big|", "abs(a)"),
    ("(|a| + b) |c|", "((abs(a) + b) * abs(c))"),
    (r"\sqrt{x}", "sqrt(x)"),
    (r"\sqrt x y", "(sqrt(x) * y)"),
    (r"\sqrt{x}^2", "(sqrt(x) ^ 2)"),
    (r"\boxed{a + b} c", "((a + b) * c)"),
    ("[a + b] c", "((a + b) * c)"),
    (r"\{a + b\} c", "((a + b) * c)"),
    (r"\left. L \right|_{x = 0}", "at(L, x=0)"),
    (
        r"\left.\frac{\partial L}{\partial \hat y}\right|_{\hat y = \sigma(s)}",
        "at(D(L, y_hat:1), y_hat=sigmoid(s))",
    ),
    (r"\left. L \right|_{x = 0} \cdot a", "(at(L, x=0) * a)"),
]

REFUSED = [
    (
        "|a|b|c|",
        1,
        r"\lvert a \rvert b \lvert c \rvert",
        r"\lvert a \lvert b \rvert c \rvert",
    ),
    ("|a|b + c|q|", 1, r"\rvert b + c \lvert q", r"\lvert b + c \rvert q"),
    ("|a||b|c|q|", 4, r"\lvert b \rvert c \lvert q", r"\lvert b \lvert c \rvert q"),
    ("|x + |a||b|", 11, "bars"),
    (r"\vert a \vert b \vert c \vert", 1, r"\lvert a \rvert b \lvert c \rvert"),
    ("|a|b|", 5, "bars"),
    ("||x||", 1, "norm"),
    (r"\|x", 4, r"\|"),
    (r"\|z\|_3", 7, "the norms are"),
    (r"\|X\|", 1, r"\|A\|_F"),
    ("|x|_1", 4, "_ cannot stand here"),
    ("|x", 3, "|"),
    (r"\left|x|", 9, "ends where"),
    (r"\left|x)", 8, r"\right|"),
    ("( a | b )", 9, "not )"),
    (r"\sqrt[3]{x}", 6, "x^{1/3}"),
    (r"\left. L \right|", 17, "_"),
    (r"\left. L \right|_{x}", 20, "="),
    (r"\left. L \right|_{p_k = 0}", 19, "single name"),
    (r"\left. L \right|_{x=0}^{1}", 23, "exponent"),
    (r"L \bigg|_{x=0}", 8, r"\left. \dots \right|"),
]


@pytest.mark.parametrize(("text", "tree"), READ, ids=lambda t: t)
def test_is_read(text: str, tree: str) -> None:
    assert shown(parse_expression(text, NAMES)) == tree


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case[0])
def test_is_refused_at_its_place(case: tuple) -> None:
    text, column, *words = case
    refuses(lambda t: parse_expression(t, NAMES), text, column, *words)
