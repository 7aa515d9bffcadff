"""A claim about a limit, made ready."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sympy import Expr, Function, Symbol, oo

from cesym.prover.hypotheses import Prepared
from cesym.terms.binders import substitute
from cesym.terms.conditions import Condition
from cesym.terms.differentiation import written_out
from cesym.terms.domains import Interval

BOUNDING = ("<", "<=", ">", ">=")


class Sides(Function):
    """Body, target and claimed value in one term, so that what is replaced in one is replaced in
    all.
    """

    nargs = 3
    is_commutative = True


@dataclass(frozen=True, slots=True)
class Question:
    """Does `body` tend to `claimed` as x tends to `target`, from `side`? `conditions` are those of
    the text, `domain` is that of x.
    """

    body: Expr
    x: Symbol
    target: Expr
    side: int
    claimed: Expr
    domain: Interval
    conditions: tuple[Condition, ...]

    @property
    def sides(self) -> Expr:
        """The terms of the question, in one."""
        return Sides(self.body, self.target, self.claimed)

    def with_sides(self, sides: Expr) -> Question:
        """The question with other terms."""
        body, target, claimed = sides.args
        return replace(self, body=body, target=target, claimed=claimed)

    def put(self, values: Mapping[Expr, Expr]) -> Question:
        """The question with parameters replaced, in the conditions too."""
        if not values:
            return self
        conditions = tuple(_condition_at(c, values) for c in self.conditions)
        return replace(self.with_sides(_at(self.sides, values)), conditions=conditions)


def _at(term: Expr, values: Mapping[Expr, Expr]) -> Expr:
    return written_out(substitute(term, values)).xreplace(dict(values))


def _condition_at(condition: Condition, values: Mapping[Expr, Expr]) -> Condition:
    bound = {binder.index for binder in condition.binders}
    free = {symbol: value for symbol, value in values.items() if symbol not in bound}
    return condition.map(lambda term: _at(term, free))


def question(
    limit: Expr, claimed: Expr, conditions: tuple[Condition, ...], prepared: Prepared
) -> Question | None:
    """The question that `limit == claimed` asks, for `limit` a LimitOf. None when the variable has
    no interval as its domain, or a hypothesis says more of it than bounds.
    """
    body, x, target, side = limit.args
    declaration = prepared.context.declaration_of(x)
    if declaration is None or declaration.shape or not isinstance(declaration.domain, Interval):
        return None
    for hypothesis in prepared.hypotheses:
        ends = {hypothesis.left, hypothesis.right}
        if x not in hypothesis.left.free_symbols | hypothesis.right.free_symbols:
            continue
        if x not in ends or hypothesis.operator not in BOUNDING:
            return None
        if not all(end == x or end.is_Rational for end in ends):
            return None
    domain = prepared.facts().bounds.get(x, declaration.domain)
    return Question(body, x, target, int(side), claimed, domain, conditions)


def infinite(term: Expr) -> bool:
    """Whether a limit is oo or -oo."""
    return term in (oo, -oo)
