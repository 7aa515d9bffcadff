"""A short run of what `benchmarks/soundness.py` does at length."""

from collections import Counter
from fractions import Fraction
from random import Random

import pytest

from cesym.reader.plain import parse_claim
from cesym.reader.syntax import Call, Name, Number
from tests.soundness import statements
from tests.soundness.cases import KINDS, Case, random_case
from tests.soundness.inequalities import context
from tests.soundness.judging import Judged, exact, judge, shown
from tests.soundness.shares import share
from tests.soundness.strings import TEXTS

CASES = 60
S, ZERO = Name("s"), Number(Fraction(0))


@pytest.mark.parametrize("kind", KINDS)
def test_no_verdict_contradicts_the_evaluator(kind: str) -> None:
    random = Random(f"test {kind}")
    counts: Counter[str] = Counter()
    while counts.total() < CASES:
        found = judge(random_case(kind, random), random)
        if found is not None:
            assert not found.wrong, found
            counts[found.shown] += 1
    assert counts["true"] > CASES / 5
    assert counts["false"] > CASES / 10


@pytest.mark.parametrize("kind", TEXTS)
def test_no_reader_crashes(kind: str) -> None:
    assert {row["status"] for row in share(kind, 0)} == {"read", "refused"}


@pytest.mark.parametrize(
    ("operator", "right", "meant", "says"),
    [
        ("==", ZERO, True, "false"),
        ("==", S, True, "true"),
        ("==", S, False, "open"),
        ("<", S, True, "false"),
        ("<=", S, True, "true"),
        ("<=", Call("exp", (S,)), False, "open"),
        ("<", Call("exp", (S,)), True, "true"),
        (">=", Call("exp", (S,)), True, "false"),
        (">", Call("log", (S,)), True, "false"),
    ],
)
def test_the_evaluator_decides_what_is_shown(operator, right, meant, says) -> None:
    assert shown(Case(S, operator, right, context(), meant), Random(1)) == says


def test_a_contradiction_is_wrong() -> None:
    assert Judged("false", "proved", "").wrong
    assert Judged("true", "refuted", "").wrong
    assert not Judged("open", "proved", "").wrong
    assert not Judged("false", "unknown", "").wrong


def test_values_of_counterexamples_are_read() -> None:
    assert exact("-1/3") == Fraction(-1, 3)
    assert exact("[[1, 0], [-2, 2/3]]") == [[1, 0], [-2, Fraction(2, 3)]]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x > 0 iff 2*x > 0", "true"),
        ("s > 0 iff s > 1", "false"),
        ("s**2 > 0 iff s > 0", "false"),
        ("a == b iff b == a", "true"),
        ("kl(b, c) == 0 iff b == 1/K", "false"),
        ("convex(s**2, s)", "true"),
        ("convex(s**3, s)", "false"),
        ("concave(s**2, s)", "false"),
        ("strictly_convex(2*s, s)", "false"),
        ("convex(logsumexp(z), z)", "true"),
        ("strictly_convex(sum(z[k], (k,1,K))**2, z)", "false"),
        ("psd(diag(h))", "true"),
        ("pd([[1, 1], [1, 1]])", "false"),
        ("psd(outer(z, w))", "false"),
        ("psd([[1, 2], [2, 1]])", "false"),
    ],
)
def test_the_evaluator_decides_what_is_shown_of_statements(text: str, says: str) -> None:
    chain = parse_claim(text, statements.context())
    (left, right), (operator,) = chain.operands, chain.operators
    assert left is not None and right is not None
    case = Case(left, operator, right, statements.context(), True)
    assert says == "false" or shown(case, Random(1)) == says
    assert says == "true" or any(shown(case, Random(n)) == "false" for n in range(20))
