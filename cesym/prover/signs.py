"""Signs that are *proved* from the declarations: by intervals of atoms and Bernstein coefficients,
never from samples.

Atoms count as independent of each other, which can only make a proof fail, not wrong; the one tie
that is used is that a sum of positive terms is at least each of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from sympy import Expr, Indexed, KroneckerDelta, Mul, S, Sum, Tuple

from cesym.prover.atoms import AbsOf, ExpOf, Gap, LogAbs, Rest, Root
from cesym.prover.bernstein import Coefficients, sign_over_box
from cesym.prover.facts import product_of
from cesym.prover.rational import Polynomial, Ratio, used
from cesym.prover.relations import NEGATED, even_power, product_sign, stronger
from cesym.terms.domains import REAL, UNIT, Interval

if TYPE_CHECKING:
    from cesym.prover.tower import Tower

POSITIVE = Interval(Fraction(0), None, lower_open=True)
PI = Interval(Fraction(223, 71), Fraction(22, 7), lower_open=True, upper_open=True)
"""Archimedes, Measurement of a Circle, proposition 3."""

NONNEGATIVE = Interval(Fraction(0))

_EXPONENTIALS = {
    ">": Interval(Fraction(1), None, lower_open=True),
    ">=": Interval(Fraction(1)),
    "<": Interval(Fraction(0), Fraction(1), lower_open=True, upper_open=True),
    "<=": Interval(Fraction(0), Fraction(1), lower_open=True),
}
"""Where e^u lies, by the sign of u."""

DEEPEST = 4


class Signs:
    """The signs that hold at every point, for the atoms of one tower."""

    def __init__(self, tower: Tower) -> None:
        self.tower = tower
        self._depth = 0
        self._intervals: dict[Expr, Interval] = {}

    def of(self, value: Ratio) -> str | None:
        """The proved relation of `value` to 0: `>`, `>=`, `==`, `<=`, `<`, `!=`, or None."""
        if value.is_zero:
            return "=="
        overall, factors = self.tower.factors(value)
        relations = [self.of_power(factor, exponent) for factor, exponent in factors]
        known = product_sign(relations)
        if known is None and self.tower.facts.products:
            known = self._by_products(factors, relations)
        if known is None and value.denominator.is_constant():
            whole = self.of_polynomial(value.numerator)
            return (
                whole if value.denominator.leading_coefficient() > 0 else whole and NEGATED[whole]
            )
        return known if overall > 0 or known is None else NEGATED[known]

    def _by_products(
        self, factors: Sequence[tuple[Polynomial, int]], relations: Sequence[str | None]
    ) -> str | None:
        """The sign of a product, with what is known of that of the factors without a sign. Odd
        powers have the sign of their base.
        """
        rows = list(zip(factors, relations, strict=True))
        open_ = [(f, e) for (f, e), relation in rows if relation not in (">", "<") and e % 2]
        if len(open_) < 2:
            return None
        product, turned = product_of([self.tower.expression(factor) for factor, _ in open_])
        assumed = self.tower.facts.known(product)
        if assumed is None:
            return None
        rest = [relation for (_, e), relation in rows if relation in (">", "<") or not e % 2]
        return product_sign([*rest, assumed if turned > 0 else NEGATED[assumed]])

    def of_power(self, factor: Polynomial, exponent: int) -> str | None:
        """The sign of factor^exponent; what stands in a denominator is not 0, by the conditions of
        the text.
        """
        known = self.of_factor(factor)
        if exponent < 0:
            known = stronger(known, "!=")
        return known if exponent % 2 else even_power(known)

    def of_factor(self, polynomial: Polynomial) -> str | None:
        """The same for an irreducible polynomial."""
        if polynomial.is_constant():
            return ">" if polynomial.leading_coefficient() > 0 else "<"
        term = self.tower.expression(polynomial)
        assumed = self.assumed(term)
        if assumed in (">", "<", "=="):
            return assumed
        found = self.of_polynomial(polynomial)
        return stronger(assumed, found)

    def assumed(self, term: Expr) -> str | None:
        """What the case at hand or a hypothesis says of `term`."""
        return self.tower.facts.known(term)

    def of_polynomial(self, polynomial: Polynomial) -> str | None:
        """`>`, `>=`, `<`, `<=` or None, by Bernstein coefficients."""
        variables = used(polynomial)
        intervals = [self.interval(self.tower.atoms[v]) for v in variables]
        terms: Coefficients = {
            tuple(int(m[v]) for v in variables): int(c) for m, c in polynomial.to_dict().items()
        }
        if not terms:
            return "=="
        return (
            sign_over_box(terms, intervals)
            or self._by_dominance(polynomial)
            or self._by_moments(polynomial)
        )

    def _by_moments(self, polynomial: Polynomial) -> str | None:
        """The sign by inequalities between sums over one index."""
        if self._depth >= DEEPEST or not any(
            isinstance(self.tower.atoms[v], Sum) for v in used(polynomial)
        ):
            return None
        from cesym.prover.moments import sign_by_moments

        self._depth += 1
        try:
            return sign_by_moments(self.tower, polynomial)
        finally:
            self._depth -= 1

    def _by_dominance(self, polynomial: Polynomial) -> str | None:
        """The sign after sum_k b_k = b_c + rest, with rest >= 0, for an index c that occurs."""
        for number in used(polynomial):
            total = self.tower.atoms[number]
            if not isinstance(total, Sum) or len(total.limits) > 1:
                continue
            ((index, _, size),) = total.limits
            body = self._sign_inside(total.function)
            if body not in (">", ">="):
                continue
            for chosen in self._indices(polynomial, size):
                entry = self.tower.convert(total.function.xreplace({index: chosen}))
                if entry.is_polynomial and set(used(entry.numerator)) <= set(used(polynomial)):
                    rest = Rest(total, chosen)
                    several = body == ">" and self.tower.facts.exceeds_one(size)
                    self._intervals[rest] = POSITIVE if several else NONNEGATIVE
                    value = entry + self.tower.atom(rest)
                    replaced = self.tower.replace(polynomial, number, value.numerator)
                    return self.of_polynomial(replaced)
        return None

    def _indices(self, polynomial: Polynomial, size: Expr) -> list[Expr]:
        """The free indices with range 1..size that occur in the atoms of a polynomial."""
        ranges = self.tower.facts.context.ranges()
        symbols = {s for v in used(polynomial) for s in self.tower.atoms[v].free_symbols}
        return sorted((s for s in symbols if ranges.get(s) == size), key=str)

    def interval(self, atom: Expr) -> Interval:
        """Where the values of an atom lie."""
        known = self._intervals.get(atom)
        if known is None:
            known = self._find_interval(atom)
            self._intervals[atom] = known
        return known

    def _find_interval(self, atom: Expr) -> Interval:
        declared = self.tower.facts.interval(atom)
        assumed = self.assumed(atom)
        if declared is not None:
            return tightened(declared, assumed)
        if atom is S.Pi:
            return PI
        if isinstance(atom, ExpOf):
            return _EXPONENTIALS.get(self._sign_inside(atom.args[0]) or "", POSITIVE)
        if isinstance(atom, Gap):
            return NONNEGATIVE
        if isinstance(atom, AbsOf | Root):
            return NONNEGATIVE if self._sign_inside(atom.args[0]) not in (">", "<") else POSITIVE
        if isinstance(atom, KroneckerDelta):
            return tightened(UNIT, assumed)
        if isinstance(atom, LogAbs):
            return tightened(REAL, self._sign_of_log(atom))
        if isinstance(atom, Sum):
            known = self.of_body(atom.function, atom.limits, total=True)
            if known in (None, ">=", "<="):
                known = self._of_weighted(atom) or known
            return tightened(REAL, known or self._of_squares(atom))
        return tightened(REAL, assumed) if assumed else REAL

    def _of_weighted(self, atom: Sum) -> str | None:
        """`>` for sum_k p_k r_k with probabilities p and r_k > 0 for all k: some p_k > 0, and no
        summand is negative; `<` likewise. A power of p_k, with a positive integer, does as well.
        """
        if len(atom.limits) > 1:
            return None
        ((index, lower, size),) = atom.limits
        for factor in Mul.make_args(atom.function):
            entry, power = factor.as_base_exp()
            if not isinstance(entry, Indexed) or entry.indices != (index,) or lower != 1:
                continue
            declared = self.tower.facts.context.declaration_of(entry.base)
            if (
                declared is not None
                and declared.constraint in ("simplex", "onehot")
                and self.tower.facts.context.size(declared.shape[0]) == size
                and power.is_Integer
                and power > 0
            ):
                known = self._sign_inside(atom.function / factor)
                if known in (">", "<"):
                    return known
        return None

    def _of_squares(self, atom: Sum) -> str | None:
        """`>=` for a sum over several indices that is a sum of squares."""
        if len(atom.limits) < 2 or self._depth >= DEEPEST:
            return None
        from cesym.prover.moments import is_sum_of_squares

        return ">=" if is_sum_of_squares(atom, self._sign_inside) else None

    def _sign_inside(self, term: Expr) -> str | None:
        if self._depth >= DEEPEST:
            return None
        self._depth += 1
        try:
            return self.of(self.tower.convert(term))
        finally:
            self._depth -= 1

    def _sign_of_log(self, atom: LogAbs) -> str | None:
        """log|p| has the sign of |p| - 1."""
        inside = atom.args[0]
        known = self._sign_inside(inside)
        if known not in (">", "<"):
            return None
        return self._sign_inside((inside if known == ">" else -inside) - 1)

    def of_body(self, body: Expr, limits: tuple[Tuple, ...], *, total: bool = False) -> str | None:
        """The sign of `body` at every index; with `total`, that of its sum, which is 0 for an empty
        range.
        """
        known = self._sign_inside(body)
        if not total or known not in (">", "<"):
            return known if known != "!=" or not total else None
        filled = all(lo == 1 and self.tower.facts.size_is_positive(up) for _, lo, up in limits)
        return known if filled else known + "="


def tightened(interval: Interval, relation: str | None) -> Interval:
    """The part of an interval on which the relation to 0 holds."""
    zero = Fraction(0)
    if relation == "==":
        return Interval(zero, zero)
    lower, upper = interval.lower, interval.upper
    if relation in (">", ">=") and (lower is None or lower <= 0):
        opened = relation == ">" or (lower == 0 and interval.lower_open)
        return Interval(zero, upper, opened, interval.upper_open, interval.integer)
    if relation in ("<", "<=") and (upper is None or upper >= 0):
        opened = relation == "<" or (upper == 0 and interval.upper_open)
        return Interval(lower, zero, interval.lower_open, opened, interval.integer)
    return interval
