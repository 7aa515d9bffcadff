"""The atoms of the normal form that are not symbols: heads that SymPy never simplifies.

Each has a fixed real value at every point, also where the function it stands for has none; the
rules of `Tower` are written so that these fillings never matter.
"""

from __future__ import annotations

from sympy import Abs, Expr, Function, Lambda, Pow, Rational, Sum, exp, log
from sympy import Product as SymPyProduct


class Atom(Function):
    """A generator of the normal form."""

    is_real = True
    is_commutative = True


class ExpOf(Atom):
    """e^u, for one monomial u of an exponent."""

    nargs = 1


class LogAbs(Atom):
    """log|p| for an irreducible polynomial p, and 0 where p = 0."""

    nargs = 1


class AbsOf(Atom):
    """|p| where the sign of p is not known and cannot be split on."""

    nargs = 1


class SignOf(Atom):
    """The sign of p, likewise."""

    nargs = 1


class Root(Atom):
    """|p|^(1/n)."""

    nargs = 2


class PowerOf(Atom):
    """b^u where b > 0 is not known."""

    nargs = 2


class Rest(Atom):
    """A sum of terms that are not negative, without the one at a given index."""

    nargs = 2


class Gap(Atom):
    """By how much one combination of sums exceeds another, by the inequality with this number:
    never negative.
    """

    nargs = 3


_READABLE = {
    ExpOf: exp,
    LogAbs: lambda p: log(Abs(p)),
    AbsOf: Abs,
    SignOf: Function("sign"),
    Root: lambda p, n: Pow(Abs(p), Rational(1, n)),
    PowerOf: Pow,
}


def readable(term: Expr) -> Expr:
    """`term` with atoms written as the functions they stand for, for people."""
    if not term.args or not term.has(Atom):
        return term
    if isinstance(term, Sum | SymPyProduct):
        return term.func(readable(term.function), *term.limits)
    if isinstance(term, Lambda):
        return Lambda(term.signature, readable(term.expr))
    arguments = [readable(argument) for argument in term.args]
    return _READABLE[type(term)](*arguments) if type(term) in _READABLE else term.func(*arguments)
