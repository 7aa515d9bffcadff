"""Looking into terms and building them, without the searches of SymPy's that find nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sympy import Add, Basic, Expr, I, Mul, Pow, Sum, exp, log, loggamma, nan, oo, zoo

Kinds = type | tuple[type, ...]

UNREAL: tuple[type, ...] = tuple(type(number) for number in (zoo, nan, oo, -oo, I))
"""What SymPy gives where there is no real number."""


def contains(term: Basic, kinds: Kinds) -> bool:
    """Whether a part of `term`, or the whole, is of one of these classes.

    >>> from sympy import Symbol, log, sin
    >>> contains(1 + log(Symbol("x")), log), contains(1 + log(Symbol("x")), sin)
    (True, False)
    """
    waiting = [term]
    while waiting:
        part = waiting.pop()
        if isinstance(part, kinds):
            return True
        waiting.extend(part.args)
    return False


def with_arguments(term: Basic, arguments: Iterable[Any]) -> Any:
    """`term` with other arguments: itself where they are the same, so that nothing is built anew.

    >>> from sympy import Symbol
    >>> term = Symbol("x") + 1
    >>> with_arguments(term, term.args) is term
    True
    """
    arguments = tuple(arguments)
    if all(new is old for new, old in zip(arguments, term.args, strict=True)):
        return term
    if isinstance(term, exp | log):
        return (exponential if isinstance(term, exp) else logarithm)(*arguments)
    if isinstance(term, Pow) and arguments[1] == -1:
        return reciprocal(arguments[0])
    return term.func(*arguments)


def reciprocal(term: Expr) -> Expr:
    """1/term. Of a sum with symbols SymPy makes no more of it, but takes long to find that out."""
    return Pow(term, -1, evaluate=not (term.is_Add and term.free_symbols))


def exponential(term: Expr) -> Expr:
    """e^term. SymPy makes more of it where there is a number, a logarithm, or what is not real,
    and asks otherwise of every summand whether it is 0.

    >>> from sympy import Symbol
    >>> x = Symbol("x")
    >>> exponential(x + 1) == exp(x + 1), exponential(2 * log(x))
    (True, x**2)
    """
    simple = term.free_symbols and not contains(term, (log, *UNREAL))
    return exp(term, evaluate=not simple)


def logarithm(term: Expr) -> Expr:
    """log term. Of a sum or product with symbols SymPy makes no more of it, unless it finds that
    it is 0 or not real.

    >>> from sympy import Symbol
    >>> x = Symbol("x", real=True)
    >>> logarithm(x + 1) == log(x + 1), logarithm(exp(x))
    (True, x)
    """
    simple = isinstance(term, Add | Mul | Sum) and term.free_symbols and not contains(term, UNREAL)
    return log(term, evaluate=not simple)


def log_gamma(term: Expr) -> Expr:
    """log Gamma(term). Of an integer SymPy makes the logarithm of a factorial, which is of no use.

    >>> from sympy import Symbol
    >>> log_gamma(Symbol("n", integer=True, positive=True)), log_gamma(Symbol("x") * 0 + 3)
    (loggamma(n), log(2))
    """
    return loggamma(term, evaluate=not term.free_symbols)
