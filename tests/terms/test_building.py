"""Terms built without SymPy's searches are those that SymPy builds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import E, I, IndexedBase, Integer, Lambda, Rational, Sum, exp, log, oo, pi, symbols

from cesym.terms.binders import open_lambda, renamed
from cesym.terms.building import contains, exponential, logarithm, reciprocal, with_arguments

x, y, unused = symbols("x y unused", real=True)
k, j, K = symbols("k j K", integer=True, positive=True)
z = IndexedBase("z", real=True)

LEAVES = st.sampled_from(
    [x, y, z[k], z[j], Integer(0), Integer(1), Rational(-1, 2), log(x), 2 * log(y), E, pi]
)
TERMS = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        st.tuples(parts, parts).map(lambda pair: pair[0] + pair[1]),
        st.tuples(parts, parts).map(lambda pair: pair[0] * pair[1]),
        parts.map(exp),
        # SymPy takes a sum of zeros for 0 where it is asked, and here it is not.
        parts.filter(lambda part: part != 0).map(lambda part: Sum(part, (k, 1, K))),
    ),
    max_leaves=6,
)


class TestExponential:
    @given(TERMS)
    def test_as_sympy_has_it(self, term):
        assert exponential(term) == exp(term)

    @pytest.mark.parametrize("term", [oo, -oo, I * pi, log(x) + y, x - x, Integer(0)])
    def test_where_sympy_makes_more_of_it(self, term):
        assert exponential(term) == exp(term)


class TestLogarithm:
    @given(TERMS.filter(lambda term: term != 0))
    def test_as_sympy_has_it(self, term):
        assert logarithm(term) == log(term)

    @pytest.mark.parametrize("term", [oo, I * x, exp(x) * 1, x - x, Integer(1), E**x])
    def test_where_sympy_makes_more_of_it(self, term):
        assert logarithm(term) == log(term)


class TestReciprocal:
    @given(TERMS.filter(lambda term: not term.is_zero))
    def test_as_sympy_has_it(self, term):
        assert reciprocal(term) == 1 / term


class TestParts:
    @given(TERMS)
    def test_contains_as_sympy_says(self, term):
        for kinds in (log, Sum, (exp, Sum)):
            asked = kinds if isinstance(kinds, tuple) else (kinds,)
            assert contains(term, kinds) == term.has(*asked)

    def test_the_same_arguments_are_the_same_term(self):
        term = x + exp(y)
        assert with_arguments(term, term.args) is term
        assert with_arguments(x + y, (y, y)) == 2 * y


class TestRenaming:
    @given(TERMS)
    def test_as_sympy_replaces(self, term):
        new = {x: unused}
        assert renamed(term, new) == term.xreplace(new)

    @given(TERMS)
    def test_a_body_at_an_index_is_the_body_replaced(self, term):
        new = symbols("l", integer=True, positive=True)
        opened = open_lambda(Lambda(j, term), new)
        assert opened.subs(K, 2).doit() == term.subs(j, new).subs(K, 2).doit()
