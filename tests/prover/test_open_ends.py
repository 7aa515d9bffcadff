"""Open ends: what falls towards an end that is not in the interval lies above its limit there. The
prover refutes most false claims before it tries to prove them, so that the rule is asked directly.
"""

import pytest
from sympy import Abs, Integer, exp, log, sign, sqrt

from cesym.derivation.verification import context_of, read_claim
from cesym.prover.budget import Budget
from cesym.prover.inequalities.ends import by_open_end, continuous_at
from cesym.prover.workspace import workspace
from tests.prover.asking import ask

Q = ("q in (0,1)",)

HOLD = [
    ("log(q) <= q - 1", Q),
    ("log(q) < q - 1", Q),
    ("log(q) > 1 - 1/q", Q),
    ("y*log(q) <= y*(q - 1)", (*Q, "y in [0,1]")),
    ("exp(q) > 1 + q + q**2/2", Q),
    ("log(x) > (x - 1) - (x - 1)**2/2", ("x in (1,2)",)),
    ("log(q) - log(p) < (q - p)/p + (1 - q)", ("q in (0,1)", "p in (1,2)")),
    ("q**2 < 1", ("q in (-1,1)", "q > 0")),
]

FAIL = [
    ("y*log(q) < y*(q - 1)", (*Q, "y in [0,1]")),
    ("log(q) <= q - 1 - (1 - q)**2", Q),
    ("log(q) <= q - 1 - 1/1000000", Q),
    ("-1/(1 - q) >= -1000000", Q),
    ("log(q) >= -1000000", Q),
    ("sqrt(q) <= 1000000*q", Q),
    ("abs(q - 1/2) >= 1/1000000", Q),
    ("log(q) <= p - 1", (*Q, "p in (0,1)")),
    ("q >= 1/1000000", Q),
    ("(q - p)**2 > 0", (*Q, "p in (0,1)")),
    ("q*p <= 1", ("q in (0,1)", "p in (0,oo)")),
]


def by_rule(claim: str, let: tuple[str, ...]) -> object:
    context = context_of(let)
    (link,) = read_claim(claim, context)
    work, budget = workspace(context), Budget(20)
    difference = work.ready(link.left - link.right)
    below = link.operator in ("<", "<=")
    relation = {"<": ">", "<=": ">="}.get(link.operator, link.operator)
    return by_open_end(
        -difference if below else difference, relation, work.facts(budget), budget, 3
    )


@pytest.mark.parametrize(("claim", "let"), HOLD)
def test_what_holds_up_to_an_open_end(claim, let):
    assert by_rule(claim, let) is not None
    assert ask(claim, *let).proved


@pytest.mark.parametrize(("claim", "let"), FAIL)
def test_what_fails_near_an_open_end(claim, let):
    assert by_rule(claim, let) is None
    assert not ask(claim, *let).proved


CONTEXT = context_of((*Q, "g in [0,2]"))
QS, G = CONTEXT.symbol("q"), CONTEXT.symbol("g")


@pytest.mark.parametrize(
    ("term", "end", "expected"),
    [
        (log(QS) + exp(-1 / QS) + Abs(QS - 1) + QS**G, 1, True),
        (QS**2 + 3 * QS * G, 0, True),
        (log(1 - QS), 1, False),
        ((1 - QS) * log(1 - QS), 1, False),
        (exp(-1 / (1 - QS)), 1, False),
        (sqrt(1 - QS), 1, False),
        (1 / (QS - G), 1, False),
        (QS**G, 0, False),
        (sign(QS - Integer(1) / 2), 0, False),
    ],
)
def test_where_a_term_is_continuous(term, end, expected):
    budget = Budget(20)
    facts = workspace(CONTEXT).facts(budget)
    assert continuous_at(term, QS, Integer(end), facts, budget) is expected
