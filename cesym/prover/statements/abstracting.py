"""Forms of linear models sample by sample: sum_i h(x_i'W) >= 0 since h(u) >= 0 for every vector u.

A sum that is not negative at each of its indices is not negative. In the summand of one index i,
every inner sum that depends on one other index k, such as sum_d X_id W_dk, is the entry at k of
some vector of real numbers; what holds for all such vectors holds for this one. The summand must
have a value for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sympy import Add, Dummy, Expr, IndexedBase, Integer, Mul, Sum

from cesym.errors import BudgetExceeded
from cesym.prover.budget import Budget
from cesym.prover.facts import Facts
from cesym.prover.inequalities import prove_sign
from cesym.prover.inequalities.defined import has_value_everywhere
from cesym.prover.inequalities.search import sign_in
from cesym.prover.relations import ENOUGH
from cesym.prover.statements.plainer import fresh_name
from cesym.terms.binders import canonical
from cesym.terms.context import Context
from cesym.terms.domains import REAL, Declaration

MARK = Dummy("k", integer=True, positive=True)
"""Stands for the index of an entry, so that equal sums become one vector."""


def not_negative_by_samples(term: Expr, facts: Facts, budget: Budget) -> bool:
    """Whether every summand of `term` is proved not to be negative, sums index by index."""
    try:
        return all(_part(part, facts, budget) for part in Add.make_args(term))
    except BudgetExceeded:  # too large in this form; if it is the time, others will notice
        return False


def _part(part: Expr, facts: Facts, budget: Budget) -> bool:
    sums = [f for f in Mul.make_args(part) if isinstance(f, Sum)]
    if len(sums) != 1 or len(sums[0].limits) != 1:
        return sign_in(part, facts, budget) in ENOUGH[">="]
    weight = Mul(*(f for f in Mul.make_args(part) if f != sums[0]))
    if sign_in(weight, facts, budget) not in ENOUGH[">="]:
        return False
    ((index, lower, _),) = sums[0].limits
    if lower != 1:
        return False
    sample = Dummy(index.name, integer=True, positive=True)
    names = _Vectors(facts.context)
    body = names.replaced(sums[0].function.xreplace({index: sample}), {})
    larger = replace(facts, context=names.context)
    return prove_sign(body, ">=", larger, budget) is not None and has_value_everywhere(
        body, larger, budget
    )


@dataclass(slots=True)
class _Vectors:
    """The context, with the vectors that stand for inner sums so far."""

    context: Context
    known: dict[tuple[Expr, Expr], IndexedBase] = field(default_factory=dict)

    def replaced(self, term: Expr, bound: dict[Expr, Expr]) -> Expr:
        """`term` with inner sums as entries; `bound` are the indices around it and their sizes."""
        if not term.args or not term.has(Sum):
            return term
        if not isinstance(term, Sum):
            return term.func(*(self.replaced(argument, bound) for argument in term.args))
        here = [index for index in bound if index in term.free_symbols]
        if len(here) == 1:
            entry = canonical(term.xreplace({here[0]: MARK}))
            return self.vector(entry, bound[here[0]])[here[0]]
        inner = {**bound, **{limit[0]: limit[2] for limit in term.limits}}
        return term.func(self.replaced(term.function, inner), *term.limits)

    def vector(self, entry: Expr, size: Expr) -> IndexedBase:
        """The vector of which `entry` is the entry at MARK."""
        found = self.known.get((entry, size))
        if found is None:
            name = fresh_name(self.context, f"form_{len(self.known) + 1}")
            shape = int(size) if isinstance(size, Integer) else str(size)
            self.context = self.context.declare(Declaration(name, REAL, (shape,), latex=name))
            symbol = self.context.symbol(name)
            assert isinstance(symbol, IndexedBase)
            found = self.known[entry, size] = symbol
        return found
