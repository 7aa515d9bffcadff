"""Definitions that hide a symbol."""

from __future__ import annotations

from sympy import Expr, Symbol

from cesym.terms.context import Context


def unhide(term: Expr, variable: Symbol, context: Context) -> Expr:
    """`term` with definitions unfolded where they mention `variable` otherwise than through their
    arguments.

    After `P(y) := q^y (1-q)^(1-y)` the call `P(y)` hides q; before q is replaced or bound it has to
    be seen.
    """
    hiding = [
        definition.head
        for definition in context.definitions.values()
        if variable
        in context.unfold_definitions(definition.body).free_symbols - set(definition.parameters)
    ]
    return context.unfold_definitions(term) if hiding and term.has(*hiding) else term
