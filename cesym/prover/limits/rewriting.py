"""Terms written on the scale: afterwards every exponential has a bounded exponent, every logarithm
and every power an argument that tends to 1.

An exponent that tends to infinity is c1 M1 + c2 M2 + ... with monomials M: e^(c M) is the power
b^-c of the element b = e^-M. So nothing needs to be known of the sign of c.
"""

from __future__ import annotations

from collections.abc import Callable

from sympy import (
    Abs,
    Add,
    Expr,
    Integer,
    Mul,
    Piecewise,
    Pow,
    S,
    Sum,
    cosh,
    exp,
    log,
    sign,
    sinh,
    tanh,
)

from cesym.prover.limits.expansion import Expansion
from cesym.prover.limits.scale import Monomial
from cesym.prover.limits.undecided import Undecided
from cesym.prover.relations import holds
from cesym.terms.binders import fresh_like
from cesym.terms.functions import xlogy

SIGNS = {">": 1, "==": 0, "<": -1}


class Rewriting(Expansion):
    """An expansion that takes terms as people write them."""

    def rewrite(self, term: Expr) -> Expr:
        """`term`, in elements of the scale, in the form described above."""
        self.budget.tick()
        if self.scale.top(term) is None or term.is_Symbol:
            return term
        rule = next((rule for head, rule in _RULES if isinstance(term, head)), None)
        if rule is None:
            raise Undecided
        return rule(self, term)

    def _parts(self, term: Expr) -> Expr:
        return term.func(*(self.rewrite(argument) for argument in term.args))

    def _rewrite_power(self, term: Expr) -> Expr:
        base, exponent = term.args
        if exponent.is_Integer:
            return Pow(self.rewrite(base), exponent)
        if self.scale.top(exponent) is not None:
            return self.exponential(self.rewrite(exponent) * self.logarithm(self.rewrite(base)))
        base = self.rewrite(base)
        leading = self.leading(base)
        if leading is None:
            if self.constants.sign(exponent) == ">":
                return S.Zero
            raise Undecided
        constant, monomial = leading
        if self.constants.sign(constant) != ">":
            raise Undecided
        outside = Mul(*(b ** (e * exponent) for b, e in monomial.items()))
        return (
            Pow(constant, exponent) * outside * Pow(self._over(base, constant, monomial), exponent)
        )

    def _over(self, term: Expr, constant: Expr, monomial: Monomial) -> Expr:
        """`term` divided by its leading term, summand by summand."""
        below = constant * self.scale.term(monomial)
        return Add(*(part / below for part in Add.make_args(term)))

    def logarithm(self, term: Expr) -> Expr:
        """log of a rewritten term that is positive near the target."""
        leading = self.leading(term)
        if leading is None or self.constants.sign(leading[0]) != ">":
            raise Undecided
        constant, monomial = leading
        outside = Add(*(e * self.scale.log(b) for b, e in monomial.items() if e != 0))
        return log(constant) + outside + log(self._over(term, constant, monomial))

    def exponential(self, term: Expr) -> Expr:
        """e^term for a rewritten term."""
        infinite, constant = self.parts(term)
        result = exp(constant)
        for coefficient, monomial in infinite:
            result *= self.scale.element_for(monomial) ** -coefficient
        rest = term - constant - Add(*(c * self.scale.term(m) for c, m in infinite))
        return result if self.is_zero(rest) else result * exp(rest)

    def _absolute(self, term: Expr) -> Expr:
        inside = self.rewrite(term.args[0])
        return Integer(SIGNS[self.sign(inside)]) * inside

    def _rewrite_sign(self, term: Expr) -> Expr:
        return Integer(SIGNS[self.sign(self.rewrite(term.args[0]))])

    def _cases(self, term: Expr) -> Expr:
        for value, test in term.args:
            if test == True or self._true(test):  # noqa: E712
                return self.rewrite(value)
        raise Undecided

    def _true(self, test: Expr) -> bool:
        known = self.sign(self.rewrite(test.lhs - test.rhs))
        return holds(test.rel_op, SIGNS[known])

    def _xlogy(self, term: Expr) -> Expr:
        first, second = (self.rewrite(argument) for argument in term.args)
        if self.is_zero(first) or (self.sign(second) == "==" and self.leading(first) is None):
            return S.Zero
        return first * self.logarithm(second)

    def _hyperbolic(self, term: Expr) -> Expr:
        above = self.exponential(self.rewrite(term.args[0]))
        below = 1 / above
        if isinstance(term, cosh):
            return (above + below) / 2
        difference = above - below
        return difference / 2 if isinstance(term, sinh) else difference / (above + below)

    def _rewrite_sum(self, term: Expr) -> Expr:
        body, limits = term.function, []
        for index, lower, upper in term.limits:
            if lower != 1 or self.scale.top(upper) is not None:
                raise Undecided
            new = fresh_like(index)
            body = body.xreplace({index: new})
            limits.append((new, lower, upper))
        return Sum(self.rewrite(body), *limits)


_RULES: tuple[tuple[type | tuple[type, ...], Callable[[Rewriting, Expr], Expr]], ...] = (
    ((Add, Mul), Rewriting._parts),
    (Pow, Rewriting._rewrite_power),
    (exp, lambda r, term: r.exponential(r.rewrite(term.args[0]))),
    (log, lambda r, term: r.logarithm(r.rewrite(term.args[0]))),
    (xlogy, Rewriting._xlogy),
    (Abs, Rewriting._absolute),
    (sign, Rewriting._rewrite_sign),
    (Piecewise, Rewriting._cases),
    ((sinh, cosh, tanh), Rewriting._hyperbolic),
    (Sum, Rewriting._rewrite_sum),
)
