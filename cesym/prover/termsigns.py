"""Signs read off a term as it stands: a sum of terms that are not negative is not negative,
whatever its normal form looks like.

The normal form of `y softplus(-s) + (1-y) softplus(s)` has terms of both signs; the term itself
shows its sign.
"""

from __future__ import annotations

from sympy import Add, Expr, Integer, Mul, Pow, Sum, exp, log

from cesym.errors import UnsupportedTerm
from cesym.prover.interruptions import Split
from cesym.prover.relations import even_power, product_sign, sum_sign
from cesym.prover.tower import Tower

DEEPEST = 12


def sign_of_term(tower: Tower, term: Expr, depth: int = 0) -> str | None:
    """The relation of `term` to 0 that is proved, or None. Denominators are not 0, by the
    conditions of the text.
    """
    known = _by_normal_form(tower, term)
    if known is not None or depth > DEEPEST:
        return known
    if isinstance(term, Add):
        return sum_sign([sign_of_term(tower, part, depth + 1) for part in term.args])
    if isinstance(term, Mul):
        return product_sign([sign_of_term(tower, part, depth + 1) for part in term.args])
    if isinstance(term, log):
        return sign_of_term(tower, term.args[0] - 1, depth + 1)
    if isinstance(term, exp):
        return ">"
    if isinstance(term, Pow):
        return _power_sign(tower, term, depth)
    if isinstance(term, Sum):
        body = sign_of_term(tower, term.function, depth + 1)
        return {">": ">=", ">=": ">=", "<": "<=", "<=": "<=", "==": "=="}.get(body or "")
    return None


def _by_normal_form(tower: Tower, term: Expr) -> str | None:
    try:
        return tower.signs.of(tower.convert(term))
    except (Split, UnsupportedTerm):
        return None


def _power_sign(tower: Tower, term: Pow, depth: int) -> str | None:
    base = sign_of_term(tower, term.base, depth + 1)
    if isinstance(term.exp, Integer):
        known = base if term.exp % 2 else even_power(base)
        return {">=": ">", "<=": "<"}.get(known or "", known) if term.exp < 0 else known
    return ">" if base == ">" else None
