"""Hypotheses made ready: equalities solved for a symbol, one-hot vectors written as deltas,
inequalities as signs.

Everything here happens *after* derivatives have been taken, and replaces free symbols only.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from sympy import Add, Expr, Indexed, KroneckerDelta, S, Symbol, expand

from cesym.prover.facts import Facts
from cesym.terms.binders import substitute
from cesym.terms.context import Context, Hypothesis
from cesym.terms.deltas import eliminate_deltas
from cesym.terms.domains import REAL, Declaration, IndexRange, Interval, sizes_of


@dataclass(frozen=True, slots=True)
class Prepared:
    """A context whose hypotheses are evaluated, with `solved` symbols in the order in which they
    can be computed. `unequal` are the deltas of two indices that a hypothesis tells apart.
    """

    context: Context
    hypotheses: tuple[Hypothesis, ...]
    solved: tuple[tuple[Symbol, Expr], ...] = ()
    solved_pairs: frozenset[tuple[Expr, Expr]] = field(default=frozenset())
    hot: tuple[tuple[str, Symbol], ...] = ()
    last_entries: tuple[tuple[Indexed, Expr, bool], ...] = ()
    unequal: tuple[KroneckerDelta, ...] = ()

    def apply(self, term: Expr) -> Expr:
        """`term` with solved symbols and one-hot vectors replaced. Derivatives must have been
        taken.
        """
        for name, index in self.hot:
            base = self.context.symbol(name)
            term = term.replace(
                lambda e, base=base: isinstance(e, Indexed) and e.base == base,
                lambda e, index=index: KroneckerDelta(e.indices[0], index),
            )
            term = eliminate_deltas(term, self.context.ranges())
        for symbol, value in reversed(self.solved):
            term = substitute(term, {symbol: value})
        zero = dict.fromkeys(self.unequal, S.Zero)
        return substitute(term, {entry: value for entry, value, _ in self.last_entries} | zero)

    def facts(self) -> Facts:
        """What inequalities between a symbol and a number say: tighter bounds."""
        bounds: dict[Expr, Interval] = {}
        for hypothesis in self.hypotheses:
            bound = _bound(hypothesis)
            if bound is None:
                continue
            symbol, interval = bound
            declared = bounds.get(symbol) or Facts(self.context).interval(symbol) or REAL
            bounds[symbol] = _intersection(declared, interval)
        facts = Facts(self.context, bounds)
        for _, value, positive in self.last_entries:
            facts = facts.assume(value, ">" if positive else ">=")
        return facts


def prepare(context: Context, settle: Callable[[Expr], Expr]) -> Prepared:
    """Hypotheses evaluated by `settle` (definitions, functions and derivatives unfolded),
    equalities solved where that is easy.

    Each equality is solved for a symbol that occurs linearly in it, with a coefficient that is a
    number, and in no other solution. What cannot be solved stays a hypothesis: points must meet it,
    proofs do not use it.
    """
    context, hot = _one_hot(context)
    hypotheses = tuple(
        replace(
            h,
            left=settle(h.left),
            right=settle(h.right),
            conditions=tuple(c.map(settle) for c in h.conditions),
        )
        for h in context.hypotheses
    )
    solved: list[tuple[Symbol, Expr]] = []
    pairs: set[tuple[Expr, Expr]] = set()
    for hypothesis in hypotheses:
        if hypothesis.operator != "==":
            continue
        difference = hypothesis.left - hypothesis.right
        for symbol, value in reversed(solved):
            difference = substitute(difference, {symbol: value})
        found = solve_linear(difference, context)
        if found is not None:
            solved.insert(0, found)
            pairs.add((hypothesis.left, hypothesis.right))
    return Prepared(
        context,
        hypotheses,
        tuple(solved),
        frozenset(pairs),
        hot,
        _last_entries(context),
        _unequal(hypotheses, context),
    )


def _unequal(hypotheses: Sequence[Hypothesis], context: Context) -> tuple[KroneckerDelta, ...]:
    """delta_ij for each hypothesis i != j, i < j or i > j of a declared index and another, or a
    number: it is 0 at every point that meets the hypothesis.

    Both sides are free in the context, so no bound index of a term can be meant.
    """
    ranges = context.ranges()

    def is_index(term: Expr) -> bool:
        return term in ranges or bool(term.is_Integer)

    return tuple(
        delta
        for h in hypotheses
        if h.operator in ("!=", "<", ">") and is_index(h.left) and is_index(h.right)
        if isinstance(delta := KroneckerDelta(h.left, h.right), KroneckerDelta)
    )


def _last_entries(context: Context) -> tuple[tuple[Indexed, Expr, bool], ...]:
    """The last entry of each probability vector of literal size: one minus the others, and whether
    it is positive.
    """
    found = []
    for declaration in context:
        if declaration.constraint == "simplex" and isinstance(declaration.shape[0], int):
            base, size = context.symbol(declaration.name), declaration.shape[0]
            positive = isinstance(declaration.domain, Interval) and declaration.domain.lower_open
            found.append((base[size], 1 - Add(*(base[k] for k in range(1, size))), positive))
    return tuple(found)


def solve_linear(difference: Expr, context: Context) -> tuple[Symbol, Expr] | None:
    """(x, t) with `difference = 0` iff x = t, t free of x: for a declared real symbol that occurs
    once, linearly.
    """
    terms = Add.make_args(expand(difference))
    for symbol in sorted(difference.free_symbols, key=str):
        declaration = context.declaration_of(symbol)
        if declaration is None or declaration.shape or isinstance(declaration.domain, IndexRange):
            continue
        if _is_size(symbol, context):
            continue
        linear = [term for term in terms if term.has(symbol)]
        if len(linear) != 1:
            continue
        coefficient = linear[0] / symbol
        if coefficient.is_Rational and coefficient != 0:
            rest = expand(difference) - linear[0]
            return symbol, -rest / coefficient
    return None


def _is_size(symbol: Expr, context: Context) -> bool:
    """Whether a symbol is the size of an axis, or of the range of an index: points are drawn for a
    size that is given, and what is drawn does not follow a size that is solved for later.
    """
    return any(
        context.size(size) == symbol
        for declaration in context
        for size in sizes_of(declaration)
        if isinstance(size, str)
    )


def _one_hot(context: Context) -> tuple[Context, tuple[tuple[str, Symbol], ...]]:
    """A one-hot vector p is delta_{k c} for an unknown index c: just what is declared.

    The index is a new one each time, also in a context that was made ready before: an index that
    somebody else declared says nothing of p.
    """
    hot = []
    for declaration in tuple(context):
        if declaration.constraint == "onehot":
            name = next(n for n in _hot_names(declaration.name) if context.kind(n) is None)
            context = context.declare(
                Declaration(name, IndexRange(declaration.shape[0]), latex=name)
            )
            index = context.symbol(name)
            assert isinstance(index, Symbol)
            hot.append((declaration.name, index))
    return context, tuple(hot)


def _hot_names(vector: str) -> Iterator[str]:
    """Names for the index of the one in a one-hot vector."""
    yield f"hot_{vector}"
    for count in itertools.count(1):
        yield f"hot_{vector}{count}"


def _bound(hypothesis: Hypothesis) -> tuple[Expr, Interval] | None:
    """The interval that `symbol < number` and the like state."""
    left, right, operator = hypothesis.left, hypothesis.right, hypothesis.operator
    if left.is_Rational and isinstance(right, Symbol):
        left, right = right, left
        operator = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(operator, operator)
    if not (isinstance(left, Symbol) and right.is_Rational) or operator in ("==", "!="):
        return None
    number = Fraction(int(right.p), int(right.q))
    if operator in (">", ">="):
        return left, Interval(number, None, lower_open=operator == ">")
    return left, Interval(None, number, upper_open=operator == "<")


def _intersection(first: Interval, second: Interval) -> Interval:
    lower, lower_open = first.lower, first.lower_open
    if second.lower is not None and (lower is None or second.lower >= lower):
        lower_open = second.lower_open or (lower == second.lower and lower_open)
        lower = second.lower
    upper, upper_open = first.upper, first.upper_open
    if second.upper is not None and (upper is None or second.upper <= upper):
        upper_open = second.upper_open or (upper == second.upper and upper_open)
        upper = second.upper
    return Interval(lower, upper, lower_open, upper_open, first.integer)
