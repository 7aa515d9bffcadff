from fractions import Fraction

import pytest

from cesym.reader.digits import Undecided, Undefined, compare, holds
from cesym.reader.plain import parse_claim
from tests.declared import declared

CONTEXT = declared("x, y in real")
POINT = {"x": Fraction(3, 2), "y": Fraction(-2)}

ORDERS = (
    # claim, order, exact, whether it holds (None: undecided)
    ("x == 3/2", "==", True, True),
    ("x < 3/2", "==", True, False),
    ("x <= 3/2", "==", True, True),
    ("x > y", ">", True, True),
    ("exp(x) == exp(x)", "==", False, True),
    ("exp(x) >= exp(x)", "==", False, True),
    ("exp(x) < exp(x)", "==", False, None),
    ("exp(x + y) == exp(x)*exp(y)", "==", False, True),
    ("exp(x)**2 == exp(2*x) + 1e-300", "<", False, False),
    ("sigmoid(1000) == 1", "<", False, False),
    ("sigmoid(1000) < 1", "<", False, True),
    ("sigmoid(-1000) == 0", ">", False, False),
    ("sigmoid(5000) < 1", "==", False, None),
    ("log(1 - 1e-304) == -1e-304", "<", False, False),
    ("1 - 1e-304 == 1", "<", True, False),
    ("log(6) - log(2) - log(3) == 0", "==", False, True),
)


@pytest.mark.parametrize(
    ("text", "order", "exact", "truth"), ORDERS, ids=[text for text, *_ in ORDERS]
)
def test_orders(text, order, exact, truth):
    chain = parse_claim(text, CONTEXT)
    left, right = chain.operands
    sides = compare(left, right, POINT)
    assert (sides.order, sides.exact) == (order, exact)
    assert sides.different == (order in ("<", ">"))
    if truth is None:
        with pytest.raises(Undecided):
            holds(chain.operators[0], left, right, POINT)
    else:
        assert holds(chain.operators[0], left, right, POINT) is truth


def test_both_sides_in_digits():
    left, right = parse_claim("exp(x) == 1/3", CONTEXT).operands
    assert compare(left, right, POINT).digits(20) == (
        "4.4816890703380648226",
        "0.33333333333333333333",
    )


def test_an_undefined_side():
    left, right = parse_claim("log(y) == log(x)", CONTEXT).operands
    sides = compare(left, right, POINT)
    assert (sides.order, sides.different) == ("undefined", False)
    assert sides.digits(10) == ("undefined", "0.4054651081")
    assert "log of a number that is not positive" in sides.reason
    with pytest.raises(Undefined, match="log of a number"):
        holds("==", left, right, POINT)


def test_too_close_inside():
    left, right = parse_claim("1/(log(6) - log(2) - log(3)) == 1", CONTEXT).operands
    assert compare(left, right, POINT).order == "undecided"
    with pytest.raises(Undecided):
        holds("==", left, right, POINT)


def test_different_values_are_unequal():
    left, right = parse_claim("exp(x) == exp(y)", CONTEXT).operands
    assert holds("!=", left, right, POINT)
