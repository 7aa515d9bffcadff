"""Atoms as generators of a polynomial ring: numbers, factors, division, the way back to terms."""

from __future__ import annotations

from sympy import Add, Expr, Integer, Mul, factorint

from cesym.prover.budget import Budget
from cesym.prover.interruptions import RingFull
from cesym.prover.rational import Polynomial, Ratio, factored, ring, used


class Generators:
    """The atoms that have come up so far, each with its generator."""

    def __init__(self, budget: Budget, size: int) -> None:
        self.budget = budget
        self.ring = ring(size)
        self.atoms: list[Expr] = []
        self.numbers: dict[Expr, int] = {}

    def atom(self, term: Expr) -> Ratio:
        """The generator of an atom."""
        number = self.numbers.get(term)
        if number is None:
            number = len(self.atoms)
            if number >= self.ring.size:
                raise RingFull
            self.atoms.append(term)
            self.numbers[term] = number
        return self.ring.generator(number)

    def constant(self, numerator: int, denominator: int = 1) -> Ratio:
        """A rational number."""
        return self.ring.ratio(numerator, denominator)

    def monomial(self, exponents: tuple[int, ...]) -> Expr:
        """The term of a monomial."""
        return Mul(*(self.atoms[i] ** int(power) for i, power in enumerate(exponents) if power))

    def expression(self, polynomial: Polynomial) -> Expr:
        """The term of a polynomial."""
        return Add(*(Integer(int(c)) * self.monomial(m) for m, c in polynomial.to_dict().items()))

    def term(self, value: Ratio) -> Expr:
        """The term of a ratio."""
        return self.expression(value.numerator) / self.expression(value.denominator)

    def only_atom(self, polynomial: Polynomial) -> Expr | None:
        """The atom that a polynomial consists of, None when it is more than that."""
        generators = used(polynomial)
        if len(generators) == 1 and polynomial == self.ring.generators[generators[0]]:
            return self.atoms[generators[0]]
        return None

    def factors(self, value: Ratio) -> tuple[int, list[tuple[Polynomial, int]]]:
        """The sign and content of the numerator apart: (sign, [(irreducible factor, exponent)]),
        constants included as factors.
        """
        overall, found = 1, []
        for polynomial, direction in ((value.numerator, 1), (value.denominator, -1)):
            content, factors = factored(polynomial)
            if content < 0:
                overall, content = -overall, -content
            if content != 1:
                found += [
                    (self.ring.context.constant(p), direction * e)
                    for p, e in factorint(content).items()
                ]
            for factor, exponent in factors:
                flipped, factor = self.upright(factor)
                if flipped and exponent % 2:
                    overall = -overall
                found.append((factor, direction * exponent))
        return overall, found

    def upright(self, polynomial: Polynomial) -> tuple[bool, Polynomial]:
        """Of p and -p always the same one, and whether that is -p: that with fewer negative
        coefficients, and where they are as many as the others, that which SymPy would write.
        """
        more = sum(1 if coefficient < 0 else -1 for coefficient in polynomial.coeffs())
        if more > 0 or (more == 0 and self.expression(polynomial).could_extract_minus_sign()):
            return True, -polynomial
        return False, polynomial

    def divide(
        self, numerator: Polynomial, denominator: Polynomial, among: set[int] | None = None
    ) -> tuple[Polynomial, Polynomial]:
        """(q, r) with numerator = q * denominator + r, r reduced in a generator in which the
        denominator is monic up to sign.
        """
        for number in reversed(used(denominator)):
            if among is not None and number not in among:
                continue
            degree = int(denominator.degrees()[number])
            top = [(m, c) for m, c in denominator.to_dict().items() if m[number] == degree]
            if len(top) == 1 and sum(top[0][0]) == degree and abs(int(top[0][1])) == 1:
                return self.divide_by_monic(numerator, denominator, number, degree, int(top[0][1]))
        return self.ring.zero, numerator

    def divide_by_monic(
        self, rest: Polynomial, divisor: Polynomial, number: int, degree: int, lead: int
    ) -> tuple[Polynomial, Polynomial]:
        """Long division in generator `number`."""
        quotient, generator = self.ring.zero, self.ring.generators[number]
        while not rest.is_zero() and (have := int(rest.degrees()[number])) >= degree:
            self.budget.tick()
            head = {
                tuple(0 if i == number else e for i, e in enumerate(m)): c
                for m, c in rest.to_dict().items()
                if m[number] == have
            }
            step = lead * self.ring.polynomial(head) * generator ** (have - degree)
            quotient, rest = quotient + step, rest - step * divisor
        return quotient, rest

    def replace(self, polynomial: Polynomial, number: int, value: Polynomial) -> Polynomial:
        """`polynomial` with generator `number` replaced by the polynomial `value`."""
        by_power: dict[int, dict[tuple[int, ...], int]] = {}
        for exponents, coefficient in polynomial.to_dict().items():
            rest = tuple(0 if i == number else e for i, e in enumerate(exponents))
            by_power.setdefault(int(exponents[number]), {})[rest] = coefficient
        result = self.ring.zero
        for power, terms in by_power.items():
            result = result + self.ring.polynomial(terms) * value**power
        return result
