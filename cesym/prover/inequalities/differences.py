"""Variables that a case ties to others, x > y, in terms of what is free: x = y + d with d > 0.

As x runs through all real numbers above y, d runs through all positive numbers, whatever y is. So
nothing is lost, and d moves by itself, as the touch rule wants it. What is Lipschitz is proved so:
f(y + d) - f(y) <= c d.
"""

from __future__ import annotations

from dataclasses import replace

from sympy import Expr, Indexed, Sum, Symbol, expand

from cesym.prover.facts import Facts
from cesym.prover.inequalities.numbers import new_number
from cesym.prover.relations import NEGATED
from cesym.prover.signs import NONNEGATIVE, POSITIVE
from cesym.terms.domains import REAL

INTERVALS = {">": POSITIVE, ">=": NONNEGATIVE}


def by_differences(term: Expr, facts: Facts) -> tuple[Expr, Facts] | None:
    """The term and what is known, in terms of differences; None where no variable is tied so."""
    changed = False
    if term.has(Sum) or any(not i.is_Integer for e in term.atoms(Indexed) for i in e.indices):
        return None
    while (found := _tied(facts)) is not None:
        variable, key, relation = found
        coefficient = key.coeff(variable)
        number, facts = new_number("difference", INTERVALS[relation], facts)
        value = (number - (key - coefficient * variable)) / coefficient
        term = term.xreplace({variable: value})
        signs = {k: r for k, r in facts.signs.items() if not k.has(variable)}
        for other, known in facts.signs.items():
            if other.has(variable) and other != key:
                signs[expand(other.xreplace({variable: value}))] = known
        facts = replace(facts, signs=signs)
        changed = True
    return (term, facts) if changed else None


def movers(term: Expr) -> list[Expr]:
    """The numbers in a term: symbols, and the entries of arrays."""
    entries = term.atoms(Indexed)
    labels = {label for entry in entries for label in entry.base.free_symbols}
    return sorted((term.atoms(Symbol) - labels) | entries, key=str)


def _tied(facts: Facts) -> tuple[Expr, Expr, str] | None:
    """A variable over all real numbers that occurs in a linear way in the term of a sign, that
    term, turned so that it is not negative, and the relation.
    """
    for key, relation in facts.signs.items():
        if relation in ("<", "<="):
            key, relation = -key, NEGATED[relation]
        numbers = movers(key)
        if relation not in INTERVALS or len(numbers) < 2:
            continue
        key = expand(key)
        for variable in numbers:
            coefficient = key.coeff(variable)
            rest = key - coefficient * variable
            linear = coefficient.is_Rational and coefficient != 0 and not rest.has(variable)
            if linear and _is_real(variable, facts):
                return variable, key, relation
    return None


def _is_real(variable: Expr, facts: Facts) -> bool:
    """Whether a variable is any real number, as far as its declaration goes."""
    entry = isinstance(variable, Indexed)
    declared = facts.context.declaration_of(variable.base if entry else variable)
    return (
        declared is not None
        and bool(declared.shape) == entry
        and declared.domain == REAL
        and declared.constraint is None
        and variable not in facts.bounds
    )
