"""Side conditions: each is proved from the declarations and hypotheses, or stays open. None is
believed because samples met it.
"""

from __future__ import annotations

from sympy import Expr

from cesym.errors import BudgetExceeded, UnsupportedTerm
from cesym.prover.budget import Budget
from cesym.prover.cases import (
    Case,
    in_every_sign,
    in_tower,
    index_cases,
    member_cases,
    member_values,
)
from cesym.prover.facts import Facts, product_of
from cesym.prover.interruptions import Split
from cesym.prover.rational import Ratio
from cesym.prover.relations import ENOUGH, NEGATED, OPPOSITE, stronger
from cesym.prover.termsigns import sign_of_term
from cesym.prover.tower import Tower
from cesym.terms.conditions import Condition, Fact
from cesym.terms.context import Context


def discharged(condition: Condition, facts: Facts, budget: Budget) -> bool:
    """Whether `condition` is proved. Its terms are settled, and hypotheses are applied to them.

    Of several alternatives, one is proved under the assumption that none of the others holds; or,
    where symbols live in finite sets, one for each of their members.
    """
    if _by_alternatives(condition, facts, budget):
        return True
    if len(condition.alternatives) < 2:
        return False
    symbols = {s for fact in condition.alternatives for s in fact.term.free_symbols}
    rows = member_values(symbols, facts.context)
    return rows is not None and all(
        _by_alternatives(condition.instantiate(dict(row)), facts, budget) for row in rows
    )


def _by_alternatives(condition: Condition, facts: Facts, budget: Budget) -> bool:
    for fact in condition.guards:
        facts = assume(facts, fact, budget)
    for number, fact in enumerate(condition.alternatives):
        others = facts
        for other in condition.alternatives[:number] + condition.alternatives[number + 1 :]:
            others = assume(others, Fact(other.term, OPPOSITE[other.relation]), budget)
        if fact_proved(fact, others, budget):
            return True
    return False


def fact_proved(fact: Fact, facts: Facts, budget: Budget) -> bool:
    """Whether `fact` holds at every point that meets `facts`."""
    try:
        return all(
            _proved_in(case, fact.relation, facts.context, budget)
            for case in index_cases(fact.term, facts)
        ) or _by_certificate(fact, facts, budget)
    except (UnsupportedTerm, BudgetExceeded):
        return False


def _by_certificate(fact: Fact, facts: Facts, budget: Budget) -> bool:
    """Whether a fact that no sign shows is proved as an inequality that somebody claims."""
    from cesym.prover.inequalities import prove_sign

    term, relation = fact.term, fact.relation
    if relation in ("<", "<="):
        term, relation = -term, NEGATED[relation]
    return relation in (">", ">=") and prove_sign(term, relation, facts, budget) is not None


def _proved_in(case: Case, relation: str, context: Context, budget: Budget) -> bool:
    def ask(tower: Tower, value: Ratio, term: Expr) -> bool:
        return (
            tower.signs.of(value) in ENOUGH[relation]
            or sign_of_term(tower, term) in ENOUGH[relation]
        )

    try:
        if in_every_sign(case, budget, ask)[0]:
            return True
    except UnsupportedTerm:
        pass
    members = member_cases(case, context)
    return members is not None and all(in_every_sign(member, budget, ask)[0] for member in members)


def assume(facts: Facts, fact: Fact, budget: Budget) -> Facts:
    """`facts` with the sign of the one factor of `fact` that is not known yet, or of the product of
    those; unchanged where there is more to know.

    Where a product has a strict sign, or is not 0, even powers in it are positive; odd ones have
    the sign of their base.
    """

    def remember(tower: Tower, value: Ratio, _: Expr) -> Facts:
        if value.is_zero:
            return facts
        overall, factors = tower.factors(value)
        relation, unknown = fact.relation if overall > 0 else NEGATED[fact.relation], []
        for factor, exponent in factors:
            known = tower.signs.of_power(factor, exponent)
            if known == "<":
                relation = NEGATED[relation]
            elif known != ">":
                unknown.append((factor, exponent))
        if relation in ("<", ">", "!="):
            unknown = [(factor, exponent) for factor, exponent in unknown if exponent % 2]
        if not unknown or not all(exponent % 2 and exponent > 0 for _, exponent in unknown):
            return facts
        terms = [tower.expression(factor) for factor, _ in unknown]
        if len(unknown) > 1:
            product, turned = product_of(terms)
            return facts.assume(product, relation if turned > 0 else NEGATED[relation])
        return facts.assume(terms[0], _both(relation, tower.signs.of_factor(unknown[0][0])))

    try:
        return in_tower(Case((), fact.term, facts), budget, remember)
    except (UnsupportedTerm, Split):
        return facts


def _both(relation: str, known: str | None) -> str:
    """The stronger of what is assumed and what was known."""
    return stronger(relation, known) or relation
