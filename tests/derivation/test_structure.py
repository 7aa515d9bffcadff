"""Which terms are the same line of a textbook."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Add, Integer, Mul, Rational, exp, log, symbols
from written import display, reading

from cesym.derivation.structure import same_structure, structure
from cesym.terms.functions import sigmoid

PAGE = (
    "Let $a, b, c, s \\in \\mathbb{R}$, $p \\in (0, 1)^K$, $j \\in \\{1, \\dots, K\\}$."
    + display("f(s) := s^3")
)


def terms(left: str, right: str):
    (chain,) = reading(PAGE + display(f"{left} = {right}")).blocks[-1]
    return chain.first.meaning.term, chain.links[0].after.meaning.term


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("a + b + c", "c + b + a"),
        ("a b c", "c b a"),
        ("(a - b) c", "-(b - a) c"),
        ("(a - b)^2", "(b - a)^2"),
        (r"\frac{a - b}{c^2 + 1}", r"-\frac{b - a}{c^2 + 1}"),
        (r"\frac{a}{(b - c)^2 + 1}", r"\frac{a}{1 + (c - b)^2}"),
        ("(a - b)^3 c", "-(b - a)^3 c"),
        (r"\sum_{k=1}^{K} p_k", r"\sum_{i=1}^{K} p_i"),
        (r"\sum_{k=1}^{K} \sum_{i=1}^{k} p_k p_i", r"\sum_{m=1}^{K} \sum_{n=1}^{m} p_n p_m"),
        (r"\frac{\partial^2 f}{\partial s^2}", r"\frac{\partial}{\partial s} f'(s)"),
        ("f'(s)", r"\frac{\partial f}{\partial s}"),
        (r"\left. \frac{\partial f}{\partial s} \right|_{s = a}", "f'(a)"),
    ],
)  # fmt: skip
def test_the_same_line(left, right):
    assert same_structure(*terms(left, right))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("a (b + c)", "a b + a c"),
        ("a^2 - b^2", "(a - b) (a + b)"),
        (r"\log p_j^2", r"2 \log p_j"),
        (r"\sigma(s)", r"\frac{1}{1 + e^{-s}}"),
        ("f(s)", "s^3"),
        ("a - b", "b - a"),
        ("(a - b)^2", "a^2 - 2 a b + b^2"),
        (r"\frac{a}{c^2 + 1} + \frac{b}{c^2 + 1}", r"\frac{a + b}{c^2 + 1}"),
        (r"1 - \sigma(s)", r"\sigma(-s)"),
        (r"\sum_{k=1}^{K} p_k", r"\sum_{k=1}^{K} p_j"),
        (r"\sum_{k=1}^{K} \sum_{i=1}^{k} p_i", r"\sum_{k=1}^{K} \sum_{i=1}^{k} p_k"),
        (r"\frac{\partial}{\partial s} s^2", "2 s"),
        ("f'(a)", "f'(b)"),
    ],
)
def test_another_line(left, right):
    assert not same_structure(*terms(left, right))


x, y = symbols("x y", real=True)
TERMS = st.recursive(
    st.sampled_from([x, y, Integer(1), Integer(-1), Rational(1, 2)]),
    lambda inner: st.one_of(
        st.builds(lambda *a: Add(*a), inner, inner, inner),
        st.builds(lambda *a: Mul(*a), inner, inner),
        st.builds(lambda a: -a, inner),
        st.builds(lambda a: a**2, inner),
        st.builds(lambda a: exp(a), inner),
        st.builds(lambda a: log(a**2 + 1), inner),
        st.builds(lambda a: sigmoid(a), inner),
    ),
    max_leaves=8,
)


@given(TERMS)
def test_a_representative_is_its_own(term):
    assert structure(structure(term)) == structure(term)


@given(TERMS)
def test_a_representative_has_the_same_value(term):
    at = {x: Rational(3, 7), y: Rational(-5, 3)}
    values = [
        t.xreplace(at).replace(sigmoid, lambda u: 1 / (1 + exp(-u)))
        for t in (term, structure(term))
    ]
    assert abs(values[0].evalf(30) - values[1].evalf(30)) < 1e-12 * (1 + abs(values[0].evalf(30)))


@given(TERMS, TERMS)
def test_signs_may_stand_anywhere(one, other):
    assert same_structure((one - other) * x, -(other - one) * x)
