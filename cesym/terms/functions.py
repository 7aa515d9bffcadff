"""The named functions: one row each, kept folded in terms, with definition, derivative, LaTeX and
domain.

A row states facts; three programs walk the table: `unfold` (the prover sees elementary functions
only), the printer, and the elaborator, which asks for the conditions under which a call has a
value. A test holds every derivative against the definition.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sympy import Expr, Function, Lambda, S, Sum, Symbol, log
from sympy.core.function import ArgumentIndexError

from cesym.messages import N_
from cesym.terms.binders import fresh_like, open_lambda
from cesym.terms.building import exponential, logarithm, reciprocal, with_arguments
from cesym.terms.conditions import Condition, nonnegative, positive, zero

INDEX = Symbol("k", integer=True, positive=True)


class Named(Function):
    """A function of real numbers that stays folded. SymPy knows that its value is real, and its
    derivative from the table.

    A call at numbers is no number to SymPy, which would otherwise ask for digits to compare it.
    """

    is_real = True
    is_number = False

    def fdiff(self, argindex: int = 1) -> Expr:
        """The derivative by one argument, from the table."""
        derivative = TABLE[type(self).__name__].derivative
        if derivative is None or not 1 <= argindex <= len(self.args):
            raise ArgumentIndexError(self, argindex)
        return derivative(*self.args)[argindex - 1]


class sigmoid(Named):
    r"""The logistic function 1 / (1 + e^-x)."""

    nargs = 1
    is_positive = True


class softplus(Named):
    r"""log(1 + e^x)."""

    nargs = 1
    is_positive = True


class logit(Named):
    r"""log(q / (1 - q)), the inverse of `sigmoid`."""

    nargs = 1


class log1p(Named):
    r"""log(1 + x)."""

    nargs = 1


class expm1(Named):
    r"""e^x - 1."""

    nargs = 1


class xlogy(Named):
    r"""x log y, and 0 where x = 0 whatever y >= 0 is."""

    nargs = 2


class VectorNamed(Named):
    """A function of whole vectors. A vector is written `Lambda(k, entry)` with its size, so that
    its bound index is hidden.
    """

    def _eval_derivative(self, variable: Expr) -> Expr:
        derivative = TABLE[type(self).__name__].vector_derivative
        if derivative is None:
            raise ArgumentIndexError(self, 1)
        return derivative(variable, *self.args)


class softmax(VectorNamed):
    r"""softmax(Lambda(k, z_k), K, j) = e^{z_j} / sum_k e^{z_k}."""

    nargs = 3
    is_positive = True


class logsumexp(VectorNamed):
    r"""logsumexp(Lambda(k, z_k), K) = log sum_k e^{z_k}."""

    nargs = 2


class entropy(VectorNamed):
    r"""entropy(Lambda(k, p_k), K) = -sum_k p_k log p_k, with 0 log 0 = 0."""

    nargs = 2


class cross_entropy(VectorNamed):
    r"""cross_entropy(Lambda(k, p_k), Lambda(k, q_k), K) = -sum_k p_k log q_k, with 0 log 0 = 0."""

    nargs = 3


class kl(VectorNamed):
    r"""kl(Lambda(k, p_k), Lambda(k, q_k), K) = sum_k p_k log(p_k / q_k), with 0 log 0 = 0."""

    nargs = 3


@dataclass(frozen=True, slots=True)
class Row:
    """What cesym knows of a named function. `latex` is the command printed before the bracketed
    arguments.
    """

    head: type[Named]
    latex: str
    definition: Callable[..., Expr]
    conditions: Callable[..., tuple[Condition, ...]] = lambda *_: ()
    derivative: Callable[..., tuple[Expr, ...]] | None = None
    vector_derivative: Callable[..., Expr] | None = None


def sum_over(size: Expr, body: Callable[[Symbol], Expr]) -> Expr:
    """sum_{k=1}^{size} body(k), with an index of its own."""
    index = fresh_like(INDEX)
    inside = body(index)
    return Sum(inside, (index, S.One, size)) if inside != 0 else S.Zero


def _softmax_derivative(variable: Expr, logits: Lambda, size: Expr, index: Expr) -> Expr:
    def slope(k: Expr) -> Expr:
        return open_lambda(logits, k).diff(variable)

    return softmax(logits, size, index) * (
        slope(index) - sum_over(size, lambda k: softmax(logits, size, k) * slope(k))
    )


def _logsumexp_derivative(variable: Expr, logits: Lambda, size: Expr) -> Expr:
    return sum_over(
        size, lambda k: softmax(logits, size, k) * open_lambda(logits, k).diff(variable)
    )


def _entropy_derivative(variable: Expr, p: Lambda, size: Expr) -> Expr:
    return -sum_over(
        size, lambda k: (log(open_lambda(p, k)) + 1) * open_lambda(p, k).diff(variable)
    )


def _cross_entropy_derivative(variable: Expr, p: Lambda, q: Lambda, size: Expr) -> Expr:
    def term(k: Expr) -> Expr:
        pk, qk = open_lambda(p, k), open_lambda(q, k)
        return pk.diff(variable) * log(qk) + pk / qk * qk.diff(variable)

    return -sum_over(size, term)


def _kl_derivative(variable: Expr, p: Lambda, q: Lambda, size: Expr) -> Expr:
    def term(k: Expr) -> Expr:
        pk, qk = open_lambda(p, k), open_lambda(q, k)
        return pk.diff(variable) * (log(pk / qk) + 1) - pk / qk * qk.diff(variable)

    return sum_over(size, term)


def _mass(p: Lambda, q: Lambda, size: Expr) -> tuple[Condition, ...]:
    """Where p_k log q_k has a value: p_k = 0 or q_k > 0, for every k."""
    index = fresh_like(INDEX)
    pk, qk = open_lambda(p, index), open_lambda(q, index)
    why = N_("where 0 log 0 = 0 is meant")
    return tuple(
        condition.bind(index, S.One, size)
        for condition in (
            nonnegative(qk, why),
            Condition((positive(qk, why).alternatives[0], zero(pk, why).alternatives[0]), why=why),
        )
    )


ROWS = (
    Row(
        sigmoid,
        r"\sigma",
        lambda x: reciprocal(1 + exponential(-x)),
        derivative=lambda x: (sigmoid(x) * (1 - sigmoid(x)),),
    ),
    Row(
        softplus,
        r"\operatorname{softplus}",
        lambda x: logarithm(1 + exponential(x)),
        derivative=lambda x: (sigmoid(x),),
    ),
    Row(
        logit,
        r"\operatorname{logit}",
        lambda q: log(q) - logarithm(1 - q),
        lambda q: (positive(q, N_("argument of logit")), positive(1 - q, N_("argument of logit"))),
        lambda q: (1 / (q * (1 - q)),),
    ),
    Row(
        log1p,
        r"\operatorname{log1p}",
        lambda x: logarithm(1 + x),
        lambda x: (positive(1 + x, N_("argument of log1p")),),
        lambda x: (1 / (1 + x),),
    ),
    Row(
        expm1,
        r"\operatorname{expm1}",
        lambda x: exponential(x) - 1,
        derivative=lambda x: (exponential(x),),
    ),
    Row(
        xlogy,
        r"\operatorname{xlogy}",
        xlogy,
        lambda x, y: (
            nonnegative(y, N_("second argument of xlogy")),
            Condition(
                (positive(y, "").alternatives[0], zero(x, "").alternatives[0]),
                why=N_("second argument of xlogy"),
            ),
        ),
        lambda x, y: (log(y), x / y),
    ),
    Row(
        softmax,
        r"\operatorname{softmax}",
        lambda z, size, j: (
            exponential(open_lambda(z, j))
            / sum_over(size, lambda k: exponential(open_lambda(z, k)))
        ),
        vector_derivative=_softmax_derivative,
    ),
    Row(
        logsumexp,
        r"\operatorname{LSE}",
        lambda z, size: logarithm(sum_over(size, lambda k: exponential(open_lambda(z, k)))),
        vector_derivative=_logsumexp_derivative,
    ),
    Row(
        entropy,
        "H",
        lambda p, size: -sum_over(size, lambda k: xlogy(open_lambda(p, k), open_lambda(p, k))),
        lambda p, size: _mass(p, p, size),
        vector_derivative=_entropy_derivative,
    ),
    Row(
        cross_entropy,
        "H",
        lambda p, q, size: -sum_over(size, lambda k: xlogy(open_lambda(p, k), open_lambda(q, k))),
        _mass,
        vector_derivative=_cross_entropy_derivative,
    ),
    Row(
        kl,
        r"D_{\mathrm{KL}}",
        lambda p, q, size: sum_over(
            size, lambda k: xlogy(open_lambda(p, k), open_lambda(p, k) / open_lambda(q, k))
        ),
        lambda p, q, size: _mass(p, q, size) + _mass(p, p, size),
        vector_derivative=_kl_derivative,
    ),
)

TABLE: dict[str, Row] = {row.head.__name__: row for row in ROWS}


def unfold(term: Expr) -> Expr:
    """`term` with every named function but `xlogy` replaced by its definition.

    >>> from sympy import Symbol
    >>> unfold(sigmoid(Symbol("s", real=True)))
    1/(1 + exp(-s))
    """
    arguments = [unfold(argument) for argument in term.args]
    if isinstance(term, Named) and not isinstance(term, xlogy):
        return unfold(TABLE[type(term).__name__].definition(*arguments))
    return with_arguments(term, arguments)
