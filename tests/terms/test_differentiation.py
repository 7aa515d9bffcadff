"""Derivatives: free and bound indices apart, deltas eliminated exactly, kinks of real numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import (
    Abs,
    Expr,
    IndexedBase,
    Integer,
    KroneckerDelta,
    Lambda,
    Max,
    Min,
    Piecewise,
    Product,
    Rational,
    S,
    Sum,
    Symbol,
    exp,
    log,
    loggamma,
    sign,
    symbols,
    tanh,
)

from cesym.errors import UnsupportedTerm
from cesym.terms.binders import canonical, freshen
from cesym.terms.deltas import eliminate_deltas
from cesym.terms.differentiation import At, D, Diff, evaluate, smooth
from cesym.terms.functions import (
    cross_entropy,
    logsumexp,
    sigmoid,
    softmax,
    softplus,
    unfold,
)

i, j, k, m = symbols("i j k m", integer=True, positive=True)
K, N = symbols("K N", integer=True, positive=True)
x, y, T = symbols("x y T", real=True)
z, p, X = (IndexedBase(name, real=True) for name in "zpX")
RANGES = {i: K, j: K, k: K}


def same(left: Expr, right: Expr) -> bool:
    return canonical(left.expand()) == canonical(right.expand())


def written_out(term: Expr, size: int) -> Expr:
    """`term` with K = size, every sum written out: what the derivative must agree with."""
    return term.subs(K, size).doit()


class TestIndices:
    def test_a_free_index_is_not_the_bound_one(self):
        assert D(Sum(z[k] ** 2, (k, 1, K)), z[k], ranges=RANGES) == 2 * z[k]

    def test_nor_under_two_sums(self):
        term = Sum(z[k] * z[m], (k, 1, K), (m, 1, K))
        assert same(D(term, z[k], ranges=RANGES), 2 * Sum(z[m], (m, 1, K)))

    def test_softmax(self):
        q = softmax(Lambda(k, z[k]), K, i)
        jacobian = D(q, z[j], ranges=RANGES)
        assert same(jacobian, q * (KroneckerDelta(i, j) - softmax(Lambda(k, z[k]), K, j)))

    def test_softmax_with_a_temperature(self):
        q = softmax(Lambda(k, z[k] / T), K, i)
        other = softmax(Lambda(k, z[k] / T), K, j)
        assert same(D(q, z[j], ranges=RANGES), q * (KroneckerDelta(i, j) / T - other / T))

    def test_log_sum_exp(self):
        assert same(
            D(logsumexp(Lambda(k, z[k]), K), z[j], ranges=RANGES), softmax(Lambda(k, z[k]), K, j)
        )
        # The same without its name.
        written = D(log(Sum(exp(z[k]), (k, 1, K))), z[j], ranges=RANGES)
        assert same(written, exp(z[j]) / Sum(exp(z[m]), (m, 1, K)))

    def test_the_cross_entropy_of_a_softmax(self):
        q = Lambda(k, softmax(Lambda(m, z[m]), K, k))
        slope = D(cross_entropy(Lambda(k, p[k]), q, K), z[j], ranges=RANGES)
        for size in (2, 3):
            found = written_out(slope, size).subs(j, 1)
            assert numbers(found + p[1] - sum_of_p(size) * softmax_at(1, size)) == pytest.approx(0)

    def test_a_matrix(self):
        term = Sum(X[i, k] * z[k], (k, 1, K))
        assert D(term, z[j], ranges=RANGES) == X[i, j]
        assert D(term, X[i, j], ranges=RANGES) == z[j]
        assert D(term, X[m, j], ranges=RANGES) == z[j] * KroneckerDelta(i, m)

    def test_other_entries_and_other_vectors_do_not_matter(self):
        assert D(Sum(p[k], (k, 1, K)), z[j], ranges=RANGES) == 0
        assert D(softmax(Lambda(k, p[k]), K, i), z[j], ranges=RANGES) == 0
        assert D(softmax(Lambda(k, p[k]), K, i), x) == 0
        assert D(z[1], z[2]) == 0


def softmax_at(index: int, size: int) -> Expr:
    return exp(z[index]) / sum(exp(z[n]) for n in range(1, size + 1))


def sum_of_p(size: int) -> Expr:
    return sum(p[n] for n in range(1, size + 1))


def numbers(term: Expr) -> float:
    """The value with z_n = n/3 and p_n = n/7, functions of vectors unfolded."""
    term = unfold(term).doit()
    values = {
        entry: Rational(int(entry.indices[0]), 3 if entry.base == z else 7)
        for entry in term.atoms(type(z[1]))
    }
    return float(term.xreplace(values).doit())


TERMS = st.recursive(
    st.sampled_from(
        [z[k], z[k] ** 2, z[j], z[j] * z[k], p[k] * z[k], KroneckerDelta(j, k), z[1], S(2)]
    ),
    lambda terms: st.one_of(
        st.builds(lambda a, b: a + b, terms, terms),
        st.builds(lambda a, b: a * b, terms, terms),
        st.builds(exp, terms),
        st.builds(lambda a: Sum(a, (k, 1, K)), terms),
        st.builds(lambda a: Sum(a, (j, 1, K)), terms),
    ),
    max_leaves=5,
)


class TestAgainstTheSumsWrittenOut:
    """With K = 3 every sum can be written out, and SymPy differentiates that without any index."""

    @given(TERMS, st.sampled_from([1, 2, 3]), st.sampled_from([1, 2, 3]))
    def test_derivatives(self, term, at_j, at_k):
        here = {j: at_j, k: at_k}
        general = written_out(D(term, z[j], ranges=RANGES), 3).subs(here).doit()
        literal = written_out(term, 3).subs(here).doit().diff(z[at_j])
        # d/dz_j of z_j z_k at j = k is that of z_j^2, so the general derivative must say so too.
        assert (general - literal).expand().doit() == 0

    @given(TERMS, st.sampled_from([1, 2, 3]), st.sampled_from([1, 2, 3]))
    def test_elimination_keeps_the_value(self, term, at_j, at_k):
        here = {j: at_j, k: at_k}
        left = written_out(eliminate_deltas(term, RANGES), 3).subs(here).doit()
        right = written_out(term, 3).subs(here).doit()
        assert (left - right).expand() == 0


class TestKinks:
    def test_absolute_values_and_signs(self):
        assert D(Abs(x), x) == sign(x)
        assert D(sign(x), x) == 0
        assert D(x * Abs(x), x) == x * sign(x) + Abs(x)

    def test_sympy_need_not_know_that_the_argument_is_real(self):
        assert D(Abs(log(1 - x)), x) == -sign(log(1 - x)) / (1 - x)
        assert not D(Abs((1 - x) ** y), x).atoms(type(S.ImaginaryUnit))

    @pytest.mark.parametrize(
        ("term", "slopes"),
        [
            (Max(x, 0), {-2: 0, 3: 1}),
            (Min(x, 0), {-2: 1, 3: 0}),
            (Max(x, 1 - x, 3), {-5: -1, 0: 0, 7: 1}),
            (Max(x, 0) * x, {-2: 0, 3: 6}),
            (Abs(Max(x, 1) - 2), {0: 0, Rational(3, 2): -1, 5: 1}),
        ],
    )
    def test_slopes_on_either_side(self, term, slopes):
        slope = D(term, x)
        assert {at: slope.subs(x, at) for at in slopes} == slopes

    def test_cases(self):
        term = Piecewise((Max(x**2, 1), x > 0), (Abs(x), True))
        assert [D(term, x).subs(x, at) for at in (-3, 2)] == [-1, 4]
        assert not smooth(term).has(Max)


class TestRefusals:
    def test_a_product_over_an_index(self):
        with pytest.raises(UnsupportedTerm, match="take the logarithm first"):
            D(Product(z[k], (k, 1, K)), z[j])

    def test_a_product_that_does_not_depend_on_the_variable(self):
        assert same(D(x * Product(z[k], (k, 1, K)), x), Product(z[k], (k, 1, K)))

    def test_a_function_without_a_rule(self):
        with pytest.raises(UnsupportedTerm):
            D(loggamma(x), x)

    def test_something_that_is_no_variable(self):
        with pytest.raises(UnsupportedTerm):
            D(x**2, x + 1)


class TestEvaluate:
    def test_higher_orders(self):
        assert evaluate(Diff(x**4, x, Integer(3))) == 24 * x

    def test_a_derivative_is_taken_before_the_value_is_put_in(self):
        q = Symbol("q", real=True)
        assert evaluate(At(Lambda(q, Diff(q**2, q, S.One)), sigmoid(x))) == 2 * sigmoid(x)

    def test_inside_out(self):
        term = Diff(At(Lambda(y, Diff(y**3, y, S.One)), x**2), x, S.One)
        assert evaluate(term) == 12 * x**3

    def test_a_sum_of_derivatives_knows_the_range_of_its_index(self):
        term = Sum(Diff(Sum(z[m] ** 2, (m, 1, K)), z[k], S.One), (k, 1, K))
        assert same(evaluate(term), Sum(2 * z[k], (k, 1, K)))

    def test_under_a_lambda(self):
        logits = Lambda(k, Diff(z[k] ** 2 / 2, z[k], S.One))
        assert same(evaluate(softmax(logits, K, j)), softmax(Lambda(k, z[k]), K, j))

    def test_the_value_of_a_bound_letter_is_not_captured(self):
        inner = Lambda(x, Diff(Sum(x * z[k], (k, 1, K)), x, S.One) * x)
        assert same(evaluate(At(inner, z[k])), z[k] * Sum(z[m], (m, 1, K)))


SMOOTH = st.recursive(
    st.sampled_from([x, y, Integer(2), Rational(-1, 3), z[i], z[j], Sum(z[k] * x, (k, 1, K))]),
    lambda terms: st.one_of(
        st.builds(lambda a, b: a + b, terms, terms),
        st.builds(lambda a, b: a * b, terms, terms),
        st.builds(lambda a, n: (2 + a**2) ** n, terms, st.sampled_from([-1, 2, S.Half, y])),
        st.builds(lambda a, f: f(a), terms, st.sampled_from([exp, tanh, sigmoid, softplus])),
        st.builds(lambda a: log(1 + a**2), terms),
    ),
    max_leaves=6,
)


@given(SMOOTH, st.sampled_from([x, y, z[j]]))
def test_what_is_differentiated_here_is_what_sympy_gives(term, variable):
    ours = D(term, variable, ranges=RANGES)
    theirs = eliminate_deltas(freshen(term).diff(variable), RANGES)
    assert same(ours, theirs)


def test_a_factor_cancels_in_the_slope_of_its_logarithm():
    a, b = symbols("a b", positive=True)
    mean = (a + b) / 2
    assert D(3 - mean * log(mean), b) == -log(mean) / 2 - Rational(1, 2)
