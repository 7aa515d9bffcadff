"""The same inequality over a larger domain, where a certificate may be easier to find.

What holds for every probability vector holds for a softmax, and for every number in (0, 1) for a
sigmoid; what holds for all numbers in [0, 1],
after a multiple of `sum_k p_k - 1 = 0` has been added, holds for a probability vector.

The side conditions of the claim speak of its own domain only: 1/(sigmoid(s + 1) - sigmoid(s)) has a
value there, 1/(a - b) has none where a = b. So the term must have a value on all of the larger one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product as cartesian

from sympy import Add, Expr, IndexedBase, Integer, Max, Product, Sum, log

from cesym.messages import Message
from cesym.prover.budget import Budget
from cesym.prover.inequalities.defined import has_value_everywhere
from cesym.prover.inequalities.numbers import free_name
from cesym.prover.inequalities.search import prove_sign
from cesym.prover.inequalities.summands import MULTIPLES
from cesym.prover.signs import POSITIVE
from cesym.prover.workspace import Workspace
from cesym.terms.binders import canonical
from cesym.terms.context import Context, Hypothesis
from cesym.terms.differentiation import At, Diff
from cesym.terms.domains import OPEN_UNIT, Declaration, Interval
from cesym.terms.functions import sigmoid, softmax

ABOVE_ZERO = Interval(Fraction(0), Fraction(1), lower_open=True)


def relaxed(term: Expr, context: Context) -> Iterator[tuple[Expr, Context]]:
    """Larger problems: terms, still folded, each with its context."""
    term = context.unfold_definitions(term)
    if term.has(softmax) and not term.has(Diff, At):
        term, context = _without_softmax(term, context)
        yield term, context
    if term.has(sigmoid) and not term.has(Diff, At):
        yield _without_sigmoid(term, context)
    names = [
        d.name for d in context if d.constraint == "simplex" and isinstance(_size(d, context), int)
    ]
    if names:
        yield from _without_sums(term, context, names)


def proved_over(larger: Expr, relation: str, work: Workspace, budget: Budget) -> Message | None:
    """How `larger relation 0` is proved on the larger domain, that of `work`, on which the term has
    a value everywhere. None when it is not.
    """
    settled, facts = work.ready(larger), work.facts(budget)
    found = prove_sign(settled, relation, facts, budget)
    return found if found is not None and has_value_everywhere(settled, facts, budget) else None


def _size(declaration: Declaration, context: Context) -> int | None:
    size = context.size(declaration.shape[0])
    return int(size) if isinstance(size, Integer) else None


def _without_softmax(term: Expr, context: Context) -> tuple[Expr, Context]:
    """Every softmax of a fixed vector as the entries of a new probability vector."""
    heads = {}
    for call in sorted(term.atoms(softmax), key=str):
        logits, size, index = call.args
        if logits.free_symbols & _bound(term):
            continue
        key = (canonical(logits), size)
        if key not in heads:
            name = free_name(f"softmax_{len(heads) + 1}", context)
            shape = int(size) if isinstance(size, Integer) else size.name
            context = context.declare(
                Declaration(name, ABOVE_ZERO, (shape,), "simplex", latex=name)
            )
            heads[key] = context.symbol(name)
        base = heads[key]
        assert isinstance(base, IndexedBase)
        term = term.xreplace({call: base[index]})
    return term, context


def _without_sigmoid(term: Expr, context: Context) -> tuple[Expr, Context]:
    """Every sigmoid of a fixed number as a number of its own between 0 and 1."""
    for count, call in enumerate(sorted(term.atoms(sigmoid), key=str), start=1):
        if not call.free_symbols & _bound(term):
            name = free_name(f"sigmoid_{count}", context)
            context = context.declare(Declaration(name, OPEN_UNIT, latex=name))
            term = term.xreplace({call: context.symbol(name)})
    return term, context


def _bound(term: Expr) -> set[Expr]:
    """The indices bound anywhere in a term. What depends on one is not fixed."""
    return {limit[0] for binder in term.atoms(Sum, Product) for limit in binder.limits}


def _without_largest(term: Expr, context: Context) -> tuple[Expr, Context, list[Expr]]:
    """Every logarithm of a largest number as that of a number m of its own, of which no more is
    known than that m > 0, as the condition of the logarithm has it, and m >= each of the numbers.
    """
    logarithms = []
    found = {a.args[0] for a in term.atoms(log) if isinstance(a.args[0], Max)}
    for count, largest in enumerate(sorted(found, key=str), start=1):
        if not largest.free_symbols & _bound(term):
            name = free_name(f"largest_{count}", context)
            context = context.declare(Declaration(name, POSITIVE, latex=name))
            number = context.symbol(name)
            context = context.assume(*(Hypothesis(number, ">=", one) for one in largest.args))
            term = term.xreplace({largest: number})
            logarithms.append(log(number))
    return term, context, logarithms


def _without_sums(term: Expr, context: Context, names: list[str]) -> Iterator[tuple[Expr, Context]]:
    """Probability vectors of literal size as vectors of numbers in [0, 1].

    Multiples of `sum_k p_k - 1` are added, by numbers and by the logarithms of largest numbers.
    """
    term, context, largest = _without_largest(term, context)
    declarations = dict(context.declarations)
    zeros = []
    for name in names:
        declaration = declarations[name]
        base, size = context.symbol(name), _size(declaration, context)
        assert size is not None
        zeros.append(Add(*(base[k] for k in range(1, size + 1))) - 1)
        declarations[name] = replace(declaration, constraint=None)
    free = replace(context, declarations=declarations)
    choices = [(*largest, *MULTIPLES, log(len(z.args) - 1) - 1) for z in zeros]
    for multiples in cartesian(*choices):
        yield term + Add(*(m * z for m, z in zip(multiples, zeros, strict=True))), free
