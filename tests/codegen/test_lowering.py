"""A program computes the term that it was made from, in the textbook's order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Abs, Integer, Max, Min, Piecewise, Rational, Symbol, exp, gamma, log, sqrt, tanh

from cesym.codegen import lowering
from cesym.codegen.lowering import lower, meaning
from cesym.codegen.numpy import expression
from cesym.errors import UnsupportedTerm
from cesym.terms.context import Context
from cesym.terms.domains import REAL, UNIT, Declaration
from cesym.terms.functions import expm1, log1p, sigmoid

CONTEXT = Context().declare(Declaration("y", UNIT), Declaration("s", REAL))
y, s = CONTEXT.symbol("y"), CONTEXT.symbol("s")
SYMBOLS = {"y": y, "s": s}


def _grow(children):
    unary = st.sampled_from([exp, Abs, tanh, expm1, lambda x: log1p(exp(x)), lambda x: -x])
    binary = st.sampled_from(
        [
            lambda a, b: a + b,
            lambda a, b: a * b,
            lambda a, b: a - b,
            lambda a, b: a / (1 + exp(b)),
            lambda a, b: Max(a, b),
            lambda a, b: Min(a, b),
            lambda a, b: Piecewise((a, s >= 0), (b, True)),
        ]
    )
    return st.builds(lambda f, a: f(a), unary, children) | st.builds(
        lambda f, a, b: f(a, b), binary, children, children
    )


terms = st.recursive(st.sampled_from([y, s, Integer(2), Rational(-1, 3)]), _grow, max_leaves=6)


@given(terms)
def test_the_program_means_the_term(term):
    assert meaning(lower(term, CONTEXT), SYMBOLS) == term


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (
            1 + exp(-Abs(s)) * (2 + exp(-Abs(s))),
            "1 + np.exp(-np.abs(s)) * (2 + np.exp(-np.abs(s)))",
        ),
        ((1 - y) * Max(s, 0), "(1 - y) * np.maximum(s, 0)"),
        (-s / 3 - y, "-y - s / 3"),
        (s**3, "s * s * s"),
        (y / (2 * s**2), "y / (2 * (s * s))"),
        (sqrt(y), "np.sqrt(y)"),
        (Piecewise((y, s > 0), (1 - y, True)), "np.where(s > 0, y, 1 - y)"),
        (Rational(1, 2) + s, "s + 1 / 2"),
    ],
)
def test_terms_are_written_as_in_a_textbook(term, text):
    assert expression(lower(term, CONTEXT)) == text


@pytest.mark.parametrize("term", [gamma(s), sigmoid(s), s**y, s**9, log(Symbol("q")) * gamma(s)])
def test_what_has_no_float_operation_is_refused(term):
    with pytest.raises(UnsupportedTerm):
        lower(term, CONTEXT)


def test_a_program_that_means_another_term_is_refused(monkeypatch):
    wrong = {**lowering.MEANING, "-": lambda a, b: b - a}
    monkeypatch.setattr(lowering, "MEANING", wrong)
    with pytest.raises(UnsupportedTerm):
        lower(1 - y, CONTEXT)
