"""Lazy series: sum_i c_i b^e_i with exponents that increase, as many terms as anybody asks for.

Coefficients and exponents are exact terms; a coefficient may turn out to be 0. Powers, exponentials
and logarithms of series come from their differential equations: with the derivation theta = b d/db,

    E = exp(u):      theta E = theta u E
    P = (1 + u)^a:   theta P = a theta u P - u theta P
    L = log(1 + u):  theta L = theta u (1 + u)^-1

so that each coefficient is a sum over earlier ones (D. Knuth, The Art of Computer Programming,
vol. 2, section 4.7).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from sympy import Add, Expr, S

from cesym.prover.interruptions import Split
from cesym.prover.limits.constants import Constants
from cesym.prover.limits.undecided import Undecided

Term = tuple[Expr, Expr]
"""Coefficient and exponent."""

Weight = Callable[[Expr, Expr], Expr]


class Series:
    """Terms made when they are asked for, and kept."""

    def __init__(self, source: Iterable[Term] = ()) -> None:
        self._source = iter(source)
        self._terms: list[Term] = []
        self._broken = False

    def feed(self, source: Iterable[Term]) -> Series:
        """Set the source, which may read the terms of this very series that are there already."""
        self._source = iter(source)
        return self

    def get(self, position: int) -> Term | None:
        """The term at a position, None behind the end.

        A source that was interrupted looks exhausted to Python: it must never pass for the end.
        """
        while len(self._terms) <= position:
            if self._broken:
                raise Undecided
            self._broken = True
            found = next(self._source, None)
            self._broken = False
            if found is None:
                return None
            self._terms.append(found)
        return self._terms[position]

    def __iter__(self) -> Iterator[Term]:
        position = 0
        while (found := self.get(position)) is not None:
            yield found
            position += 1

    def behind(self, first: int) -> Iterator[Term]:
        """The terms from a position on."""
        while (found := self.get(first)) is not None:
            yield found
            first += 1


class Arithmetic:
    """What series are made of: merging needs to know which exponent is smallest."""

    def __init__(self, constants: Constants) -> None:
        self.constants = constants

    def smallest(self, exponents: list[Expr]) -> list[int]:
        """The positions of the smallest exponent. One that is proved smallest is enough; the others
        need no order.
        """
        if all(e.is_Rational for e in exponents):
            least = min(exponents)
            return [i for i, e in enumerate(exponents) if e == least]
        doubt: Split | Undecided = Undecided()
        for i, candidate in enumerate(exponents):
            try:
                orders = [self._at_most(candidate, e) for e in exponents]
            except (Split, Undecided) as interruption:
                doubt = interruption if isinstance(doubt, Undecided) else doubt
                continue
            if all(orders):
                return [j for j, e in enumerate(exponents) if j == i or self._same(candidate, e)]
        raise doubt

    def _at_most(self, first: Expr, second: Expr) -> bool:
        return self.constants.order(first, second) != ">"

    def _same(self, first: Expr, second: Expr) -> bool:
        return self.constants.order(first, second) == "=="

    def add(self, parts: list[Series]) -> Iterator[Term]:
        """The sum of series, terms that are 0 included: there may be no others, without an end."""
        places = [0] * len(parts)
        while True:
            self.constants.budget.tick()
            heads = [(n, part.get(places[n])) for n, part in enumerate(parts)]
            alive = [(n, head) for n, head in heads if head is not None]
            if not alive:
                return
            chosen = self.smallest([head[1] for _, head in alive])
            coefficient = Add(*(alive[i][1][0] for i in chosen))
            for i in chosen:
                places[alive[i][0]] += 1
            yield coefficient, alive[chosen[0]][1][1]

    def multiply(
        self, left: Series, right: Series, weight: Weight = lambda d, e: S.One
    ) -> Iterator[Term]:
        """sum_ij w(d_i, e_j) l_i r_j b^(d_i + e_j), terms that are 0 included: `right` may be the
        series that is being made, which must grow with every step.
        """
        frontier: list[tuple[int, int]] = []
        waiting = [(0, 0)]
        while True:
            self.constants.budget.tick()
            frontier += [
                (i, j)
                for i, j in dict.fromkeys(waiting)
                if left.get(i) is not None and right.get(j) is not None
            ]
            if not frontier:
                return
            pairs = [(_at(left, i), _at(right, j)) for i, j in frontier]
            chosen = self.smallest([a[1] + b[1] for a, b in pairs])
            taken = [frontier[n] for n in chosen]
            total = Add(
                *(
                    weight(pairs[n][0][1], pairs[n][1][1]) * pairs[n][0][0] * pairs[n][1][0]
                    for n in chosen
                )
            )
            exponent = pairs[chosen[0]][0][1] + pairs[chosen[0]][1][1]
            frontier = [pair for pair in frontier if pair not in taken]
            # Each pair enters once: (i, j) after (i, j - 1), and (i, 0) after (i - 1, 0).
            waiting = [(i, j + 1) for i, j in taken] + [(i + 1, 0) for i, j in taken if j == 0]
            yield total, exponent

    def scaled(self, series: Iterable[Term], coefficient: Expr, exponent: Expr) -> Iterator[Term]:
        """c b^e times a series."""
        for c, e in series:
            yield coefficient * c, exponent + e

    def exponential(self, small: Series) -> Series:
        """e^u, every exponent of u being positive."""
        result = Series()
        steps = self.multiply(small, result, lambda d, e: d / (d + e))
        return result.feed(chain([(S.One, S.Zero)], steps))

    def power(self, small: Series, exponent: Expr) -> Series:
        """(1 + u)^a, every exponent of u being positive."""
        result = Series()
        steps = self.multiply(small, result, lambda d, e: (exponent * d - e) / (d + e))
        return result.feed(chain([(S.One, S.Zero)], steps))

    def logarithm(self, small: Series) -> Series:
        """log(1 + u), every exponent of u being positive."""
        inverse = self.power(small, S.NegativeOne)
        return Series(self.multiply(small, inverse, lambda d, e: d / (d + e)))


def _at(series: Series, position: int) -> Term:
    found = series.get(position)
    assert found is not None
    return found
