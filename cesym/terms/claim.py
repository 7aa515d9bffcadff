"""A claim: two terms, a relation, the context it was made in, and the conditions under which both
sides have a value.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sympy import Expr, oo

from cesym.errors import ReadError
from cesym.terms.building import contains
from cesym.terms.conditions import Condition
from cesym.terms.context import Context
from cesym.terms.optimisation import OPTIMISATIONS, LimitOf, MinValue
from cesym.terms.statements import PROPERTIES, RELATIONS, Statement

if TYPE_CHECKING:
    from cesym.reader.written import Written

OPERATORS = ("==", "<=", "<", ">=", ">")
"""The relations between numbers."""

IFF, IS = "iff", "is"
"""What joins two relations, and what states a property of a term."""


@dataclass(frozen=True, slots=True)
class Claim:
    """`left operator right` at every point of `context`. `text` is what the user wrote,
    `conditions` come from that text, and `written` are the trees of both sides, if there are any.

    A limit or a minimum is the whole left side, and the operator is `==` then. Only beside a limit
    or the value of a minimum may the right side be infinite. With `iff` both sides are relations,
    with `is` the right side is a property (`cesym.terms.statements`). Raises ReadError otherwise.
    """

    left: Expr
    operator: str
    right: Expr
    context: Context
    conditions: tuple[Condition, ...] = ()
    text: str = ""
    written: Written | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        _check_statement(self.left, self.operator, self.right)
        alone = isinstance(self.left, OPTIMISATIONS)
        inside = self.left.args[0] if alone else self.left
        if contains(self.right, OPTIMISATIONS) or contains(inside, OPTIMISATIONS):
            raise ReadError(
                "a limit or a minimum stands only as a whole side of ==, beside a value"
            )
        if alone and self.operator != "==":
            raise ReadError("a limit or a minimum goes with == only")
        if inside.has(oo, -oo):
            raise ReadError("infinity is not a number")
        if self.right.has(oo, -oo) and not (
            isinstance(self.left, LimitOf | MinValue) and self.right.is_infinite
        ):
            raise ReadError("infinity is not a number")

    def __str__(self) -> str:
        return self.text or f"{self.left} {self.operator} {self.right}"


def _check_statement(left: Expr, operator: str, right: Expr) -> None:
    """Check that relations and properties stand where they say something."""
    relations = (isinstance(left, tuple(RELATIONS)), isinstance(right, tuple(RELATIONS)))
    inside = [left, right]
    if operator == IFF and all(relations):
        inside = [*left.args, *right.args]
    elif operator == IS and isinstance(right, PROPERTIES):
        inside = [left, *right.args]
    elif operator in (IFF, IS) or any(relations) or isinstance(right, PROPERTIES):
        raise ReadError(
            "{operator} joins two relations, {property} states a property",
            operator=IFF,
            property=IS,
        )
    if any(contains(term, Statement) for term in inside):
        raise ReadError("a relation cannot stand inside a formula")
