"""Polynomials as sums of what is known not to be negative, with weights that are not negative.

Let h_1, ..., h_n be polynomials that are >= 0 at every point of a case: those whose sign is assumed
there, the distances of variables from their bounds, 1, and products of two of these. If

    p = w_1 h_1 + ... + w_n h_n   with all w_i >= 0,

an identity of polynomials, then p >= 0, and p > 0 if some h_i > 0 has w_i > 0. If 0 has such a sum
with some h_i > 0 and w_i > 0, there is no such point, and whatever is claimed holds at every one.
For linear p and h_i all that follows is found so (Farkas' lemma); with products, what D. Handelman
shows of polynomials that are positive on a polytope (Pacific J. Math. 132, 1988) as far as two
factors do.

The weights may come from anywhere: the identity is checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from math import lcm

from cesym.errors import UnsupportedTerm
from cesym.prover.inequalities.nonnegative import nonnegative_solution
from cesym.prover.interruptions import Split
from cesym.prover.rational import Polynomial, Ratio, used
from cesym.prover.relations import NEGATED
from cesym.prover.tower import Tower

MOST_KNOWN = 12
MOST_FACTORS = 8
"""The most known polynomials of which products are made."""

HIGHEST_DEGREE = 3
MOST_TERMS = 40


@dataclass(frozen=True, slots=True)
class Known:
    """A polynomial that is >= 0, or > 0 if `strict`."""

    polynomial: Polynomial
    strict: bool


def sign_by_combination(tower: Tower, value: Ratio) -> str | None:
    """`>` or `>=` if that is proved of `value` so, else None."""
    bottom = tower.signs.of(Ratio(tower.ring, value.denominator, tower.ring.one))
    if bottom not in (">", "<"):
        return None
    polynomial = value.numerator if bottom == ">" else -value.numerator
    if not _simple(polynomial):
        return None
    known = _known(tower, polynomial)
    if len(known) < 2:  # 1 alone
        return None
    found = _sum_of(tower, polynomial, known) or _sum_of(tower, polynomial, _products(known))
    if found is None and _sum_of(tower, tower.ring.zero, known) == ">":
        return ">"
    return found


def _simple(polynomial: Polynomial) -> bool:
    """Whether a polynomial is not too much for this."""
    return len(polynomial) <= MOST_TERMS and polynomial.total_degree() <= HIGHEST_DEGREE


def _sum_of(tower: Tower, polynomial: Polynomial, known: Sequence[Known]) -> str | None:
    """`>` or `>=` for a polynomial that is a sum of known ones with weights >= 0."""
    monomials = {m for one in (polynomial, *(k.polynomial for k in known)) for m in one.to_dict()}
    if len(monomials) > 2 * MOST_TERMS:
        return None
    order = sorted(monomials)

    def entries(one: Polynomial) -> list[int]:
        terms = one.to_dict()
        return [int(terms.get(m, 0)) for m in order]

    weights = nonnegative_solution(
        [entries(k.polynomial) for k in known],
        entries(polynomial),
        [k.strict for k in known],
        tower.budget,
    )
    if weights is None:
        return None
    common = lcm(*(int(w.q) for w in weights))
    total = tower.ring.zero
    for weight, one in zip(weights, known, strict=True):
        assert weight >= 0
        total = total + int(weight.p) * (common // int(weight.q)) * one.polynomial
    assert total == common * polynomial
    return ">" if any(w > 0 and k.strict for w, k in zip(weights, known, strict=True)) else ">="


def _products(known: Sequence[Known]) -> list[Known]:
    """The known ones, which 1 begins, and the products of any two of the first."""
    if len(known) > MOST_FACTORS:
        return []
    pairs = combinations_with_replacement(known, 2)
    return [Known(a.polynomial * b.polynomial, a.strict and b.strict) for a, b in pairs]


def _known(tower: Tower, polynomial: Polynomial) -> list[Known]:
    """1, what the case assumes, and the bounds of the variables that occur."""
    found = [Known(tower.ring.one, strict=True)]
    for term, relation in tower.facts.signs.items():
        try:
            value = tower.convert(term)
        except (Split, UnsupportedTerm):
            continue
        if value.denominator.is_constant():
            flip = value.denominator.leading_coefficient() < 0
            said = NEGATED[relation] if flip else relation
            found += _from_relation(value.numerator, said)
    atoms = {v for one in (polynomial, *(k.polynomial for k in found)) for v in used(one)}
    for number in sorted(atoms):
        found += _bounds(tower, number)
    return found[:MOST_KNOWN]


def _from_relation(polynomial: Polynomial, relation: str) -> list[Known]:
    """What a relation to 0 says."""
    if relation in (">", ">="):
        return [Known(polynomial, relation == ">")]
    if relation in ("<", "<="):
        return [Known(-polynomial, relation == "<")]
    if relation == "==":
        return [Known(polynomial, strict=False), Known(-polynomial, strict=False)]
    return []


def _bounds(tower: Tower, number: int) -> Iterator[Known]:
    """The distances of a variable from its bounds."""
    interval, variable = tower.signs.interval(tower.atoms[number]), tower.ring.generators[number]
    for bound, side, opened in (
        (interval.lower, 1, interval.lower_open),
        (interval.upper, -1, interval.upper_open),
    ):
        if bound is not None:
            distance = bound.denominator * variable - tower.ring.context.constant(bound.numerator)
            yield Known(side * distance, opened)
