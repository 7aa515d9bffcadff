"""What the prover works out once for a context and uses for every claim made in it.

The links of a page share their context, their terms and most side conditions; none of that depends
on the claim.
"""

from __future__ import annotations

from functools import cached_property
from itertools import islice

from sympy import Expr

from cesym.prover.budget import Budget
from cesym.prover.discharge import assume, discharged
from cesym.prover.facts import Facts
from cesym.prover.hypotheses import Prepared, prepare
from cesym.prover.points import Witness, witnesses
from cesym.terms.conditions import Condition, Fact
from cesym.terms.context import Context
from cesym.terms.differentiation import evaluate, written_out
from cesym.terms.extremes import without_extremes
from cesym.terms.functions import unfold

FIRST_POINTS = 6
"""Points at which a claim is tried before it is proved: most false claims fall here, quickly."""


class Workspace:
    """The prepared hypotheses, the facts, the first points, and the terms and conditions so far."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self._settled: dict[Expr, Expr] = {}
        self._discharged: dict[Condition, bool] = {}
        self._facts: Facts | None = None
        self._first: tuple[Witness, ...] | None = None

    @cached_property
    def prepared(self) -> Prepared:
        """The hypotheses, evaluated and solved."""
        return prepare(self.context, self.settle)

    def settle(self, term: Expr) -> Expr:
        """`term` in elementary functions: definitions and named functions unfolded, derivatives
        taken, deltas eliminated, literal sums written out, Max and Min written by Abs.
        """
        known = self._settled.get(term)
        if known is None:
            elementary = unfold(self.context.unfold_definitions(term))
            taken = evaluate(elementary, self.context.ranges())
            known = self._settled[term] = without_extremes(written_out(taken))
        return known

    def ready(self, term: Expr) -> Expr:
        """`term` settled, with the hypotheses that are equalities applied to it."""
        return self.prepared.apply(self.settle(term))

    def first_points(self, budget: Budget) -> tuple[Witness, ...]:
        """Some points of the domain; none when the assumptions are not shown to be satisfiable."""
        if self._first is None:
            self._first = tuple(islice(witnesses(self.prepared, budget), FIRST_POINTS))
        return self._first

    def facts(self, budget: Budget) -> Facts:
        """What declarations and inequality hypotheses say about signs. Only hypotheses whose own
        text has a value everywhere count.
        """
        if self._facts is None:
            facts = self.prepared.facts()
            for hypothesis in self.prepared.hypotheses:
                if hypothesis.operator != "==" and not hypothesis.conditions:
                    term = self.prepared.apply(hypothesis.left - hypothesis.right)
                    facts = assume(facts, Fact(term, hypothesis.operator), budget)
            self._facts = facts
        return self._facts

    def discharges(self, condition: Condition, budget: Budget) -> bool:
        """Whether a side condition, its terms ready, is proved."""
        known = self._discharged.get(condition)
        if known is None:
            known = discharged(condition, self.facts(budget), budget)
            if known or budget.left > 0:
                self._discharged[condition] = known
        return known


def workspace(context: Context) -> Workspace:
    """The workspace of a context, made once."""
    found = context.notes.get(Workspace)
    if not isinstance(found, Workspace):
        found = context.notes[Workspace] = Workspace(context)
    return found
