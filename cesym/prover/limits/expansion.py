"""Asymptotic expansions on a scale: every term of exp, log and powers as a series in the fastest
element, whose coefficients are exact terms in the slower ones.

Nothing is rounded and nothing is cut off: a coefficient is 0 only when the tower proves it, and not
0 only when its own leading term, in the end a number or a term in the parameters, is proved not to
be 0. Then `c b^e` is the leading term because the slower elements cannot make up for a power of b.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce

from sympy import Add, Expr, Mul, Pow, S, Sum, exp, log, oo

from cesym.errors import UnsupportedTerm
from cesym.prover.budget import Budget
from cesym.prover.cases import Case, in_tower
from cesym.prover.facts import Facts
from cesym.prover.interruptions import Split
from cesym.prover.limits.constants import Constants
from cesym.prover.limits.scale import Monomial, Scale
from cesym.prover.limits.series import Arithmetic, Series, Term
from cesym.prover.limits.undecided import Undecided
from cesym.prover.reduction import vanishes

MOST_ZEROS = 24
"""Leading coefficients that may turn out to be 0 before the search is given up."""

LONGEST_EXPONENT = 8
"""Terms of a coefficient in an exponent, which is taken apart to its end."""

LARGEST_POWER = 6
"""Powers that are multiplied out, so that nothing has to be known of their leading terms."""

Leading = tuple[Expr, Monomial]
"""A constant that is not 0, and the monomial that it multiplies."""


class Expansion:
    """Expansions under the facts of one case, on a scale that grows as it is needed."""

    def __init__(self, facts: Facts, budget: Budget) -> None:
        self.facts, self.budget = facts, budget
        self.constants = Constants(facts, budget)
        self.scale = Scale(self.constants)
        self.arithmetic = Arithmetic(self.constants)
        self._series: dict[tuple[Expr, Expr], Series] = {}
        self._leading: dict[Expr, Leading | None] = {}
        self._zero: dict[Expr, bool] = {}

    # What is asked.

    def limit(self, term: Expr) -> Expr:
        """The limit of a term on the scale: a term free of it, oo or -oo."""
        top = self.scale.top(term)
        if top is None:
            return term
        for coefficient, exponent in self.series(term, top):
            relation = self.constants.sign(exponent)
            if relation == ">":
                break
            if relation == "==":
                return self.limit(coefficient)
            leading = self.leading(coefficient)
            if leading is not None:
                return oo if self.constants.sign(leading[0]) == ">" else -oo
        return S.Zero

    def sign(self, term: Expr) -> str:
        """The relation to 0 that `term` has near the target: `>`, `==` or `<`."""
        leading = self.leading(term)
        return "==" if leading is None else self.constants.sign(leading[0])

    def leading(self, term: Expr) -> Leading | None:
        """The leading term, None for 0."""
        if term not in self._leading:
            self._leading[term] = self._find_leading(term)
        return self._leading[term]

    def parts(self, term: Expr) -> tuple[list[tuple[Expr, Monomial]], Expr]:
        """The infinite part of a term, c1 M1 + c2 M2 + ..., and the constant. What is left tends to
        0. A coefficient may be 0.
        """
        top = self.scale.top(term)
        if top is None:
            return [], term
        infinite: list[tuple[Expr, Monomial]] = []
        for coefficient, exponent in self.series(term, top):
            relation = self.constants.sign(exponent)
            if relation == ">":
                break
            if relation == "==":
                more, constant = self.parts(coefficient)
                return infinite + more, constant
            infinite += [(c, {**m, top: exponent}) for c, m in self.monomials(coefficient)]
        return infinite, S.Zero

    def monomials(self, term: Expr) -> list[tuple[Expr, Monomial]]:
        """All of a term as a finite sum of monomials with constant coefficients."""
        top = self.scale.top(term)
        if top is None:
            return [(term, {})]
        if self.is_zero(term):
            return []
        found: list[tuple[Expr, Monomial]] = []
        for position, (coefficient, exponent) in enumerate(self.series(term, top)):
            if position >= LONGEST_EXPONENT:
                raise Undecided
            found += [(c, {**m, top: exponent}) for c, m in self.monomials(coefficient)]
        return found

    def is_zero(self, term: Expr) -> bool:
        """Whether the tower proves that `term` is 0, knowing only that elements are positive."""
        if term.is_Rational:
            return bool(term == 0)
        if term not in self._zero:
            self._zero[term] = self._find_zero(term)
        return self._zero[term]

    def _find_zero(self, term: Expr) -> bool:
        facts = self.facts
        for element in self.scale.elements:
            facts = facts.assume(element, ">")
        try:
            return in_tower(Case((), term, facts), self.budget, lambda t, v, _: vanishes(t, v))
        except (UnsupportedTerm, Split):
            return False

    def _find_leading(self, term: Expr) -> Leading | None:
        top = self.scale.top(term)
        if top is None:
            return None if self.constants.is_zero(term) else (term, {})
        head = self.head(term, self.series(term, top))
        if head is None:
            return None
        _, (coefficient, exponent) = head
        inner = self.leading(coefficient)
        assert inner is not None
        return inner[0], {**inner[1], top: exponent}

    def head(self, term: Expr, series: Series) -> tuple[int, Term] | None:
        """The first term of the series of `term` that is not 0, and its position."""
        for position, (coefficient, exponent) in enumerate(series):
            if self.leading(coefficient) is not None:
                return position, (coefficient, exponent)
            if position == 0 and self.is_zero(term):
                return None
            if position > MOST_ZEROS:
                raise Undecided
        return None

    # The series of each kind of term.

    def series(self, term: Expr, element: Expr) -> Series:
        """`term` as a series in `element`, the fastest one in it."""
        key = (term, element)
        if key not in self._series:
            self._series[key] = Series(self._expand(term, element))
        return self._series[key]

    def _expand(self, term: Expr, element: Expr) -> Iterator[Term]:
        self.budget.tick()
        if element not in term.free_symbols:
            yield term, S.Zero
        elif term == element:
            yield S.One, S.One
        else:
            rule = next((rule for head, rule in _RULES if isinstance(term, head)), None)
            if rule is None:
                raise Undecided
            yield from rule(self, term, element)

    def _add(self, term: Expr, element: Expr) -> Iterator[Term]:
        return self.arithmetic.add([self.series(part, element) for part in term.args])

    def _multiply(self, term: Expr, element: Expr) -> Iterator[Term]:
        return self._product([self.series(part, element) for part in term.args])

    def _product(self, factors: list[Series]) -> Iterator[Term]:
        return iter(reduce(lambda a, b: Series(self.arithmetic.multiply(a, b)), factors))

    def _power(self, term: Expr, element: Expr) -> Iterator[Term]:
        base, exponent = term.args
        if self.scale.top(exponent) is not None:
            return self._exponential_of(exponent * log(base), element)
        if base == element:
            return iter([(S.One, exponent)])
        if exponent.is_Integer and 0 < exponent <= LARGEST_POWER:
            return self._product([self.series(base, element)] * int(exponent))
        return self._general_power(base, exponent, element)

    def _general_power(self, base: Expr, exponent: Expr, element: Expr) -> Iterator[Term]:
        series = self.series(base, element)
        head = self.head(base, series)
        if head is None:
            if self.constants.sign(exponent) == ">":
                return
            raise Undecided
        position, (coefficient, order) = head
        if not exponent.is_Integer and self.sign(coefficient) != ">":
            raise Undecided
        small = self._relative(series, position)
        yield from self.arithmetic.scaled(
            self.arithmetic.power(small, exponent), Pow(coefficient, exponent), order * exponent
        )

    def _relative(self, series: Series, position: int) -> Series:
        """u, for c b^e (1 + u) with the leading term at `position`."""
        head = series.get(position)
        assert head is not None
        return Series(self.arithmetic.scaled(series.behind(position + 1), 1 / head[0], -head[1]))

    def _logarithm(self, term: Expr, element: Expr) -> Iterator[Term]:
        series = self.series(term.args[0], element)
        head = self.head(term.args[0], series)
        if head is None:
            raise Undecided
        position, (coefficient, order) = head
        if self.sign(coefficient) != ">":
            raise Undecided
        yield (
            log(coefficient) + order * self.scale.log(element) if order != 0 else log(coefficient),
            S.Zero,
        )
        yield from self.arithmetic.logarithm(self._relative(series, position))

    def _exponential(self, term: Expr, element: Expr) -> Iterator[Term]:
        return self._exponential_of(term.args[0], element)

    def _exponential_of(self, exponent: Expr, element: Expr) -> Iterator[Term]:
        """e^u for u that stays bounded, which is checked."""
        series, constant, position = self.series(exponent, element), S.Zero, 0
        while (found := series.get(position)) is not None:
            relation = self.constants.sign(found[1])
            if relation == ">":
                break
            if relation == "==":
                constant = found[0]
            elif self.leading(found[0]) is not None:
                raise Undecided
            position += 1
        if self.parts(constant)[0]:
            raise Undecided
        small = Series(series.behind(position))
        yield from self.arithmetic.scaled(self.arithmetic.exponential(small), exp(constant), S.Zero)

    def _sum(self, term: Expr, element: Expr) -> Iterator[Term]:
        """A sum over a range that does not move: the sum of the coefficients."""
        indices = {limit[0] for limit in term.limits}
        for coefficient, exponent in self.series(term.function, element):
            if indices & exponent.free_symbols:
                raise Undecided
            yield Sum(coefficient, *term.limits), exponent


_RULES: tuple[tuple[type, Callable[[Expansion, Expr, Expr], Iterator[Term]]], ...] = (
    (Add, Expansion._add),
    (Mul, Expansion._multiply),
    (Pow, Expansion._power),
    (exp, Expansion._exponential),
    (log, Expansion._logarithm),
    (Sum, Expansion._sum),
)
