"""The search for a certificate, case by case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sympy import Expr, Sum

from cesym.errors import UnsupportedTerm
from cesym.messages import Message, message
from cesym.prover.atoms import LogAbs
from cesym.prover.budget import Budget
from cesym.prover.cases import Case, in_every_sign, in_tower, index_cases, member_cases
from cesym.prover.facts import Facts
from cesym.prover.inequalities.closed import closed_holds
from cesym.prover.inequalities.combinations import sign_by_combination
from cesym.prover.inequalities.defined import has_no_pole
from cesym.prover.inequalities.differences import by_differences, movers
from cesym.prover.inequalities.elementary import elementary
from cesym.prover.inequalities.ends import by_open_end
from cesym.prover.inequalities.logarithms import by_logarithms
from cesym.prover.inequalities.positive import without_exponentials
from cesym.prover.inequalities.powers import without_roots
from cesym.prover.inequalities.touch import by_touching
from cesym.prover.rational import Ratio
from cesym.prover.relations import ENOUGH, NEGATED, product_sign, sum_sign
from cesym.prover.termsigns import sign_of_term
from cesym.prover.tower import Tower

DEEPEST = 3
CHANGES = 2
"""How often the variables are changed, one change after another."""


def prove_sign(term: Expr, relation: str, facts: Facts, budget: Budget) -> Message | None:
    """How `term relation 0` is proved (`relation` is `>=` or `>`), None when it is not."""
    if closed_holds(term, relation, budget):
        return message("a ball around the value")
    search = _Search(relation, facts, budget)
    if all(search.holds(case) for case in index_cases(term, facts)):
        return search.method
    return None


class _Search:
    def __init__(self, relation: str, facts: Facts, budget: Budget, changes: int = CHANGES) -> None:
        self.relation = relation
        self.changes = changes
        self.facts = facts
        self.budget = budget
        self.method = message("sign of the normal form")

    def holds(self, case: Case) -> bool:
        """Whether the relation is proved in `case`, by members of finite sets if need be."""
        if self.in_signs(case):
            return True
        members = member_cases(case, self.facts.context)
        return members is not None and all(self.in_signs(member) for member in members)

    def in_signs(self, case: Case) -> bool:
        """Whether the relation is proved in every sign case that comes up."""
        try:
            return in_every_sign(case, self.budget, self.ask)[0]
        except UnsupportedTerm:
            return False

    def ask(self, tower: Tower, value: Ratio, term: Expr) -> bool:
        if sign_of_term(tower, term) in ENOUGH[self.relation]:
            return True
        if _by_exponential(tower, value) in ENOUGH[self.relation]:
            self.method = message("sign of the exponential, against 1")
            return True
        if sign_by_weights(tower, value) in ENOUGH[self.relation]:
            self.method = message("logarithms that are not negative, with weights that are not")
            return True
        if sign_by_combination(tower, value) in ENOUGH[self.relation]:
            self.method = message("a sum of what is not negative, with weights that are not")
            return True
        unknown, facts = unknown_part(tower, value, self.relation)
        plain = elementary(tower, unknown)
        if plain is None:
            return False
        if plain.has(Sum):
            return (
                self.by_summands(plain, tower.facts)
                or self.by_power(tower, value)
                or self.by_logarithms(plain, facts)
            )
        if self.by_touching(plain, facts):
            return True
        # The slope of a fraction may be simple where that of its numerator is not.
        whole = elementary(tower, value)
        return whole is not None and whole != plain and self.by_touching(whole, tower.facts)

    def by_touching(self, term: Expr, facts: Facts) -> bool:
        found = by_touching(term, self.relation, facts, self.budget, DEEPEST) or by_open_end(
            term, self.relation, facts, self.budget, DEEPEST
        )
        if found is not None and has_no_pole(term, facts, self.budget):
            self.method = found
            return True
        others = _in_other_variables(term, facts) if self.changes else ()
        return self.by_logarithms(term, facts) or any(self.of_another(*other) for other in others)

    def by_logarithms(self, term: Expr, facts: Facts) -> bool:
        compared = by_logarithms(term, facts, self.budget) if self.changes else None
        return compared is not None and self.of_another(compared, facts)

    def of_another(self, term: Expr, facts: Facts) -> bool:
        """Whether the relation is proved of a term that implies it for the one at hand."""
        search = _Search(self.relation, facts, self.budget, self.changes - 1)
        if search.in_signs(Case((), term, facts)):
            self.method = search.method
            return True
        return False

    def by_power(self, tower: Tower, value: Ratio) -> bool:
        """Whether e^value - 1, where that has no logarithms left, is proved summand by summand."""
        power = _exponential_less_one(tower, value)
        if power is None:
            return False
        plain = elementary(tower, unknown_part(tower, power, self.relation)[0])
        return plain is not None and plain.has(Sum) and self.by_summands(plain, tower.facts)

    def by_summands(self, term: Expr, facts: Facts) -> bool:
        from cesym.prover.inequalities.summands import by_summands

        if self.relation != ">=":
            return False
        found = by_summands(term, facts, self.budget)
        if found is not None:
            self.method = found
        return found is not None


def _in_other_variables(term: Expr, facts: Facts) -> Iterator[tuple[Expr, Facts]]:
    """The same term of variables that are easier to move: u^2 in place of x with its square root, a
    difference that is positive in place of two numbers, f(x) for every x > 0 in place of f(e^v); or
    without knowing which is larger.
    """
    for other in (without_roots(term, facts), by_differences(term, facts)):
        if other is not None:
            yield other
    yield from without_exponentials(term, facts)
    alone = {key: sign for key, sign in facts.signs.items() if len(movers(key)) < 2}
    if len(alone) < len(facts.signs):
        yield term, replace(facts, signs=alone)


def unknown_part(tower: Tower, value: Ratio, relation: str) -> tuple[Ratio, Facts]:
    """`value` without the factors whose sign is known, which decide nothing any more; and what is
    known where none of them is 0. Elsewhere `value` is 0, which will do for those that may be 0.
    """
    overall, factors = tower.factors(value)
    rest, facts = tower.constant(overall), tower.facts
    for factor, exponent in factors:
        known = tower.signs.of_power(factor, exponent)
        if known in ("<", "<=") and known.replace("<", ">") in ENOUGH[relation]:
            rest = -rest
        elif known not in ENOUGH[relation]:
            rest *= Ratio(tower.ring, factor, tower.ring.one) ** exponent
            continue
        term = tower.expression(factor)
        if term.is_Symbol and tower.signs.of_factor(factor) == ">=":
            facts = facts.assume(term, ">")
    return rest, facts


def sign_by_weights(tower: Tower, value: Ratio) -> str | None:
    """`value` as a sum of weights times logarithms: the sign when all parts have the same."""
    if value.denominator.is_constant() is False and tower.signs.of(
        Ratio(tower.ring, value.denominator, tower.ring.one)
    ) not in (">", "<"):
        return None
    logs = {i for i, atom in enumerate(tower.atoms) if isinstance(atom, LogAbs)}
    groups: dict[tuple[int, ...], dict[tuple[int, ...], int]] = {}
    for exponents, coefficient in value.numerator.to_dict().items():
        weight = tuple(0 if i in logs else e for i, e in enumerate(exponents))
        rest = tuple(e if i in logs else 0 for i, e in enumerate(exponents))
        groups.setdefault(weight, {})[rest] = coefficient
    signs = []
    for weight, terms in groups.items():
        combination = Ratio(tower.ring, tower.ring.polynomial(terms), tower.ring.one)
        inner = tower.signs.of(combination) or _by_exponential(tower, combination)
        factor = Ratio(tower.ring, tower.ring.polynomial({weight: 1}), tower.ring.one)
        signs.append(product_sign([tower.signs.of(factor), inner]))
    known = sum_sign(signs)
    flipped = value.denominator.is_constant() and value.denominator.leading_coefficient() < 0
    negative = (
        flipped or tower.signs.of(Ratio(tower.ring, value.denominator, tower.ring.one)) == "<"
    )
    return NEGATED[known] if known and negative else known


LARGEST_MULTIPLE = 12


def _by_exponential(tower: Tower, value: Ratio) -> str | None:
    """The sign of `value` as that of e^(m value) - 1, which has no logarithms left, for m >= 1."""
    power = _exponential_less_one(tower, value)
    return None if power is None else tower.signs.of(power)


def _exponential_less_one(tower: Tower, value: Ratio) -> Ratio | None:
    """e^(m value) - 1 for the m >= 1 that clears the denominator; None where that is too large."""
    from cesym.prover.interruptions import Split

    if not value.denominator.is_constant() or len(value.numerator) > LARGEST_MULTIPLE:
        return None
    if any(abs(int(c)) > LARGEST_MULTIPLE for c in value.numerator.coeffs()):
        return None
    whole = value * tower.constant(int(value.denominator.leading_coefficient()))
    try:
        return tower.exponential(whole) - tower.constant(1)
    except (Split, UnsupportedTerm):
        return None


def sign_in(term: Expr, facts: Facts, budget: Budget) -> str | None:
    """The sign of a term that needs no case distinction, None when it is not proved."""
    from cesym.prover.interruptions import Split

    def ask(tower: Tower, value: Ratio, asked: Expr) -> str | None:
        return sign_of_term(tower, asked) or _by_exponential(tower, value)

    try:
        return in_tower(Case((), term, facts), budget, ask)
    except (Split, UnsupportedTerm):
        return None
