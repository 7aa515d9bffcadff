"""Derivatives: the unevaluated nodes `Diff` and `At`, and `D`, which evaluates.

SymPy differentiates; this module keeps bound and free indices apart (plain `diff(Sum(z[k]**2, (k,
1, K)), z[k])` takes the free k for the bound one) and removes the Kronecker deltas that entries of
vectors leave behind, exactly.
"""

from __future__ import annotations

from functools import reduce
from operator import mul

from sympy import (
    Abs,
    Add,
    Derivative,
    Expr,
    Function,
    Indexed,
    KroneckerDelta,
    Lambda,
    Max,
    Min,
    Mul,
    Pow,
    Product,
    S,
    Subs,
    Sum,
    Symbol,
    log,
    polygamma,
    sign,
)
from sympy.core.function import AppliedUndef

from cesym.errors import UnsupportedTerm
from cesym.terms.binders import freshen, open_lambda
from cesym.terms.building import contains, reciprocal, with_arguments
from cesym.terms.deltas import EMPTY, Ranges, without_deltas, without_empty_sums

PRODUCT_REMEDY = "take the logarithm first, which turns the product into a sum"


class Diff(Function):
    """`Diff(body, variable, order)`: the derivative of `body`, not evaluated. A derivation shows
    it; `evaluate` removes it.
    """

    nargs = 3
    is_real = True
    is_number = False


class At(Function):
    """`At(Lambda(x, body), value)`: `body` at x = value, not evaluated, so that a derivative inside
    is taken first.
    """

    nargs = 2
    is_real = True
    is_number = False


class _Magnitude(Function):
    """|x| while SymPy differentiates: of `Abs` it asks whether x is real, and answers with real and
    imaginary parts when it cannot tell.
    """

    is_real = True

    def fdiff(self, argindex: int = 1) -> Expr:
        return _Sign(*self.args)


class _Sign(Function):
    """sign(x) while SymPy differentiates."""

    is_real = True

    def fdiff(self, argindex: int = 1) -> Expr:
        return S.Zero


def D(term: Expr, *variables: Expr, ranges: Ranges = EMPTY) -> Expr:
    """The derivative of `term` by each variable in turn: a Symbol, or an entry `z[j]` independent
    of the other entries.

    `ranges` gives the size of the range of each free index. Raises UnsupportedTerm for what has no
    derivative rule. *Where* the derivative exists is a matter of conditions
    (`cesym.terms.conditions`): kinks are not looked at here.

    >>> from sympy import IndexedBase, symbols
    >>> k, K = symbols("k K", integer=True, positive=True)
    >>> z = IndexedBase("z", real=True)
    >>> D(Sum(z[k]**2, (k, 1, K)), z[k], ranges={k: K})
    2*z[k]
    """
    for variable in variables:
        term = without_deltas(_differentiate(freshen(term), variable), ranges)
    return term


def smooth(term: Expr) -> Expr:
    """`term` with Max and Min written by Abs, which SymPy differentiates without Heaviside
    functions.
    """
    if not contains(term, (Max, Min)):
        return term
    arguments = [smooth(argument) for argument in term.args]
    if not isinstance(term, Max | Min):
        return with_arguments(term, arguments)
    half = S.Half if isinstance(term, Max) else -S.Half
    result = arguments[0]
    for argument in arguments[1:]:
        result = (result + argument) / 2 + half * Abs(result - argument)
    return result


def _differentiate(term: Expr, variable: Expr) -> Expr:
    if not isinstance(variable, Symbol | Indexed):
        raise UnsupportedTerm(
            "cannot differentiate with respect to {variable}", variable=str(variable)
        )
    if any(_depends(product, variable) for product in term.atoms(Product)):
        raise UnsupportedTerm(
            "the derivative of a product over an index is not supported", remedy=PRODUCT_REMEDY
        )
    real = smooth(term).replace(Abs, _Magnitude).replace(sign, _Sign)
    result = _slope(real, variable).replace(_Magnitude, Abs).replace(_Sign, sign)
    if result.has(Derivative, Subs, polygamma):
        raise UnsupportedTerm("no derivative rule for {term}", term=str(term))
    return without_empty_sums(result)


def _slope(term: Expr, variable: Expr) -> Expr:
    """What SymPy's `term.diff(variable)` gives, by the same rules and in the same shape.

    SymPy asks of the derivative of every part whether it is 0, which for a sum or product takes
    longer than all the rest; so these, powers, elementary functions and sums over an index, whose
    index is no free symbol, are taken apart here.
    """
    if term == variable:
        return S.One
    if not _depends(term, variable):
        return S.Zero
    if isinstance(term, Add):
        return Add(*(_slope(part, variable) for part in term.args))
    if isinstance(term, Mul):
        return Add(*(_product_part(term.args, n, variable) for n in range(len(term.args))))
    if isinstance(term, Pow) and not _depends(term.exp, variable):
        base, power = term.args
        return term * (_slope(base, variable) * power / base)
    if isinstance(term, Function) and not isinstance(term, AppliedUndef) and len(term.args) == 1:
        outer = reciprocal(term.args[0]) if isinstance(term, log) else term.fdiff(1)
        return outer * _slope(term.args[0], variable)
    if isinstance(term, Sum) and not any(_depends(limit, variable) for limit in term.limits):
        return Sum(_slope(term.function, variable), *term.limits)
    return term.diff(variable)


def _product_part(factors: tuple[Expr, ...], number: int, variable: Expr) -> Expr:
    """The product with the factor of this number differentiated."""
    slope = _slope(factors[number], variable)
    if slope == 0:
        return S.Zero
    product = (*factors[:number], slope, *factors[number + 1 :])
    # SymPy multiplies all at once by a symbol, so that m (1/m) cancels, and one by one by an entry.
    return Mul(*product) if isinstance(variable, Symbol) else reduce(mul, product)


def _depends(term: Expr, variable: Expr) -> bool:
    return term.has(variable.base if isinstance(variable, Indexed) else variable)


def evaluate(term: Expr, ranges: Ranges = EMPTY) -> Expr:
    """`term` with every `Diff` taken and every `At` carried out, innermost first, and deltas
    eliminated.

    >>> x = Symbol("x", real=True)
    >>> evaluate(At(Lambda(x, Diff(x**3, x, S(1))), S(2)))
    12
    """
    if not contains(term, (Diff, At, KroneckerDelta)):
        return term
    return without_deltas(_evaluate(freshen(term), ranges), ranges)


def _evaluate(term: Expr, ranges: Ranges) -> Expr:
    if not contains(term, (Diff, At)):
        return term
    if isinstance(term, Diff):
        body, variable, order = term.args
        return D(_evaluate(body, ranges), *[variable] * int(order), ranges=ranges)
    if isinstance(term, At):
        function, value = term.args
        return open_lambda(_evaluate(function, ranges), _evaluate(value, ranges))
    if isinstance(term, Lambda):
        return Lambda(term.signature, without_deltas(_evaluate(term.expr, ranges), ranges))
    if isinstance(term, Sum | Product):
        inside = {**ranges, **{bound: upper for bound, lower, upper in term.limits if lower == 1}}
        return term.func(_evaluate(term.function, inside), *term.limits)
    return with_arguments(term, [_evaluate(argument, ranges) for argument in term.args])


LONGEST_LITERAL_SUM = 1000


def written_out(term: Expr) -> Expr:
    """`term` with sums and products between literal limits written out term by term.

    >>> from sympy import IndexedBase
    >>> k, z = Symbol("k", integer=True), IndexedBase("z")
    >>> written_out(Sum(z[k], (k, 1, 2)))
    z[1] + z[2]
    """
    if not contains(term, (Sum, Product)):
        return term
    if isinstance(term, Lambda):
        return Lambda(term.signature, written_out(term.expr))
    if not isinstance(term, Sum | Product):
        return with_arguments(term, [written_out(argument) for argument in term.args])
    body = written_out(term.function)
    for bound, lower, upper in term.limits:
        if lower.is_Integer and upper.is_Integer and upper - lower < LONGEST_LITERAL_SUM:
            parts = [body.xreplace({bound: S(k)}) for k in range(int(lower), int(upper) + 1)]
            body = (Add if isinstance(term, Sum) else Mul)(*parts)
        else:
            body = term.func(body, (bound, lower, upper))
    return body
