"""Whether a term depends on a variable, also through what the page has defined."""

from __future__ import annotations

from sympy import Basic, Expr, Indexed

from cesym.terms.context import Context


def depends(term: Expr, variable: Basic, context: Context) -> bool:
    """Whether `variable` stands in `term`, or in a definition that it calls. For an entry of a
    vector: whether any entry does.
    """
    moving = variable.base if isinstance(variable, Indexed) else variable
    return bool(term.has(moving) or context.unfold_definitions(term).has(moving))
