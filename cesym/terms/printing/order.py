"""The order in which a textbook writes terms and factors: `1 - y`, `y (1 - y) log q`.

Both notations share it. It looks at terms only and knows nothing of how they are spelled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sympy import (
    Abs,
    Add,
    Expr,
    Indexed,
    IndexedBase,
    Max,
    Min,
    Mul,
    Number,
    Piecewise,
    Pow,
    Product,
    Rational,
    S,
    Sum,
    Symbol,
    exp,
    log,
)
from sympy.core.function import AppliedUndef

from cesym.terms.differentiation import At, Diff
from cesym.terms.functions import Named, VectorNamed, logsumexp, softplus, xlogy
from cesym.terms.printing.names import Scope

BIG = (Sum, Product, Piecewise)
LOGARITHMS = (log, softplus, logsumexp, xlogy)
CALLS = (exp, Named, VectorNamed, AppliedUndef, Abs, Max, Min)

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Monomial:
    """`sign * number * above / below`: what a product looks like on paper.

    `number` is a positive rational. `above` are factors, `below` the bases of negative rational
    powers, raised to the positive ones.
    """

    sign: int
    number: Rational
    above: tuple[Expr, ...]
    below: tuple[Expr, ...]


def monomial(term: Expr) -> Monomial:
    """A term, taken apart.

    >>> from sympy import symbols
    >>> x, y = symbols("x y")
    >>> monomial(-2 * x / y)
    Monomial(sign=-1, number=2, above=(x,), below=(y,))
    """
    coefficient, rest = term.as_coeff_Mul()
    if not isinstance(coefficient, Rational):
        coefficient, rest = S.One, term
    above, below = [], []
    for factor in Mul.make_args(rest):
        if isinstance(factor, Pow) and factor.exp.is_Rational and factor.exp.is_negative:
            below.append(Pow(factor.base, -factor.exp))
        elif factor != 1:
            above.append(factor)
    return Monomial(-1 if coefficient < 0 else 1, abs(coefficient), tuple(above), tuple(below))


def ordered_terms(total: Add, scope: Scope) -> list[Monomial]:
    """The terms of a sum: simple ones first, but never a negative one before a positive one."""
    terms = sorted((monomial(term) for term in total.args), key=lambda term: _term_key(term, scope))
    if _constants_lead(terms):
        terms.sort(key=lambda term: bool(term.above or term.below))
    first = next((place for place, term in enumerate(terms) if term.sign > 0), 0)
    return [terms[first], *terms[:first], *terms[first + 1 :]]


def _constants_lead(terms: Sequence[Monomial]) -> bool:
    """A constant is written first in `1 - y` and `1 + e^x`, last in `x + 1` and `x^2 - x + 1`."""
    if any(_class(term) > 0 for term in terms):
        return True
    return len(terms) == 2 and any(term.sign < 0 and (term.above or term.below) for term in terms)


def _class(term: Monomial) -> int:
    """0 for symbols only, 1 with functions, 2 with logarithms, 3 with sums over indices."""
    factors = term.above + term.below
    for number, heads in ((3, BIG), (2, LOGARITHMS), (1, (*CALLS, Diff, At))):
        if any(factor.has(*heads) for factor in factors):
            return number
    return 0


def _term_key(term: Monomial, scope: Scope) -> Key:
    factors = term.above + term.below
    brackets = sum(isinstance(factor.as_base_exp()[0], Add) for factor in factors)
    degree = sum(_degree(factor) for factor in term.above)
    return (_class(term), brackets, -degree, [factor_key(factor, scope)[1:] for factor in factors])


def _degree(factor: Expr) -> Rational:
    base, power = factor.as_base_exp()
    return power if isinstance(base, Symbol | Indexed) and isinstance(power, Rational) else S.Zero


def ordered_factors(factors: Sequence[Expr], scope: Scope) -> list[Expr]:
    """Numbers, symbols, sums, functions, logarithms, sums over indices; but `f (1 - f)`."""
    return sorted(factors, key=lambda factor: factor_key(factor, scope))


def factor_key(factor: Expr, scope: Scope) -> Key:
    """Where a factor stands in a product."""
    return (_rank(factor), names_key(factor, scope), factor.count_ops())


def _rank(factor: Expr) -> int:
    base = factor.base if isinstance(factor, Pow) else factor
    if factor.is_number:
        return 0
    if isinstance(base, Symbol | Indexed):
        return 1
    if isinstance(base, BIG):
        return 7
    if isinstance(base, Diff | At):
        return 6
    if isinstance(base, log):
        return 5
    if isinstance(base, Add):
        return 4 if base.has(*CALLS, log) else 2
    return 3


def names_key(term: Expr, scope: Scope) -> Key:
    """The names in a term, in the order of their declarations."""
    found = set()
    for atom in term.atoms(Symbol, IndexedBase, Number, AppliedUndef):
        if isinstance(atom, Number):
            continue
        name = scope.spelling(atom).plain
        found.add((scope.position(name), name))
    return tuple(sorted(found))


def ordered_arguments(term: Expr, scope: Scope) -> list[Expr]:
    """The arguments of a maximum or minimum: constants last."""
    return sorted(term.args, key=lambda argument: (argument.is_number, factor_key(argument, scope)))


def flat(factor: Expr, *, below: bool) -> bool:
    """Whether a factor looks well above a fraction bar; over a number, only simple ones do."""
    return not factor.has(*BIG, Diff, At) and (below or _rank(factor) in (0, 1, 3))


def is_negative(total: Add) -> bool:
    """Whether every term of a sum has a minus sign."""
    return all(monomial(term).sign < 0 for term in total.args)
