"""Looking for parts of a term, quicker than SymPy's own `has`, which is asked all the time."""

from __future__ import annotations

from collections.abc import Iterable

from sympy import Basic

Kinds = type | tuple[type, ...]


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


def with_arguments(term: Basic, arguments: Iterable[Basic]) -> Basic:
    """`term` with other arguments: itself where they are the same, so that nothing is built anew.

    >>> from sympy import Symbol
    >>> term = Symbol("x") + 1
    >>> with_arguments(term, term.args) is term
    True
    """
    arguments = tuple(arguments)
    if all(new is old for new, old in zip(arguments, term.args, strict=True)):
        return term
    return term.func(*arguments)
