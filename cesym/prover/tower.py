"""The exp/log tower: every term as a quotient of polynomials over atoms, so that a true identity
becomes 0 = 0.

The rules (each valid at every point at which the term has a value; Ratio explains why denominators
do not matter):

- exp(u): u is split into monomials; e^(c m) is a power of one generator ExpOf(m / h), so e^(a+b) =
  e^a e^b is built in, and e^(c log|p|) is |p|^c.
- log(f), f > 0: log of the content plus e_i log|p_i| over the irreducible factors p_i. Where p_i =
  0 the atom is *defined* as 0; that can happen only under `xlogy(x, f)` with x = 0, and then both
  sides of the rule are multiplied by 0.
- |p|, sign(p) and cases: by the sign of each irreducible factor, which is proved (`signs`) or split
  on, covering -, 0 and +.
- b^u: for b > 0 *proved*, exp(u log b); for rational u by roots; else an atom.
- sums over an index: `sums`.

A numerator that is 0 proves the equality. One that is not proves nothing.
"""

from __future__ import annotations

from flint import fmpq
from sympy import (
    Abs,
    Dummy,
    Expr,
    Piecewise,
    Pow,
    Product,
    Sum,
    Symbol,
    log,
)
from sympy.core.relational import Relational

from cesym.errors import UnsupportedTerm
from cesym.prover.atoms import AbsOf, ExpOf, LogAbs, PowerOf, Root, SignOf
from cesym.prover.budget import Budget
from cesym.prover.facts import Facts
from cesym.prover.generators import Generators
from cesym.prover.interruptions import Refine, Split
from cesym.prover.rational import Polynomial, Ratio
from cesym.prover.relations import OPPOSITE, implies
from cesym.prover.signs import Signs

RING_SIZES = (24, 64, 160)


class Tower(Generators):
    """The atoms of one normal form, and the conversion of terms to it."""

    def __init__(
        self,
        facts: Facts,
        budget: Budget,
        size: int = RING_SIZES[0],
        fine: dict[Expr, int] | None = None,
    ) -> None:
        super().__init__(budget, size)
        self.facts = facts
        self.fine = {} if fine is None else fine
        self.signs = Signs(self)
        self._done: dict[Expr, Ratio] = {}

    def convert(self, term: Expr) -> Ratio:
        """The normal form of `term`. Raises UnsupportedTerm for what has none, ZeroDivisionError,
        Split, Refine or RingFull.
        """
        done = self._done.get(term)
        if done is None:
            self.budget.tick()
            done = self._done[term] = self._convert(term)
        return done

    def _convert(self, term: Expr) -> Ratio:
        if term.is_Rational:
            return self.constant(int(term.p), int(term.q))
        from cesym.prover.heads import rule_for

        return rule_for(type(term))(self, term)

    def add(self, term: Expr) -> Ratio:
        """A sum of terms."""
        result = self.constant(0)
        for argument in term.args:
            result += self.convert(argument)
        return result

    def multiply(self, term: Expr) -> Ratio:
        """A product of terms."""
        result = self.constant(1)
        for argument in term.args:
            result *= self.convert(argument)
        return result

    def exponential(self, value: Ratio) -> Ratio:
        """e^value."""
        result = self.constant(1)
        for numerator, denominator in self.proper_parts(value):
            content = (
                int(denominator.content())
                if not denominator.is_constant()
                else int(denominator.leading_coefficient())
            )
            primitive = denominator // self.ring.context.constant(content)
            for exponents, coefficient in numerator.to_dict().items():
                result *= self.exponential_of(exponents, fmpq(int(coefficient), content), primitive)
        return result

    def exponential_of(
        self, exponents: tuple[int, ...], coefficient: fmpq, denominator: Polynomial
    ) -> Ratio:
        """e^(coefficient * monomial / denominator)."""
        monomial = self.monomial(exponents)
        if denominator.is_one() and isinstance(monomial, LogAbs):
            return self.power_of_absolute(self.convert(monomial.args[0]).numerator, coefficient)
        key = monomial / self.expression(denominator)
        coefficient *= self.fineness(key)
        if coefficient.q != 1:
            self.refine(key, int(coefficient.q))
        return self.atom(ExpOf(key / self.fineness(key))) ** int(coefficient.p)

    def fineness(self, key: Expr) -> int:
        """How many times finer than `key` the generator for it is."""
        return self.fine.get(_named(key), 1)

    def refine(self, key: Expr, factor: int) -> None:
        """Ask for a generator that is `factor` times finer."""
        self.fine[_named(key)] = self.fineness(key) * factor
        raise Refine

    def proper_parts(self, value: Ratio) -> list[tuple[Polynomial, Polynomial]]:
        """An exponent as polynomial plus proper fraction, so that equal exponents look alike."""
        if value.denominator.is_constant():
            return [(value.numerator, value.denominator)]
        quotient, remainder = self.divide(value.numerator, value.denominator)
        parts = [(remainder, value.denominator), (quotient, self.ring.one)]
        return [
            (numerator, denominator) for numerator, denominator in parts if not numerator.is_zero()
        ]

    def logarithm(self, value: Ratio) -> Ratio:
        """log(value) where value > 0; see the module's text for what happens elsewhere."""
        if value.is_zero:
            raise ZeroDivisionError
        result = self.constant(0)
        for factor, exponent in self.factors(value)[1]:
            result += self.constant(exponent) * self.log_of_factor(factor)
        return result

    def log_of_factor(self, factor: Polynomial) -> Ratio:
        """log|factor|."""
        atom = self.only_atom(factor)
        if isinstance(atom, ExpOf):
            return self.convert(atom.args[0])
        if isinstance(atom, Root):
            return self.constant(1, int(atom.args[1])) * self.log_of_factor(
                self.convert(atom.args[0]).numerator
            )
        if isinstance(atom, AbsOf):
            return self.log_of_factor(self.convert(atom.args[0]).numerator)
        return self.atom(LogAbs(self.expression(factor)))

    def power_of_absolute(self, factor: Polynomial, exponent: fmpq) -> Ratio:
        """|factor|^exponent for an irreducible polynomial or a prime."""
        whole = int(exponent.p) // int(exponent.q)
        rest = exponent - whole
        plain = Ratio(self.ring, factor, self.ring.one)
        result = (
            plain**whole
            if whole % 2 == 0
            else plain ** (whole - 1) * self.absolute_of_factor(factor)
        )
        if rest == 0:
            return result
        term = self.expression(factor)
        key = Root(term, 1)
        finer = int((rest * self.fineness(key)).q)
        if finer != 1:
            self.refine(key, finer)
        degree = self.fineness(key)
        return result * self.atom(Root(term, degree)) ** int((rest * degree).p)

    def absolute_of_factor(self, factor: Polynomial) -> Ratio:
        """|factor| for an irreducible polynomial."""
        plain = Ratio(self.ring, factor, self.ring.one)
        if factor.is_constant():
            return plain
        known = self.signs.of_factor(factor)
        if known in (">", ">=", "=="):
            return plain
        if known in ("<", "<="):
            return -plain
        term = self.expression(factor)
        self.split(term, (">=", "<="))
        return self.atom(AbsOf(term))

    def split(self, term: Expr, relations: tuple[str, ...]) -> None:
        """Ask for a case distinction, if `term` means the same everywhere: not when it holds a
        bound index.
        """
        if not any(symbol.is_Dummy or symbol.name.startswith("@") for symbol in term.free_symbols):
            raise Split(term, relations)

    def absolute(self, term: Abs) -> Ratio:
        """|u|, factor by factor."""
        value = self.convert(term.args[0])
        if value.is_zero:
            return value
        result = self.constant(1)
        for factor, exponent in self.factors(value)[1]:
            result *= self.power_of_absolute(factor, fmpq(exponent))
        return result

    def sign(self, term: Expr) -> Ratio:
        """The sign of u: the product of the signs of its factors."""
        value = self.convert(term.args[0])
        if value.is_zero:
            return value
        overall, factors = self.factors(value)
        result = self.constant(overall)
        for factor, exponent in factors:
            if not factor.is_constant():
                result *= self.sign_of_factor(factor) ** (2 if exponent % 2 == 0 else 1)
        return result

    def sign_of_factor(self, factor: Polynomial) -> Ratio:
        """-1, 0 or 1."""
        known = self.signs.of_factor(factor)
        if known in (">", "<", "=="):
            return self.constant({">": 1, "<": -1, "==": 0}[known])
        term = self.expression(factor)
        self.split(term, (">", "==", "<"))
        return self.atom(SignOf(term))

    def power(self, term: Pow) -> Ratio:
        """b^u."""
        if term.exp.is_Integer:
            return self.convert(term.base) ** int(term.exp)
        base = self.convert(term.base)
        if term.exp.is_Rational:
            if base.is_zero:
                return base
            result = self.constant(1)
            for factor, exponent in self.factors(base)[1]:
                result *= self.power_of_absolute(
                    factor, exponent * fmpq(int(term.exp.p), int(term.exp.q))
                )
            return result
        if self.signs.of(base) == ">":
            return self.exponential(self.convert(term.exp) * self.logarithm(base))
        return self.atom(PowerOf(self.term(base), self.term(self.convert(term.exp))))

    def cases(self, term: Piecewise) -> Ratio:
        """The branch whose condition is known to hold, all before it known not to hold."""
        for value, test in term.args:
            if test == True or self.holds(test):  # noqa: E712
                return self.convert(value)
        raise UnsupportedTerm("the cases do not cover everything")

    def holds(self, test: Relational) -> bool:
        """Whether a condition holds here; splits when that is not known."""
        relation = test.rel_op
        difference = self.convert(test.lhs - test.rhs)
        known = self.signs.of(difference)
        if (answer := implies(known, relation)) is not None:
            return answer
        term = self.term(difference)
        self.split(term, (relation, OPPOSITE[relation]))
        raise UnsupportedTerm("a case distinction under a sum is not supported")

    def xlogy(self, term: Expr) -> Ratio:
        """x log y."""
        first, second = term.args
        factor = self.convert(first)
        return factor if factor.is_zero else factor * self.logarithm(self.convert(second))

    def opaque(self, term: Expr) -> Ratio:
        """A function of which only equality of arguments is used."""
        return self.atom(term.func(*(self.term(self.convert(argument)) for argument in term.args)))

    def product(self, term: Product) -> Ratio:
        """prod f = exp(sum log f) for f > 0 at every index."""
        if self.signs.of_body(term.function, term.limits) != ">":
            raise UnsupportedTerm("a product whose factors are not known to be positive")
        return self.exponential(self.convert(Sum(log(term.function), *term.limits)))

    def sum(self, term: Sum) -> Ratio:
        """A sum over indices."""
        from cesym.prover.sums import normal_sum

        return normal_sum(self, term)


def _named(term: Expr) -> Expr:
    """`term` with plain symbols for the bound indices, which have new ones whenever a normal form
    starts again.
    """
    return term.xreplace({index: Symbol(index.name, integer=True) for index in term.atoms(Dummy)})
