"""A normal form as a term of elementary functions again, signs resolved by the case at hand."""

from __future__ import annotations

from sympy import Abs, Expr, exp, log

from cesym.prover.atoms import AbsOf, Atom, ExpOf, LogAbs, Root
from cesym.prover.interruptions import Split
from cesym.prover.rational import Ratio
from cesym.prover.tower import Tower
from cesym.terms.building import contains, with_arguments


def elementary(tower: Tower, value: Ratio) -> Expr | None:
    """The term of `value` in exp and log of positive arguments; None where a sign is not known."""
    try:
        return _resolved(tower, tower.term(value))
    except (_SignUnknown, Split):
        return None


class _SignUnknown(Exception):
    """The sign of a logarithm's argument, or another atom, cannot be told."""


def _resolved(tower: Tower, term: Expr) -> Expr:
    if not contains(term, Atom):
        return term
    arguments = [_resolved(tower, argument) for argument in term.args]
    if isinstance(term, ExpOf):
        return exp(*arguments)
    if isinstance(term, AbsOf):
        return Abs(arguments[0])  # it holds a bound index: else its sign would have been split on
    if isinstance(term, LogAbs | Root):
        known = tower.signs.of(tower.convert(term.args[0]))
        if known not in (">", ">=", "<", "<="):
            raise _SignUnknown
        inside = arguments[0] if known in (">", ">=") else -arguments[0]
        return log(inside) if isinstance(term, LogAbs) else inside ** (1 / term.args[1])
    if isinstance(term, Atom):
        raise _SignUnknown
    return with_arguments(term, arguments)
