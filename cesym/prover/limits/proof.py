"""The proof of a claim about a limit: in every case of the parameters, from every side."""

from __future__ import annotations

from sympy import Expr

from cesym.errors import BudgetExceeded, UnsupportedTerm
from cesym.messages import Message, message
from cesym.prover.atoms import readable
from cesym.prover.budget import Budget
from cesym.prover.cases import Case, in_every_sign, in_tower, index_cases, member_cases
from cesym.prover.facts import Facts
from cesym.prover.hypotheses import solve_linear
from cesym.prover.interruptions import Split
from cesym.prover.limits.approach import holds_near, sides
from cesym.prover.limits.known import ABOVE, BELOW, one_sided
from cesym.prover.limits.question import Question, infinite
from cesym.prover.limits.undecided import Undecided
from cesym.prover.rational import Ratio
from cesym.prover.reduction import vanishes
from cesym.prover.refutation import condition_text
from cesym.prover.tower import Tower
from cesym.terms.binders import substitute
from cesym.terms.conditions import Condition
from cesym.terms.context import Context
from cesym.terms.printing import plain


class Attempt:
    """One attempt, with its trace, or the reason why it failed and the residue."""

    def __init__(self, asked: Question, context: Context, budget: Budget) -> None:
        self.asked, self.context, self.budget = asked, context, budget
        self.trace: list[Message] = []
        self.residue: str | None = None
        self.reason: Message | None = None

    def succeeds(self, facts: Facts) -> bool:
        """Whether the claim is proved in every case."""
        try:
            return all(self.holds(case) for case in index_cases(self.asked.sides, facts))
        except (UnsupportedTerm, BudgetExceeded) as error:
            self.reason = error.summary
            return False

    def holds(self, case: Case) -> bool:
        """Whether it is proved in a case, by members of finite sets if need be."""
        if self.in_signs(case):
            return True
        members = member_cases(case, self.context)
        if members is None:
            return False
        self.trace.clear()
        return all(self.in_signs(member) for member in members)

    def in_signs(self, case: Case) -> bool:
        """Whether it is proved in every sign case that comes up."""
        waiting = [case]
        while waiting:
            self.budget.case()
            current = waiting.pop()
            try:
                if not self.proved(current):
                    return False
            except Undecided:
                self.reason = self.reason or message("the limit could not be found")
                return False
            except Split as split:
                waiting += [_assume(current, split.term, r) for r in split.relations]
        return True

    def proved(self, case: Case) -> bool:
        """The same in one case. Raises Split, Undecided."""
        asked = self.asked.with_sides(case.term)
        approaches = sides(asked.domain, asked.target, asked.side, case.facts, self.budget)
        if not approaches:
            self.reason = message("the target cannot be reached within the domain of the variable")
            return False
        return all(self.from_side(asked, side, case) for side in approaches)

    def from_side(self, asked: Question, side: int, case: Case) -> bool:
        """The same from one side."""
        facts, budget = case.facts, self.budget
        if not all(self.met(c, asked, side, case) for c in self.asked.conditions):
            return False
        found = one_sided(asked.body, asked.x, asked.target, side, facts, budget)
        self.trace.append(_said(case.assumed, side, shown(found, facts, budget)))
        if infinite(found) or infinite(asked.claimed):
            return found == asked.claimed
        difference = found - asked.claimed
        if in_every_sign(Case(case.assumed, difference, facts), budget, _is_zero)[0]:
            return True
        self.residue = self.residue or shown(difference, facts, budget)
        return False

    def met(self, condition: Condition, asked: Question, side: int, case: Case) -> bool:
        """Whether a condition holds near the target, in this case or on the whole domain."""
        if holds_near(condition, asked.x, asked.target, side, case.facts, self.budget):
            return True
        self.reason = message(
            "not shown near the target: {condition}", condition=condition_text(condition)
        )
        return False


def _is_zero(tower: Tower, value: Ratio, _: Expr) -> bool:
    return vanishes(tower, value) or tower.signs.of(value) == "=="


def _assume(case: Case, term: Expr, relation: str) -> Case:
    """The case with one more sign; a term that is 0 is solved for a symbol where that is easy."""
    words = (*case.assumed, f"{plain(readable(term))} {relation} 0")
    facts = case.facts.assume(term, relation)
    solved = solve_linear(term, facts.context) if relation == "==" else None
    value = substitute(case.term, {solved[0]: solved[1]}) if solved else case.term
    return Case(words, value, facts)


def _said(assumed: tuple[str, ...], side: int, limit: str) -> Message:
    """A line of the trace."""
    finding = (
        message("the limit from above is {limit}", limit=limit)
        if side == ABOVE
        else message("the limit from below is {limit}", limit=limit)
        if side == BELOW
        else message("the limit is {limit}", limit=limit)
    )
    return message("{case}: {text}", case=", ".join(assumed), text=finding) if assumed else finding


def shown(term: Expr, facts: Facts, budget: Budget) -> str:
    """A limit in the plain language, in its normal form where that is shorter."""
    if infinite(term):
        return str(term)
    written = plain(term)
    try:
        tidy = plain(
            in_tower(Case((), term, facts), budget, lambda tower, v, _: readable(tower.term(v)))
        )
    except (UnsupportedTerm, Split):
        return written
    return min(written, tidy, key=len)
