"""What is written of a tree is read back as a tree of the same value."""

from fractions import Fraction
from random import Random

import pytest

from cesym.errors import UnsupportedTerm
from cesym.reader.digits import compare
from cesym.reader.plain import parse_claim, parse_expression
from cesym.reader.plain.writing import write, write_relation
from cesym.reader.syntax import BigOperator, Binary, Name, Negate, Number, Prime
from tests.declared import declared
from tests.soundness import random_trees
from tests.soundness.second_opinion import draw

AS_TYPED = [
    "2*(sigmoid(s) - y)",
    "-s**2",
    "(-s)**2",
    "s**(-1)",
    "s**y**2",
    "(s**y)**2",
    "s - (y - 1)",
    "s - y - 1",
    "s/(y*2)",
    "s/y*2",
    "-(s + y)",
    "s*(-y)",
    "diff(exp(s), s, 2)",
    "diff(exp(s*y), s, y)",
    "sum(z[k]*softmax(z)[j], (k, 1, K))",
    "at(log(q), q, sigmoid(s))",
    "where(s >= 0, s, where(s < -1, -s, 0))",
    "grad(dot(w, w), w)",
    "X.T@(X@w - z)",
    "(X@w)[j]",
    "[s, y, 1/2]",
    "delta(j, 2)",
    "pi*exp(1)",
]
CLAIMS = [
    "limit(log(s)/s, s, oo) == 0",
    "limit(1/q, q, 0, '+') == oo",
    "argmin((s - y)**2, s) == y",
    "minvalue(s**2, s) == 0",
]
LETS = ("s in real", "y in real", "q in (0,1)", "K in integer>=2", "z in real^K", "j in index(K)",
        "w in real^2", "X in real^(K,2)")  # fmt: skip


@pytest.mark.parametrize("text", AS_TYPED)
def test_what_is_typed_well_is_written_the_same(text: str) -> None:
    context = declared(*LETS)
    node = parse_expression(text, context)
    assert write(node) == text


@pytest.mark.parametrize("text", CLAIMS)
def test_limits_and_minima_are_written(text: str) -> None:
    left, right = parse_claim(text, declared(*LETS)).operands
    assert left is not None
    assert right is not None
    assert write_relation(left, "==", right) == text


def test_random_trees_keep_their_value() -> None:
    context, random = random_trees.context(), Random(5)
    for _ in range(300):
        node = random_trees.formula(random, random.randint(2, 4), ("i", "j"))
        again = parse_expression(write(node), context)
        assert write(again) == write(node)
        sides = compare(node, again, draw(context, random), digits=20, limit=60)
        assert sides.order in ("==", "undecided"), write(node)


@pytest.mark.parametrize(
    "node",
    [
        Prime("sigmoid", 1, Negate(Name("s"))),
        BigOperator("sum", Name("s"), "k", Number(Fraction(1)), Name("K"), Name("j")),
    ],
)
def test_what_the_plain_language_cannot_say_is_refused(node) -> None:
    with pytest.raises(UnsupportedTerm, match="the plain language has no"):
        write(Negate(Binary("+", node, Name("s"))))


def test_a_prime_at_a_name_is_a_derivative() -> None:
    assert write(Prime("tanh", 1, Name("x"))) == "diff(tanh(x), x)"
    assert write(Prime("sigmoid", 2, Name("s"))) == "diff(sigmoid(s), s, 2)"
