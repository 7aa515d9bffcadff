"""Which of the declared symbols a claim is about: a counterexample lists these and no others."""

from __future__ import annotations

from collections.abc import Iterable

from sympy import Expr, Indexed

from cesym.terms.claim import Claim
from cesym.terms.conditions import Condition
from cesym.terms.context import Context
from cesym.terms.domains import sizes_of


def names_of(claim: Claim) -> frozenset[str]:
    """The symbols of the claim, of the hypotheses that tie them to others, and the sizes of these.

    A hypothesis about none of these symbols is left out with its symbols.
    """
    context = claim.context
    found = _names((claim.left, claim.right), claim.conditions, context)
    tied = [_names((h.left, h.right), h.conditions, context) for h in context.hypotheses]
    while joined := [names for names in tied if names & found and not names <= found]:
        found = found.union(*joined)
    return found | {size for name in found for size in _sizes(name, context)}


def _names(
    terms: Iterable[Expr], conditions: Iterable[Condition], context: Context
) -> frozenset[str]:
    facts = [fact for c in conditions for fact in (*c.alternatives, *c.guards)]
    symbols = set()
    for term in (*terms, *(fact.term for fact in facts)):
        symbols |= context.unfold_definitions(term).free_symbols
    names = {str(s.base.label) if isinstance(s, Indexed) else str(s) for s in symbols}
    return frozenset(names & set(context.declarations))


def _sizes(name: str, context: Context) -> list[str]:
    return [size for size in sizes_of(context.declarations[name]) if isinstance(size, str)]
