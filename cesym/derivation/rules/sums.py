"""Rules about sums over an index."""

from __future__ import annotations

from sympy import Add, Basic, Expr, Indexed, KroneckerDelta, Mul, S, Sum

from cesym.derivation.rules.dependence import depends
from cesym.derivation.rules.rule import Situation, each
from cesym.terms.binders import freshen
from cesym.terms.context import Context
from cesym.terms.deltas import Ranges, eliminate_deltas
from cesym.terms.differentiation import Diff
from cesym.terms.functions import softmax


def split_sum(term: Expr, situation: Situation) -> Expr:
    """sum (a + b) = sum a + sum b; numbers go in front, nothing is multiplied out."""

    def split(e: Sum) -> Expr:
        parts = Add.make_args(e.function)
        return Add(*(_number_in_front(part, e) for part in parts)) if len(parts) > 1 else e

    return each(term, lambda e: isinstance(e, Sum), split)


def _number_in_front(part: Expr, like: Sum) -> Expr:
    number, rest = part.as_coeff_Mul()
    return number * Sum(rest, *like.limits)


def constants_out(term: Expr, situation: Situation) -> Expr:
    """sum c a_k = c sum a_k, and sum c = K c."""
    return each(term, lambda e: isinstance(e, Sum), _pulled)


def _pulled(total: Sum) -> Expr:
    """A sum with all that does not depend on its index in front, the inner sums first."""
    result = total.function
    for bound, lower, upper in total.limits:
        outside, inside = result.as_independent(bound, as_Add=False)
        whole = upper - lower + 1 if inside == 1 else Sum(inside, (bound, lower, upper))
        result = outside * whole
    return result


def probabilities_sum_to_one(term: Expr, situation: Situation) -> Expr:
    """sum c p_k = c for a declared distribution p, or a softmax."""

    def known(e: Sum) -> Expr:
        outside, inside = e.function.as_independent(e.limits[0][0], as_Add=False)
        return outside if _is_distribution(inside, e, situation.context) else e

    return each(term, lambda e: isinstance(e, Sum), known)


def _is_distribution(entry: Expr, total: Sum, context: Context) -> bool:
    """Whether `entry` runs through all the probabilities of a distribution."""
    if len(total.limits) != 1 or total.limits[0][1] != 1:
        return False
    ((index, _, size),) = total.limits
    if isinstance(entry, softmax):
        logits, own, at = entry.args
        return at == index and own == size and index not in logits.free_symbols
    if not isinstance(entry, Indexed) or entry.indices[-1] != index:
        return False
    declaration = context.declaration_of(entry.base)
    return (
        declaration is not None
        and declaration.constraint is not None
        and context.size(declaration.shape[-1]) == size
        and index not in set().union(*(i.free_symbols for i in entry.indices[:-1]))
    )


def one_sum(term: Expr, situation: Situation) -> Expr:
    """sum a_k + c sum b_k = sum (a_k + c b_k), for sums over the same range."""
    return each(term, lambda e: isinstance(e, Add), _joined)


def _joined(terms: Add) -> Expr:
    rest: list[Expr] = []
    bodies: dict[tuple[Expr, Expr], list[Expr]] = {}
    first: dict[tuple[Expr, Expr], Sum] = {}
    for part in terms.args:
        sums = [f for f in Mul.make_args(part) if isinstance(f, Sum) and len(f.limits) == 1]
        if len(sums) != 1:
            rest.append(part)
            continue
        ((index, lower, upper),) = sums[0].limits
        like = first.setdefault((lower, upper), sums[0])
        body = sums[0].function.xreplace({index: like.limits[0][0]})
        bodies.setdefault((lower, upper), []).append(part / sums[0] * body)
    return Add(*rest, *(Sum(Add(*bodies[key]), *first[key].limits) for key in bodies))


def use_delta(term: Expr, situation: Situation) -> Expr:
    """sum delta_kj a_k = a_j, and delta_ij = 0 where the indices are assumed to differ."""
    context = situation.context
    zero = {
        KroneckerDelta(h.left, h.right): S.Zero
        for h in context.hypotheses
        if h.operator in ("!=", "<", ">") and _are_indices(h.left, h.right)
    }
    ranges = context.ranges()
    return each(
        freshen(term).xreplace(zero), lambda e: isinstance(e, Sum), lambda e: _picked(e, ranges)
    )


def _picked(total: Sum, ranges: Ranges) -> Expr:
    """A sum, the terms that a delta picks taken out of it."""
    if not total.has(KroneckerDelta):
        return total
    parts = _parts(total.function)
    picked = [eliminate_deltas(Sum(p, *total.limits), ranges) for p in parts if _has_delta(p)]
    rest = Add(*(part for part in parts if not _has_delta(part)))
    return Add(*picked) + (_number_in_front(rest, total) if rest != 0 else S.Zero)


def _parts(term: Expr) -> list[Expr]:
    """The terms of a sum, multiplied out as far as is needed to have each delta in one of them."""
    if isinstance(term, Add):
        return [part for summand in term.args for part in _parts(summand)]
    factors = Mul.make_args(term)
    mixed = next((f for f in factors if isinstance(f, Add) and _has_delta(f)), None)
    if mixed is None:
        return [term]
    rest = Mul(*(factor for factor in factors if factor is not mixed))
    return [part for summand in mixed.args for part in _parts(summand * rest)]


def _has_delta(term: Expr) -> bool:
    return bool(term.has(KroneckerDelta))


def _are_indices(*terms: Expr) -> bool:
    return all(term.is_integer and (term.is_Symbol or term.is_Integer) for term in terms)


def differentiate_terms(term: Expr, situation: Situation) -> Expr:
    """The derivative of a sum as the sum of the derivatives, constants in front."""

    def outermost(e: Basic) -> Basic:
        if isinstance(e, Diff):
            body, variable, order = e.args
            return _linear(body, variable, order, situation.context)
        return e.func(*map(outermost, e.args)) if e.has(Diff) else e

    return outermost(freshen(term))


def _linear(body: Expr, variable: Expr, order: Expr, context: Context) -> Expr:
    if not depends(body, variable, context):
        return S.Zero
    if isinstance(body, Add):
        return Add(*(_linear(part, variable, order, context) for part in body.args))
    if isinstance(body, Sum):
        return _pulled(Sum(_linear(body.function, variable, order, context), *body.limits))
    return _constant_in_front(body, variable, order, context)


def _constant_in_front(body: Expr, variable: Expr, order: Expr, context: Context) -> Expr:
    factors = Mul.make_args(body)
    rest = [factor for factor in factors if depends(factor, variable, context)]
    constant = [factor for factor in factors if factor not in rest]
    if constant or (len(rest) == 1 and isinstance(rest[0], Add | Sum)):
        if len(rest) == 1 and isinstance(rest[0], Add | Sum):
            return Mul(*constant, _linear(rest[0], variable, order, context))
        return Mul(*constant, Diff(Mul(*rest), variable, order))
    return Diff(body, variable, order)


def exchange_sums(term: Expr, situation: Situation) -> Expr:
    """sum_i sum_j a_ij = sum_j sum_i a_ij, with what does not depend on i in front of its sum."""

    def exchanged(e: Sum) -> Expr:
        *inner, outer = e.limits
        outside, body, limits = S.One, e.function, tuple(inner)
        if not inner:
            outside, body, limits = _inner_sum(e)
        if not limits or any(outer[0] in end.free_symbols for limit in limits for end in limit[1:]):
            return e
        return Sum(_pulled(Sum(outside * body, outer)), *limits)

    return each(term, lambda e: isinstance(e, Sum), exchanged)


def _inner_sum(total: Sum) -> tuple[Expr, Expr, tuple]:
    """Of a sum of multiples of a sum: the factor, the inner terms, the inner limits."""
    factors = Mul.make_args(total.function)
    sums = [factor for factor in factors if isinstance(factor, Sum)]
    if len(sums) != 1:
        return S.One, S.One, ()
    return Mul(*(f for f in factors if f != sums[0])), sums[0].function, sums[0].limits
