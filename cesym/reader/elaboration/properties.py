"""Relations beside `iff`, and the properties that `is` states.

Two vectors are equal when all their entries are, so beside `iff`, `p = q` is the relation
sum_k (p_k - q_k)^2 = 0 between numbers. A property of a matrix is stated of its entry at new
indices, as an equality between matrices is.
"""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Dummy, Expr, IndexedBase, S, Symbol

from cesym.reader.elaboration.arrays import Array, total
from cesym.reader.elaboration.derivatives import check_continuous
from cesym.reader.elaboration.optima import stands_alone, whole_side
from cesym.reader.elaboration.walk import Walk
from cesym.reader.syntax import Comparison, Node, Property, Side
from cesym.terms.statements import ConvexIn, Definite, Statement, flag, relation_between

SIGNS = {"convex": 1, "concave": -1}
"""Kind of a property -> the sign of ConvexIn."""


def meaning(node: Side, walk: Walk) -> Expr | Array:
    """The meaning of a whole side of a relation, of `iff` or of `is`."""
    match node:
        case Comparison():
            return _relation(node, walk)
        case Property():
            return _property(node, walk)
    return whole_side(node, walk)


def _relation(node: Comparison, walk: Walk) -> Statement:
    left, right = walk.value(node.left), walk.value(node.right)
    first, second, shape = walk.together(node.left, left, right)
    if shape is None:
        return relation_between(first, node.operator, second)
    if node.operator != "==":
        raise walk.error(
            node.left,
            "an inequality between vectors has two readings",
            "write it for an entry, with an index",
        )
    return relation_between(_distance(first, second, shape), "==", S.Zero)


def _distance(left: Expr, right: Expr, shape: Array) -> Expr:
    """The sum of the squares of all differences: 0 just where all entries are equal."""
    result = (left - right) ** 2
    for index, size in reversed(list(zip(shape.indices, shape.sizes, strict=True))):
        result = total(result, index, size)
    return result


def _property(node: Property, walk: Walk) -> Statement:
    """A property; of `definite`, the indices and the size are put in by `definite_entry`."""
    if node.kind == "definite":
        return Definite(S.Zero, S.Zero, S.Zero, flag(node.strict))
    assert node.variable is not None
    declaration = walk.context.declarations.get(node.variable.name)
    if declaration is None or walk.context.kind(node.variable.name) not in ("scalar", "vector"):
        raise walk.error(node.variable, "a function is convex in a declared name")
    check_continuous(node.variable, declaration, walk)
    if declaration.constraint == "onehot":
        raise walk.error(node.variable, "a one-hot vector takes only separate values")
    symbol = walk.context.symbol(node.variable.name)
    label = symbol.label if isinstance(symbol, IndexedBase) else symbol
    return ConvexIn(label, S(SIGNS[node.kind]), flag(node.strict))


@dataclass(frozen=True, slots=True)
class Square:
    """A square matrix, of which `entry` is the entry at `row` and `column`."""

    entry: Expr
    row: Dummy | Symbol
    column: Dummy | Symbol
    size: Expr


def square(node: Node, found: Expr | Array, walk: Walk) -> Square:
    """The square matrix that a property is about. Raises ReadError for anything else."""
    if isinstance(found, Array) and stands_alone(found.entry):
        raise walk.error(node, "a limit or a minimum stands only as a whole side of ==")
    if not isinstance(found, Array) or len(found.sizes) != 2:
        raise walk.error(node, "a matrix is expected here", "such as hessian(e, w)")
    rows, columns = found.sizes
    if rows != columns:
        raise walk.error(node, "only a square matrix can be positive semi-definite")
    row, column = found.indices
    return Square(found.entry, row, column, rows)
