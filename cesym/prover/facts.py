"""What is known at every point under consideration: bounds of symbols, signs assumed in a case,
values of sums.

All of it comes from declarations, hypotheses, or a case distinction that covers everything; nothing
comes from samples.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from sympy import Expr, Indexed, Integer, Mul, Sum, Symbol

from cesym.prover.relations import NEGATED, implies, product_sign
from cesym.terms.binders import canonical_name
from cesym.terms.context import Context
from cesym.terms.domains import FiniteSet, IndexRange, Interval
from cesym.terms.functions import INDEX

ATLEAST_ONE = Interval(Fraction(1))


@dataclass(frozen=True)
class Facts:
    """The declarations of `context`, tightened intervals, and `signs`: term -> relation with 0
    (`>`, `>=`, `==`, `!=`, ...).
    """

    context: Context
    bounds: Mapping[Expr, Interval] = field(default_factory=dict)
    signs: Mapping[Expr, str] = field(default_factory=dict)

    def assume(self, term: Expr, relation: str) -> Facts:
        """With one more sign, for the case in which it holds."""
        return replace(self, signs={**self.signs, term: relation})

    def known(self, term: Expr) -> str | None:
        """What the case at hand or a hypothesis says of `term`."""
        if term in self.signs:
            return self.signs[term]
        opposite = self.signs.get(-term)
        return NEGATED[opposite] if opposite else None

    @property
    def products(self) -> tuple[tuple[Expr, str], ...]:
        """What is known of products: in `x y > 0` neither factor has a sign of its own."""
        return tuple((term, known) for term, known in self.signs.items() if term.is_Mul)

    @property
    def contradictory(self) -> bool:
        """Whether the signs of the factors of a product are all known, and it has another one: no
        point meets such a case.
        """
        return any(
            implies(product_sign([self._factor(factor) for factor in product.args]), known) is False
            for product, known in self.products
        )

    def _factor(self, factor: Expr) -> str | None:
        if factor.is_Rational:
            return ">" if factor > 0 else "<"
        return self.known(factor)

    def interval(self, atom: Expr) -> Interval | None:
        """The interval in which a symbol, an entry or a bound index lies; None for an atom that is
        none of these.
        """
        if atom in self.bounds:
            return self.bounds[atom]
        declaration = self.context.declaration_of(atom.base if isinstance(atom, Indexed) else atom)
        if declaration is None:
            return (
                ATLEAST_ONE
                if isinstance(atom, Symbol) and atom.is_integer and atom.is_positive
                else None
            )
        return _hull(declaration.domain)

    def size_is_positive(self, size: Expr) -> bool:
        """Whether a range 1..size is sure to hold an index."""
        return bool(size.is_positive)

    def exceeds_one(self, size: Expr) -> bool:
        """Whether a range 1..size is sure to hold two indices."""
        if size.is_Integer:
            return bool(size >= 2)
        interval = self.interval(size)
        return interval is not None and interval.lower is not None and interval.lower >= 2

    def sum_value(self, total: Sum) -> Expr | None:
        """The value of a sum that a declaration fixes: the entries of a probability vector sum to
        1.
        """
        return self._known_sums.get(total)

    @property
    def _known_sums(self) -> dict[Expr, Expr]:
        known = {}
        for declaration in self.context:
            if declaration.constraint in ("simplex", "onehot") and len(declaration.shape) == 1:
                index = canonical_name(INDEX, 1)
                base, size = (
                    self.context.symbol(declaration.name),
                    self.context.size(declaration.shape[0]),
                )
                known[Sum(base[index], (index, 1, size))] = Integer(1)
        return known


def product_of(terms: Sequence[Expr]) -> tuple[Expr, int]:
    """The product under which its sign is kept, whatever signs its factors came with; and the sign
    that was taken out.

    >>> x, y = Symbol("x"), Symbol("y")
    >>> product_of([x - y, -x]) == product_of([y - x, x])
    True
    """
    turned = [term for term in terms if term.could_extract_minus_sign()]
    kept = (-term if term in turned else term for term in terms)
    return Mul(*kept), -1 if len(turned) % 2 else 1


def _hull(domain: Interval | FiniteSet | IndexRange) -> Interval:
    """The smallest interval around a domain."""
    if isinstance(domain, Interval):
        return domain
    if isinstance(domain, FiniteSet):
        return Interval(min(domain.values), max(domain.values))
    return ATLEAST_ONE
