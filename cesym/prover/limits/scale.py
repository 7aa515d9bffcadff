"""The asymptotic scale: positive functions that tend to 0, each faster than every power of the one
before.

    ... 1/log log t,  1/log t,  1/t,  e^-t,  e^-(t^2),  e^-(e^t), ...      as t -> oo

Each is a Dummy `b`; a product of powers of them, b1^e1 ... bn^en, is a *monomial*, {b: e}. The
logarithm of an element is minus a monomial of elements before it, so no element ever hides in the
logarithm of another (J. Richardson, B. Salvy, J. Shackell, J. van der Hoeven, Asymptotic
expansions of exp-log functions, ISSAC 1996).
"""

from __future__ import annotations

from sympy import Dummy, Expr, Integer, Mul, S

from cesym.prover.limits.constants import Constants
from cesym.prover.limits.undecided import Undecided

Monomial = dict[Dummy, Expr]

DEPTH = 4
"""How many iterated logarithms of t the scale has from the start."""

LARGEST_SCALE = 16


class Scale:
    """The elements so far, slowest first, each with the monomial M for which b = e^-M."""

    def __init__(self, constants: Constants) -> None:
        self.constants = constants
        self.elements: list[Dummy] = [Dummy(f"b{n}", positive=True) for n in range(DEPTH)]
        self.exponent: dict[Dummy, Monomial] = {
            self.elements[n]: {self.elements[n - 1]: Integer(-1)} for n in range(1, DEPTH)
        }
        self.reciprocal = self.elements[-1]
        """The element 1/t."""

    def top(self, term: Expr) -> Dummy | None:
        """The fastest element in `term`."""
        free = term.free_symbols
        return next((b for b in reversed(self.elements) if b in free), None)

    def log(self, element: Dummy) -> Expr:
        """log b, in elements before b."""
        if element not in self.exponent:
            raise Undecided
        return -self.term(self.exponent[element])

    def term(self, monomial: Monomial) -> Expr:
        """The term of a monomial."""
        return Mul(*(b**e for b, e in monomial.items()))

    def growth(self, monomial: Monomial) -> str:
        """`>` when a monomial tends to oo, `<` when it tends to 0, `==` when it is 1."""
        for b in reversed(self.elements):
            known = self.constants.sign(monomial.get(b, S.Zero))
            if known != "==":
                return ">" if known == "<" else "<"
        return "=="

    def element_for(self, monomial: Monomial) -> Dummy:
        """The element e^-M for a monomial M that tends to oo; a new one where there is none.

        A monomial that changes with a bound index has no element.
        """
        if any(isinstance(s, Dummy) for e in monomial.values() for s in e.free_symbols):
            raise Undecided
        place = len(self.elements)
        for number, element in enumerate(self.elements):
            if element not in self.exponent:
                continue
            known = self.growth(quotient(monomial, self.exponent[element]))
            if known == "==":
                return element
            if known == "<":
                place = number
                break
        if len(self.elements) >= LARGEST_SCALE:
            raise Undecided
        new = Dummy(f"b{len(self.elements)}", positive=True)
        self.elements.insert(place, new)
        self.exponent[new] = monomial
        return new


def quotient(first: Monomial, second: Monomial) -> Monomial:
    """The quotient of two monomials."""
    return {b: first.get(b, S.Zero) - second.get(b, S.Zero) for b in {**first, **second}}
