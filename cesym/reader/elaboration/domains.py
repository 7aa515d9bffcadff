"""That a value lies in the domain of what it is put in for.

A body is simplified by SymPy under what is declared of its parameter, so it may be used at no value
that the declaration does not allow: `sqrt(x^2)` of a positive x *is* x, and says nothing of -1.
"""

from __future__ import annotations

from fractions import Fraction

from sympy import Expr, Indexed, Rational

from cesym.messages import N_
from cesym.reader.elaboration.walk import Walk
from cesym.reader.syntax import Node
from cesym.terms.conditions import Condition, Fact, nonnegative, positive
from cesym.terms.context import Context
from cesym.terms.domains import Declaration, Domain, FiniteSet, IndexRange, Interval

WHY = N_("argument in its domain")


def membership(
    node: Node, term: Expr, declaration: Declaration, walk: Walk
) -> tuple[Condition, ...]:
    """That `term`, the meaning of `node`, lies in the domain of `declaration`. Raises ReadError for
    what is not an integer where one is needed.
    """
    domain = declaration.domain
    known = _domain_of(term, walk.context)
    if known is not None and _inside(known, domain):
        return ()
    if isinstance(domain, FiniteSet):
        return (Condition(tuple(Fact(term - _r(v), "==") for v in domain.values), why=WHY),)
    if isinstance(domain, IndexRange) or (domain.integer and term.is_integer is not True):
        raise walk.error(node, "an integer is expected here, for {name}", name=declaration.name)
    found = []
    if domain.lower is not None:
        found.append(_above(term - _r(domain.lower), open_=domain.lower_open))
    if domain.upper is not None:
        found.append(_above(_r(domain.upper) - term, open_=domain.upper_open))
    return tuple(found)


def _above(term: Expr, *, open_: bool) -> Condition:
    return positive(term, WHY) if open_ else nonnegative(term, WHY)


def _r(value: Fraction) -> Rational:
    return Rational(value.numerator, value.denominator)


def _domain_of(term: Expr, context: Context) -> Domain | None:
    """The domain of a literal number, a declared symbol, or an entry of a declared vector."""
    if term.is_Rational:
        return FiniteSet((Fraction(int(term.p), int(term.q)),))
    declaration = context.declaration_of(term.base if isinstance(term, Indexed) else term)
    return None if declaration is None else declaration.domain


def _inside(inner: Domain, outer: Domain) -> bool:
    """Whether every value of `inner` is one of `outer`."""
    if inner == outer:
        return True
    if isinstance(inner, FiniteSet) and not isinstance(outer, IndexRange):
        return all(value in outer for value in inner.values)
    if not isinstance(inner, Interval) or not isinstance(outer, Interval):
        return False
    if outer.integer and not inner.integer:
        return False
    return _bounded(inner, outer)


def _bounded(inner: Interval, outer: Interval) -> bool:
    below = outer.lower is None or (
        inner.lower is not None
        and (inner.lower, inner.lower_open) >= (outer.lower, outer.lower_open)
    )
    above = outer.upper is None or (
        inner.upper is not None
        and (inner.upper, not inner.upper_open) <= (outer.upper, not outer.upper_open)
    )
    return below and above
