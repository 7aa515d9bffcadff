"""Derivatives at kinks: refuted only where there is shown to be none, and never proved there."""

import pytest

from tests.prover.asking import ask

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


def test_a_kink_inside_a_sum_over_an_index_is_left_open() -> None:
    lets = ("N in integer>=1", "w in real^N", "j in index(N)")
    claim = "diff(sum(w[k]*abs(w[k]), (k,1,N)), w[j]) == 2*abs(w[j])"
    assert not ask(claim, *lets).refuted
