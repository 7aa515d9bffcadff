"""Products of exponentials and powers compared by their logarithms: a - b >= 0 for a, b > 0 just
where log a - log b >= 0, and strictly likewise.
"""

from __future__ import annotations

from sympy import Add, Expr, Pow, exp, log

from cesym.prover.budget import Budget
from cesym.prover.facts import Facts


def by_logarithms(term: Expr, facts: Facts, budget: Budget) -> Expr | None:
    """log a - log b for a term a - b with powers whose exponents are not numbers; None for any
    other, and where a or b is not proved to be positive.
    """
    from cesym.prover.inequalities.search import sign_in

    parts = Add.make_args(term)
    powers = term.atoms(exp) | {part for part in term.atoms(Pow) if not part.exp.is_number}
    if len(parts) != 2 or not powers:
        return None
    signs = [sign_in(part, facts, budget) for part in parts]
    if sorted(sign or "" for sign in signs) != ["<", ">"]:
        return None
    above, below = parts if signs[0] == ">" else parts[::-1]
    return log(above) - log(-below)
