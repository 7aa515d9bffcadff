"""Limits, minimisers and minima stand alone, with the conditions of their body."""

import pytest
from sympy import Integer, KroneckerDelta, log, oo

from cesym.derivation.verification import context_of
from cesym.errors import ReadError
from cesym.reader.elaborate import Source, claim_between, elaborate, hypotheses_of
from cesym.reader.plain import parse_claim, parse_expression
from cesym.terms.optimisation import ArgMin, LimitOf, MinValue
from tests.reader.elaboration.asking import claim, claims

NAMES = {
    "x": "(0,oo)",
    "y": "real",
    "n": "integer>=1",
    "b": "{0,1}",
    "j": "index(3)",
    "z": "real^K",
    "p": "simplex(K)",
    "q": "open_simplex(K)",
    "r": "open_simplex(2)",
    "W": "real^(K,K)",
}
CONTEXT = context_of(NAMES)
X, Y = CONTEXT.symbol("x"), CONTEXT.symbol("y")

LIMITS = (
    ("limit(x*log(x), x, 0, '+') == 0", LimitOf(X * log(X), X, 0, 1), 0),
    ("limit(x*y, x, y, '-') == y**2", LimitOf(X * Y, X, Y, -1), Y**2),
    ("limit(x*y, x, 1) == y", LimitOf(X * Y, X, 1, 0), Y),
    ("limit(log(x), x, oo) == oo", LimitOf(log(X), X, oo, 0), oo),
    ("-oo == limit(log(x), x, 0)", LimitOf(log(X), X, 0, 0), -oo),
    ("minvalue(x*y, x) == -oo", MinValue(X * Y, X), -oo),
    ("argmin(x**2, x) == y", ArgMin(X**2, X), Y),
    ("y == argmin(x**2, x)", ArgMin(X**2, X), Y),
)


@pytest.mark.parametrize(("text", "left", "right"), LIMITS, ids=[t for t, *_ in LIMITS])
def test_stands_on_the_left(text, left, right):
    found = claim(text, **NAMES)
    assert (found.left, found.operator, found.right) == (left, "==", right)


def test_a_sequence_has_a_limit_at_infinity_only():
    assert isinstance(claim("limit(1/n, n, oo) == 0", **NAMES).left, LimitOf)
    with pytest.raises(ReadError, match="it takes only separate values"):
        claim("limit(1/n, n, 0) == 0", **NAMES)


def test_the_minimiser_of_a_vector_is_compared_entry_by_entry():
    found = claim("argmin(cross_entropy(p, q), q) == p", **NAMES)
    assert isinstance(found.left, ArgMin)
    body, variable, index = found.left.args
    assert body.has(found.context.symbol("q"))
    assert str(variable) == "q"
    assert found.right == found.context.symbol("p")[index]
    assert index in found.context.ranges()


def test_an_entry_of_the_minimiser():
    found = claim("argmin(cross_entropy(p, q), q)[1] == p[1]", **NAMES)
    assert found.left.args[2] == 1


def test_a_minimiser_whose_entries_are_listed_is_one_claim():
    found = claim("argmin(sum(r*r), r) == [1/2, y]", **NAMES)
    index = found.left.args[2]
    assert found.right == KroneckerDelta(index, 1) / 2 + Y * KroneckerDelta(index, 2)


def test_the_limit_of_a_vector_is_one_of_its_entries():
    found = claim("limit(softmax(z/x), x, oo) == 0*z + 1/K", **NAMES)
    assert isinstance(found.left, LimitOf)
    assert found.right == 1 / CONTEXT.symbol("K")


def test_conditions_of_a_limit_are_needed_beside_the_target_only():
    found = claim("limit(log(y)/x, x, 2) == log(y)/2", **NAMES)
    texts = {str(condition) for condition in found.conditions}
    assert texts == {"y > 0", "x != 0 where x - 2 != 0"}
    (condition,) = claim("limit(1/y, y, 0, '-') == -oo", **NAMES).conditions
    assert str(condition) == "y != 0 where y < 0"


REFUSED = (
    ("limit(x, x, 0) + 1 == 1", 1, "a limit or a minimum stands only as a whole side of =="),
    ("2*minvalue(y**2, y) == 0", 3, "a limit or a minimum stands only"),
    ("diff(limit(x*y, x, 1), y) == 1", 6, "a limit or a minimum stands only"),
    ("limit(minvalue(x*y, x), y, 0) == 1", 7, "a limit or a minimum stands only"),
    ("limit(x, x, 0) <= 1", 1, "goes with == only"),
    ("1 > limit(x, x, 0)", 1, "goes with == only"),
    ("limit(x, x, 0) == limit(y, y, 0)", 1, "stands only as a whole side of ==, beside"),
    ("limit(x, x, 0) == x", 1, "x is the variable of a limit or a minimum"),
    ("argmin(cross_entropy(p, q), q) == q", 1, "q is the variable of a limit or a minimum"),
    ("argmin(x**2, x) == oo", 1, "infinity is not a number"),
    ("x == oo", 1, "infinity is not a number"),
    ("x < oo", 1, "infinity is not a number"),
    ("limit(x, x, x + 1) == 1", 13, "does not hang on its variable"),
    ("limit(x, x, oo, '+') == 1", 1, "one side only"),
    ("limit(b, b, 0) == 1", 10, "it takes only separate values"),
    ("limit(x, x, z) == 1", 13, "a number is expected here, or oo"),
    ("argmin(z, z) == 1", 8, "a number is expected here, this is a vector"),
    ("argmin(sum(W*W), W) == 0", 18, "a number or a vector is expected here"),
)


@pytest.mark.parametrize(("text", "column", "part"), REFUSED, ids=[t for t, *_ in REFUSED])
def test_refuses(text, column, part):
    with pytest.raises(ReadError) as caught:
        claims(text, **NAMES)
    assert part in str(caught.value)
    assert caught.value.place is not None
    assert caught.value.place.column == column


def test_a_limit_is_no_hypothesis():
    chain = parse_claim("limit(x, x, 0) == 1", CONTEXT)
    with pytest.raises(ReadError, match="stands only as a whole side"):
        hypotheses_of(chain, CONTEXT, Source("limit(x, x, 0) == 1"))


def test_a_claim_between_sides_that_were_read_apart():
    zero, limit, other = (
        elaborate(parse_expression(text, CONTEXT), CONTEXT)
        for text in ("0", "limit(x/y, x, 0)", "x")
    )
    found = claim_between(zero, "==", limit, CONTEXT)
    assert (found.left, found.right) == (limit.term, 0)
    assert found.conditions == limit.conditions
    with pytest.raises(ReadError):
        claim_between(limit, "==", other, CONTEXT)


def test_a_limit_alone_has_a_meaning():
    node = parse_expression("limit(x, x, 0)", CONTEXT)
    assert elaborate(node, CONTEXT).term == LimitOf(X, X, Integer(0), Integer(0))
