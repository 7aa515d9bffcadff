"""`M` is positive semi-definite: symmetric, and v'Mv >= 0 for all real vectors v; definite: > 0 for
all v but 0.

Both are claims about numbers, with a vector v that the claim does not have, so the strategy for
these decides them, and a counterexample is an entry that differs from its mirror image, or a v.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from sympy import Expr, IndexedBase, Integer, Sum

from cesym.messages import Message, message
from cesym.prover.budget import Budget
from cesym.prover.outcome import Outcome
from cesym.prover.refutation import Relation, refute
from cesym.prover.statements.forms import by_minors, positive_form
from cesym.prover.statements.plainer import fresh_name
from cesym.prover.statements.regrouping import is_sum_of_squares
from cesym.prover.verdict import PROVED
from cesym.prover.workspace import workspace
from cesym.reader.syntax import Binary, Call, Comparison, Name, Node, Number, Property
from cesym.reader.written import Written
from cesym.terms.binders import fresh_like, substitute
from cesym.terms.claim import Claim
from cesym.terms.context import Hypothesis
from cesym.terms.domains import REAL, Declaration
from cesym.terms.statements import Definite


def outcome_of_definite(
    claim: Claim, said: Definite, budget: Budget, outcome_of: Callable[[Claim, Budget], Outcome]
) -> Outcome:
    """The outcome of a claim that a matrix is positive (semi-)definite."""
    symmetric = outcome_of(mirrored(claim, said), budget)
    if symmetric.status != PROVED:
        return symmetric
    form = quadratic_form(claim, said)
    there = workspace(form.context)
    settled = there.ready(form.left)
    relation = Relation(settled, form.operator, Integer(0))
    if refute(relation, there.first_points(budget), budget) is None:
        how = _proof(claim, said, form, settled, budget)
        if how is not None:
            return replace(symmetric, method=how, trace=())
    return outcome_of(form, budget)


def _proof(
    claim: Claim, said: Definite, form: Claim, settled: Expr, budget: Budget
) -> Message | None:
    """How a symmetric matrix is proved to be positive definite, or a small one semi-definite."""
    row, column, size, strict = said.args
    work, there = workspace(claim.context), workspace(form.context)
    entry = work.ready(claim.left)
    if by_minors(entry, row, column, size, bool(strict), work.facts(budget), budget):
        return message("the signs of the principal minors")
    (name,) = set(form.context.declarations) - set(claim.context.declarations)
    vector = form.context.symbol(name)
    assert isinstance(vector, IndexedBase)
    if not strict:
        squares = is_sum_of_squares(settled, vector, there.facts(budget), budget)
        return message("a sum of squares with weights that are not negative") if squares else None
    if positive_form(settled, vector, there.facts(budget), budget):
        return message("a definite part, and a rest that is not negative")
    return None


def mirrored(claim: Claim, said: Definite) -> Claim:
    """The claim that each entry is that on the other side of the diagonal."""
    row, column = said.args[:2]
    other = substitute(claim.left, {row: column, column: row})
    return replace(claim, operator="==", right=other, written=_mirrored(claim, said))


def _mirrored(claim: Claim, said: Definite) -> Written | None:
    matrix = _matrix(claim)
    if matrix is None:
        return None
    row, column = (Name(str(index)) for index in said.args[:2])
    return Written(matrix, matrix, (row, column), (column, row))


def quadratic_form(claim: Claim, said: Definite) -> Claim:
    """The claim that v'Mv >= 0, or that it is > 0 where v'v > 0, for a new vector v."""
    row, column, size, strict = said.args
    context = claim.context
    name = fresh_name(context, "v", "u", "w")
    shape = int(size) if isinstance(size, Integer) else str(size)
    context = context.declare(Declaration(name, REAL, (shape,), latex=name))
    vector = context.symbol(name)
    first, second = fresh_like(row), fresh_like(column)
    entry = substitute(claim.left, {row: first, column: second})
    body = vector[first] * entry * vector[second]
    form = Sum(Sum(body, (second, 1, size)), (first, 1, size))
    if strict:
        squares = Sum(vector[first] ** 2, (first, 1, size))
        text = f"dot({name}, {name}) > 0"
        context = context.assume(Hypothesis(squares, ">", Integer(0), text=text))
    operator = ">" if strict else ">="
    written = _form(claim, name)
    return replace(
        claim, left=form, operator=operator, right=Integer(0), context=context, written=written
    )


def _form(claim: Claim, name: str) -> Written | None:
    matrix = _matrix(claim)
    if matrix is None:
        return None
    vector = Name(name)
    return Written(Call("dot", (vector, Binary("@", matrix, vector))), Number(Fraction(0)))


def _matrix(claim: Claim) -> Node | None:
    written = claim.written
    if written is None or isinstance(written.left, Comparison | Property):
        return None
    return written.left
