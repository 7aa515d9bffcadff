"""Derivatives at kinks: refuted only where there is shown to be none, and never proved there."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cesym.prover import decide
from cesym.reader.elaborate import Source, claims_of, definition_of
from cesym.reader.plain import parse_claim, parse_expression
from cesym.reader.syntax import Define
from tests.prover.asking import ask, context_of

TRUE = [
    "diff(max(0, 1 - x)**2, x) == -2*max(0, 1 - x)",
    "diff(x*abs(x), x) == 2*abs(x)",
    "diff(abs(x)**3, x) == 3*x*abs(x)",
    "diff(abs(x) - abs(x) + x, x) == 1",
    "diff(abs(x) - abs(2*x)/2, x) == 0",
    "diff(max(x, 0) - x*t + log(1 + exp(-abs(x))), x) == sigmoid(x) - t",
    "diff(x**2*sign(x), x) == 2*abs(x)",
    "diff(diff(abs(x)**3, x), x) == 6*abs(x)",
    "diff(max(x, 0)**3, x, 2) == 6*max(x, 0)",
    "grad(x*abs(x), x) == 2*abs(x)",
    "at(diff(t*abs(t), t), t, x) == 2*abs(x)",
]
"""True for all real x and t, where the derivative is meant as the limit of the quotients."""

NONE_AT_0 = [
    "diff(abs(x), x) == sign(x)",
    "diff(abs(3*x), x) == 3*sign(x)",
    "diff(max(x, 0), x)**2 == diff(max(x, 0), x)",
    "diff(min(x, 2*x), x) == diff(min(x, 2*x), x)",
    "diff(abs(x) + max(x, 3*x), x) == diff(abs(x) + max(x, 3*x), x)",
    "diff(exp(abs(x)), x) == sign(x)*exp(abs(x))",
    "diff(x*sign(x), x) == sign(x)",
    "grad(abs(x), x) == sign(x)",
    "at(diff(abs(t), t), t, 2*x) == sign(x)",
]
"""Without a value at x = 0, and true elsewhere."""


@pytest.mark.parametrize("claim", TRUE)
def test_what_is_true_is_not_refuted(claim: str) -> None:
    assert not ask(claim, "x in real", "t in real").refuted


@pytest.mark.parametrize("claim", NONE_AT_0)
def test_a_missing_derivative_refutes(claim: str) -> None:
    found = ask(claim, "x in real", "t in real")
    assert found.refuted
    assert found.counterexample is not None
    assert dict(found.counterexample.at)["x"] == "0"
    assert found.counterexample.undefined


@pytest.mark.parametrize("claim", NONE_AT_0)
def test_away_from_the_kink_it_is_proved(claim: str) -> None:
    assert ask(claim, "x in (0,oo)", "t in real").proved


VECTORS = ("w in real^D", "X in real^(N,D)", "y in {-1,1}^N", "j in index(D)", "x in real")

TRUE_OF_ENTRIES = [
    "diff(w[j]*abs(w[j]), w[j]) == 2*abs(w[j])",
    "diff(sum(w[k]*abs(w[k]), (k,1,D)), w[j]) == 2*abs(w[j])",
    "grad(sum(abs(w)**2), w) == 2*w",
    "grad(sum(abs(w) - abs(2*w)/2 + w), w) == 1 + 0*w",
    "grad(sum(max(1 - y*(X@w), 0)**2), w) == -2*X.T @ (y*max(1 - y*(X@w), 0))",
    "grad(sum(abs(w))*x, x) == sum(abs(w))",
    "hessian(sum(abs(w)**3), w) == 6*diag(abs(w))",
    "jacobian(w*abs(w), w) == 2*diag(abs(w))",
    "sum(diff(x*abs(x)*w[k], x), (k,1,D)) == 2*abs(x)*sum(w)",
    "diff(where(x > 0, x**2, -x**2), x) == 2*abs(x)",
    "diff(max(x, 2*x) - max(0, x), x) == 1",
    "diff(max(x, 2*x, x - 1) - max(2*x, x), x) == 0",
]
"""True of all numbers, vectors and matrices."""

NONE_OF_ENTRIES = [
    "grad(sum(abs(w)), w) == sign(w)",
    "diff(sum(abs(w[k]), (k,1,D)), w[j]) == sign(w[j])",
    "diff(abs(w[1]), w[1]) == sign(w[1])",
    "grad(sum(max(1 - y*(X@w), 0)), w) == grad(sum(max(1 - y*(X@w), 0)), w)",
    "jacobian(abs(w), w) == diag(sign(w))",
    "hessian(sum(w*abs(w)), w) == 2*diag(sign(w))",
    "grad(sum(w)*abs(w[1]), w) == grad(sum(w)*abs(w[1]), w)",
    "sum(diff(sum(abs(w[k]), (k,1,D)), w[i]), (i,1,D)) == sum(sign(w))",
    "sum(w[k]*diff(abs(x), x), (k,1,D)) == sum(w)*sign(x)",
    "diff(where(x > 0, x, -x), x) == sign(x)",
    "diff(sign(x), x) == 0",
    "diff(x*abs(x), x, 2) == 2*sign(x)",
    "diff(diff(x*abs(x), x), x) == 2*sign(x)",
    "hessian(x*abs(x), x) == 2*sign(x)",
    "diff(abs(x)/x, x) == 0",
    "diff(max(x, 2*x, 3*x), x) == diff(max(x, 2*x, 3*x), x)",
    "diff(abs(x + abs(x)), x) == sign(x) + 1",
]
"""Without a value at some point, and true elsewhere."""


@pytest.mark.parametrize("claim", TRUE_OF_ENTRIES)
def test_what_is_true_of_entries_is_not_refuted(claim: str) -> None:
    assert not ask(claim, *VECTORS).refuted


@pytest.mark.parametrize("claim", NONE_OF_ENTRIES)
def test_a_missing_derivative_by_an_entry_refutes(claim: str) -> None:
    found = ask(claim, *VECTORS)
    assert found.refuted
    assert found.counterexample is not None
    assert found.counterexample.undefined


AT_AN_END = [
    ("diff(abs(x - 1), x) == 1", "x in [1,oo)"),
    ("diff(abs(x), x) == -1", "x in (-oo,0]"),
    ("grad(sum(abs(p)), p) == 1 + 0*p", "p in simplex(K)"),
    ("grad(sum(abs(p - 1)), p) == -1 + 0*p", "p in [0,1]^K"),
]
"""With a value at the end of the domain, if the derivative there is one from the inside."""


@pytest.mark.parametrize(("claim", "let"), AT_AN_END)
def test_at_an_end_of_the_domain_nothing_is_said(claim: str, let: str) -> None:
    assert not ask(claim, let).refuted


def test_inside_the_domain_an_entry_without_a_derivative_is_found() -> None:
    assert ask("grad(sum(abs(p - 1/2)), p) == sign(p - 1/2)", "p in [0,1]^K").refuted


def test_the_kink_of_a_definition_is_seen_in_the_vector_that_it_hides() -> None:
    context = context_of("w in real^D")
    definition = Define("f", "f", (), parse_expression("sum(abs(w))", context))
    context = context.define(definition_of(definition, context, Source("")))
    (claim,) = claims_of(parse_claim("grad(f, w) == sign(w)", context), context, Source(""))
    assert decide(claim).refuted


def test_indices_of_a_condition_are_told_apart() -> None:
    claim = "grad(sum(abs(X@w)), w) == X.T @ sign(X@w)"
    found = ask(claim, "w in real^D", "X in real^(N,D)").counterexample
    assert found is not None
    assert found.undefined == "sum(X[k, l]*w[l], (l, 1, D)) != 0 for k from 1 to N"


SLOPES = st.integers(-2, 2)


@given(st.lists(st.tuples(SLOPES, SLOPES), min_size=1, max_size=3), st.booleans())
@settings(max_examples=40, deadline=None)
def test_a_sum_of_multiples_of_absolute_values(
    parts: list[tuple[int, int]], of_entry: bool
) -> None:
    """sum_k a_k |b_k x| has a derivative at 0 just where sum_k a_k |b_k| = 0."""
    what = "w[1]" if of_entry else "x"
    loss = " + ".join(f"({a})*abs(({b})*{what})" for a, b in parts)
    smooth = sum(a * abs(b) for a, b in parts) == 0
    claim = f"diff({loss}, {what}) == diff({loss}, {what})"
    assert ask(claim, "x in real", "w in real^D").refuted != smooth
