r"""What `latex` and `plain` write is read back to the same term, and looks as in a textbook."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import (
    Abs,
    Dummy,
    E,
    Expr,
    Integer,
    KroneckerDelta,
    Lambda,
    Max,
    Min,
    Mul,
    Piecewise,
    Product,
    Rational,
    Sum,
    Symbol,
    cosh,
    exp,
    log,
    loggamma,
    nan,
    oo,
    pi,
    sign,
    sqrt,
    tanh,
    zoo,
)

from cesym.errors import UnsupportedTerm
from cesym.reader.elaborate import elaborate
from cesym.reader.latex import parse_expression as read_latex
from cesym.reader.latex import parse_inline
from cesym.reader.plain import parse_expression as read_plain
from cesym.terms.binders import canonical
from cesym.terms.context import Context, Definition
from cesym.terms.differentiation import At, Diff
from cesym.terms.domains import (
    OPEN_UNIT,
    POSITIVE_INTEGERS,
    REAL,
    UNIT,
    Declaration,
    FiniteSet,
    IndexRange,
    Interval,
)
from cesym.terms.functions import (
    cross_entropy,
    entropy,
    kl,
    log1p,
    logit,
    logsumexp,
    sigmoid,
    softmax,
    softplus,
    unfold,
    xlogy,
)
from cesym.terms.printing import latex, plain
from cesym.terms.printing.domains import declared
from cesym.terms.printing.names import latex_of_identifier

POSITIVE = Interval(Fraction(0), None, lower_open=True)
NAMES = Context().declare(
    Declaration("y", UNIT, latex="y"),
    Declaration("y_hat", OPEN_UNIT, latex=r"\hat{y}"),
    Declaration("s", REAL, latex="s"),
    Declaration("T", POSITIVE, latex="T"),
    Declaration("x", REAL, latex="x"),
    Declaration("P_t", REAL, latex="P_t"),
    Declaration("K", POSITIVE_INTEGERS, latex="K"),
    Declaration("z", REAL, ("K",), latex="z"),
    Declaration("p", OPEN_UNIT, ("K",), "simplex", latex="p"),
    Declaration("q", OPEN_UNIT, ("K",), "simplex", latex="q"),
    Declaration("X", REAL, ("N", "K"), latex="X"),
    Declaration("j", IndexRange("K"), latex="j"),
    Declaration("i", IndexRange("N"), latex="i"),
)
y, y_hat, s, T, x, P_t, K, N, i, j = map(
    NAMES.symbol, ("y", "y_hat", "s", "T", "x", "P_t", "K", "N", "i", "j")
)
z, p, q, X = map(NAMES.symbol, "zpqX")
k, m, b = (Dummy(name, integer=True, positive=True) for name in ("k", "l", "b"))
LOSS = -y * log(y_hat) - (1 - y) * log(1 - y_hat)
CONTEXT = (
    NAMES.define(Definition("J", (y, s), softplus(s) - y * s, latex="J"))
    .define(Definition("f", (x,), x**2, latex="f"))
    .define(Definition("L", (), LOSS, latex="L"))
    .define(Definition("g", (T,), log(T), latex="g"))
)
J, f, L, g = (CONTEXT.definitions[name].head for name in "JfLg")
r = Dummy("x", real=True)
y_bound = Dummy("y_hat", **y_hat.assumptions0)
x_bound = Dummy("x", **x.assumptions0)


def whole(vector, size=K):
    return Lambda(k, vector[k])


TABLE = [
    # Sums: no leading minus where it can be helped, constants where a textbook has them.
    (sigmoid(s) - y, r"\sigma(s) - y", "sigmoid(s) - y"),
    (1 - y, "1 - y", "1 - y"),
    (y - 1, "y - 1", "y - 1"),
    (x + 1, "x + 1", "x + 1"),
    (x**2 + 2 * x + 1, "x^2 + 2 x + 1", "x**2 + 2*x + 1"),
    (1 + exp(-s), "1 + e^{-s}", "1 + exp(-s)"),
    (
        y * log(y_hat) + (1 - y) * log(1 - y_hat),
        r"y \log \hat{y} + (1 - y) \log(1 - \hat{y})",
        "y*log(y_hat) + (1 - y)*log(1 - y_hat)",
    ),
    (
        LOSS,
        r"-[y \log \hat{y} + (1 - y) \log(1 - \hat{y})]",
        "-(y*log(y_hat) + (1 - y)*log(1 - y_hat))",
    ),
    (
        Max(s, 0) - y * s + log(1 + exp(-Abs(s))),
        r"\max(s, 0) - y s + \log(1 + e^{-\lvert s \rvert})",
        "max(s, 0) - y*s + log(1 + exp(-abs(s)))",
    ),
    (x * (-y - s), "x (-y - s)", "x*(-y - s)"),
    # Products, quotients and powers.
    (-((1 - y) * log(y_hat)), r"-(1 - y) \log \hat{y}", "-((1 - y)*log(y_hat))"),
    (sigmoid(s) * (1 - sigmoid(s)), r"\sigma(s) (1 - \sigma(s))", "sigmoid(s)*(1 - sigmoid(s))"),
    ((1 - y) * sigmoid(s), r"(1 - y) \sigma(s)", "(1 - y)*sigmoid(s)"),
    (
        (1 - y) / (1 - y_hat) - y / y_hat,
        r"\frac{1 - y}{1 - \hat{y}} - \frac{y}{\hat{y}}",
        "(1 - y)/(1 - y_hat) - y/y_hat",
    ),
    (
        (y_hat - y) / (y_hat * (1 - y_hat)),
        r"\frac{\hat{y} - y}{\hat{y} (1 - \hat{y})}",
        "(y_hat - y)/(y_hat*(1 - y_hat))",
    ),
    ((y_hat - y) ** 2 / 2, r"\frac{1}{2} (\hat{y} - y)^2", "(y_hat - y)**2/2"),
    (x / 2, r"\frac{x}{2}", "x/2"),
    (tanh(x / 2), r"\tanh \frac{x}{2}", "tanh(x/2)"),
    (Rational(-3, 2) * log(y_hat), r"-\frac{3}{2} \log \hat{y}", "-3*log(y_hat)/2"),
    (2 * 3**x, r"2 \cdot 3^x", "2*3**x"),
    (Integer(2) ** (x / 2), "2^{x/2}", "2**(x/2)"),
    (1 / sqrt(x**2 + 1), r"\frac{1}{\sqrt{x^2 + 1}}", "1/sqrt(x**2 + 1)"),
    (T ** Rational(2, 3), "T^{2/3}", "T**(2/3)"),
    (sigmoid(s) ** 2, r"\sigma(s)^2", "sigmoid(s)**2"),
    (log(y_hat) ** 2, r"(\log \hat{y})^2", "log(y_hat)**2"),
    (
        y_hat**y * (1 - y_hat) ** (1 - y),
        r"\hat{y}^y (1 - \hat{y})^{1 - y}",
        "y_hat**y*(1 - y_hat)**(1 - y)",
    ),
    # Exponentials, logarithms and other functions.
    (
        exp(-s) / (1 + exp(-s)) ** 2,
        r"\frac{e^{-s}}{(1 + e^{-s})^2}",
        "exp(-s)/(1 + exp(-s))**2",
    ),
    (exp(-(x**2) / (2 * T**2)), "e^{-x^2/(2 T^2)}", "exp(-x**2/(2*T**2))"),
    (exp(exp(x)), r"\exp(e^x)", "exp(exp(x))"),
    (x * E + y * pi, r"\pi y + e x", "pi*y + exp(1)*x"),
    (
        log(y_hat**y * (1 - y_hat) ** (1 - y)),
        r"\log[\hat{y}^y (1 - \hat{y})^{1 - y}]",
        "log(y_hat**y*(1 - y_hat)**(1 - y))",
    ),
    (log(x) * log(y_hat), r"(\log \hat{y}) \log x", "log(y_hat)*log(x)"),
    (
        2 * log(1 - y_hat) * log(1 - y),
        r"2 \log(1 - y) \log(1 - \hat{y})",
        "2*log(1 - y)*log(1 - y_hat)",
    ),
    (
        (x + 1) * Sum(p[k], (k, 1, K)) * Sum(q[k], (k, 1, K)),
        r"(x + 1) \left( \sum_{k=1}^{K} p_k \right) \sum_{k=1}^{K} q_k",
        "(x + 1)*sum(p[k], (k, 1, K))*sum(q[k], (k, 1, K))",
    ),
    (
        2 * Piecewise((x, x > 0), (y, True)),
        r"2 \begin{cases} x & \text{if } x > 0 \\ y & \text{otherwise} \end{cases}",
        "2*where(x > 0, x, y)",
    ),
    (
        softmax(Lambda(k, X[i, k] * KroneckerDelta(i, 1)), K, j),
        r"\operatorname{softmax}(X \delta_{1,i})_{ij}",
        "softmax(X*delta(1, i))[i, j]",
    ),
    (log(x) / log(2), r"\frac{\log x}{\log 2}", "log(x)/log(2)"),
    (
        sign(s) * loggamma(x + 1),
        r"\operatorname{sign}(s) \log \Gamma(x + 1)",
        "sign(s)*lgamma(x + 1)",
    ),
    (Max(0, 1 - y * x), r"\max(1 - y x, 0)", "max(1 - y*x, 0)"),
    (xlogy(x, y), r"\operatorname{xlogy}(x, y)", "xlogy(x, y)"),
    # Sums over indices.
    (
        -Sum(p[b] * log(q[b]), (b, 1, K)),
        r"-\sum_{b=1}^{K} p_b \log q_b",
        "-sum(p[b]*log(q[b]), (b, 1, K))",
    ),
    (
        log(Sum(exp(z[k]), (k, 1, K))) - z[j],
        r"\log \sum_{k=1}^{K} e^{z_k} - z_j",
        "log(sum(exp(z[k]), (k, 1, K))) - z[j]",
    ),
    (
        -Sum(y * log(p[k]) + (1 - y) * log(1 - p[k]), (k, 1, K)) / N,
        r"-\frac{1}{N} \sum_{k=1}^{K} [y \log p_k + (1 - y) \log(1 - p_k)]",
        "-sum(y*log(p[k]) + (1 - y)*log(1 - p[k]), (k, 1, K))/N",
    ),
    (
        exp(z[j] / T) / Sum(exp(z[k] / T), (k, 1, K)),
        r"\frac{e^{z_j/T}}{\sum_{k=1}^{K} e^{z_k/T}}",
        "exp(z[j]/T)/sum(exp(z[k]/T), (k, 1, K))",
    ),
    (
        Sum(X[m, k], (k, 1, K), (m, 1, N)),
        r"\sum_{l=1}^{N} \sum_{k=1}^{K} X_{lk}",
        "sum(sum(X[l, k], (k, 1, K)), (l, 1, N))",
    ),
    (
        Product(y_hat ** p[k], (k, 1, K)),
        r"\prod_{k=1}^{K} \hat{y}^{p_k}",
        "product(y_hat**p[k], (k, 1, K))",
    ),
    (
        Product(p[k] * sigmoid(s), (k, 1, K)),
        r"\prod_{k=1}^{K} (p_k \sigma(s))",
        "product(p[k]*sigmoid(s), (k, 1, K))",
    ),
    (q[j] * (KroneckerDelta(i, j) - q[i]), r"q_j (\delta_{ij} - q_i)", "q[j]*(delta(i, j) - q[i])"),
    (KroneckerDelta(j, 1) * X[i, 2], r"X_{i,2} \delta_{1,j}", "X[i, 2]*delta(1, j)"),
    # Functions of vectors.
    (softmax(whole(z), K, j), r"\operatorname{softmax}(z)_j", "softmax(z)[j]"),
    (softmax(Lambda(k, z[k] / T), K, j), r"\operatorname{softmax}(z/T)_j", "softmax(z/T)[j]"),
    (softmax(Lambda(k, X[i, k]), K, j), r"\operatorname{softmax}(X)_{ij}", "softmax(X)[i, j]"),
    (cross_entropy(whole(p), whole(q), K), "H(p, q)", "cross_entropy(p, q)"),
    (entropy(whole(p), K), "H(p)", "entropy(p)"),
    (
        kl(whole(p), Lambda(m, softmax(whole(z), K, m)), K),
        r"D_{\mathrm{KL}}(p \,\|\, \operatorname{softmax}(z))",
        "kl(p, softmax(z))",
    ),
    (logsumexp(Lambda(k, z[k] - x), K), r"\operatorname{LSE}(z - x)", "logsumexp(z - x)"),
    # Derivatives and values.
    (Diff(J(y, s), s, 1), r"\frac{\partial J}{\partial s}", "diff(J(y, s), s)"),
    (Diff(J(y, s), s, 2), r"\frac{\partial^2 J}{\partial s^2}", "diff(J(y, s), s, 2)"),
    (
        Diff(Diff(J(y, s), s, 1), y, 1),
        r"\frac{\partial^2 J}{\partial s \partial y}",
        "diff(J(y, s), s, y)",
    ),
    (Diff(J(y, 2 * s), s, 1), r"\frac{\partial}{\partial s} J(y, 2 s)", "diff(J(y, 2*s), s)"),
    (Diff(L(), y_hat, 1), r"\frac{\partial L}{\partial \hat{y}}", "diff(L, y_hat)"),
    (
        Diff(softplus(s) - y * s, s, 1),
        r"\frac{\partial}{\partial s} (\operatorname{softplus}(s) - y s)",
        "diff(softplus(s) - y*s, s)",
    ),
    (At(Lambda(r, Diff(sigmoid(r), r, 1)), s), r"\sigma'(s)", "at(diff(sigmoid(x), x), x, s)"),
    (
        At(Lambda(x_bound, Diff(f(x_bound), x_bound, 2)), s + 1),
        "f''(s + 1)",
        "at(diff(f(x), x, 2), x, s + 1)",
    ),
    (
        At(Lambda(y_bound, Diff(-y * log(y_bound), y_bound, 1)), sigmoid(s)),
        r"\left. \frac{\partial}{\partial \hat{y}} (-y \log \hat{y}) \right|_{\hat{y} = \sigma(s)}",
        "at(diff(-y*log(y_hat), y_hat), y_hat, sigmoid(s))",
    ),
    (
        At(Lambda(x_bound, Diff(f(x_bound), x_bound, 4)), s),
        r"\left. \frac{\partial^4 f}{\partial x^4} \right|_{x = s}",
        "at(diff(f(x), x, 4), x, s)",
    ),
    (
        # The parameter of g is positive, this variable is any real number: no g'(s).
        At(Lambda(r, Diff(g(r), r, 1)), s),
        r"\left. \frac{\partial}{\partial x} g(x) \right|_{x = s}",
        "at(diff(g(x), x), x, s)",
    ),
    # Cases.
    (
        Piecewise((x, x > 0), (-x, True)),
        r"\begin{cases} x & \text{if } x > 0 \\ -x & \text{otherwise} \end{cases}",
        "where(x > 0, x, -x)",
    ),
]


def from_latex(text: str, context: Context = CONTEXT) -> Expr:
    return elaborate(read_latex(text, context), context).term


def from_plain(text: str, context: Context = CONTEXT) -> Expr:
    return elaborate(read_plain(text, context), context).term


@pytest.mark.parametrize(("term", "textbook", "text"), TABLE, ids=[row[2] for row in TABLE])
class TestTable:
    def test_is_written_as_in_a_textbook(self, term, textbook, text):
        assert latex(term, CONTEXT) == textbook
        assert plain(term, CONTEXT) == text

    def test_is_read_back(self, term, textbook, text):
        assert canonical(from_latex(textbook)) == canonical(term)
        assert canonical(from_plain(text)) == canonical(term)


def real(term: Expr) -> bool:
    """Whether SymPy has not found out that a term has no real value."""
    return isinstance(term, Expr) and not term.has(nan, oo, -oo, zoo) and term.is_real is not False


def no_extrema(terms: tuple[Expr, ...]) -> bool:
    """SymPy simplifies a maximum of maxima only when it builds it a second time."""
    return not any(term.has(Max, Min) for term in terms)


ATOMS = st.sampled_from(
    [y, y_hat, s, T, x, P_t, z[j], z[1], p[j], X[i, j], KroneckerDelta(j, 1), J(y, s), L(), pi, E]
)
NUMBERS = st.builds(Rational, st.integers(-5, 5), st.integers(1, 4))
BOUND = (k, m, j)
"""`j` is a declared index too: a bound one of the same name must be written by another letter."""


def bind(term: Expr, index: Symbol) -> Expr:
    """`term` with the entry j of every vector replaced by the entry `index`."""
    return term.xreplace({j: index})


def extend(terms: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    """One more operation."""
    two = st.tuples(terms, terms)
    functions = [exp, log, Abs, sign, tanh, cosh, sigmoid, softplus, logit, log1p, loggamma, sqrt]
    index = st.sampled_from(BOUND)
    return st.one_of(
        two.map(lambda ab: ab[0] + ab[1]),
        two.map(lambda ab: ab[0] - ab[1]),
        two.map(lambda ab: ab[0] * ab[1]),
        two.map(lambda ab: ab[0] / ab[1] if ab[1] != 0 else ab[0]),
        st.builds(lambda a, n: a**n if a != 0 else a, terms, st.sampled_from([-2, -1, 2, 3])),
        st.builds(lambda a, c: a**c, st.sampled_from([y_hat, 1 - y_hat, T, Integer(2)]), terms),
        st.builds(lambda f, a: f(a), st.sampled_from(functions), terms),
        two.filter(no_extrema).map(lambda ab: Max(*ab, 0)),
        two.filter(no_extrema).map(lambda ab: Min(*ab)),
        two.map(lambda ab: xlogy(*ab)),
        two.map(lambda ab: J(*ab)),
        terms.map(f),
        st.builds(lambda a, b: Piecewise((a, s > 0), (b, True)), terms, terms),
        st.builds(lambda a, n: Sum(bind(a, n), (n, 1, K)), terms, index),
        st.builds(lambda a, n: Product(bind(a, n), (n, 1, K)), terms, index),
        st.builds(lambda a, n: softmax(Lambda(n, bind(a, n)), K, j), terms, index),
        st.builds(lambda a, n: logsumexp(Lambda(n, bind(a, n)), K), terms, index),
        st.builds(
            lambda a, n: kl(Lambda(n, p[n]), Lambda(n, exp(bind(a, n))), K),
            terms,
            index,
        ),
        st.builds(lambda a, v: Diff(a, v, 1), terms, st.sampled_from([s, y_hat, z[j]])),
        st.builds(
            lambda a, b: At(Lambda(y_bound, Diff(a.xreplace({y_hat: y_bound}), y_bound, 2)), b),
            terms.filter(lambda a: not a.has(L)),
            terms,
        ),
        terms.map(lambda a: At(Lambda(r, Diff(softplus(r), r, 1)), a)),
        terms.map(lambda a: At(Lambda(x_bound, Diff(f(x_bound), x_bound, 3)), a)),
    ).filter(real)


TERMS = st.recursive(ATOMS | NUMBERS, extend, max_leaves=7)


def merged(term: Expr) -> Expr:
    """`term` with d/ds (d/ds e) as one second derivative, which is how it is written."""
    return term.replace(
        lambda e: (
            isinstance(e, Diff) and isinstance(e.args[0], Diff) and e.args[0].args[1] == e.args[1]
        ),
        lambda e: Diff(*e.args[0].args[:2], e.args[0].args[2] + e.args[2]),
    )


def without_contents(term: Expr) -> Expr:
    """`term` with 1/(2 x + 2) as 1/2 * 1/(x + 1): SymPy multiplies numbers into sums."""

    def parted(factor: Expr) -> Expr:
        base, power = factor.as_base_exp()
        content, rest = base.primitive() if base.is_Add else (1, base)
        return content**power * rest**power if power.is_Integer else factor

    return term.replace(
        lambda e: e.is_Mul or e.is_Pow, lambda e: Mul(*map(parted, Mul.make_args(e)))
    )


def same(back: Expr, term: Expr) -> bool:
    """Equal up to bound names, and up to functions of vectors that had to be written out."""
    back, term = (without_contents(merged(side)) for side in (back, term))
    return canonical(back) == canonical(term) or canonical(unfold(back)) == canonical(unfold(term))


class TestClosedLoop:
    @settings(max_examples=400)
    @given(TERMS)
    def test_latex_is_read_back(self, term):
        text = latex(term, CONTEXT)
        assert same(from_latex(text), term), text

    @settings(max_examples=400)
    @given(TERMS)
    def test_plain_is_read_back(self, term):
        text = plain(term, CONTEXT)
        assert same(from_plain(text), term), text

    @given(TERMS)
    def test_bound_names_do_not_change_what_is_written(self, term):
        text = latex(term, CONTEXT)
        back = from_latex(text)
        if canonical(back) == canonical(merged(term)):
            assert latex(back, CONTEXT) == text

    def test_a_number_beside_a_sum_is_multiplied_in(self):
        term = x / (1 + pi) / 2
        text = latex(term, CONTEXT)
        assert text == r"\frac{x}{2 (1 + \pi)}"
        assert same(from_latex(text), term)
        assert not same(from_latex(text), x / (2 + pi) / 2)

    @pytest.mark.parametrize("language", [latex, plain])
    def test_a_misprint_would_be_seen(self, language):
        assert not same(from_plain("y - s"), from_plain("s - y"))
        assert not same(from_latex(r"e^{-s}"), from_latex(r"e^{s}"))
        assert language(y - s, CONTEXT) != language(s - y, CONTEXT)


class TestNames:
    @pytest.mark.parametrize(
        ("name", "spelled"),
        [
            ("y_hat", r"\hat{y}"),
            ("alpha", r"\alpha"),
            ("lamda", r"\lambda"),
            ("P_t", "P_t"),
            ("x_12", "x_{12}"),
            ("y_max", r"y_{\text{max}}"),
            ("w_bold", r"\mathbf{w}"),
            ("w_bold_hat", r"\hat{\mathbf{w}}"),
            ("theta_0", r"\theta_0"),
            ("x_mu", r"x_{\mu}"),
            ("loss", r"\mathrm{loss}"),
            ("q_star", "q^*"),
            ("a_1_k", "a_{1,k}"),
            ("q_1_star", "q_1^*"),
        ],
    )
    def test_an_identifier_is_written_so_that_it_is_read_back(self, name, spelled):
        assert latex_of_identifier(name) == spelled
        context = Context().declare(Declaration(name, REAL))
        term = context.symbol(name) ** 2 + 1
        assert from_latex(latex(term, context), context) == term
        assert from_plain(plain(term, context), context) == term

    def test_names_are_spelled_as_declared(self):
        context = Context().declare(Declaration("y_hat", REAL, latex=r"\widehat{y}"))
        assert latex(context.symbol("y_hat"), context) == r"\widehat{y}"

    def test_names_stand_in_the_order_of_their_declarations(self):
        product = y * s
        assert latex(product, CONTEXT) == "y s"
        assert latex(product) == "s y"

    @pytest.mark.parametrize("index", [Symbol("j", integer=True, positive=True), j, k])
    def test_a_bound_index_takes_a_letter_that_nobody_has(self, index):
        text = latex(
            Sum(z[index] * z[j], (index, 1, K)) if index != j else Sum(z[j], (j, 1, K)), CONTEXT
        )
        assert text.startswith(r"\sum_{k=1}^{K}")

    def test_nested_indices_get_different_letters(self):
        other = Dummy("k", integer=True, positive=True)
        term = Sum(z[k] * Sum(p[other], (other, 1, K)), (k, 1, K))
        assert latex(term, CONTEXT) == r"\sum_{k=1}^{K} z_k \sum_{l=1}^{K} p_l"
        assert plain(term, CONTEXT) == "sum(z[k]*sum(p[l], (l, 1, K)), (k, 1, K))"

    def test_the_limits_of_an_inner_sum_may_hold_the_outer_index(self):
        term = Sum(z[k], (k, 1, m), (m, 1, K))
        assert latex(term, CONTEXT) == r"\sum_{l=1}^{K} \sum_{k=1}^{l} z_k"
        assert canonical(from_latex(latex(term, CONTEXT))) == canonical(term)


class TestTakenLetters:
    def test_a_declared_e_is_not_the_number(self):
        context = Context().declare(Declaration("e", REAL), Declaration("s", REAL))
        term = context.symbol("e") * exp(-context.symbol("s")) + E
        assert latex(term, context) == r"\exp(1) + e \exp(-s)"
        assert from_latex(latex(term, context), context) == term

    def test_a_declared_pi_leaves_no_way_to_write_the_number(self):
        context = Context().declare(Declaration("pi", REAL))
        assert latex(context.symbol("pi"), context) == r"\pi"
        for language in (latex, plain):
            with pytest.raises(UnsupportedTerm):
                language(pi + context.symbol("pi"), context)

    def test_a_declared_sigma_is_not_the_sigmoid(self):
        context = Context().declare(Declaration("sigma", REAL))
        sigma = context.symbol("sigma")
        assert latex(sigmoid(sigma), context) == r"\operatorname{sigmoid}(\sigma)"
        assert from_latex(latex(sigmoid(sigma), context), context) == sigmoid(sigma)

    def test_a_declared_sigma_before_a_bracket_is_a_factor(self):
        context = Context().declare(Declaration("sigma", REAL))
        term = context.symbol("sigma") * (1 - context.symbol("sigma"))
        assert from_latex(latex(term, context), context) == term

    def test_a_declared_h_leaves_the_entropy_to_its_definition(self):
        context = NAMES.declare(Declaration("H", REAL))
        text = latex(entropy(whole(p), K), context)
        assert text == r"-\sum_{k=1}^{K} \operatorname{xlogy}(p_k, p_k)"


class TestWrittenOut:
    """Functions of vectors that cannot be written without the index of a vector."""

    @pytest.mark.parametrize(
        ("term", "text"),
        [
            (
                logsumexp(Lambda(k, z[k] * KroneckerDelta(j, k)), K),
                "log(sum(exp(z[k]*delta(j, k)), (k, 1, K)))",
            ),
            (logsumexp(Lambda(k, X[i, k]), K), "log(sum(exp(X[i, k]), (k, 1, K)))"),
            (softmax(Lambda(k, z[k] * z[j]), K, 1), "softmax(z*z[j])[1]"),
            (logsumexp(Lambda(k, Max(z[k], 0, x)), K), "log(sum(exp(max(x, z[k], 0)), (k, 1, K)))"),
            (softmax(whole(z, N), N, 1), "exp(z[1])/sum(exp(z[k]), (k, 1, N))"),
        ],
    )
    def test_by_the_definition(self, term, text):
        assert plain(term, CONTEXT) == text

    @pytest.mark.parametrize(
        "entry", [z[k] ** 2, z[k] * p[k], 1 / (z[k] * p[k]), p[k] ** y, exp(z[k] * p[k])]
    )
    def test_in_latex_a_product_of_vectors_is_a_number(self, entry):
        term = logsumexp(Lambda(k, entry), K)
        assert r"\sum" in latex(term, CONTEXT)
        assert plain(term, CONTEXT).startswith("logsumexp(")
        assert same(from_latex(latex(term, CONTEXT)), term)

    @pytest.mark.parametrize(
        "entry", [z[k] / p[k], sqrt(p[k]), 1 / sqrt(p[k]), 2 ** z[k], x * z[k]]
    )
    def test_other_operations_are_taken_entry_by_entry(self, entry):
        term = logsumexp(Lambda(k, entry), K)
        assert latex(term, CONTEXT).startswith(r"\operatorname{LSE}")
        assert canonical(from_latex(latex(term, CONTEXT))) == canonical(term)


class TestRefusals:
    @pytest.mark.parametrize("language", [latex, plain])
    @pytest.mark.parametrize("term", [zoo, nan, oo * x, Piecewise((x, x > 0))])
    def test_what_is_not_on_the_list_is_refused(self, language, term):
        with pytest.raises(UnsupportedTerm):
            language(term, CONTEXT)

    def test_a_variable_with_two_meanings_is_refused(self):
        only = Context().declare(Declaration("x", REAL))
        inside = Dummy("x", real=True)
        clash = At(Lambda(inside, Diff(inside * only.symbol("x"), inside, 1)), Integer(2))
        for language in (latex, plain):
            with pytest.raises(UnsupportedTerm):
                language(clash, only)

    def test_another_declared_number_stands_in_where_there_is_one(self):
        inside = Dummy("x", real=True)
        clash = At(Lambda(inside, Diff(inside * x, inside, 1)), Integer(2))
        assert plain(clash, CONTEXT) == "at(diff(s*x, s), s, 2)"


class TestWithoutContext:
    def test_free_symbols_keep_their_names(self):
        a, y_ = Symbol("a"), Symbol("y_hat")
        assert latex(a * (1 - y_)) == r"a (1 - \hat{y})"
        assert plain(a * (1 - y_)) == "a*(1 - y_hat)"

    def test_products_of_sums(self):
        a = Symbol("a")
        assert latex(Mul(2, a + 1, evaluate=False)) == "2 (a + 1)"
        assert plain(Mul(-1, a + 1, evaluate=False)) == "-(a + 1)"
        assert latex(Mul(-1, a + 1, evaluate=False)) == "-(a + 1)"


# Declarations.

OPENED = Interval(Fraction(0), Fraction(1), lower_open=True)
DECLARED = [
    (Declaration("y", FiniteSet((Fraction(0), Fraction(1)))), r"y \in \{0, 1\}"),
    (Declaration("g", Interval(Fraction(0), None)), r"g \in [0, \infty)"),
    (
        Declaration("t", Interval(None, Fraction(-1, 2), upper_open=True)),
        r"(-\infty, -\frac{1}{2})",
    ),
    (Declaration("y_hat", OPEN_UNIT), r"\hat{y} \in (0, 1)"),
    (Declaration("n", POSITIVE_INTEGERS), r"n \in \mathbb{N}"),
    (Declaration("n", Interval(Fraction(0), None, integer=True)), r"n \in \mathbb{N}_0"),
    (Declaration("n", Interval(Fraction(2), None, integer=True)), r"n \in \mathbb{Z}_{\ge 2}"),
    (Declaration("n", Interval(None, Fraction(3), integer=True)), r"n \in \mathbb{Z}_{\le 3}"),
    (Declaration("n", Interval(integer=True)), r"n \in \mathbb{Z}"),
    (Declaration("j", IndexRange("K")), r"j \in \{1, \dots, K\}"),
    (Declaration("z", REAL, ("K",)), r"z \in \mathbb{R}^K"),
    (Declaration("X", UNIT, ("N", 2)), r"X \in [0, 1]^{N \times 2}"),
    (Declaration("p", UNIT, ("K",), "simplex"), r"p \in \Delta^{K-1}"),
    (Declaration("p", OPENED, ("K",), "simplex"), r"p \in \mathring{\Delta}^{K-1}"),
    (
        Declaration("y", FiniteSet((Fraction(0), Fraction(1))), ("K",), "onehot"),
        r"y \in \{e_1, \dots, e_K\}",
    ),
]


@pytest.mark.parametrize(("declaration", "text"), DECLARED)
def test_a_declaration_is_read_back(declaration, text):
    written = declared(declaration, Context())
    assert text in written
    (found,) = parse_inline(written, Context())
    assert (found.name, found.domain, found.shape) == (
        declaration.name,
        declaration.domain,
        declaration.shape,
    )
    assert found.constraint == declaration.constraint


def test_a_declaration_that_cannot_be_written():
    with pytest.raises(UnsupportedTerm, match="the set of n has no LaTeX"):
        declared(Declaration("n", Interval(Fraction(0), Fraction(9), integer=True)), Context())


def test_a_definition_with_indices_is_written_with_subscripts():
    context = Context().declare(
        Declaration("x", REAL), Declaration("i", IndexRange("N")), Declaration("j", IndexRange("N"))
    )
    x, i, j = map(context.symbol, "xij")
    context = context.define(Definition("h", (i,), x * i, latex="h"))
    context = context.define(Definition("g_hat", (i, j), x * i * j, latex=r"\hat{g}"))
    h, g = context.definitions["h"], context.definitions["g_hat"]
    for term, text in [
        (h.head(j) ** 2, "h_j^2"),
        (h.head(Integer(1)) * g.head(j, i), r"\hat{g}_{ji} h_1"),
        (Diff(h.head(i), x, Integer(1)), r"\frac{\partial h_i}{\partial x}"),
        (Diff(g.head(j, i), x, Integer(1)), None),
    ]:
        written = latex(term, context)
        assert text in (None, written)
        assert elaborate(read_latex(written, context), context).term == term
