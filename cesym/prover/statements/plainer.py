"""The same question about simpler terms, over a domain that is no smaller."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sympy import Expr, Indexed, Lambda, Product, Sum

from cesym.errors import UnsupportedTerm
from cesym.prover.budget import Budget
from cesym.prover.cases import Case, in_tower
from cesym.prover.facts import Facts
from cesym.prover.inequalities.defined import has_value_everywhere
from cesym.prover.inequalities.elementary import elementary
from cesym.prover.inequalities.search import unknown_part
from cesym.prover.interruptions import Split
from cesym.prover.rational import Ratio
from cesym.prover.tower import Tower
from cesym.terms.context import Context
from cesym.terms.domains import Declaration


def without_known_factors(term: Expr, relation: str, facts: Facts, budget: Budget) -> Expr:
    """The normal form of `term` without the factors whose sign is known: with the same zeros where
    `relation` is `!=`, with the same sign where it is `>`. Where that is not found, the term.
    """

    def ask(tower: Tower, value: Ratio, _: Expr) -> Expr | None:
        return elementary(tower, unknown_part(tower, value, relation)[0])

    try:
        found = in_tower(Case((), term, facts), budget, ask)
    except (Split, UnsupportedTerm):
        return term
    return term if found is None else found


def entries_as_numbers(
    terms: tuple[Expr, ...], facts: Facts, budget: Budget
) -> tuple[tuple[Expr, ...], Facts]:
    """`terms` with each entry of a vector that occurs in no sum as a number of its own, in the
    domain of the entries: what holds for all such numbers holds for the entries. The terms must
    have values for all of them, not only where the text says so; else they stay as they are.
    """
    inside = {
        entry.base
        for term in terms
        for binder in term.atoms(Sum, Product, Lambda)
        for entry in binder.atoms(Indexed)
    }
    entries = {entry for term in terms for entry in term.atoms(Indexed)}
    context, numbers = facts.context, {}
    for entry in sorted(entries, key=str):
        declaration = context.declaration_of(entry.base)
        if entry.base in inside or declaration is None:
            continue
        name = next(n for n in _names(declaration.name) if context.kind(n) is None)
        context = context.declare(Declaration(name, declaration.domain, latex=name))
        numbers[entry] = context.symbol(name)
    if not numbers:
        return terms, facts
    free = tuple(term.xreplace(numbers) for term in terms)
    larger = replace(facts, context=context)
    if not all(has_value_everywhere(term, larger, budget) for term in free):
        return terms, facts
    return free, larger


def fresh_name(context: Context, *wanted: str) -> str:
    """A name that is not declared, the first of `wanted` that is free if there is one."""
    return next(n for w in wanted for n in (w, *_names(w)) if context.kind(n) is None)


def _names(stem: str) -> Iterator[str]:
    yield from (f"{stem}_{count}" for count in range(1, 1000))
