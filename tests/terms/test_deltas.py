"""Deltas are eliminated exactly, or left alone."""

import pytest
from sympy import Expr, IndexedBase, KroneckerDelta, Sum, exp, symbols

from cesym.terms.binders import canonical
from cesym.terms.deltas import eliminate_deltas

i, j, k, m = symbols("i j k m", integer=True, positive=True)
K, N = symbols("K N", integer=True, positive=True)
z, p = IndexedBase("z", real=True), IndexedBase("p", real=True)
RANGES = {i: K, j: K, k: K}


def same(left: Expr, right: Expr) -> bool:
    return canonical(left.expand()) == canonical(right.expand())


class TestEliminatedDeltas:
    def test_a_delta_picks_a_term(self):
        assert eliminate_deltas(Sum(KroneckerDelta(j, k) * z[k], (k, 1, K)), RANGES) == z[j]
        assert eliminate_deltas(Sum(KroneckerDelta(k, 1) * z[k], (k, 1, K))) == z[1]

    def test_under_a_function(self):
        term = Sum(exp(KroneckerDelta(j, k) * z[k]), (k, 1, K))
        assert same(eliminate_deltas(term, RANGES), exp(z[j]) - 1 + Sum(1, (k, 1, K)))

    def test_two_deltas_of_one_index(self):
        term = Sum(KroneckerDelta(i, k) * KroneckerDelta(j, k) * z[k], (k, 1, K))
        assert eliminate_deltas(term, RANGES) in (
            z[i] * KroneckerDelta(i, j),
            z[j] * KroneckerDelta(i, j),
        )

    def test_nested_sums(self):
        term = Sum(KroneckerDelta(k, m) * z[k] * p[m], (k, 1, K), (m, 1, K))
        assert same(eliminate_deltas(term), Sum(z[i] * p[i], (i, 1, K)))

    def test_a_sum_that_binds_the_partner_is_not_captured(self):
        term = Sum(KroneckerDelta(j, k) * Sum(z[j] * z[k], (j, 1, K)), (k, 1, K))
        assert same(eliminate_deltas(term, RANGES), Sum(z[m] * z[j], (m, 1, K)))

    @pytest.mark.parametrize(
        "term",
        [
            Sum(KroneckerDelta(m, k) * z[k], (k, 1, K)),  # nobody says that m <= K
            Sum(KroneckerDelta(j, k) * z[k], (k, 1, N)),  # j <= K, and perhaps N < K
            Sum(KroneckerDelta(j, k) * z[k], (k, 2, K)),  # j may be 1
            Sum(KroneckerDelta(2, k) * z[k], (k, 1, K)),  # K may be 1
        ],
    )
    def test_a_delta_whose_index_may_be_out_of_range_is_left_alone(self, term):
        assert canonical(eliminate_deltas(term, RANGES)) == canonical(term)
