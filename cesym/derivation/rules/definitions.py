"""Rules that put one thing in for another: definitions, forwards and backwards, and results."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sympy import Add, Basic, Expr, Integer, Mul, Pow, S, Sum, log
from sympy.core.function import AppliedUndef

from cesym.derivation.rules.instances import insert_instances, under_sums
from cesym.derivation.rules.rule import RuleFails, Situation, What, each
from cesym.derivation.structure import same_structure, structure
from cesym.terms.differentiation import Diff
from cesym.terms.functions import TABLE, Named, xlogy

WRITTEN = {
    "sigma": ("sigmoid",),
    "LSE": ("logsumexp",),
    "H": ("entropy", "cross_entropy"),
    "D_KL": ("kl",),
}
"""How a page writes a named function -> its names in the table: $H(p)$ and $H(p, q)$ are two."""


def unfold_definition(term: Expr, situation: Situation, what: What) -> Expr:
    """The named definition, or named function, put in for its calls."""
    name = str(what)
    definition = situation.context.definitions.get(name)
    if definition is not None:
        return each(
            term,
            lambda e: isinstance(e, AppliedUndef) and e.func.__name__ == name,
            lambda e: definition.apply(*e.args),
        )
    heads = tuple(TABLE[head].head for head in WRITTEN.get(name, (name,)) if head in TABLE)
    if not heads:
        raise RuleFails("{name} is not defined", name=name)
    return each(term, lambda e: isinstance(e, heads), _written_out)


def _written_out(call: Named) -> Expr:
    """A named function by its definition, p_k log q_k written as a product."""
    definition = TABLE[type(call).__name__].definition(*call.args)
    written = definition.replace(xlogy, lambda x, y: x * log(y))
    return S.Zero if isinstance(written, Sum) and written.function == 0 else written


def recognise(term: Expr, situation: Situation, what: What) -> Expr:
    """A definition backwards: the call `what`, put in wherever its body stands."""
    assert isinstance(what, Expr)
    body = _body(what, situation)
    return under_sums(term, what, lambda e: _put(e, body, what))


def _body(call: Expr, situation: Situation) -> Expr:
    """What a call of a defined or named function stands for."""
    if isinstance(call, AppliedUndef):
        return situation.context.definitions[call.func.__name__].apply(*call.args)
    if isinstance(call, Named):
        return _written_out(call)
    raise RuleFails("{what} is no call of a definition", what=str(call))


def insert_known(term: Expr, situation: Situation, what: What) -> Expr:
    """A term that an earlier chain of the page started with, by what the first such chain ended in.

    Of a derivative, the higher derivatives are served too, and the same one at other arguments.
    """
    assert isinstance(what, Expr)
    found = situation.known.get(structure(what))
    if found is None:
        raise RuleFails("no earlier display of this page starts with this term")
    result = under_sums(term, what, lambda e: _put(e, what, found))
    wanted = structure(what)
    if same_structure(result, term):
        result = insert_instances(term, wanted, found)
    if same_structure(result, term) and isinstance(wanted, Diff):
        return each(term, _higher_than(wanted), lambda e: _derived(e, found, wanted))
    return result


def _put(term: Expr, old: Expr, new: Expr) -> Expr:
    """`new` for `old` in `term`, also where `-old` stands, and where `old` is part of a product."""
    wanted = structure(old)

    def change(e: Basic) -> Basic:
        if structure(e) == wanted:
            return new
        if isinstance(e, Add | Sum) and structure(-e) == wanted:
            return -new
        if isinstance(e, Mul) and isinstance(old, Mul):
            rest = _without(e.args, old.args)
            return e if rest is None else Mul(new, *rest)
        return e

    return each(term, lambda e: isinstance(e, Expr), change)


def _without(factors: Sequence[Expr], old: Sequence[Expr]) -> list[Expr] | None:
    """The factors that are left when those of `old` are taken away; None when some are missing."""
    wanted = {structure(factor) for factor in old}
    rest = [factor for factor in factors if structure(factor) not in wanted]
    if len(rest) == len(factors) - len(old):
        return rest
    have, want = (_powers(structure(Mul(*part))) for part in (factors, old))
    if any(have.get(base, S.Zero) / power < 1 for base, power in want.items()):
        return None
    return [base ** (power - want.get(base, S.Zero)) for base, power in have.items()]


def _powers(term: Expr) -> dict[Expr, Expr]:
    """Base -> number in the exponent, for the factors of a product. `e^x` is a base of its own."""
    pairs = [
        (f.base, f.exp) if isinstance(f, Pow) and f.exp.is_Rational else (f, S.One)
        for f in Mul.make_args(term)
    ]
    return dict(pairs)


def _higher_than(wanted: Diff) -> Callable[[Basic], bool]:
    """Whether a term is a higher derivative of the same thing."""
    body, variable, order = wanted.args

    def test(e: Basic) -> bool:
        if not isinstance(e, Diff):
            return False
        inner, by, own = structure(e).args
        return (inner, by) == (body, variable) and int(own) > int(order)

    return test


def _derived(term: Basic, found: Expr, wanted: Diff) -> Expr:
    """What is left to differentiate of a higher derivative."""
    _, variable, order = structure(term).args
    return Diff(found, variable, Integer(int(order) - int(wanted.args[2])))
