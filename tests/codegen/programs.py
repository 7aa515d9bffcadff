"""Random programs, and two ways to evaluate one: in floats, and exactly in Arb balls."""

from fractions import Fraction

import numpy as np
from flint import arb, ctx, fmpq
from hypothesis import strategies as st

from cesym.codegen import array_support
from cesym.codegen.intervals import Interval, point
from cesym.codegen.nodes import NUMBER, TESTS, Node, argument, number, operation

PRECISION = 1200

BOXES = {
    "y": [point(0), point(1), Interval(Fraction(0), Fraction(1))],
    "t": [Interval(Fraction(0), Fraction(1))],
    "s": [Interval(Fraction(-800), Fraction(0)), Interval(Fraction(0), Fraction(800))],
}
UNARY = ("neg", "abs", "exp", "log", "log1p", "expm1", "sqrt", "tanh")
BINARY = ("+", "-", "*", "/", "max", "min")

leaves = st.one_of(
    st.sampled_from([argument(name) for name in BOXES]),
    st.sampled_from([number(n) for n in (0, 1, 2, 3)]),
    st.just(number(Fraction(1, 3))),
    # What stable formulas are made of, so that random programs find it.
    st.just(operation("exp", operation("neg", operation("abs", argument("s"))))),
    st.just(operation("-", number(1), argument("y"))),
)


def _grow(children):
    unary = st.builds(operation, st.sampled_from(UNARY), children)
    binary = st.builds(operation, st.sampled_from(BINARY), children, children)
    test = st.builds(operation, st.sampled_from(TESTS), leaves, leaves)
    return (
        unary | binary | binary | st.builds(operation, st.just("where"), test, children, children)
    )


programs = st.recursive(leaves, _grow, max_leaves=8)


@st.composite
def boxes_and_points(draw):
    """A box, and a point of floats inside."""
    box = {name: draw(st.sampled_from(choices)) for name, choices in BOXES.items()}
    floats = {
        name: draw(st.floats(float(values.low), float(values.high))) for name, values in box.items()
    }
    return box, floats


FLOATS = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "neg": np.negative,
    "abs": np.abs,
    "max": np.maximum,
    "min": np.minimum,
    "exp": np.exp,
    "log": np.log,
    "log1p": np.log1p,
    "expm1": np.expm1,
    "sqrt": np.sqrt,
    "tanh": np.tanh,
    "where": np.where,
    "weigh": np.multiply,
    "exp_error": array_support._exp_error,
    ">=": np.greater_equal,
    "<=": np.less_equal,
    ">": np.greater,
    "<": np.less,
}


def in_floats(node: Node, values: dict[str, float]) -> np.float64:
    """The result with every operation rounded to float64."""
    if node.is_leaf:
        found = float(node.leaf) if node.head == NUMBER else values[node.leaf]
        return np.float64(found)
    return np.float64(FLOATS[node.head](*(in_floats(o, values) for o in node.operands)))


def exactly(node: Node, values: dict[str, float]) -> arb:
    """A ball that holds the exact result."""
    with ctx.workprec(PRECISION):
        return _exact(node, values)


def _exact(node: Node, values: dict[str, float]) -> arb:
    if node.head == NUMBER:
        return arb(fmpq(node.leaf.numerator, node.leaf.denominator))
    if node.is_leaf:
        return arb(values[node.leaf])
    operands = [_exact(operand, values) for operand in node.operands]
    return EXACT[node.head](*operands)


EXACT = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "neg": lambda a: -a,
    "abs": abs,
    "max": lambda a, b: a.max(b),
    "min": lambda a, b: a.min(b),
    "exp": arb.exp,
    "log": arb.log,
    "log1p": arb.log1p,
    "expm1": arb.expm1,
    "sqrt": arb.sqrt,
    "tanh": arb.tanh,
    "where": lambda test, a, b: a if test == 1 else b,
    ">=": lambda a, b: arb(bool(a >= b)),
    "<=": lambda a, b: arb(bool(a <= b)),
    ">": lambda a, b: arb(bool(a > b)),
    "<": lambda a, b: arb(bool(a < b)),
}
