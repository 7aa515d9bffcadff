"""A stated minimum refuted by a better point: somewhere the term is less than at the stated
minimiser, or than the stated minimum.

For that no minimum need be known, only one point of the domain at which the term is less, and that
is an inequality at a point, refuted as any other. It says nothing of a minimum stated too low.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from sympy import Expr, IndexedBase

from cesym.messages import message
from cesym.prover.budget import Budget
from cesym.prover.descent import coordinates, downhill
from cesym.prover.minima import put
from cesym.prover.outcome import Outcome
from cesym.prover.points import witnesses
from cesym.prover.presenting import refutation, refuted
from cesym.prover.refutation import BITS, Relation, failure
from cesym.prover.values import Point
from cesym.prover.verdict import REFUTED
from cesym.prover.workspace import Workspace
from cesym.reader.syntax import Comparison, Evaluated, Extremum, Property
from cesym.reader.written import Written
from cesym.terms.binders import substitute
from cesym.terms.claim import Claim
from cesym.terms.optimisation import ArgMin, MinValue

STARTS = 16
"""Points from which a better one is looked for."""

MOST_STEPS = 80


def by_better_point(
    claim: Claim, stated: ArgMin | MinValue, work: Workspace, budget: Budget
) -> Outcome | None:
    """The refutation of `stated == claim.right` by a better point, None when none is found.

    The term is known to have a value on the whole domain.
    """
    if claim.right.is_infinite:
        return None
    compared = _never_less(claim, stated)
    relation = Relation(work.ready(compared.left), ">=", work.ready(compared.right))
    for point in _points(relation.left, stated.args[1], work, budget):
        found = failure(relation, point, BITS, budget)
        if found is not None:
            outcome = refuted(claim, refutation(compared, relation, found, work, budget), work)
            if outcome.status == REFUTED:
                return replace(outcome, method=message("the term is less at another point"))
            return outcome
    return None


def _never_less(claim: Claim, stated: ArgMin | MinValue) -> Claim:
    """That the term is nowhere less than at the stated minimiser, or than the stated minimum."""
    body, variable = stated.args[:2]
    right = claim.right
    if isinstance(stated, ArgMin):
        symbol = claim.context.symbol(variable.name)
        if isinstance(symbol, IndexedBase):
            index = stated.args[2]
            folded = claim.context.unfold_definitions(body)
            right = put(folded, symbol, lambda k: substitute(claim.right, {index: k}))
        else:
            right = substitute(claim.context.unfold_definitions(body), {variable: claim.right})
    return replace(
        claim, left=body, operator=">=", right=right, conditions=(), written=_written(claim)
    )


def _written(claim: Claim) -> Written | None:
    """The same as it is written, for the independent evaluator."""
    if claim.written is None:
        return None
    left, right = claim.written.left, claim.written.right
    if not isinstance(left, Extremum) or isinstance(right, Comparison | Property):
        return None
    if left.kind == "argmin":
        right = Evaluated(left.body, left.variable, right)
    return Written(left.body, right)


def _points(body: Expr, variable: Expr, work: Workspace, budget: Budget) -> Iterator[Point]:
    """Points of the domain, each followed by one further downhill if `variable` is a number."""
    for witness in islice(witnesses(work.prepared, budget), STARTS):
        yield witness.point
        moving = [c for c in coordinates(witness.point, work) if c.symbol == variable]
        if moving:
            yield downhill(body, moving, witness.point, work, budget, tries=MOST_STEPS)
