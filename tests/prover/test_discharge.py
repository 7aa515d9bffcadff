"""Side conditions that hold for each member of a finite set, each by another alternative."""

import pytest
from sympy import Symbol

from cesym.prover.budget import Budget
from cesym.prover.discharge import discharged
from cesym.prover.workspace import workspace
from cesym.terms.conditions import Condition, Fact
from tests.prover.asking import context_of


def met(let: str, *alternatives: str) -> bool:
    """Whether one of `alternatives`, terms in t, is 0 wherever t may be."""
    context = context_of(let)
    t = context.symbol("t")
    assert isinstance(t, Symbol)
    terms = {"2t": 2 * t, "2t-2": 2 * t - 2, "t-1": t - 1, "t+1": t + 1}
    facts = tuple(Fact(terms[name], "==") for name in alternatives)
    budget = Budget(10)
    return discharged(Condition(facts), workspace(context).facts(budget), budget)


@pytest.mark.parametrize(
    ("let", "alternatives"),
    [("t in {0,1}", ("2t", "2t-2")), ("t in {-1,1}", ("t-1", "t+1")), ("t in {0}", ("2t", "t-1"))],
)
def test_each_member_may_meet_another_alternative(let, alternatives):
    assert met(let, *alternatives)


@pytest.mark.parametrize(
    ("let", "alternatives"),
    [
        ("t in {0,1,2}", ("2t", "2t-2")),
        ("t in [0,1]", ("2t", "2t-2")),
        ("t in {0,1}", ("2t",)),
        ("t in {-1,1}", ("2t", "t-1")),
        ("t in real", ("2t", "2t-2", "t+1")),
    ],
)
def test_a_member_that_meets_none_leaves_it_open(let, alternatives):
    assert not met(let, *alternatives)
