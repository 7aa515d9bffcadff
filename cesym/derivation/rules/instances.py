"""What the page has found for all values of its symbols, at other ones."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Basic, Expr, Lambda, Mul, Product, S, Sum, Symbol
from sympy.core.function import AppliedUndef

from cesym.derivation.structure import same_structure, structure
from cesym.terms.binders import freshen, substitute
from cesym.terms.differentiation import At, Diff

Matched = dict[Basic, Basic]


def under_sums(term: Expr, what: Expr, put: Callable[[Expr], Expr]) -> Expr:
    """`put` applied to `term`; where that changes nothing, inside of the sums and products, whose
    index is then called by an index in `what`.
    """
    result = put(term)
    if not same_structure(result, term):
        return result
    result = freshen(term)
    for index in sorted(what.free_symbols, key=str):
        if isinstance(index, Symbol) and index.is_integer:
            result = _inside(result, index, put)
    return result


def _inside(term: Expr, index: Symbol, put: Callable[[Expr], Expr]) -> Expr:
    def change(e: Basic) -> Basic:
        assert isinstance(e, Sum | Product)
        if len(e.limits) != 1 or index in e.free_symbols:
            return e
        body, (bound, *ends) = e.args[0], e.args[1].args
        found = put(body.xreplace({bound: index})).xreplace({index: bound})
        return e if found == body else sign_in_front(e.func(found, (bound, *ends)))

    return term.replace(lambda e: isinstance(e, Sum | Product), change)


def sign_in_front(term: Expr) -> Expr:
    """A sum of negatives as a negative sum."""
    if isinstance(term, Sum) and term.function.could_extract_minus_sign():
        return -Sum(-term.function, *term.limits)
    return term


def insert_instances(term: Expr, wanted: Expr, found: Expr) -> Expr:
    """`found` wherever `wanted` stands with other arguments and indices.

    `wanted` holds a call, such as l(t, q): it serves l(y_i, q_i) too.
    """
    if isinstance(wanted, Diff):
        return _derivatives(term, wanted, found) if wanted.has(AppliedUndef) else term
    sign, rest = (
        (S.NegativeOne, -wanted) if wanted.args[:1] == (S.NegativeOne,) else (S.One, wanted)
    )
    calls = rest.atoms(AppliedUndef)
    free = {s for s in rest.free_symbols if any(_may_vary(s, call) for call in calls)}
    if not free or isinstance(rest, Mul | Symbol):
        return term

    def change(e: Basic) -> Basic:
        matched: Matched = {}
        return sign * substitute(found, matched) if _match(rest, e, free, matched) else e

    changed = freshen(term).replace(lambda e: isinstance(e, rest.func), change)
    return changed.replace(lambda e: isinstance(e, Sum), sign_in_front)


def _derivatives(term: Expr, wanted: Expr, found: Expr) -> Expr:
    """`found` for every derivative in `term` that is `wanted` at other symbols.

    `wanted` is the derivative of a call, such as `\\partial l/\\partial a` of l(y, a); it serves
    the slope `At(Lambda(q, Diff(l(y_i, q), q)), s_i)` and, for definitions with indices,
    `Diff(s_i, w_d)` at any i and d.
    """
    if not isinstance(_innermost(wanted), AppliedUndef):
        return term

    def at_value(e: Basic) -> Basic:
        function, value = e.args
        assert isinstance(function, Lambda)
        (bound,) = function.signature
        matched = match(wanted, function.expr)
        if matched is None or matched.get(wanted.args[1]) != bound:
            return e
        others = {old: new for old, new in matched.items() if new != bound}
        if any(new.has(bound) for new in others.values()):
            return e
        return substitute(found, {**others, wanted.args[1]: value})

    def in_place(e: Basic) -> Basic:
        matched = match(wanted, e)
        return e if matched is None else substitute(found, matched)

    # Not innermost first: at a value, the derivative is taken before the value is put in.
    term = freshen(term).replace(lambda e: isinstance(e, At), at_value)
    return term.replace(lambda e: isinstance(e, Diff), in_place)


def _innermost(term: Basic) -> Basic:
    """What a derivative, perhaps one of a derivative, is taken of."""
    return _innermost(term.args[0]) if isinstance(term, Diff) else term


def match(pattern: Expr, term: Basic) -> Matched | None:
    """What to put for the arguments of the call in `pattern`, and for its indices, to get `term`.

    None when nothing does, or when the variable of the derivative would stand in other arguments.
    """
    matched: Matched = {}
    call, variable, _ = structure(pattern).args
    free = {s for part in (call, variable) for s in part.free_symbols if _may_vary(s, call)}
    if not _match(structure(pattern), term, free, matched):
        return None
    by = matched.get(variable)
    others = [new for old, new in matched.items() if old != variable]
    return None if by is not None and any(new.has(by) for new in others) else matched


def _may_vary(symbol: Basic, call: Basic) -> bool:
    """Whether a symbol of the pattern is an argument of the call or an index."""
    return isinstance(symbol, Symbol) and (symbol in call.args or bool(symbol.is_integer))


def _match(pattern: Basic, term: Basic, free: set[Basic], matched: Matched) -> bool:
    if pattern in free:
        return matched.setdefault(pattern, term) == term
    if pattern == term:
        return True
    return (
        bool(pattern.args)
        and pattern.func == term.func
        and len(pattern.args) == len(term.args)
        and all(_match(a, b, free, matched) for a, b in zip(pattern.args, term.args, strict=True))
    )
