from fractions import Fraction

import mpmath
import pytest

from cesym.reader.digits.evidence import approaches, better, lowest, seems_to_tend
from cesym.reader.plain import parse_claim, parse_expression
from tests.declared import declared

CONTEXT = declared("x, y in real", "q in open_simplex(3)", "p in open_simplex(3)")
POINT = {
    "x": Fraction(5),
    "y": Fraction(3, 2),
    "p": [Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)],
}

LIMITS = (
    ("limit(x*log(x), x, 0, '+') == 0", True),
    ("limit(x*log(x), x, 0, '+') == -oo", False),
    ("limit(log(x), x, 0, '+') == -oo", True),
    ("limit(log(x), x, 0, '+') == oo", False),
    ("limit(1/log(x), x, 0, '+') == 0", True),
    ("limit((exp(x) - 1)/x, x, 0) == 1", True),
    ("limit((exp(x*y) - 1)/x, x, 0) == 1", False),
    ("limit((exp(x*y) - 1)/x, x, 0) == y", True),
    ("limit(abs(x)/x, x, 0) == 1", False),
    ("limit(abs(x)/x, x, 0, '+') == 1", True),
    ("limit(abs(x)/x, x, 0, '-') == -1", True),
    ("limit(1/x, x, 0) == oo", False),
    ("limit(1/x**2, x, 0) == oo", True),
    ("limit((x - y)/(x**2 - y**2), x, y) == 1/(2*y)", True),
    ("limit(tanh(x), x, -oo) == -1", True),
    ("limit(x/(x + 1), x, oo) == 1", True),
    ("limit(x/(x + 1), x, oo) == 1 + 1e-9", False),
    ("limit(log(x), x, 0, '-') == 0", False),
    ("limit(7, x, 0) == 7", True),
)


@pytest.mark.parametrize(("text", "truth"), LIMITS, ids=[text for text, _ in LIMITS])
def test_limits(text, truth):
    limit, stated = parse_claim(text, CONTEXT).operands
    assert seems_to_tend(limit, stated, POINT) is truth


def test_values_on_both_sides():
    limit = parse_expression("limit(1/x, x, 0)", CONTEXT)
    above, below = approaches(limit, POINT)
    assert [round(float(mpmath.log10(value))) for value in above] == [2, 4, 8, 16, 32, 64]
    assert all(x + y == 0 for x, y in zip(above, below, strict=True))
    assert approaches(parse_expression("limit(log(x), x, 0, '-')", CONTEXT), POINT) == [[]]


def test_a_better_point():
    extremum, stated = parse_claim("argmin((x - y)**2, x) == 1", CONTEXT).operands
    assert better(extremum, stated, [0, 3, 1, Fraction(5, 4)], POINT) == Fraction(5, 4)
    extremum, stated = parse_claim("argmin((x - y)**2, x) == y", CONTEXT).operands
    assert better(extremum, stated, [0, 3, 1, Fraction(5, 4)], POINT) is None


def test_a_vector_that_is_better():
    thirds, p = [Fraction(1, 3)] * 3, POINT["p"]
    for text, found in (("0*q + 1/3", p), ("p", None), ("[1/8, 1/8, 3/4]", thirds)):
        text = f"argmin(cross_entropy(p, q), q) == {text}"
        extremum, stated = parse_claim(text, CONTEXT).operands
        assert better(extremum, stated, [thirds, p], POINT) == found


def test_a_minimum_that_is_too_large():
    extremum, stated = parse_claim("minvalue((x - y)**2, x) == 1", CONTEXT).operands
    assert better(extremum, stated, [3, 1], POINT) == 1
    assert lowest(extremum, [3, 1], POINT) == Fraction(1, 4)
