"""Sums over a symbolic index: `sum_k h(p_k, q_k) + c >= 0` because each summand is not negative.

For probability vectors sum_k p_k - 1 = 0, so any multiple of it may be added first. If then the
summand is not negative whatever numbers stand for p_k and q_k, the sum is not negative. Gibbs'
inequality is the instance p log(p/q) + q - p >= 0.

Sums that stand in a logarithm or a square are numbers of their own, see `totals`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product as cartesian

from sympy import Add, Basic, Expr, Indexed, Rational, S, Sum, Symbol, Tuple

from cesym.messages import Message, message
from cesym.prover.budget import Budget
from cesym.prover.cases import Case, in_every_sign
from cesym.prover.facts import Facts
from cesym.prover.inequalities import totals
from cesym.prover.inequalities.plausible import plausible
from cesym.prover.inequalities.totals import Replaced, numbers_for_sums
from cesym.terms.domains import Declaration, Interval

MULTIPLES = tuple(Rational(n, 2) for n in (0, 2, -2, 1, -1, 4, -4))


@dataclass(frozen=True, slots=True)
class Summand:
    """What a sum over an index sums, with multiples of `sum_k p_k - 1 = 0` added: `term` in numbers
    that stand for the entries at the index, of which `facts` knows no more than where each lies.
    """

    term: Expr
    added: Expr
    numbers: Mapping[Indexed, Expr]
    facts: Facts


def by_summands(term: Expr, facts: Facts, budget: Budget) -> Message | None:
    """How `term >= 0` is proved summand by summand, None when it is not."""
    problems = [_Problem(term, facts)]
    if found := numbers_for_sums(term, facts, budget):
        problems.append(_Problem(found.term, found.facts, found))
        problems.append(_Problem(found.term, found.facts, found, unbounded=True))
    for problem in problems:
        for summand in problem.summands(budget):
            if _not_negative(summand.term, summand.facts, budget):
                if problem.replaced:
                    return message("every summand, with numbers in place of the sums inside")
                return message("every summand, with {added} added", added=str(summand.added))
    return None


def plausible_summands(term: Expr, facts: Facts, budget: Budget) -> Iterator[Summand]:
    """The summands, none of them negative at some points tried, whose sum `term` is."""
    return _Problem(term, facts).summands(budget)


@dataclass(frozen=True, slots=True)
class _Problem:
    """A term, of which some sums are `replaced` by numbers. `unbounded`: probabilities may exceed
    1, which leaves room for the points at which two sides touch.
    """

    term: Expr
    facts: Facts
    replaced: Replaced | None = None
    unbounded: bool = False

    def summands(self, budget: Budget) -> Iterator[Summand]:
        split = _one_sum(self.term)
        if split is None:
            return
        summand, constant, index, size = split
        shared = self.replaced.shared if self.replaced else {}
        if any(total.limits[0][2] != size for total in shared.values()):
            return
        terms = Tuple(summand, *(_at(total, index) / number for number, total in shared.items()))
        vectors = _probabilities(terms, index, size, self.facts)
        if vectors is None:
            return
        numbers = {
            vector: _number(vector, self.facts, unbounded=self.unbounded)
            for vector in _entries(terms, index)
        }
        if any(number is None for number in numbers.values()):
            return
        symbols, scalars = _as_numbers(numbers, self.facts)
        whole, *shares = terms.xreplace(symbols)
        units = [symbols[vector] for vector in vectors]
        ways = (
            totals.additions(constant, units, shares, shared, size)
            if self.replaced
            else _additions(constant, units, size)
        )
        for added in ways:
            budget.tick()
            if plausible(whole + added, ">=", scalars.context, budget):
                yield Summand(whole + added, added, symbols, scalars)


def _at(total: Sum, index: Symbol) -> Expr:
    """What a sum sums, at `index`."""
    return total.function.xreplace({total.limits[0][0]: index})


def _one_sum(term: Expr) -> tuple[Expr, Expr, Symbol, Expr] | None:
    """(summand, rest, index, size) with term = sum over the index of the summand + rest."""
    summand, rest, index, size = S.Zero, S.Zero, None, None
    for part in Add.make_args(term.expand()):
        sums = part.atoms(Sum)
        if not sums:
            rest += part
            continue
        if len(sums) != 1:
            return None
        (total,) = sums
        coefficient = part / total
        if coefficient.has(Sum) or len(total.limits) != 1:
            return None
        ((bound, _, upper),) = total.limits
        index, size = index or bound, size or upper
        if upper != size:
            return None
        summand += coefficient * _at(total, index)
    return None if index is None or size is None else (summand, rest, index, size)


def _entries(summand: Basic, index: Symbol) -> list[Indexed]:
    return sorted((e for e in summand.atoms(Indexed) if e.has(index)), key=str)


def _probabilities(summand: Basic, index: Symbol, size: Expr, facts: Facts) -> list[Indexed] | None:
    """The entries of probability vectors at the index; None when the index is used otherwise."""
    found = []
    for entry in _entries(summand, index):
        if entry.indices != (index,):
            return None
        declaration = facts.context.declaration_of(entry.base)
        if declaration is None or facts.context.size(declaration.shape[0]) != size:
            return None
        if declaration.constraint == "simplex":
            found.append(entry)
    bare = summand.xreplace({entry: Symbol("entry") for entry in _entries(summand, index)})
    return None if bare.has(index) or bare.has(Sum) else found


def _number(entry: Indexed, facts: Facts, *, unbounded: bool) -> tuple[Declaration, str] | None:
    declaration = facts.context.declaration_of(entry.base)
    if declaration is None:
        return None
    domain = declaration.domain
    if unbounded and declaration.constraint == "simplex" and isinstance(domain, Interval):
        domain = replace(domain, upper=None)
    name = next(n for n in _names(declaration.name) if facts.context.kind(n) is None)
    return Declaration(name, domain, latex=declaration.latex), name


def _names(vector: str) -> Iterator[str]:
    """Names for an entry of a vector: `p_k`, and others should that be taken."""
    yield f"{vector}_k"
    for count in range(1, 100):
        yield f"{vector}_k{count}"


def _as_numbers(
    numbers: dict[Indexed, tuple[Declaration, str] | None], facts: Facts
) -> tuple[dict[Indexed, Expr], Facts]:
    """Every entry as a number of its own, in the domain of the entries; and what is known of them.

    All facts stay: they are about other entries, and what they say, such as z[1] != 0, may be why
    the summand has a value.
    """
    context = facts.context
    for row in numbers.values():
        assert row is not None
        context = context.declare(row[0])
    replacements = {e: context.symbol(row[1]) for e, row in numbers.items() if row is not None}
    return replacements, replace(facts, context=context)


def _additions(constant: Expr, vectors: Sequence[Expr], size: Expr) -> Iterator[Expr]:
    """What may be added to the summand: terms whose sum over the index is the constant."""
    units = [*vectors, 1 / size]
    for last in range(len(units)):
        others = units[:last] + units[last + 1 :]
        for factors in cartesian((*MULTIPLES, constant / 2), repeat=len(others)):
            rest = constant - Add(*factors)
            yield Add(*(f * u for f, u in zip(factors, others, strict=True))) + rest * units[last]


def _not_negative(term: Expr, facts: Facts, budget: Budget) -> bool:
    from cesym.prover.inequalities.search import _Search

    search = _Search(">=", facts, budget)
    return in_every_sign(Case((), term, facts), budget, search.ask)[0]
