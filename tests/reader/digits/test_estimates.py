"""Estimates agree with what is enclosed, or say that they cannot tell."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cesym.reader.digits import Undecided, Undefined, evaluate
from cesym.reader.digits.duals import SMOOTH
from cesym.reader.digits.estimates import Estimator
from cesym.reader.syntax import Binary, Call, Derivative, Name, Negate, Number

x, y = Name("x"), Name("y")
FUNCTIONS = sorted(set(SMOOTH) | {"abs", "sign", "log2", "log10"})
LEAVES = st.sampled_from([x, y, Number(Fraction(1)), Number(Fraction(3, 2))])
FORMULAS = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        st.builds(Binary, st.sampled_from("+-*/^"), parts, parts),
        st.builds(lambda name, part: Call(name, (part,)), st.sampled_from(FUNCTIONS), parts),
        st.builds(Negate, parts),
        st.builds(lambda part: Derivative(part, ((x, 1),)), parts),
    ),
    max_leaves=5,
)
VALUES = st.fractions(-3, 3, max_denominator=8)


@given(FORMULAS, VALUES, VALUES)
def test_an_estimate_is_near_the_value(formula, a, b):
    point = {"x": a, "y": b}
    try:
        roughly = Estimator(point).estimate(formula)
    except (Undefined, Undecided):
        return
    try:
        value = float(evaluate(formula, point))
    except Undecided:
        return
    except Undefined:
        pytest.fail("estimated where there is no value")
    # Cancellation, in a part that is exact when enclosed, leaves no more than this.
    assert math.isclose(roughly, value, rel_tol=1e-5, abs_tol=1e-5)


def test_no_value():
    with pytest.raises(Undefined):
        Estimator({"x": Fraction(0)}).estimate(Call("log", (x,)))
    with pytest.raises(Undefined):
        Estimator({"x": Fraction(0)}).estimate(Binary("/", x, x))


@pytest.mark.parametrize(
    "formula",
    [
        Call("log", (Binary("-", Call("exp", (x,)), Call("exp", (x,))),)),
        Call("exp", (Call("exp", (Call("exp", (Number(Fraction(10)),)),)),)),
        Derivative(Call("lgamma", (x,)), ((x, 1),)),
    ],
    ids=["a sign near 0", "an overflow", "a function that math has not"],
)
def test_what_floats_cannot_tell(formula):
    with pytest.raises(Undecided):
        Estimator({"x": Fraction(1)}).estimate(formula)
