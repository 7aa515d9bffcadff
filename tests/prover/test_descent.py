"""Inequalities that fail only away from the simple points, and points that stay in the domain."""

import pytest
from flint import fmpq

from cesym.prover.budget import Budget
from cesym.prover.descent import coordinates, downhill
from cesym.prover.workspace import workspace
from tests.prover.asking import ask, context_of

FALSE = [
    ("softmax(z)[j] > 1/1000", ("K in integer>=2", "z in real^K", "j in index(K)")),
    ("(x-7/3)**2 + (y-22/7)**2 > 1/1000", ("x in real", "y in real")),
    ("sigmoid(x) + sigmoid(-y) > 10**(-9)", ("x in real", "y in real")),
    ("x**2 - x*311/100 + 2418/1000 > 0", ("x in real",)),
]
TRUE = [
    ("N*sum(y[i]**2,(i,1,N)) >= sum(y[i],(i,1,N))**2", ("N in integer>=1", "y in real^N")),
    ("entropy(p)*K >= 0", ("K in integer>=2", "p in simplex(K)")),
    ("x*n >= n**2", ("n in integer>=1", "x in real", "x > n + 1/7")),
]


@pytest.mark.parametrize(("claim", "let"), FALSE)
def test_refuted_further_down(claim: str, let: tuple[str, ...]) -> None:
    verdict = ask(claim, *let)
    assert verdict.refuted
    assert verdict.counterexample is not None
    assert verdict.counterexample.checked


@pytest.mark.parametrize(("claim", "let"), TRUE)
def test_what_is_true_is_not_refuted(claim: str, let: tuple[str, ...]) -> None:
    assert not ask(claim, *let).refuted


def test_sizes_indices_and_probabilities_stay() -> None:
    work = workspace(
        context_of(
            "K in integer>=2", "p in simplex(K)", "z in real^K", "j in index(K)", "n in {0,1}"
        )
    )
    start = work.first_points(Budget())[0].point
    moving = coordinates(start, work)
    assert {str(c.symbol) for c in moving} == {"z"}
    z = work.context.symbol("z")
    end = downhill(z[1] ** 2 - 5 * z[1], moving, start, work, Budget(), tries=60)
    assert end.entries[work.context.symbol("p")] == start.entries[work.context.symbol("p")]
    assert abs(end.entries[z][(1,)] - fmpq(5, 2)) < fmpq(1, 100)
