"""Case distinctions that cover everything: equal free indices, members of finite sets, signs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product as cartesian
from math import prod
from typing import TypeVar

from sympy import Expr, KroneckerDelta, Rational, S

from cesym.errors import BudgetExceeded, UnsupportedTerm
from cesym.prover.atoms import readable
from cesym.prover.budget import Budget
from cesym.prover.facts import Facts
from cesym.prover.hypotheses import solve_linear
from cesym.prover.interruptions import Refine, RingFull, Split
from cesym.prover.rational import Ratio
from cesym.prover.tower import RING_SIZES, Tower
from cesym.terms.binders import substitute
from cesym.terms.context import Context
from cesym.terms.domains import FiniteSet

T = TypeVar("T")

MOST_INDICES = 5
MOST_MEMBERS = 16


@dataclass(frozen=True, slots=True)
class Case:
    """One case: what it assumes, in the plain language, the term in it, and what is known."""

    assumed: tuple[str, ...]
    term: Expr
    facts: Facts


def index_cases(term: Expr, facts: Facts) -> Iterator[Case]:
    """`term` for every way in which the free indices of its deltas can be equal to each other,
    deltas carried out.

    With i, j, k free these are the five partitions of {i, j, k}; a literal index takes part too.
    """
    indices = sorted(
        {i for d in term.atoms(KroneckerDelta) for i in d.args if _is_free(i, term)}, key=str
    )
    if not indices:
        yield Case((), term, facts)
        return
    if len(indices) > MOST_INDICES:
        raise BudgetExceeded("too many cases")
    for blocks in _partitions(indices):
        if any(sum(bool(i.is_Integer) for i in block) > 1 for block in blocks):
            continue
        leaders = {
            i: next((j for j in block if j.is_Integer), block[0]) for block in blocks for i in block
        }
        here = substitute(term, {i: leader for i, leader in leaders.items() if i != leader})
        distinct = {
            d: S.Zero
            for d in here.atoms(KroneckerDelta)
            if all(i in leaders.values() for i in d.args)
        }
        words = [f"{i} = {leader}" for i, leader in leaders.items() if i != leader]
        words += [
            f"{a} != {b}" for n, a in enumerate(_leaders(blocks)) for b in _leaders(blocks)[n + 1 :]
        ]
        yield Case(tuple(words), here.xreplace(distinct), facts)


def _leaders(blocks: list[list[Expr]]) -> list[Expr]:
    return [next((j for j in block if j.is_Integer), block[0]) for block in blocks]


def _is_free(index: Expr, term: Expr) -> bool:
    return bool(index.is_Integer) or (index in term.free_symbols and not index.is_Dummy)


def _partitions(items: list[Expr]) -> Iterator[list[list[Expr]]]:
    """All partitions of a list into blocks."""
    if not items:
        yield []
        return
    first, *rest = items
    for blocks in _partitions(rest):
        yield [[first], *blocks]
        for number, block in enumerate(blocks):
            yield [*blocks[:number], [first, *block], *blocks[number + 1 :]]


def member_cases(case: Case, context: Context) -> Iterator[Case] | None:
    """`case` for all members of the finite sets in which its symbols live; None where there is
    none, or too many.
    """
    rows = member_values(case.term.free_symbols, context)
    if rows is None:
        return None
    return (
        Case(
            case.assumed + tuple(f"{symbol} = {value}" for symbol, value in row.items()),
            substitute(case.term, row),
            case.facts,
        )
        for row in rows
    )


def member_values(symbols: Iterable[Expr], context: Context) -> list[dict[Expr, Expr]] | None:
    """What the symbols that live in finite sets can be, all together; None where there is none,
    or too many.
    """
    choices: list[list[tuple[Expr, Expr]]] = []
    for symbol in sorted(symbols, key=str):
        declaration = context.declaration_of(symbol)
        if declaration and not declaration.shape and isinstance(declaration.domain, FiniteSet):
            choices.append(
                [(symbol, Rational(v.numerator, v.denominator)) for v in declaration.domain.values]
            )
    if not choices or prod(map(len, choices)) > MOST_MEMBERS:
        return None
    return [dict(row) for row in cartesian(*choices)]


def in_tower(case: Case, budget: Budget, ask: Callable[[Tower, Ratio, Expr], T]) -> T:
    """`ask` about the normal form of the case's term, starting again when a finer or larger tower
    is needed.
    """
    sizes = iter(RING_SIZES)
    size, fine = next(sizes), {}
    while True:
        budget.tick()
        tower = Tower(case.facts, budget, size, fine)
        try:
            return ask(tower, tower.convert(case.term), case.term)
        except Refine:
            continue
        except RingFull:
            size = next(sizes, None)
            if size is None:
                raise BudgetExceeded("the normal form is too large") from None
        except ZeroDivisionError:
            raise UnsupportedTerm("a denominator that is 0 everywhere") from None


def in_every_sign(
    case: Case, budget: Budget, ask: Callable[[Tower, Ratio, Expr], bool]
) -> tuple[bool, Case]:
    """Whether `ask` says yes in every sign case that comes up, and the case in which it did not (or
    the last one).
    """
    waiting = [case]
    current = case
    while waiting:
        current = waiting.pop()
        budget.case()
        try:
            if not in_tower(current, budget, ask):
                return False, current
        except Split as split:
            cases = (_assume(current, split.term, relation) for relation in split.relations)
            waiting += [one for one in cases if not one.facts.contradictory]
    return True, current


def _assume(case: Case, term: Expr, relation: str) -> Case:
    """The case with one more sign; a term that is 0 is solved for a symbol where that is easy."""
    words = (*case.assumed, f"{readable(term)} {relation} 0")
    facts = case.facts.assume(term, relation)
    solved = solve_linear(term, facts.context) if relation == "==" else None
    value = substitute(case.term, {solved[0]: solved[1]}) if solved else case.term
    return Case(words, value, facts)
