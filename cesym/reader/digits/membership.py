"""Whether a number lies in a declared domain, as far as it is known."""

from __future__ import annotations

from fractions import Fraction

from cesym.reader.digits.reals import Real, Reals, undecided
from cesym.terms.domains import Domain, FiniteSet, IndexRange, Interval


def inside(reals: Reals, value: Real, domain: Domain) -> bool:
    """Whether `value` lies in `domain`; of an index range only that it is a positive integer.

    Raises Undecided where this precision cannot tell.

    >>> inside(Reals(60), Fraction(1), Interval(Fraction(0), Fraction(1), upper_open=True))
    False
    """
    if isinstance(domain, FiniteSet):
        return any(reals.compare(value, member) == 0 for member in domain.values)
    if isinstance(domain, IndexRange):
        domain = Interval(Fraction(1), None, integer=True)
    if domain.integer and not isinstance(value, Fraction):
        raise undecided()
    if isinstance(value, Fraction):
        return value in domain
    return _above(reals, value, domain.lower, domain.lower_open) and _above(
        reals,
        reals.negate(value),
        None if domain.upper is None else -domain.upper,
        domain.upper_open,
    )


def _above(reals: Reals, value: Real, bound: Fraction | None, open_: bool) -> bool:
    return bound is None or reals.compare(value, bound) >= (1 if open_ else 0)
