"""Minimisers and minima: a point is found by any means; that nothing lies below it is proved.

Once one minimum is proved, a claim about it is a claim about equality: the stated minimiser or
value against the proved one. That decides false claims too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sympy import (
    Abs,
    Add,
    Expr,
    Indexed,
    IndexedBase,
    Integer,
    Piecewise,
    Symbol,
    cancel,
    diff,
    expand,
    log,
    sign,
)

from cesym.messages import Message, message
from cesym.prover.budget import Budget
from cesym.prover.facts import Facts
from cesym.prover.inequalities import prove_sign
from cesym.prover.inequalities.relaxation import proved_over, relaxed
from cesym.prover.inequalities.search import sign_in
from cesym.prover.inequalities.touch import (
    candidates,
    has_value,
    inside,
    interval_of,
    is_zero,
    moves,
)
from cesym.prover.relations import ENOUGH
from cesym.prover.workspace import Workspace, workspace
from cesym.terms.binders import substitute
from cesym.terms.context import Context
from cesym.terms.domains import Declaration
from cesym.terms.optimisation import ArgMin, MinValue


@dataclass(frozen=True, slots=True)
class Found:
    """A proved minimum: where, its value, and how it is known. `where` is None for the value of a
    minimum over vectors.
    """

    where: Expr | None
    value: Expr
    method: Message


def minimum(term: ArgMin | MinValue, hint: Expr, work: Workspace, budget: Budget) -> Found | None:
    """The proved minimum that `term` speaks of; `hint` is what the claim says it is.

    For an `ArgMin` the minimiser is proved to be the only one.
    """
    body, variable = term.args[:2]
    declaration = work.context.declarations[variable.name]
    if declaration.shape and isinstance(term, ArgMin):
        return _only_vector(body, declaration, term.args[2], work, budget)
    if declaration.shape:
        return _of_vector(body, declaration, work, budget)
    return _of_number(work.ready(body), variable, hint, isinstance(term, ArgMin), work, budget)


def _of_number(
    body: Expr, variable: Symbol, hint: Expr, only: bool, work: Workspace, budget: Budget
) -> Found | None:
    facts = work.facts(budget)
    if not moves(variable, facts) or body.has(Piecewise, sign):
        return None  # what may jump can fall without a slope
    stated = [work.ready(hint)] if only else []
    for point in (*stated, *candidates(body, variable, facts, budget), *_kinks(body, variable)):
        if point.has(variable) or not has_value(point, facts, budget):
            continue
        if not inside(point, interval_of(variable, facts), facts, budget):
            continue
        if _least_at(body, variable, point, facts, budget, only=only):
            value = body.xreplace({variable: point})
            return Found(
                point, value, message("falls before {point} and rises after it", point=str(point))
            )
    return None


def _kinks(body: Expr, variable: Symbol) -> Iterator[Expr]:
    """Where an absolute value of what is linear in the variable, with a number before it, is 0."""
    for part in sorted(body.atoms(Abs), key=str):
        argument = part.args[0]
        slope = diff(argument, variable)
        if slope.is_Rational and slope != 0:
            yield expand(variable - argument / slope)


def _least_at(
    body: Expr, variable: Symbol, point: Expr, facts: Facts, budget: Budget, *, only: bool
) -> bool:
    """Whether `body` is proved to be least at the point, and only there if asked."""
    wanted = ENOUGH[">"] if only else ENOUGH[">="]
    slope = diff(body, variable)
    if sign_in(slope / (variable - point), facts, budget) in wanted:
        return True
    convex = sign_in(diff(slope, variable), facts, budget) in wanted
    if convex and is_zero(slope.xreplace({variable: point}), facts, budget):
        return True
    if not slope.has(sign):
        return False  # a smooth term has been seen to by its slope
    relation = ">" if only else ">="
    return all(
        prove_sign(side * slope, relation, facts.assume(variable - point, known), budget)
        for side, known in ((1, ">"), (-1, "<"))
    )


def _of_vector(
    body: Expr, declaration: Declaration, work: Workspace, budget: Budget
) -> Found | None:
    """The minimum over a probability vector, at another vector of the same kind or at weights."""
    base = work.context.symbol(declaration.name)
    assert isinstance(base, IndexedBase)
    folded = work.context.unfold_definitions(body)
    for at in _vectors(folded, base, declaration, work, budget):
        budget.tick()
        value = put(folded, base, at)
        method = _never_below(folded - value, work.context, budget)
        if method is not None:
            return Found(None, value, method)
    return None


def _only_vector(
    body: Expr, declaration: Declaration, index: Expr, work: Workspace, budget: Budget
) -> Found | None:
    """The one minimiser over probability vectors of symbolic size: another vector of the same kind,
    where body - minimum is 0 at it and else positive, summand by summand. `where` is its entry.
    """
    from cesym.prover.statements.equal_vectors import zero_where_equal

    base = work.context.symbol(declaration.name)
    assert isinstance(base, IndexedBase)
    folded = work.context.unfold_definitions(body)
    for at in _vectors(folded, base, declaration, work, budget):
        if not isinstance(at.entries, IndexedBase):
            continue
        value = put(folded, base, at)
        above = work.ready(folded - value)
        method = zero_where_equal(above, base, at.entries, work.facts(budget), budget, above=True)
        if method is not None:
            return Found(at.entries[index], value, method)
    return None


class _Entry:
    """A vector as the function of its index."""

    def __init__(self, entries: dict[Expr, Expr] | IndexedBase) -> None:
        self.entries = entries

    def __call__(self, index: Expr) -> Expr | None:
        if isinstance(self.entries, dict):
            return self.entries.get(index)
        return self.entries[index]


def _vectors(
    body: Expr, base: IndexedBase, declaration: Declaration, work: Workspace, budget: Budget
) -> Iterator[_Entry]:
    """Other vectors with the same domain; for a literal size the weights of the logarithms."""
    for other in work.context:
        same = (other.shape, other.constraint) == (declaration.shape, declaration.constraint)
        if same and other.name != declaration.name and other.domain == declaration.domain:
            found = work.context.symbol(other.name)
            assert isinstance(found, IndexedBase)
            yield _Entry(found)
    size = work.context.size(declaration.shape[0])
    if declaration.constraint == "simplex" and isinstance(size, Integer):
        yield from _weights(body, base, int(size), work, budget)


def _weights(
    body: Expr, base: IndexedBase, size: int, work: Workspace, budget: Budget
) -> Iterator[_Entry]:
    """-sum_k a_k log q_k is least at q_k = a_k / sum a, if these are probabilities."""
    weights = [-work.settle(body).expand().coeff(log(base[k])) for k in range(1, size + 1)]
    total = Add(*weights)
    facts = work.facts(budget)
    if all(sign_in(w, facts, budget) == ">" for w in weights) and total != 0:
        entries = {Integer(k): cancel(w / total) for k, w in enumerate(weights, start=1)}
        if is_zero(Add(*entries.values()) - 1, facts, budget):
            yield _Entry(entries)


def put(term: Expr, base: IndexedBase, at: Callable[[Expr], Expr | None]) -> Expr:
    """`term` with the vector replaced, under binders too."""

    def wanted(part: Expr) -> bool:
        return isinstance(part, Indexed) and part.base == base and at(part.indices[0]) is not None

    return substitute(term, {}).replace(wanted, lambda part: at(part.indices[0]))


def _never_below(term: Expr, context: Context, budget: Budget) -> Message | None:
    """How `term >= 0` is proved over the whole domain."""
    work = workspace(context)
    found = prove_sign(work.ready(term), ">=", work.facts(budget), budget)
    if found is not None:
        return found
    for larger, wider in relaxed(term, context):
        found = proved_over(larger, ">=", workspace(wider), budget)
        if found is not None:
            return found
    return None
