"""A claim: two terms, a relation, the context it was made in, and the conditions under which both
sides have a value.
"""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr

from cesym.terms.conditions import Condition
from cesym.terms.context import Context

OPERATORS = ("==", "<=", "<", ">=", ">")


@dataclass(frozen=True, slots=True)
class Claim:
    """`left operator right` at every point of `context`. `text` is what the user wrote,
    `conditions` come from that text.
    """

    left: Expr
    operator: str
    right: Expr
    context: Context
    conditions: tuple[Condition, ...] = ()
    text: str = ""

    def __str__(self) -> str:
        return self.text or f"{self.left} {self.operator} {self.right}"
