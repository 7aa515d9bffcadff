"""Signs of terms that are free of the variable of the limit: proved or split on, never sampled."""

from __future__ import annotations

from sympy import Dummy, Expr

from cesym.errors import UnsupportedTerm
from cesym.prover.atoms import LogAbs
from cesym.prover.balls import evaluate_at
from cesym.prover.budget import Budget
from cesym.prover.cases import Case, in_tower
from cesym.prover.facts import Facts
from cesym.prover.interruptions import Split
from cesym.prover.limits.undecided import Undecided
from cesym.prover.rational import Ratio
from cesym.prover.reduction import vanishes
from cesym.prover.relations import stronger
from cesym.prover.termsigns import sign_of_term
from cesym.prover.tower import Tower
from cesym.prover.values import Point, Undefined, precision, sign_of

BITS = (128, 1000)
"""Precisions at which the sign of a number is looked for."""

LARGEST_COEFFICIENT = 20
"""Multiples of a logarithm that are written as a power."""

DEFINITE = (">", "<", "==")

REMAINING = {
    None: (">", "==", "<"),
    ">=": (">", "=="),
    "<=": ("<", "=="),
    "!=": (">", "<"),
}
"""The cases that a known relation leaves open."""


class Constants:
    """Signs of terms in the parameters, under the facts of one case."""

    def __init__(self, facts: Facts, budget: Budget) -> None:
        self.facts, self.budget = facts, budget
        self._known: dict[Expr, str] = {}

    def sign(self, term: Expr) -> str:
        """`>`, `==` or `<`. Raises Split where that depends on the parameters, Undecided where
        nothing is proved.
        """
        known = self._relation(term)
        if known in DEFINITE:
            return known
        return self._relation_split(term)

    def is_zero(self, term: Expr) -> bool:
        """Whether `term` is 0 (True) or is not 0 (False), either one proved."""
        known = self._relation(term)
        return known == "==" if known in (*DEFINITE, "!=") else self.sign(term) == "=="

    def order(self, first: Expr, second: Expr) -> str:
        """The relation of `first` to `second`."""
        if first == second:
            return "=="
        return self.sign(first - second)

    def _relation(self, term: Expr) -> str | None:
        if term.is_Rational:
            return ">" if term > 0 else "<" if term < 0 else "=="
        if term not in self._known:
            self._known[term] = self._find(term) or "?"
        known = self._known[term]
        return None if known == "?" else known

    def _find(self, term: Expr) -> str | None:
        if not term.free_symbols:
            return self._of_number(term)
        try:
            return in_tower(Case((), term, self.facts), self.budget, _relation_in)
        except UnsupportedTerm:
            return None
        except Split as split:
            if _has_bound(split.term):
                return None
            raise

    def _of_number(self, term: Expr) -> str | None:
        for bits in BITS:
            with precision(bits):
                try:
                    known = sign_of(evaluate_at(term, Point(), self.budget))
                except (Undefined, UnsupportedTerm):
                    known = None
            if known is not None:
                return {1: ">", 0: "==", -1: "<"}[known]
        try:
            return in_tower(Case((), term, self.facts), self.budget, _relation_in)
        except (UnsupportedTerm, Split):
            return None

    def _relation_split(self, term: Expr) -> str:
        """Ask for a case distinction on the first factor whose sign is not known."""

        def ask(tower: Tower, value: Ratio, _: Expr) -> str:
            value = _exponential(tower, value) or value
            for factor, _exponent in tower.factors(value)[1]:
                known = tower.signs.of_factor(factor)
                unknown = tower.expression(factor)
                if known not in DEFINITE and not _has_bound(unknown) and unknown.free_symbols:
                    raise Split(unknown, REMAINING[known])
            raise Undecided

        try:
            return in_tower(Case((), term, self.facts), self.budget, ask)
        except UnsupportedTerm:
            raise Undecided from None


def _relation_in(tower: Tower, value: Ratio, term: Expr) -> str | None:
    if vanishes(tower, value):
        return "=="
    known = stronger(tower.signs.of(value), sign_of_term(tower, term))
    if known in DEFINITE:
        return known
    power = _exponential(tower, value)
    return known if power is None else stronger(known, tower.signs.of(power))


def _exponential(tower: Tower, value: Ratio) -> Ratio | None:
    """e^v - 1 for v = sum_i c_i log|p_i| with integers c_i and p_i != 0, which has the sign of v.

    None for any other v. A denominator of v is positive, and does not matter.
    """
    if not value.denominator.is_constant():
        return None
    result = tower.constant(1)
    for exponents, coefficient in value.numerator.to_dict().items():
        atom = tower.monomial(exponents)
        if not isinstance(atom, LogAbs) or abs(int(coefficient)) > LARGEST_COEFFICIENT:
            return None
        inside = tower.convert(atom.args[0])
        known = tower.signs.of(inside)
        if known not in (">", "<"):
            return None
        result *= (inside if known == ">" else -inside) ** int(coefficient)
    return result - tower.constant(1)


def _has_bound(term: Expr) -> bool:
    return any(isinstance(symbol, Dummy) for symbol in term.free_symbols)
