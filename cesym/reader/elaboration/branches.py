"""Case distinctions."""

from __future__ import annotations

from sympy import Expr, Piecewise, S
from sympy.core.relational import Relational

from cesym.reader.elaboration.walk import Walk, value
from cesym.reader.syntax import Cases, Comparison
from cesym.terms.conditions import Fact, kinks_of

NEGATED = {"==": "!=", "<=": ">", "<": ">=", ">=": "<", ">": "<="}


@value.register
def _(node: Cases, walk: Walk) -> Expr:
    pieces: list[tuple[Expr, Relational | bool]] = []
    guards: tuple[Fact, ...] = ()
    for branch, test in node.branches:
        fact = None if test is None else _fact(test, walk)
        with walk.collect() as frame:
            here = walk.scalar(branch)
        known = guards if fact is None else (*guards, fact)
        walk.require(*(condition.guard(*known) for condition in frame.conditions))
        walk.kinked(*(kink.guard(*known) for kink in frame.kinks))
        pieces.append(
            (here, True if fact is None else Relational(fact.term, S.Zero, fact.relation))
        )
        if fact is None:
            break
        guards = (*guards, Fact(fact.term, NEGATED[fact.relation]))
    else:
        raise walk.error(node, "the cases do not cover everything", "end with an otherwise branch")
    result = Piecewise(*pieces)
    walk.kinked(*kinks_of(result))
    return result


def _fact(node: Comparison, walk: Walk) -> Fact:
    return Fact(walk.scalar(node.left) - walk.scalar(node.right), node.operator)
