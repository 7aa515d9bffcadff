"""Convexity by its definition, a claim about numbers: no chord lies below the function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from sympy import Expr, Indexed, IndexedBase, Integer, Sum

from cesym.prover.statements.plainer import fresh_name
from cesym.prover.workspace import Workspace
from cesym.reader.syntax import Binary, Comparison, Evaluated, Name, Node, Number, Property
from cesym.reader.written import Written
from cesym.terms.binders import fresh_like, substitute
from cesym.terms.claim import Claim
from cesym.terms.context import Context, Hypothesis
from cesym.terms.domains import OPEN_UNIT, Declaration
from cesym.terms.functions import INDEX
from cesym.terms.statements import ConvexIn

OPERATORS = {(1, 0): "<=", (1, 1): "<", (-1, 0): ">=", (-1, 1): ">"}
"""Sign and strictness of a property -> relation of the function to its chord."""


def chord_claim(claim: Claim, said: ConvexIn, work: Workspace) -> Claim:
    """f(t x + (1-t) x_2) <= t f(x) + (1-t) f(x_2), with x_2 in the domain of x and 0 < t < 1; for
    a strict property <, and x_2 is not x. The conditions of the text are left out: it is up to the
    caller that they hold everywhere, and that the domain is convex.
    """
    _, sign, strict = said.args
    name = str(said.args[0])
    context, other, weight = _with_point(work.context, name)
    first, second, t = (context.symbol(n) for n in (name, other, weight))
    term = work.settle(claim.left)
    if isinstance(first, IndexedBase):
        middle = replaced(term, first, lambda *at: t * first[at] + (1 - t) * second[at])
        end = replaced(term, first, lambda *at: second[at])
    else:
        middle = substitute(term, {first: t * first + (1 - t) * second})
        end = substitute(term, {first: second})
    if strict:
        context = context.assume(_apart(first, second, name, other, context))
    return replace(
        claim,
        left=middle,
        operator=OPERATORS[int(str(sign)), int(str(strict))],
        right=t * term + (1 - t) * end,
        context=context,
        conditions=(),
        written=_written(claim, name, other, weight),
    )


def _with_point(context: Context, name: str) -> tuple[Context, str, str]:
    """The context with a second point beside `name`, and a weight."""
    declaration = context.declarations[name]
    other = fresh_name(context, f"{name}_2", name)
    context = context.declare(replace(declaration, name=other, latex=other))
    weight = fresh_name(context, "t", "weight")
    return context.declare(Declaration(weight, OPEN_UNIT, latex=weight)), other, weight


def _apart(
    first: Expr | IndexedBase, second: Expr | IndexedBase, name: str, other: str, context: Context
) -> Hypothesis:
    """That two points are not the same."""
    text = f"{name} != {other}"
    if not isinstance(first, IndexedBase):
        return Hypothesis(first, "!=", second, text=text)
    sizes = [context.size(axis) for axis in context.declarations[name].shape]
    indices = tuple(fresh_like(INDEX) for _ in sizes)
    squares = (first[indices] - second[indices]) ** 2
    for index, size in zip(indices, sizes, strict=True):
        squares = Sum(squares, (index, 1, size))
    return Hypothesis(squares, ">", Integer(0), text=text)


def replaced(term: Expr, base: IndexedBase, entry: Callable[..., Expr]) -> Expr:
    """`term` with every entry of a vector replaced by a function of its indices, under binders
    too: the indices stay what they are.
    """

    def wanted(part: Expr) -> bool:
        return isinstance(part, Indexed) and part.base == base

    return term.replace(wanted, lambda part: entry(*part.indices))


def _written(claim: Claim, name: str, other: str, weight: str) -> Written | None:
    """The same as trees, for the independent evaluator."""
    body = claim.written and claim.written.left
    if body is None or isinstance(body, Comparison | Property):
        return None
    x, y, t = Name(name), Name(other), Name(weight)
    rest = Binary("-", Number(Fraction(1)), t)

    def mixed(first: Node, second: Node) -> Node:
        return Binary("+", Binary("*", t, first), Binary("*", rest, second))

    return Written(
        Evaluated(body, x, mixed(x, y)), mixed(Evaluated(body, x, x), Evaluated(body, x, y))
    )
