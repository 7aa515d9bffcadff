"""Renaming, substitution and comparison under binders."""

from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sympy import Dummy, Expr, IndexedBase, Integer, Lambda, Product, Sum, Symbol, exp, symbols

from cesym.terms.binders import (
    canonical,
    fresh_like,
    freshen,
    open_lambda,
    substitute,
    with_like_names,
)
from cesym.terms.functions import softmax

i, j, k, m = symbols("i j k m", integer=True, positive=True)
K, N = symbols("K N", integer=True, positive=True)
x = Symbol("x", real=True)
z, p = IndexedBase("z", real=True), IndexedBase("p", real=True)
INDICES = (i, j, k)
VALUES = {z: (3, 5, 11), p: (2, 7, 13)}


def value(term: Expr, indices: dict[Symbol, int]) -> Expr:
    """The value of a term at given free indices, worked out here and not by the code under test."""
    if isinstance(term, Sum | Product):
        *inner, (bound, lower, upper) = term.limits
        body = term.func(term.function, *inner) if inner else term.function
        first, last = value(lower, indices), value(upper, indices)
        values = [value(body, {**indices, bound: n}) for n in range(int(first), int(last) + 1)]
        whole = Integer(0 if isinstance(term, Sum) else 1)
        for one in values:
            whole = whole + one if isinstance(term, Sum) else whole * one
        return whole
    if term in indices:
        return Integer(indices[term])
    if term.func.__name__ == "Indexed":
        return Integer(VALUES[term.base][int(value(term.indices[0], indices)) - 1])
    return term.func(*(value(a, indices) for a in term.args)) if term.args else term


def summed(body: Expr, bound: Symbol, upper: Expr, kind: type) -> Expr:
    return kind(body, (bound, 1, upper))


TERMS = st.recursive(
    st.sampled_from([z[i], z[j], z[k], p[j], p[k], i, k, Integer(2)]),
    lambda terms: st.one_of(
        st.builds(lambda a, b: a + b, terms, terms),
        st.builds(lambda a, b: a * b, terms, terms),
        st.builds(
            summed,
            terms,
            st.sampled_from(INDICES),
            st.sampled_from([Integer(3), Integer(2), *INDICES]),
            st.sampled_from([Sum, Sum, Product]),
        ),
    ),
    max_leaves=6,
)
NESTED = Sum(z[k] * Sum(z[k] * p[i], (i, 1, 2)), (k, 1, 3))
DEPENDENT = Sum(z[i] * p[k], (i, 1, k), (k, 1, 3))
EVERYWHERE = [dict(zip(INDICES, at, strict=True)) for at in product((1, 3), repeat=3)]


class TestMeaning:
    @given(TERMS)
    @example(NESTED)
    @example(DEPENDENT)
    def test_freshening_keeps_the_value(self, term):
        for at in EVERYWHERE:
            assert value(freshen(term), at) == value(term, at)

    @given(TERMS)
    @example(NESTED)
    @example(DEPENDENT)
    def test_the_canonical_form_keeps_the_value(self, term):
        for at in EVERYWHERE:
            assert value(canonical(term), at) == value(term, at)

    @given(TERMS, st.tuples(*[st.sampled_from(INDICES)] * 3))
    @example(Sum(z[k] * z[j], (k, 1, 3)), (i, k, k))
    def test_substitution_is_simultaneous_and_never_captures(self, term, order):
        moved = substitute(term, dict(zip(INDICES, order, strict=True)))
        for at in EVERYWHERE:
            there = {index: at[new] for index, new in zip(INDICES, order, strict=True)}
            assert value(moved, at) == value(term, there)

    @given(TERMS)
    def test_no_bound_symbol_of_a_fresh_term_is_free_in_it(self, term):
        fresh = freshen(term)
        bound = {limit[0] for binder in fresh.atoms(Sum, Product) for limit in binder.limits}
        assert not bound & (fresh.free_symbols | term.free_symbols)


class TestCanonical:
    @given(TERMS)
    def test_it_is_the_same_after_renaming(self, term):
        assert canonical(freshen(term)) == canonical(term)

    @given(TERMS)
    def test_it_is_canonical_already(self, term):
        assert canonical(canonical(term)) == canonical(term)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (Sum(z[k], (k, 1, K)), Sum(z[k], (k, 1, N))),
            (Sum(z[k] * p[j], (k, 1, K)), Sum(z[k] * p[k], (k, 1, K))),
            (Sum(z[k] * p[m], (k, 1, K), (m, 1, N)), Sum(z[m] * p[k], (k, 1, K), (m, 1, N))),
            (Sum(z[k], (k, 1, K)), Product(z[k], (k, 1, K))),
            (Lambda(x, x + 1), Lambda(x, x + 2)),
        ],
    )
    def test_different_terms_stay_different(self, one, other):
        assert canonical(one) != canonical(other)

    def test_a_name_is_not_taken_from_a_sum_inside(self):
        inner = Sum(p[m], (m, 1, K))
        one = Sum(z[k] * inner, (k, 1, K))
        other = Sum(z[m] * Sum(p[k], (k, 1, K)), (m, 1, K))
        assert canonical(one) == canonical(other)
        assert canonical(one) != canonical(Sum(p[k] * Sum(z[m], (m, 1, K)), (k, 1, K)))

    def test_a_limit_may_hold_the_index_of_an_outer_sum(self):
        one = Sum(z[k], (k, 1, m), (m, 1, N))
        other = Sum(z[i], (i, 1, j), (j, 1, N))
        assert canonical(one) == canonical(other)
        assert m not in freshen(one).free_symbols

    def test_functions_of_vectors(self):
        one = softmax(Lambda(k, z[k]), K, j)
        assert canonical(one) == canonical(softmax(Lambda(m, z[m]), K, j))
        assert canonical(one) != canonical(softmax(Lambda(m, z[m]), K, i))


class TestSubstitute:
    def test_a_free_index_does_not_become_bound(self):
        term = substitute(Sum(z[k] * z[j], (k, 1, K)), {j: k})
        assert canonical(term) == canonical(Sum(z[m] * z[k], (m, 1, K)))

    def test_a_bound_index_is_not_replaced(self):
        term = Sum(z[k], (k, 1, K))
        assert canonical(substitute(term, {k: j})) == canonical(term)

    def test_a_bound_variable_of_a_function_is_not_replaced(self):
        function = substitute(Lambda(x, x + j), {x: K, j: x})
        assert function(Integer(3)) == x + 3

    def test_entries_are_replaced_as_wholes(self):
        assert substitute(z[j] + z[k], {z[j]: x}) == x + z[k]


class TestOpenLambda:
    def test_the_argument_is_not_captured(self):
        function = Lambda(j, Sum(z[k] * z[j], (k, 1, K)))
        assert canonical(open_lambda(function, k)) == canonical(Sum(z[m] * z[k], (m, 1, K)))

    def test_a_sum_over_the_same_letter_inside(self):
        function = Lambda(k, z[k] * Sum(p[k], (k, 1, K)))
        assert canonical(open_lambda(function, j)) == canonical(z[j] * Sum(p[m], (m, 1, K)))

    def test_a_constant_function(self):
        assert open_lambda(Lambda(x, exp(j)), K) == exp(j)


def test_a_fresh_symbol_has_the_assumptions_and_a_readable_name():
    fresh = fresh_like(canonical(Sum(z[k], (k, 1, K))).limits[0][0])
    assert isinstance(fresh, Dummy)
    assert fresh.assumptions0 == k.assumptions0
    assert not fresh.name.startswith("@")


def test_a_variable_that_is_no_index_keeps_its_name():
    q = Symbol("q", real=True)
    found = with_like_names(Lambda(q, x * q))
    assert [s.name for s in found.signature] == ["q"]
    assert found.expr.free_symbols == {x, *found.signature}
