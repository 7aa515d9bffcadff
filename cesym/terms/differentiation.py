"""Derivatives: the unevaluated nodes `Diff` and `At`, and `D`, which evaluates.

SymPy differentiates; this module keeps bound and free indices apart (plain `diff(Sum(z[k]**2, (k,
1, K)), z[k])` takes the free k for the bound one) and removes the Kronecker deltas that entries of
vectors leave behind, exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import mul
from types import MappingProxyType

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

EMPTY: Mapping[Expr, Expr] = MappingProxyType({})


Ranges = Mapping[Expr, Expr]
"""Index -> size K of its range 1..K."""

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
        term = _without_deltas(_differentiate(freshen(term), variable), ranges)
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
    return _without_empty_sums(result)


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


def _without_empty_sums(term: Expr) -> Expr:
    """`term` without sums over 0, which SymPy keeps."""
    return term.replace(lambda part: isinstance(part, Sum) and part.function == 0, lambda _: S.Zero)


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
    return _without_deltas(_evaluate(freshen(term), ranges), ranges)


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
        return Lambda(term.signature, eliminate_deltas(_evaluate(term.expr, ranges), ranges))
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


def eliminate_deltas(term: Expr, ranges: Ranges = EMPTY) -> Expr:
    """Every sum over a Kronecker delta of its index, carried out: sum_k F(delta_kj) = F(1)|k=j -
    F(0)|k=j + sum_k F(0).

    That needs j in the range of the sum. Where `ranges` does not say so, the delta is left alone.
    """
    return _without_deltas(freshen(term), ranges) if contains(term, KroneckerDelta) else term


def _without_deltas(term: Expr, ranges: Ranges) -> Expr:
    """`eliminate_deltas` of a term in which no index is bound inside the range of its own name.

    That is so after `freshen`, and then stays so: a derivative has parts of its term beside each
    other and never inside each other's sums, and a sum that is carried out takes them out of one.
    """
    if not contains(term, KroneckerDelta):
        return term
    return _without_empty_sums(_eliminate(term, ranges))


def _eliminate(term: Expr, ranges: Ranges) -> Expr:
    if not contains(term, KroneckerDelta):
        return term
    if isinstance(term, Sum):
        return _eliminate_in_sum(term, ranges)
    return with_arguments(term, [_eliminate(argument, ranges) for argument in term.args])


def _eliminate_in_sum(term: Sum, ranges: Ranges) -> Expr:
    inside = {**ranges, **{b: up for b, lo, up in term.limits if lo == 1}}
    body = _eliminate(term.function, inside)
    for bound, lower, upper in term.limits:
        body = _eliminate_index(body, bound, lower, upper, inside)
    return body


def _eliminate_index(body: Expr, bound: Symbol, lower: Expr, upper: Expr, ranges: Ranges) -> Expr:
    """sum over `bound` of `body`, one delta of `bound` after the other."""
    if body == 0:
        return S.Zero
    for delta in sorted(body.atoms(KroneckerDelta), key=str):
        other = _partner(delta, bound)
        if other is None or not _lies_in(other, lower, upper, ranges) or not _free_in(body, other):
            continue
        there = body.xreplace({delta: S.One}).xreplace({bound: other})
        without = body.xreplace({delta: S.Zero})
        missing = without.xreplace({bound: other})
        rest = _eliminate_index(without, bound, lower, upper, ranges)
        return _eliminate(there, ranges) - _eliminate(missing, ranges) + rest
    return Sum(body, (bound, lower, upper))


def _partner(delta: KroneckerDelta, bound: Symbol) -> Expr | None:
    first, second = delta.args
    if first == bound:
        return second
    return first if second == bound else None


def _free_in(body: Expr, index: Expr) -> bool:
    """Whether the partner index means the same outside `body`: it is not bound inside."""
    return index.is_Integer or index in body.free_symbols


def _lies_in(index: Expr, lower: Expr, upper: Expr, ranges: Ranges) -> bool:
    """Whether `index` is sure to lie in lower..upper."""
    if lower != 1:
        return False
    last = index if index.is_Integer else ranges.get(index)
    return (
        last is not None
        and (index.is_Symbol or index >= 1)
        and (upper - last).is_nonnegative is True
    )
