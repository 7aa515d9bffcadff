"""Sums over an index as polynomials in *contractions*.

A summand is split into a coefficient free of the index and a monomial that depends on it; nested
sums are flattened, and the factors fall into connected components that share indices. Each
component is one atom, its bound indices named in a canonical way, so that renamed or reordered sums
are equal, and sum_k a_k sum_l b_l is the product of two atoms.
"""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from sympy import Dummy, Expr, Mul, Pow, Sum, Symbol

from cesym.errors import UnsupportedTerm
from cesym.prover.atoms import ExpOf
from cesym.prover.rational import Polynomial, Ratio, factored, used
from cesym.prover.reduction import reduced
from cesym.terms.binders import canonical_name, height, renamed

if TYPE_CHECKING:
    from cesym.prover.tower import Tower

MOST_PERMUTED = 5

Factor = tuple[Expr, int]
Bounds = dict[Dummy, Expr]


def normal_sum(tower: Tower, term: Sum) -> Ratio:
    """The normal form of a sum whose ranges are 1..size."""
    body = term.function
    result = tower.constant(0)
    for bound, lower, upper in term.limits:
        if lower != 1 or not _counts(upper):
            raise UnsupportedTerm(
                "a sum from {lower} to {upper} is not supported", lower=str(lower), upper=str(upper)
            )
        new = Dummy(bound.name, **bound.assumptions0)
        summand = _with_reduced_roots(tower, tower.convert(renamed(body, {bound: new})))
        result = _sum_one(tower, summand, new, upper)
        body = tower.term(result)
    return result


def _with_reduced_roots(tower: Tower, value: Ratio) -> Ratio:
    """`value` with sqrt(p)^2 = p in the numerator, and the like: a sum of it has nothing to do with
    roots.
    """
    one = tower.ring.one
    numerator = reduced(tower, value.numerator)
    if numerator == value.numerator:
        return value
    return Ratio(tower.ring, numerator, one) / Ratio(tower.ring, value.denominator, one)


def _counts(size: Expr) -> bool:
    """Whether a range 1..size has exactly `size` indices: a symbol or literal that is never
    negative.
    """
    return (
        (size.is_Symbol or size.is_Integer) and bool(size.is_nonnegative) and bool(size.is_integer)
    )


def _sum_one(tower: Tower, summand: Ratio, bound: Dummy, size: Expr) -> Ratio:
    dependent = {i for i, atom in enumerate(tower.atoms) if atom.has(bound)}
    content, factors = factored(summand.denominator)
    free, tied = tower.ring.context.constant(content), []
    for factor, exponent in factors:
        if dependent.intersection(used(factor)):
            tied.append((factor, exponent))
        else:
            free = free * factor**exponent
    groups: dict[tuple[tuple[int, ...], tuple[Factor, ...]], dict[tuple[int, ...], int]] = {}
    scale, fractions = _partial_fractions(tower, summand.numerator, tied, dependent)
    free = free * scale
    for numerator, denominators in fractions:
        below = tuple((tower.expression(factor), exponent) for factor, exponent in denominators)
        for exponents, coefficient in numerator.to_dict().items():
            outside = tuple(0 if i in dependent else e for i, e in enumerate(exponents))
            inside = tuple(e if i in dependent else 0 for i, e in enumerate(exponents))
            group = groups.setdefault((inside, below), {})
            group[outside] = group.get(outside, 0) + int(coefficient)
    result = tower.constant(0)
    for (inside, below), outside in groups.items():
        above = [(tower.atoms[i], int(e)) for i, e in enumerate(inside) if e]
        coefficient = Ratio(tower.ring, tower.ring.polynomial(outside), free)
        result += coefficient * _contraction(
            tower, [*above, *((f, -e) for f, e in below)], {bound: size}
        )
    return result


def _partial_fractions(
    tower: Tower,
    numerator: Polynomial,
    denominators: list[tuple[Polynomial, int]],
    dependent: set[int],
) -> tuple[Polynomial, list[tuple[Polynomial, list[tuple[Polynomial, int]]]]]:
    """The summand by powers of its denominator, when there is one denominator, and what all parts
    are to be divided by besides. Any other form is right too, only less canonical.
    """
    if len(denominators) != 1:
        return tower.ring.one, [(numerator, denominators)]
    (factor, power) = denominators[0]
    number = _scaled_generator(tower, factor, dependent)
    if number is None:
        return tower.ring.one, _by_powers(tower, numerator, factor, power, dependent)
    by_degree = _coefficients(tower, factor, number)
    degree = int(numerator.degrees()[number])
    scale, generator = by_degree[1], tower.ring.generators[number]
    scaled = tower.ring.zero
    for exponent, coefficient in _coefficients(tower, numerator, number).items():
        scaled = scaled + coefficient * scale ** (degree - exponent) * generator**exponent
    parts = _by_powers(tower, scaled, by_degree[0] + generator, power, dependent)
    return scale**degree, [
        (tower.replace(part, number, scale * generator), [(factor, p) for _, p in below])
        for part, below in parts
    ]


def _scaled_generator(tower: Tower, factor: Polynomial, dependent: set[int]) -> int | None:
    """A generator x of the summand for which `factor` is a + c x, where c is a product of
    exponentials without the index, which are never 0: with X = c x the factor is monic, and
    n(x) = n(X/c).
    """
    for number in reversed(used(factor)):
        if number not in dependent or int(factor.degrees()[number]) != 1:
            continue
        lead = [(m, int(c)) for m, c in factor.to_dict().items() if m[number]]
        others = {i for m, _ in lead for i, e in enumerate(m) if e} - {number}
        if (
            len(lead) == 1
            and lead[0][1] == 1
            and others
            and all(i not in dependent and isinstance(tower.atoms[i], ExpOf) for i in others)
        ):
            return number
    return None


def _coefficients(tower: Tower, polynomial: Polynomial, number: int) -> dict[int, Polynomial]:
    """The coefficients of the powers of one generator."""
    found: dict[int, dict[tuple[int, ...], int]] = {}
    for exponents, coefficient in polynomial.to_dict().items():
        rest = tuple(0 if i == number else int(e) for i, e in enumerate(exponents))
        found.setdefault(int(exponents[number]), {})[rest] = int(coefficient)
    return {degree: tower.ring.polynomial(terms) for degree, terms in found.items()}


def _by_powers(
    tower: Tower, numerator: Polynomial, factor: Polynomial, power: int, dependent: set[int]
) -> list[tuple[Polynomial, list[tuple[Polynomial, int]]]]:
    """numerator / factor^power as a polynomial and parts over the powers of the factor."""
    parts = []
    while power > 0 and not numerator.is_zero():
        numerator, remainder = tower.divide(numerator, factor, dependent)
        if not remainder.is_zero():
            parts.append((remainder, [(factor, power)]))
        power -= 1
    if not numerator.is_zero():
        parts.append((numerator, []))
    return parts


def _contraction(tower: Tower, factors: list[Factor], bounds: Bounds) -> Ratio:
    """The sum over `bounds` of the product of `factors`."""
    factors, bounds = _flattened(factors, bounds)
    components: list[tuple[set[Dummy], list[Factor]]] = []
    result = tower.constant(1)
    for factor, exponent in factors:
        shared = {bound for bound in bounds if bound in factor.free_symbols}
        if not shared:
            result *= tower.convert(factor) ** exponent
            continue
        members = [(factor, exponent)]
        for component in [c for c in components if c[0] & shared]:
            components.remove(component)
            shared, members = shared | component[0], component[1] + members
        components.append((shared, members))
    for bound in set(bounds).difference(*(shared for shared, _ in components)):
        result *= tower.convert(bounds[bound])
    for shared, members in components:
        result *= _canonical_atom(tower, members, {bound: bounds[bound] for bound in shared})
    return result


def _flattened(factors: list[Factor], bounds: Bounds) -> tuple[list[Factor], Bounds]:
    """Inner sums with positive powers opened, each time with indices of its own."""
    flat, bounds = [], dict(bounds)
    for factor, exponent in factors:
        if not isinstance(factor, Sum) or exponent < 0:
            flat.append((factor, exponent))
            continue
        for _ in range(exponent):
            body = factor.function
            for bound, _lower, upper in factor.limits:
                new = Dummy(bound.name.strip("@"), **bound.assumptions0)
                body = renamed(body, {bound: new})
                bounds[new] = upper
            flat += [_base_and_exponent(part) for part in Mul.make_args(body)]
    return flat, bounds


def _base_and_exponent(term: Expr) -> Factor:
    if isinstance(term, Pow) and term.exp.is_Integer:
        return term.base, int(term.exp)
    return term, 1


def _canonical_atom(tower: Tower, factors: list[Factor], bounds: Bounds) -> Ratio:
    """The atom of one connected contraction: of all ways to name its indices, the first in string
    order.
    """
    first = 1 + max(height(factor) for factor, _ in factors)
    indices = sorted(bounds, key=lambda b: (str(bounds[b]), b.dummy_index))
    names = [canonical_name(index, first + i) for i, index in enumerate(indices)]
    orders = (
        permutations(range(len(indices)))
        if len(indices) <= MOST_PERMUTED
        else [tuple(range(len(indices)))]
    )
    sizes = [str(bounds[index]) for index in indices]
    best: tuple[str, Sum] | None = None
    for order in orders:
        tower.budget.tick()
        if [sizes[i] for i in order] != sizes:
            continue
        naming: dict[Symbol, Symbol] = {indices[i]: names[place] for place, i in enumerate(order)}
        body = Mul(*(renamed(factor, naming) ** exponent for factor, exponent in factors))
        limits = [(names[place], 1, bounds[indices[i]]) for place, i in enumerate(order)]
        candidate = Sum(body, *limits)
        text = str(body) if len(indices) > 1 else ""
        if best is None or text < best[0]:
            best = (text, candidate)
    assert best is not None
    known = tower.facts.sum_value(best[1])
    return tower.convert(known) if known is not None else tower.atom(best[1])
