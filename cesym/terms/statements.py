"""What a claim says when it says more than that two numbers compare: that two relations hold at the
same points, that a function is convex, that a matrix is positive semi-definite.

These heads are no numbers to compute with. A relation stands only as a whole side of `iff`, a
property only as the right side of `is`; the prover has a procedure for each.
"""

from __future__ import annotations

from sympy import Expr, Function, Integer, S


class Statement(Function):
    """A term that says something. `iff` joins two relations, `is` states a property."""

    is_commutative = True
    is_number = False


class IsEqual(Statement):
    """`IsEqual(a, b)`: a = b."""

    nargs = 2


class IsAtMost(Statement):
    """`IsAtMost(a, b)`: a <= b."""

    nargs = 2


class IsLess(Statement):
    """`IsLess(a, b)`: a < b."""

    nargs = 2


RELATIONS: dict[type[Statement], str] = {IsEqual: "==", IsAtMost: "<=", IsLess: "<"}
"""Head of a relation -> its operator."""


class ConvexIn(Statement):
    """`ConvexIn(x, sign, strict)`: as x moves in its domain and all else is fixed, the term on the
    left of `is` is convex (`sign` 1) or concave (-1), and strictly so if `strict` is 1.

    Convex: f(t a + (1-t) b) <= t f(a) + (1-t) f(b) for all a, b of the domain, which is convex, and
    0 < t < 1; strictly: < for a != b. For a vector, x is the label of its IndexedBase.
    """

    nargs = 3


class Definite(Statement):
    """`Definite(i, j, n, strict)`: the matrix with n rows and columns, of which the left of `is` is
    the entry at i, j, is symmetric and v'Mv >= 0 for all real vectors v; if `strict` is 1, v'Mv > 0
    for all v but 0.
    """

    nargs = 4


PROPERTIES = (ConvexIn, Definite)
"""The heads that stand only as the right side of `is`."""


def relation_between(left: Expr, operator: str, right: Expr) -> Statement:
    """The relation `left operator right` as a term.

    >>> from sympy import symbols
    >>> x, y = symbols("x y", real=True)
    >>> relation_between(x, ">", y)
    IsLess(y, x)
    """
    for head, known in RELATIONS.items():
        if operator == known:
            return head(left, right)
    head = {">=": IsAtMost, ">": IsLess}[operator]
    return head(right, left)


def parts_of(statement: Statement) -> tuple[Expr, str, Expr]:
    """The sides and the operator of a relation.

    >>> from sympy import symbols
    >>> parts_of(IsLess(*symbols("x y", real=True)))
    (x, '<', y)
    """
    left, right = statement.args
    return left, RELATIONS[type(statement)], right


def flag(value: bool) -> Integer:
    """A truth value as an argument of a head."""
    return S.One if value else S.Zero
