"""What is too long, too deep or too large is refused at once."""

import time

import pytest
from reader.latex.known import NAMES, refuses, shown

from cesym.errors import ReadError
from cesym.reader.latex import parse_chain, parse_display, parse_expression, parse_inline

HANGING = 10.0
"""Seconds: a guard against a hang, not a measure of speed, which depends on the machine."""

REFUSED = [
    ("a+" * 2000 + "a", 4001, "more than 4000"),
    ("+".join("a" * 200), 1, "more than 120 operations"),
    ("a" * 300, 1, "more than 120 operations"),
    ("(" * 61 + "a" + ")" * 61, 62, "more than 60 deep"),
    ("x^{" * 61 + "x" + "}" * 61, None, "more than 60 deep"),
    (r"\frac{1}{" * 61 + "x" + "}" * 61, None, "more than 60 deep"),
    (r"\log" * 100 + " x", None, "more than 60 deep"),
    (r"\hat" * 100 + " x", None, "argument"),
    (r"\hat{" * 100 + "x" + "}" * 100, None, "more than 60 deep"),
    ("{" * 100 + "x" + "}" * 100, None, "more than 60 deep"),
    ("|" + "x-|" * 100, None, "more than 60 deep"),
    (r"\frac{d}{dx}" * 100 + " x", None, "more than 60 deep"),
    (r"\sum_{n=1}^N" * 3 + " x", None, "around this one"),
    ("1" * 41, 1, "more than 40 digits"),
    ("x_{" + "1" * 41 + "}", 4, "more than 40 digits"),
    ("2^{65}", 1, "may go to 64"),
    ("2^{-65}", 1, "may go to 64"),
    ("2^{1/65}", 1, "may go to 64"),
    ("x^{1001}", 1, "may go to 1000"),
    ("9^{9^9}", 1, "may go to 64"),
    ("9^{60 + 60}", 1, "may go to 64"),
    ("((9^{64})^{64})^{64}", 1, "too many digits"),
    ("a + w^{9^{9^9}}", 5, "not declared"),
    (r"\frac{\partial^{65} L}{\partial s^{65}}", 36, "from 1 to 64"),
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case[0][:30])
def test_is_refused(case: tuple) -> None:
    text, column, *words = case
    if column is None:
        with pytest.raises(ReadError, match=words[0]):
            parse_expression(text, NAMES)
    else:
        refuses(lambda t: parse_expression(t, NAMES), text, column, *words)


@pytest.mark.parametrize(
    ("text", "tree"),
    [("2^{64}", "(2 ^ 64)"), ("x^{100}", "(x ^ 100)"), ("2^{1/2}", "(2 ^ (1 / 2))")],
)
def test_is_small_enough(text: str, tree: str) -> None:
    assert shown(parse_expression(text, NAMES)) == tree


@pytest.mark.parametrize("read", [parse_expression, parse_chain, parse_display])
@pytest.mark.parametrize(
    "piece", ["x+", "(", "{", r"\frac", "x ", r"\\", "|", r"\left(", r"\text{"]
)
def test_a_formula_of_100_kilobytes_is_refused_at_once(read, piece: str) -> None:
    text = piece * (100_000 // len(piece))
    start = time.perf_counter()
    with pytest.raises(ReadError, match="more than"):
        read(text, NAMES)
    assert time.perf_counter() - start < HANGING


def test_a_long_inline_formula_is_prose_unless_it_declares() -> None:
    assert parse_inline("x = " + "x+" * 50_000 + "x", NAMES) is None
    with pytest.raises(ReadError, match="more than 4000"):
        parse_inline(r"u \in " + "[" * 50_000, NAMES)


def test_a_display_is_longer_than_a_formula() -> None:
    row = "a &= " + "x y + " * 15 + "1"
    assert len(parse_display(r" \\ ".join([row] * 200), NAMES).chains) == 200
    with pytest.raises(ReadError, match="more than 4000"):
        parse_display("a = " + "x" * 5000, NAMES)
