"""Points at which one of two relations is proved to hold and the other to fail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, islice

from flint import fmpq
from sympy import Add, Expr, Indexed, IndexedBase, Mul, Pow, Sum

from cesym.prover.balls import fact_holds
from cesym.prover.budget import Budget
from cesym.prover.exact import is_zero_at
from cesym.prover.hypotheses import Prepared, prepare
from cesym.prover.points import Witness, completed, witnesses
from cesym.prover.presenting import MOST_TRIES, Refutation
from cesym.prover.refutation import BITS, describe
from cesym.prover.relevance import names_of
from cesym.prover.second_opinion import sides_differ
from cesym.prover.simplest import simplest
from cesym.prover.truth import condition_holds
from cesym.prover.values import Point, precision
from cesym.prover.verdict import Counterexample
from cesym.prover.workspace import Workspace
from cesym.terms.claim import Claim
from cesym.terms.conditions import Condition, Fact
from cesym.terms.context import Hypothesis
from cesym.terms.domains import IndexRange
from cesym.terms.statements import parts_of

TRUE, FALSE = "true", "false"

MORE_POINTS = 46
"""Points of the domain that are tried besides those on which a side holds."""

ON_A_SIDE = 12
"""Points that are tried on which a side holds by construction."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Both relations, as facts about settled terms, and the conditions under which they mean
    something.
    """

    left: Fact
    right: Fact
    conditions: tuple[Condition, ...]

    def at(self, point: Point, budget: Budget) -> tuple[bool, bool] | None:
        """Which sides hold at a point; None where that is not certain, or a side has no value."""
        if not all(condition_holds(c, point, budget) for c in self.conditions):
            return None
        left, right = (truth(side, point, budget) for side in (self.left, self.right))
        return None if left is None or right is None else (left, right)

    def differ(self, point: Point, budget: Budget) -> bool:
        """Whether just one side is proved to hold at a point."""
        with precision(BITS):
            found = self.at(point, budget)
        return found is not None and found[0] != found[1]


def truth(fact: Fact, point: Point, budget: Budget) -> bool | None:
    """Whether a fact holds at a point, None when that is not proved."""
    known = fact_holds(fact, point, budget)
    if known is None and is_zero_at(fact.term, point, budget):
        return fact.relation in ("==", ">=", "<=")
    return known


def disagreement(
    claim: Claim, sides: Sides, first: Sequence[Witness], work: Workspace, budget: Budget
) -> Refutation | None:
    """The simplest point found at which just one side holds, None when there is none."""
    points = chain(
        first,
        _on_the_sides(claim, work, budget),
        islice(witnesses(work.prepared, budget), len(first), MORE_POINTS),
    )
    found = next((w.point for w in points if sides.differ(w.point, budget)), None)
    if found is None:
        return None

    def fails(point: Point) -> bool:
        return sides.differ(point, budget)

    names = names_of(claim)
    point = simplest(found, work.prepared, names, fails, MOST_TRIES, budget)
    with precision(BITS):
        held = sides.at(point, budget)
    assert held is not None
    at = tuple(pair for pair in describe(work.prepared, point) if pair[0] in names)
    left, right = (TRUE if side else FALSE for side in held)
    shown = Counterexample(at, left, right)
    opinion = sides_differ(claim, point)
    return Refutation(replace(shown, checked=opinion is True), opinion is False)


def _on_the_sides(claim: Claim, work: Workspace, budget: Budget) -> Iterator[Witness]:
    """Points at which a side that is an equality holds: points drawn at random seldom do."""
    for side in (claim.left, claim.right):
        left, operator, right = parts_of(side)
        if operator != "==":
            continue
        hypothesis = Hypothesis(left, operator, right)
        prepared = prepare(claim.context.assume(hypothesis), work.settle)
        yield from islice(witnesses(prepared, budget), ON_A_SIDE)
        equal = equal_vectors(work.settle(left - right))
        if equal is not None and isinstance(equal[1], IndexedBase):
            yield from _copied(equal[0], equal[1], work.prepared, budget)


def equal_vectors(difference: Expr) -> tuple[IndexedBase, IndexedBase | Expr] | None:
    """(p, q) where `difference` is sum_k (p_k - q_k)^2, which is 0 just where p = q; q may be a
    number that all entries are.
    """
    if not isinstance(difference, Sum) or not isinstance(difference.function, Pow):
        return None
    (base, exponent), ((index, _, _), *others) = difference.function.args, difference.limits
    if exponent != 2 or others:
        return None
    entries = [p for p in Add.make_args(base) if p.has(index)]
    signed = [(-part, -1) if _is_negated(part) else (part, 1) for part in entries]
    if not all(isinstance(entry, Indexed) and entry.indices == (index,) for entry, _ in signed):
        return None
    match signed:
        case [(first, sign)]:
            return first.base, -sign * (base - sign * first)
        case [(first, 1), (second, -1)] | [(second, -1), (first, 1)] if len(base.args) == 2:
            return first.base, second.base
    return None


def _is_negated(term: Expr) -> bool:
    return isinstance(term, Mul) and term.args[0] == -1


def _copied(
    first: IndexedBase, second: IndexedBase, prepared: Prepared, budget: Budget
) -> Iterator[Witness]:
    """Points at which two vectors of one kind are equal."""
    kinds = [prepared.context.declaration_of(base) for base in (first, second)]
    if None in kinds or len({(k.shape, k.constraint) for k in kinds if k is not None}) > 1:
        return
    for witness in islice(witnesses(prepared, budget), ON_A_SIDE):
        for source, target in ((first, second), (second, first)):
            point = Point(
                dict(witness.point.scalars),
                {**witness.point.entries, target: witness.point.entries[source]},
            )
            if _inside(point, target, prepared) and completed(prepared, point, budget):
                yield Witness(point)


def _inside(point: Point, base: IndexedBase, prepared: Prepared) -> bool:
    """Whether every entry lies in the domain that is declared for it."""
    declaration = prepared.context.declaration_of(base)
    if declaration is None or isinstance(declaration.domain, IndexRange):
        return False
    return all(
        isinstance(value, fmpq) and Fraction(int(value.p), int(value.q)) in declaration.domain
        for value in point.entries[base].values()
    )
