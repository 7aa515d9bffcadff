"""Numbers, products, quotients, powers: what is read, and what is refused with both readings."""

import pytest
from reader.latex.known import NAMES, refuses, shown

from cesym.errors import ReadError
from cesym.reader.latex import parse_expression


def read(text: str):
    return parse_expression(text, NAMES)


READ = [
    # numbers
    ("0.25", "1/4"),
    ("12", "12"),
    # products
    ("a b", "(a * b)"),
    ("ab", "(a * b)"),
    (r"a \cdot b", "(a * b)"),
    (r"a \times b", "(a * b)"),
    ("a * b", "(a * b)"),
    ("2x", "(2 * x)"),
    ("2(x+1)", "(2 * (x + 1))"),
    ("(a)(b)", "(a * b)"),
    ("y(1-y)", "(y * (1 - y))"),
    (r"a \cdot -b", "(a * -(b))"),
    (r"y\,a\;b\!c~q", "((((y * a) * b) * c) * q)"),
    # sums and signs
    ("a - b - c", "((a - b) - c)"),
    ("-a b", "-((a * b))"),
    ("-x^2", "-((x ^ 2))"),
    ("+ x", "x"),
    # quotients
    ("a/b", "(a / b)"),
    (r"a/b \cdot c", "((a / b) * c)"),
    ("1/(2a)", "(1 / (2 * a))"),
    (r"\frac{a}{b}", "(a / b)"),
    (r"\tfrac{a}{b} \dfrac{c}{q}", "((a / b) * (c / q))"),
    (r"\frac12", "(1 / 2)"),
    (r"\frac1{23}", "(1 / 23)"),
    (r"\frac ab", "(a / b)"),
    (r"\frac\pi2", "(pi / 2)"),
    (r"\frac{1.5}{2}", "(3/2 / 2)"),
    (r"\frac{1}{2}(a+b)", "((1 / 2) * (a + b))"),
    # powers
    ("x^2 y", "((x ^ 2) * y)"),
    ("x^{23}", "(x ^ 23)"),
    ("x^{-1}", "(x ^ -(1))"),
    ("x^y", "(x ^ y)"),
    ("x^y a", "((x ^ y) * a)"),
    ("x^2y", "((x ^ 2) * y)"),
    (r"x^\gamma", "(x ^ gamma)"),
    ("(a + b)^2", "((a + b) ^ 2)"),
    ("10^{-3}", "(10 ^ -(3))"),
    ("x^{y^{2}}", "(x ^ (y ^ 2))"),
    (r"\hat y^{\,y} (1 - \hat y)^{1 - y}", "((y_hat ^ y) * ((1 - y_hat) ^ (1 - y)))"),
    (r"\left(1-\hat y\right)^{(1-y)}", "((1 - y_hat) ^ (1 - y))"),
    (r"\gamma (1-P_t)^{\gamma - 1}", "(gamma * ((1 - P_t) ^ (gamma - 1)))"),
    # constants
    ("e^{-s}", "exp(-(s))"),
    ("e^x", "exp(x)"),
    (r"\mathrm{e}^{x}", "exp(x)"),
    ("e^{(x)}", "exp(x)"),
    ("e x", "(e * x)"),
    (r"2\pi", "(2 * pi)"),
    # looks
    (r"\displaystyle \left( a \right) \quad", "a"),
    (r"\bigl( a \bigr)", "a"),
    ("a % b\n + c", "(a + c)"),
    ("{a}^2", "(a ^ 2)"),
    # Unicode
    ("a − b × c · q", "(a - ((b * c) * q))"),
    ("σ(s)", "sigmoid(s)"),
]


@pytest.mark.parametrize(("text", "tree"), READ, ids=lambda t: t)
def test_is_read(text: str, tree: str) -> None:
    assert shown(read(text)) == tree


AMBIGUOUS = [
    ("a/bc", 1, r"\frac{a}{b} c", r"\frac{a}{b c}"),
    ("1/2x", 1, r"\frac{1}{2} x", r"\frac{1}{2 x}"),
    ("c + 1/2 (x)", 5, r"\frac{1}{2} (x)", r"\frac{1}{2 (x)}"),
    ("a/b/c", 1, r"\frac{a}{b \cdot c}", r"\frac{a \cdot c}{b}"),
    (r"2\frac12", 1, r"2 \cdot \frac12", r"2 + \frac12"),
    (r"x \cdot 2\frac12", 9, r"2 \cdot \frac12", r"2 + \frac12"),
    ("x^23", 2, "^{23}", r"^{2} \cdot 3"),
    ("e^xy", 2, "^{xy}", r"^{x} \cdot y"),
    (r"(a)^23", 4, "^{23}", r"^{2} \cdot 3"),
    ("1e-12 x", 1, r"1 \cdot 10^{-12}", "1e -12"),
    ("y(x)", 1, r"y \cdot x", "a function y at x"),
    ("y(2)", 1, r"y \cdot 2", "a function y at 2"),
    (r"y{\left(x\right)}", 1, r"y \cdot x"),
    (r"\pi(x)", 1, r"\pi \cdot x"),
    (r"\log(x)^2", 1, r"\left(\log(x)\right)^2", r"\log\left((x)^2\right)"),
    (r"\log x y", 1, r"\log(x) y", r"\log(x y)"),
    (r"a + \log x y", 5, r"\log(x) y", r"\log(x y)"),
    (r"\log x \cdot y", 1, r"\log(x) \cdot y", r"\log(x \cdot y)"),
    (r"\log x / y", 1, r"\log(x) / y", r"\log(x / y)"),
    (r"\log 2\pi", 1, r"\log(2) \pi", r"\log(2 \pi)"),
    (r"\log |x| y", 1, r"\log(|x|) y", r"\log(|x| y)"),
    (r"\log \frac{a}{b} (1-y)", 1, r"\log(\frac{a}{b}) (1-y)"),
    (r"\log x \log y", 1, r"\log(x) \log y", r"\log(x \log y)"),
    (r"\log(x)(y+1)", 1, r"\log(x) \cdot (y+1)", r"\log\left[(x) (y+1)\right]"),
    (r"\log(x)/(y)", 1, r"\frac{\log(x)}{(y)}", r"\log\left(\frac{x}{(y)}\right)"),
    (r"\log{\left(x \right)}^{2}", 1, r"\left(\log(x)\right)^{2}"),
    (r"\sigma^2(s)", 1, r"\left(\sigma(x)\right)^{2}", r"\sigma(\sigma(x))"),
    (r"f^2(x)", 1, r"\left(f(x)\right)^{2}", "f(f(x))"),
    ("log x", 1, r"\log", r"l \cdot o \cdot g"),
    ("2 exp(x)", 3, r"\exp", r"e \cdot x \cdot p"),
    ("sigmoid", 1, r"\operatorname{sigmoid}", r"s \cdot i"),
    (r"\mathrm{alpha}", 9, r"\alpha", "a l p h a"),
]


@pytest.mark.parametrize("case", AMBIGUOUS, ids=lambda case: case[0])
def test_both_readings_are_named(case: tuple) -> None:
    text, column, *readings = case
    refuses(read, text, column, *readings)


REFUSED = [
    ("", 1, "ends where"),
    ("a +", 4, "ends where"),
    ("(((a))", 7, ")"),
    ("a)", 2, "not )"),
    ("{a", 3, "}"),
    ("(a]", 3, "not ]"),
    (r"\left( a )", 10, r"\left and \right"),
    (r"( a \right)", 5, r"\left and \right"),
    (r"\left a", 1, r"after \left"),
    (r"\left( a", 9, ")"),
    ("(a, b)", 3, "comma"),
    ("J", 1, r"write J(\dots, \dots)"),
    ("J(y)", 1, "takes 2 arguments, not 1"),
    ("L(y, s)", 1, "looks like a call"),
    ("P y", 1, r"write P(\dots)"),
    (r"\sigma s", 1, r"write \sigma(\dots)"),
    (r"\sigma \quad (s)", 1, r"write \sigma(\dots)"),
    ("w", 1, r"declare it, for example $w \in \mathbb{R}$"),
    ("x w", 3, "w is not declared"),
    ("FL", 1, r"\mathrm{FL}"),
    (r"\operatorname{foo}(x)", 1, r"\mathrm{foo} is not declared"),
    (r"\frac{a}{b}^2", 12, r"\left(\frac{a}{b}\right)^2"),
    ("{x^2}^3", 6, "brackets around the base"),
    (r"\log x^{2}^3", 11, "second superscript"),
    ("x^2^3", 4, "second superscript"),
    ("x^-1", 2, "braces"),
    (r"x^\frac12", 3, "braces"),
    ("x_1_2", 4, "second subscript"),
    ("(a)_i", 4, "_ cannot stand here"),
    ("(a)'", 4, "' cannot stand here"),
    ("{a+b}c", 1, "braces do not show"),
    ("--x", 2, "not -"),
    ("a - -b", 3, "two signs"),
    (r"a \cdot +b", 9, "not +"),
    ("2 3", 3, "sign of multiplication"),
    ("x 2", 3, "sign of multiplication"),
    ("x!", 2, "factorial"),
    ("? + x", 1, "whole side"),
    (r"\frac1.5", 6, r"an argument of \frac"),
    ("1{,}000", 3, "not ,"),
    (".5", 1, "not ."),
    (r"\infty", 1, r"not \infty"),
    ("a = b", 3, "not ="),
    (r"a \\ b", 3, r"not \\"),
    (r"x^\,2", 5, "space"),
    (r"(a)^\;{2}", 7, "space"),
    (r"\frac\,12", 8, "space"),
    (r"\frac{a}\,{b}", 11, "space"),
    (r"\hat\,y", 7, "space"),
    (r"P_\!t", 5, "space"),
    (r"\sum_\quad {k=1}^{K} p_k", 12, "space"),
    (r"a \quad b", 9, "side by side"),
    (r"\sum_{k=1}^K p_k \quad r_k", 24, "side by side"),
    (r"\text{foo} x", 1, "words inside a formula"),
    (r"x \text{foo}", 3, "words inside a formula"),
    (r"x \unknown", 3, r"\unknown is not read"),
    (r"a \over b", 3, r"\over is not read"),
    (r"\mathbb{1}[x]", 1, r"\mathbb is not read"),
    (r"x^\top y", 1, "no transpose"),
    (r"a \pm b", 3, r"not \pm"),
    ("a $ b", 3, "$ is not read"),
    ("（a", 1, "write ("),
    ("a + 中", 5, r"\text{...}"),
    ("Σ", 1, r"\sum or \Sigma"),
    ("p r", 1, r"\sum_{k=1}^{K} (p)_k (r)_k"),
    (r"p \cdot \log r", 1, r"\sum_{k=1}^{K} (p)_k (\log r)_k"),
    ("p^2", 1, r"\sum_{k=1}^{K} p_k^{2}"),
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case[0])
def test_is_refused_at_its_place(case: tuple) -> None:
    text, column, *words = case
    refuses(read, text, column, *words)


def test_a_declared_e_is_not_the_constant() -> None:
    names = NAMES.also("scalar", "e")
    assert shown(parse_expression("e x", names)) == "(e * x)"
    for text in ("e^{x}", r"\mathrm{e}", r"2 \mathrm{e}^x"):
        refuses(lambda t: parse_expression(t, names), text, 3 if text[0] == "2" else 1, "constant")


def test_a_declared_pi_is_a_name() -> None:
    assert shown(parse_expression(r"\pi", NAMES.also("scalar", "pi"))) == "pi"


def test_a_number_named_sigma_is_not_applied() -> None:
    names = NAMES.also("scalar", "sigma")
    assert shown(parse_expression(r"\sigma x", names)) == "(sigma * x)"
    for text in (r"\sigma(x)", r"\sigma(x - 1)"):
        refuses(lambda t: parse_expression(t, names), text, 1, r"\sigma")


def test_places_are_those_of_the_file() -> None:
    page = "first\nthe label $a + w$ here\n"
    with pytest.raises(ReadError, match=r"page\.md:2:16: w is not declared") as caught:
        parse_expression("a + w", NAMES, source="page.md", line=2, column=12, document=page)
    assert "the label $a + w$ here" in str(caught.value)
    with pytest.raises(ReadError, match=r"page\.md:3:5"):
        parse_expression("a\n  + w", NAMES, source="page.md", line=2, column=12)
