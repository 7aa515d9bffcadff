"""Bound indices: renaming, substitution and comparison without capture.

SymPy gives bound indices no alpha-equivalence (`Sum(p[k])` and `Sum(p[l])` differ) and substitutes
under them carelessly. Every substitution and every derivative in cesym goes through this module.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sympy import Basic, Dummy, Expr, Lambda, Pow, Product, Sum, Symbol, exp, log, loggamma

BINDERS = (Sum, Product, Lambda)


def fresh_like(symbol: Symbol) -> Dummy:
    """A new symbol that occurs nowhere else, with the assumptions of `symbol`."""
    return Dummy(symbol.name.lstrip("@") or "k", **symbol.assumptions0)


def freshen(term: Basic) -> Basic:
    """`term` with every bound symbol replaced by one that occurs nowhere else.

    Afterwards no bound symbol can meet a free one, so `xreplace` and SymPy's `diff` can not
    capture.
    """
    return _renamed(term, {})


def _renamed(term: Basic, names: Mapping[Basic, Symbol]) -> Basic:
    """`term` with the free symbols `names` renamed, and every bound one renamed afresh."""
    if isinstance(term, Symbol):
        return names.get(term, term)
    if not term.args:
        return term
    if isinstance(term, Lambda):
        (bound,) = term.signature
        new = fresh_like(bound)
        return Lambda(new, _renamed(term.expr, {**names, bound: new}))
    if isinstance(term, Sum | Product):
        limits = []
        # The limits of an inner index, which is written first, may speak of an outer one.
        for bound, lower, upper in reversed(term.limits):
            new = fresh_like(bound)
            limits.insert(0, (new, _renamed(lower, names), _renamed(upper, names)))
            names = {**names, bound: new}
        return term.func(_renamed(term.function, names), *limits)
    return _with_other_names(term, [_renamed(argument, names) for argument in term.args])


def renamed(term: Expr, names: Mapping[Basic, Symbol]) -> Expr:
    """`term` with symbols renamed, bound ones like free ones, to names that do not occur in it.

    >>> x, y = Symbol("x"), Symbol("y")
    >>> renamed(exp(x) + x, {x: y})
    y + exp(y)
    """
    if isinstance(term, Symbol):
        return names.get(term, term)
    return _with_other_names(term, [renamed(argument, names) for argument in term.args])


def _with_other_names(term: Basic, arguments: Sequence[Basic]) -> Any:
    """`term` with arguments in which nothing but names has changed."""
    if all(new is old for new, old in zip(arguments, term.args, strict=True)):
        return term
    if isinstance(term, exp | log | loggamma | Pow):
        # Other names give no rule of SymPy anything new to do, and its search for one is slow.
        return term.func(*arguments, evaluate=False)
    return term.func(*arguments)


def substitute(term: Expr, replacements: Mapping[Basic, Basic]) -> Expr:
    """`term` with free symbols (or entries) replaced all at once, never under a binder of the same
    name.

    >>> from sympy import symbols, IndexedBase
    >>> k, j, K = symbols("k j K", integer=True, positive=True)
    >>> z = IndexedBase("z")
    >>> substitute(Sum(z[k] * z[j], (k, 1, K)), {j: k}).free_symbols >= {k}
    True
    """
    if not replacements:
        return term
    return freshen(term).xreplace(dict(replacements))


def height(term: Basic) -> int:
    """The largest canonical bound name inside `term`, 0 when there is none."""
    return max((int(s.name[1:]) for s in _bound_symbols(term) if s.name.startswith("@")), default=0)


def _bound_symbols(term: Basic) -> set[Symbol]:
    found: set[Symbol] = set()
    for binder in term.atoms(*BINDERS):
        if isinstance(binder, Lambda):
            found.update(binder.signature)
        else:
            found.update(limit[0] for limit in binder.limits)
    return found


def canonical_name(like: Symbol, number: int) -> Symbol:
    """The bound symbol number `number`, with the assumptions of `like`."""
    return Symbol(f"@{number}", **like.assumptions0)


def canonical(term: Basic) -> Basic:
    """`term` with bound symbols named by their height, so that alpha-equivalent terms are equal.

    A binder's name is larger than every bound name inside its body, so no name is ever captured.

    >>> from sympy import symbols, IndexedBase
    >>> k, j, K = symbols("k j K", integer=True, positive=True)
    >>> z = IndexedBase("z")
    >>> canonical(Sum(z[k], (k, 1, K))) == canonical(Sum(z[j], (j, 1, K)))
    True
    """
    return _named(freshen(term))


def with_like_names(term: Expr) -> Expr:
    """`term` with bound indices that occur nowhere else, the same ones in alpha-equivalent parts.

    So equal factors are equal to SymPy, which `freshen` alone keeps apart. Variables that are no
    indices, of a derivative at a value, keep their names, by which they are written.

    >>> from sympy import symbols, IndexedBase
    >>> k, j, K = symbols("k j K", integer=True, positive=True)
    >>> z = IndexedBase("z")
    >>> with_like_names(Sum(z[k], (k, 1, K)) / Sum(z[j], (j, 1, K)))
    1
    """
    named = _named(freshen(term), only_indices=True)
    indices = (s for s in _bound_symbols(named) if s.name.startswith("@"))
    return named.xreplace({s: fresh_like(s) for s in indices})


def _named(term: Basic, *, only_indices: bool = False) -> Basic:
    if not term.args or not term.has(*BINDERS):
        return term
    if isinstance(term, Lambda):
        (bound,) = term.signature
        body = _named(term.expr, only_indices=only_indices)
        if only_indices and not bound.is_integer:
            return Lambda(bound, body)
        new = canonical_name(bound, height(body) + 1)
        return Lambda(new, body.xreplace({bound: new}))
    if isinstance(term, Sum | Product):
        body, limits = _named(term.function, only_indices=only_indices), []
        for number, (bound, lower, upper) in enumerate(term.limits, start=height(body) + 1):
            new = canonical_name(bound, number)
            body = body.xreplace({bound: new})
            limits = [
                (b, lo.xreplace({bound: new}), up.xreplace({bound: new})) for b, lo, up in limits
            ]
            limits.append((new, lower, upper))
        return term.func(body, *limits)
    return term.func(*(_named(argument, only_indices=only_indices) for argument in term.args))


def open_lambda(function: Lambda, argument: Basic) -> Expr:
    """The body of `function` at `argument`.

    >>> x, y = Symbol("x"), Symbol("y")
    >>> open_lambda(Lambda(x, x + 1), y)
    y + 1
    """
    (bound,) = function.signature
    body = function.expr
    if isinstance(argument, Symbol) and argument not in body.free_symbols:
        return _renamed(body, {bound: argument})
    new = fresh_like(bound)
    return _renamed(body, {bound: new}).xreplace({new: argument})
