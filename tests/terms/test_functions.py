"""Every row of the table of named functions: definition, derivative, conditions, at numbers."""

import mpmath
import pytest
from sympy import (
    Expr,
    IndexedBase,
    Integer,
    Lambda,
    Max,
    Piecewise,
    Rational,
    Sum,
    Symbol,
    exp,
    log,
    symbols,
)
from sympy.core.function import ArgumentIndexError

from cesym.terms.binders import canonical
from cesym.terms.functions import (
    ROWS,
    TABLE,
    Named,
    VectorNamed,
    cross_entropy,
    entropy,
    expm1,
    kl,
    log1p,
    logit,
    logsumexp,
    sigmoid,
    softmax,
    softplus,
    sum_over,
    unfold,
    xlogy,
)

x, y = symbols("x y", real=True)
i, j, k, m = symbols("i j k m", integer=True, positive=True)
K = Symbol("K", integer=True, positive=True)
z, p, q = (IndexedBase(name, real=True) for name in "zpq")

SCALARS = [row for row in ROWS if not issubclass(row.head, VectorNamed)]
VECTORS = [row for row in ROWS if issubclass(row.head, VectorNamed)]
DIGITS = 50
POINTS = {
    "sigmoid": [(-30,), (-1,), (0,), (Rational(7, 3),), (50,)],
    "softplus": [(-30,), (0,), (Rational(7, 3),), (50,)],
    "logit": [(Rational(1, 1000),), (Rational(1, 2),), (Rational(9, 10),)],
    "log1p": [(Rational(-9, 10),), (0,), (12,)],
    "expm1": [(-3,), (0,), (2,)],
    "xlogy": [(Rational(1, 3), 2), (-2, Rational(1, 5)), (3, 7)],
}
"""Points at which each function of numbers is tested: every row needs some."""

MEANINGS = {
    "sigmoid": lambda t: mpmath.mpf(1) / (1 + mpmath.exp(-t)),
    "softplus": lambda t: mpmath.log1p(mpmath.exp(t)),
    "logit": lambda t: mpmath.log(t / (1 - t)),
    "log1p": mpmath.log1p,
    "expm1": mpmath.expm1,
    "xlogy": lambda s, t: s * mpmath.log(t),
}
"""What the functions mean, by mpmath alone."""


def number(term: Expr) -> mpmath.mpf:
    """The value of a term without symbols, in digits."""
    plain = unfold(term).replace(xlogy, lambda a, b: a * log(b)).doit()
    return mpmath.mpf(plain.evalf(DIGITS + 10))


def close(found: mpmath.mpf, wanted: mpmath.mpf) -> bool:
    return abs(found - wanted) <= mpmath.mpf(10) ** (15 - DIGITS) * (1 + abs(wanted))


def precise(value: object) -> mpmath.mpf:
    value = Rational(value)
    return mpmath.mpf(value.p) / value.q


@pytest.fixture(autouse=True)
def digits():
    with mpmath.workdps(DIGITS):
        yield


class TestTable:
    def test_every_row_is_tested(self):
        assert {row.head.__name__ for row in SCALARS} == set(POINTS) == set(MEANINGS)
        assert set(TABLE) == set(POINTS) | {row.head.__name__ for row in VECTORS}

    def test_every_row_has_one_derivative(self):
        for row in ROWS:
            assert (row.derivative is None) == issubclass(row.head, VectorNamed)
            assert (row.vector_derivative is None) != issubclass(row.head, VectorNamed)


@pytest.mark.parametrize("row", SCALARS, ids=lambda row: row.head.__name__)
class TestScalars:
    def test_the_definition(self, row):
        for point in POINTS[row.head.__name__]:
            wanted = MEANINGS[row.head.__name__](*map(precise, point))
            assert close(number(row.head(*map(Rational, point))), wanted)

    def test_the_derivative(self, row):
        name = row.head.__name__
        variables = (x, y)[: len(POINTS[name][0])]
        for position, variable in enumerate(variables):
            slope = row.head(*variables).diff(variable)
            for point in POINTS[name]:
                found = number(
                    slope.xreplace(dict(zip(variables, map(Rational, point), strict=True)))
                )
                order = tuple(int(n == position) for n in range(len(variables)))
                wanted = mpmath.diff(
                    MEANINGS[name],
                    tuple(map(precise, point)),
                    order,
                )
                assert abs(found - wanted) < 1e-12 * (1 + abs(wanted))

    def test_the_chain_rule(self, row):
        inner = (x**2, y + 3) if row.head is xlogy else (x**2,)
        slope = row.head(*inner).diff(x)
        assert slope == row.derivative(*inner)[0] * 2 * x

    def test_it_is_real_and_no_number(self, row):
        arguments = POINTS[row.head.__name__][0]
        term = row.head(*map(Rational, arguments))
        assert term.is_real
        assert Max(term, y).has(row.head)


def of_three(row) -> list[tuple[Expr, dict]]:
    """Calls with three entries, and what mpmath says of them; the entries are z_1, z_2, z_3."""
    one, two = Lambda(k, z[k]), Lambda(k, z[k] ** 2)
    size = Integer(3)
    if row.head is softmax:
        return [softmax(one, size, Integer(2)), softmax(two, size, Integer(1))]
    if row.head is logsumexp:
        return [logsumexp(one, size), logsumexp(two, size)]
    if row.head is entropy:
        return [entropy(one, size), entropy(two, size)]
    return [row.head(one, two, size), row.head(two, one, size), row.head(one, one, size)]


ENTRIES = (Rational(1, 3), Rational(5, 7), Rational(9, 8))
VECTOR_MEANINGS = {
    "softmax": lambda a, n: mpmath.exp(a[n - 1]) / sum(map(mpmath.exp, a)),
    "logsumexp": lambda a: mpmath.log(sum(map(mpmath.exp, a))),
    "entropy": lambda a: -sum(s * mpmath.log(s) for s in a),
    "cross_entropy": lambda a, b: -sum(s * mpmath.log(t) for s, t in zip(a, b, strict=True)),
    "kl": lambda a, b: sum(s * mpmath.log(s / t) for s, t in zip(a, b, strict=True)),
}


def at_entries(term: Expr, entries: tuple = ENTRIES) -> mpmath.mpf:
    values = {z[n]: Rational(entries[n - 1]) for n in (1, 2, 3)}
    plain = unfold(term).replace(xlogy, lambda a, b: a * log(b)).doit().xreplace(values)
    return mpmath.mpf(plain.doit().evalf(DIGITS + 10))


def by_mpmath(term: VectorNamed, entries) -> mpmath.mpf:
    """The value by the meaning of the function."""
    given = []
    for argument in term.args:
        if isinstance(argument, Lambda):
            given.append([e if argument(k) == z[k] else e**2 for e in entries])
    index = [int(term.args[2])] if isinstance(term, softmax) else []
    return VECTOR_MEANINGS[type(term).__name__](*given, *index)


@pytest.mark.parametrize("row", VECTORS, ids=lambda row: row.head.__name__)
class TestVectors:
    def test_the_definition(self, row):
        for term in of_three(row):
            assert close(at_entries(term), by_mpmath(term, list(map(precise, ENTRIES))))

    @pytest.mark.parametrize("n", [1, 2, 3])
    def test_the_derivative(self, row, n):
        for term in of_three(row):
            entries = list(map(precise, ENTRIES))

            def moved(t, term=term, entries=entries):
                return by_mpmath(term, [*entries[: n - 1], t, *entries[n:]])

            wanted = mpmath.diff(moved, entries[n - 1])
            assert abs(at_entries(term.diff(z[n])) - wanted) < 1e-12 * (1 + abs(wanted))

    def test_it_is_real(self, row):
        assert all(term.is_real for term in of_three(row))


class TestUnfold:
    def test_everywhere(self):
        term = Sum(
            Piecewise((softplus(sigmoid(z[k])), sigmoid(x) > y), (logit(x), True)), (k, 1, K)
        )
        assert not unfold(term).has(Named)

    def test_inside_a_function_of_vectors(self):
        term = unfold(logsumexp(Lambda(k, log1p(z[k])), K))
        assert canonical(term) == canonical(log(Sum(exp(log(1 + z[m])), (m, 1, K))))

    def test_a_vector_does_not_capture_a_free_index(self):
        term = unfold(softmax(Lambda(m, z[m] * z[k]), K, j))
        wanted = exp(z[j] * z[k]) / Sum(exp(z[i] * z[k]), (i, 1, K))
        assert canonical(term) == canonical(wanted)

    def test_xlogy_stays(self):
        assert unfold(xlogy(sigmoid(x), y)) == xlogy(1 / (1 + exp(-x)), y)

    def test_zero_log_zero(self):
        term = unfold(entropy(Lambda(k, p[k]), K))
        assert term.has(xlogy)
        assert not unfold(kl(Lambda(k, p[k]), Lambda(k, q[k]), K)).has(log)

    def test_nothing_to_do(self):
        assert unfold(x + exp(y)) == x + exp(y)


class TestConditions:
    @pytest.mark.parametrize(
        ("term", "conditions"),
        [
            (sigmoid(x), []),
            (softplus(x), []),
            (expm1(x), []),
            (logit(x), ["x > 0", "1 - x > 0"]),
            (log1p(x), ["x + 1 > 0"]),
            (xlogy(x, y), ["y >= 0", "y > 0 or x == 0"]),
            (softmax(Lambda(k, z[k]), K, j), []),
            (logsumexp(Lambda(k, z[k]), K), []),
        ],
    )
    def test_where_it_has_a_value(self, term, conditions):
        row = TABLE[type(term).__name__]
        assert list(map(str, row.conditions(*term.args))) == conditions

    @pytest.mark.parametrize("head", [cross_entropy, kl])
    def test_masses(self, head):
        conditions = TABLE[head.__name__].conditions(Lambda(k, p[k]), Lambda(k, q[k]), K)
        texts = [str(condition).replace("_k", "k") for condition in conditions]
        assert texts[:2] == [
            "q[k] >= 0 for all k from 1 to K",
            "q[k] > 0 or p[k] == 0 for all k from 1 to K",
        ]
        if head is kl:
            assert "p[k] >= 0 for all k from 1 to K" in texts

    def test_entropy(self):
        (first, second) = TABLE["entropy"].conditions(Lambda(k, p[k]), K)
        assert str(first).replace("_k", "k") == "p[k] >= 0 for all k from 1 to K"
        assert str(second).replace("_k", "k") == "p[k] > 0 or p[k] == 0 for all k from 1 to K"


class TestSmallThings:
    def test_a_sum_of_nothing_but_zeros_is_zero(self):
        assert sum_over(K, lambda _: Integer(0)) == 0

    def test_an_argument_that_is_not_there(self):
        with pytest.raises(ArgumentIndexError):
            sigmoid(x).fdiff(2)
