"""Claims that are true on a smaller domain: hard labels, two classes, a constraint that was left
out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from sympy import Expr

from cesym.prover.diagnosis.problem import Problem, Trial
from cesym.prover.signs import POSITIVE
from cesym.terms.context import Context, symbol_of
from cesym.terms.domains import (
    OPEN_UNIT,
    UNIT,
    Declaration,
    FiniteSet,
    Interval,
)

ZERO, ONE, TWO = map(Fraction, range(3))
HARD = FiniteSet((ZERO, ONE))
SIGNS = FiniteSet((-ONE, ONE))
AT_LEAST_ONE = Interval(ONE)
AT_MOST_ONE = Interval(ZERO, ONE, lower_open=True)
OPEN_SIMPLEX = Interval(ZERO, ONE, lower_open=True)


def hard_labels(problem: Problem) -> Iterator[Trial]:
    """Labels 0 and 1 (or -1 and 1) for those between, one-hot vectors for probabilities."""
    for declaration in problem.declarations:
        if declaration.constraint == "simplex":
            yield from _with(problem, replace(declaration, domain=HARD, constraint="onehot"))
        elif declaration.domain in (UNIT, OPEN_UNIT):
            yield from _with(problem, replace(declaration, domain=HARD))
        elif declaration.domain == Interval(-ONE, ONE):
            yield from _with(problem, replace(declaration, domain=SIGNS))


def label_convention(problem: Problem) -> Iterator[Trial]:
    """Labels -1 and 1 for 0 and 1, or the other way round."""
    for declaration in problem.declarations:
        if declaration.constraint is None and declaration.domain in (HARD, SIGNS):
            other = SIGNS if declaration.domain == HARD else HARD
            yield from _with(problem, replace(declaration, domain=other))


def two_classes(problem: Problem) -> Iterator[Trial]:
    """K = 2."""
    sizes = {size for d in problem.context for size in d.shape if isinstance(size, str)}
    for declaration in problem.declarations:
        domain = declaration.domain
        if declaration.name in sizes and isinstance(domain, Interval) and TWO in domain:
            yield from _with(problem, replace(declaration, domain=FiniteSet((TWO,))))


def constraint(problem: Problem) -> Iterator[Trial]:
    """Probabilities for free vectors, positive numbers for real ones, intervals without ends or cut
    off at 1.
    """
    free = [d for d in problem.declarations if _may_sum_to_one(d)]
    for together in (*((d,) for d in free), *([tuple(free)] if len(free) > 1 else ())):
        for domain in (UNIT, OPEN_SIMPLEX):
            yield from _with(
                problem, *(replace(d, domain=domain, constraint="simplex") for d in together)
            )
    for declaration in problem.declarations:
        for domain in _smaller(declaration):
            yield from _with(problem, replace(declaration, domain=domain))


def _may_sum_to_one(declaration: Declaration) -> bool:
    domain, shape = declaration.domain, declaration.shape
    if len(shape) != 1 or declaration.constraint is not None:
        return False
    return isinstance(domain, Interval) and Fraction(1, 2) in domain


def _smaller(declaration: Declaration) -> Iterator[Interval]:
    domain = declaration.domain
    if not isinstance(domain, Interval) or domain.integer:
        return
    if declaration.constraint == "simplex":
        if not domain.lower_open:
            yield OPEN_SIMPLEX
        return
    opened = replace(
        domain,
        lower_open=domain.lower is not None,
        upper_open=domain.upper is not None,
    )
    if opened != domain:
        yield opened
    if domain.upper is None and domain.lower in (None, ZERO):
        for smaller in (POSITIVE, AT_LEAST_ONE, AT_MOST_ONE):
            if smaller != domain:
                yield smaller


def _with(problem: Problem, *changed: Declaration) -> Iterator[Trial]:
    """The claim in the context with these declarations instead."""
    context = redeclared(problem.context, {d.name: d for d in changed})
    where = ", ".join(map(_text, changed))
    yield replace(problem.trial, context=context, fields={"where": where}, where=where)


def _text(declaration: Declaration) -> str:
    """The declaration as the plain language has it; a single value as an equation."""
    domain = declaration.domain
    if isinstance(domain, FiniteSet) and len(domain.values) == 1:
        return f"{declaration.name} = {domain.values[0]}"
    return repr(declaration)


def redeclared(context: Context, changed: Mapping[str, Declaration]) -> Context:
    """`context` with other declarations for symbols that it has. Hypotheses and definitions go over
    to the new symbols.
    """
    declarations = {name: changed.get(name, d) for name, d in context.declarations.items()}
    symbols: dict[Expr, Expr] = {
        symbol_of(context.declarations[name]): symbol_of(new) for name, new in changed.items()
    }

    def over(term: Expr) -> Expr:
        return term.xreplace(symbols)

    hypotheses = tuple(
        replace(
            h,
            left=over(h.left),
            right=over(h.right),
            conditions=tuple(c.map(over) for c in h.conditions),
        )
        for h in context.hypotheses
    )
    definitions = {
        name: replace(
            d,
            parameters=tuple(over(p) for p in d.parameters),
            body=over(d.body),
            conditions=tuple(c.map(over) for c in d.conditions),
            kinks=tuple(c.map(over) for c in d.kinks),
        )
        for name, d in context.definitions.items()
    }
    return Context(declarations, hypotheses, definitions)
