"""Terms without symbols: the sign of a ball that holds the value."""

from __future__ import annotations

from sympy import Expr

from cesym.errors import UnsupportedTerm
from cesym.prover.balls import fact_holds
from cesym.prover.budget import Budget
from cesym.prover.values import Point, precision
from cesym.terms.conditions import Fact

BITS = (64, 256, 1024)
"""Working precisions, one after the other."""


def closed_holds(term: Expr, relation: str, budget: Budget) -> bool:
    """Whether `term relation 0` is proved of a term without symbols.

    Arb's inclusion principle: the ball of each operation holds the value of the operation at every
    point of its arguments' balls (F. Johansson, Arb, IEEE Trans. Computers 66 (2017), section 2).
    So if the last ball lies on one side of 0, the value does. That needs a term that is closed, and
    every operation to have a value on the whole ball that it is given: `evaluate_at` raises
    Undefined otherwise, and then nothing is proved. A value that is 0 gives a ball around 0, which
    proves nothing, unless the arithmetic stayed exact.
    """
    if term.free_symbols:
        return False
    try:
        return any(_seen(Fact(term, relation), bits, budget) for bits in BITS)
    except UnsupportedTerm:
        return False


def _seen(fact: Fact, bits: int, budget: Budget) -> bool:
    """Whether balls of this precision show it."""
    with precision(bits):
        return fact_holds(fact, Point(), budget) is True
