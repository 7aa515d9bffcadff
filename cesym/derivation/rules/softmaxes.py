"""Rules about the softmax and the log-sum-exp."""

from __future__ import annotations

from sympy import Basic, Expr, Indexed, Lambda, Mul, Pow, Sum, exp, log

from cesym.derivation.rules.rule import Situation, each
from cesym.derivation.structure import structure
from cesym.terms.binders import open_lambda
from cesym.terms.differentiation import Diff, evaluate
from cesym.terms.functions import logsumexp, softmax


def logarithm_of_softmax(term: Expr, situation: Situation) -> Expr:
    r"""log softmax(z)_j = z_j - LSE(z)."""

    def plain(e: log) -> Expr:
        (inside,) = e.args
        if not isinstance(inside, softmax):
            return e
        logits, size, index = inside.args
        return open_lambda(logits, index) - logsumexp(logits, size)

    return each(term, lambda e: isinstance(e, log), plain)


def derivative_of_softmax(term: Expr, situation: Situation) -> Expr:
    r"""d softmax(z)_i / d z_j = softmax(z)_i (delta_ij - softmax(z)_j), and no other derivative."""
    ranges = situation.context.ranges()
    return each(
        term,
        lambda e: isinstance(e, Diff) and isinstance(e.args[0], softmax) and e.args[2] == 1,
        lambda e: evaluate(e, ranges),
    )


def write_softmax(term: Expr, situation: Situation) -> Expr:
    r"""e^{z_j} / sum_k e^{z_k} = softmax(z)_j."""
    return each(term, lambda e: isinstance(e, Mul), _with_softmax)


def _with_softmax(product: Mul) -> Expr:
    """A product with each exponential over its sum written as a softmax."""
    factors = list(product.args)
    for below in [f for f in factors if _is_one_over_sum(f)]:
        ((bound, _, size),) = below.base.limits
        logits = Lambda(bound, below.base.function.args[0])
        for _ in range(int(-below.exp)):
            above = next((f for f in factors if _index_of(f, logits) is not None), None)
            if above is None:
                break
            factors.remove(above)
            factors += [softmax(logits, size, _index_of(above, logits)), below.base]
    return Mul(*factors)


def _is_one_over_sum(factor: Basic) -> bool:
    return (
        isinstance(factor, Pow)
        and factor.exp.is_Integer
        and factor.exp < 0
        and isinstance(factor.base, Sum)
        and isinstance(factor.base.function, exp)
        and len(factor.base.limits) == 1
        and factor.base.limits[0][1] == 1
    )


def _index_of(factor: Basic, logits: Lambda) -> Expr | None:
    """The index j for which `factor` is e^{z_j}."""
    if not isinstance(factor, exp):
        return None
    for entry in sorted(factor.atoms(Indexed), key=str):
        for index in entry.indices:
            if structure(open_lambda(logits, index)) == structure(factor.args[0]):
                return index
    return None
