"""Exponentials as positive numbers. The prover refutes most false claims before it tries to prove
them, so that the search for a proof is asked directly.
"""

import pytest

from cesym.derivation.verification import context_of, read_claim
from cesym.prover.budget import Budget
from cesym.prover.inequalities import prove_sign
from cesym.prover.workspace import workspace
from tests.prover.asking import ask

M = ("m in real",)

HOLD = [
    ("log(1 + exp(m)) < exp(m)", M),
    ("log(1 + exp(-m)) < exp(-m)", M),
    ("softplus(m) <= exp(m)", M),
    ("log(1 + exp(2*m)) < exp(2*m)", M),
    ("softplus(m) >= exp(m) - exp(2*m)/2", M),
]

FAIL = [
    ("log(1 + exp(m)) < exp(m) - 1/1000", M),
    ("log(1 + exp(-m)) <= exp(-m) - exp(-2*m)/2", M),
    ("log(1 + exp(m)) < (1 - 1/1000000)*exp(m)", M),
    ("log(1 + exp(m)) > exp(m) - exp(2*m)/3", M),
    ("log(1 + exp(m)) < m + 1/1000000", M),
]


def proved(claim: str, let: tuple[str, ...]) -> bool:
    """Whether the search finds a proof."""
    context = context_of(let)
    (link,) = read_claim(claim, context)
    work, budget = workspace(context), Budget(20)
    difference = work.ready(link.left - link.right)
    below = link.operator in ("<", "<=")
    relation = {"<": ">", "<=": ">="}.get(link.operator, link.operator)
    term = -difference if below else difference
    return prove_sign(term, relation, work.facts(budget), budget) is not None


@pytest.mark.parametrize(("claim", "let"), HOLD)
def test_what_holds_of_every_positive_number(claim, let):
    assert proved(claim, let)
    assert ask(claim, *let).proved


@pytest.mark.parametrize(("claim", "let"), FAIL)
def test_what_fails_of_some(claim, let):
    assert not proved(claim, let)
    assert not ask(claim, *let).proved


@pytest.mark.parametrize(("sign", "named"), [("", "exp(m)"), ("-", "exp(-m)")])
def test_the_method_names_what_was_replaced(sign, named):
    found = ask(f"log(1 + exp({sign}m)) < exp({sign}m)", *M)
    assert found.proved and str(found.method) == f"above its limit at {named} = 0"
