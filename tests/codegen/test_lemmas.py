"""Every lemma is proved where it is used, and one that is not true is not used."""

import pytest
from sympy import Abs, Max, Piecewise, exp, log

from cesym.codegen.lemmas import ACCURATE, FAST, Lemma, proved_equal, rewrite
from cesym.terms.context import Context, Hypothesis
from cesym.terms.domains import OPEN_UNIT, REAL, UNIT, Declaration
from cesym.terms.functions import expm1, log1p, sigmoid, softplus

CONTEXT = Context().declare(
    Declaration("y", UNIT), Declaration("s", REAL), Declaration("q", OPEN_UNIT)
)
y, s, q = (CONTEXT.symbol(name) for name in "ysq")
t = exp(-Abs(s))
stable_sigmoid = exp(-Max(-s, 0)) / (1 + t)

USES = {
    0: (sigmoid(s) - y, ((1 - y) * exp(-Max(-s, 0)) - y * exp(-Max(s, 0))) / (1 + t)),
    1: (1 - sigmoid(s), exp(-Max(s, 0)) / (1 + t)),
    2: (log(1 - sigmoid(s)), -Max(s, 0) - log1p(t)),
    3: (sigmoid(s), stable_sigmoid),
    4: (softplus(-s), Max(-s, 0) + log1p(t)),
    5: (log(1 - q), log1p(-q)),
    6: (log(q / (q + exp(s))), -log1p(exp(s) / q)),
    7: (exp(q) - 1, expm1(q)),
    8: (
        y * exp(2 * s + exp(s)) / expm1(exp(s)) ** 2 - y * exp(s) / expm1(exp(s)),
        y * exp(s - exp(s)) * (exp(s) + expm1(-exp(s))) / expm1(-exp(s)) ** 2,
    ),
    9: (exp(s) - y * exp(s), (1 - y) * exp(s)),
}
"""Row of ACCURATE -> a term that it is for, and what becomes of that."""


def test_every_lemma_has_its_use():
    assert set(USES) == set(range(len(ACCURATE)))


@pytest.mark.parametrize("row", USES)
def test_lemmas_are_used(row):
    term, form = USES[row]
    assert ACCURATE[row].propose(term, term) is not None
    assert rewrite(term, ACCURATE, CONTEXT) == form
    assert proved_equal(term, form, CONTEXT)


def test_the_fast_lemma_is_used_where_the_exponential_is_there_anyway():
    assert rewrite(stable_sigmoid, FAST, CONTEXT) == Piecewise((1, s >= 0), (t, True)) / (1 + t)
    assert rewrite(exp(-Max(-s, 0)), FAST, CONTEXT) == exp(-Max(-s, 0))


def test_a_lemma_that_is_not_true_is_not_used():
    wrong = Lemma("wrong", lambda part, _: part.args[0] if isinstance(part, sigmoid) else None)
    assert rewrite(1 + sigmoid(s), (wrong,), CONTEXT) == 1 + sigmoid(s)


def test_a_lemma_is_not_used_where_it_has_no_value():
    """log(1 - y) at y = 1."""
    assert rewrite(log(1 - y), ACCURATE, CONTEXT) == log(1 - y)


def test_hypotheses_do_not_count():
    assumed = CONTEXT.assume(Hypothesis(s, "==", y))
    here = Lemma("here", lambda part, _: y if part == s else None)
    assert rewrite(s + 1, (here,), assumed) == s + 1
