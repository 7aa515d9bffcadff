"""Signs of terms that are free of the variable of the limit: proved or split on, never sampled."""

from __future__ import annotations

from sympy import Dummy, Expr

from cesym.errors import UnsupportedTerm
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
    return stronger(tower.signs.of(value), sign_of_term(tower, term))


def _has_bound(term: Expr) -> bool:
    return any(isinstance(symbol, Dummy) for symbol in term.free_symbols)
