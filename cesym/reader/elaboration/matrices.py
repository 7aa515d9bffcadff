"""Vectors and matrices: products, transposes, diagonals and sums, all in index notation.

A matrix is stated as a matrix and proved entry by entry: `(A @ B)[i,j]` is sum_k A[i,k] B[k,j].
"""

from __future__ import annotations

from collections.abc import Callable

from sympy import Expr, Integer, KroneckerDelta

from cesym.reader.elaboration.arrays import Array, Pick, fresh_index, total
from cesym.reader.elaboration.walk import Walk, value
from cesym.reader.syntax import Binary, Call, Node, Transpose, Vector


@value.register
def _(node: Vector, walk: Walk) -> Array:
    items = [walk.value(item) for item in node.items]
    first, *rest = items
    shape = first.sizes if isinstance(first, Array) else ()
    if any((item.sizes if isinstance(item, Array) else ()) != shape for item in rest):
        raise walk.error(node, "the entries of a vector are numbers, or rows of one size")
    indices = (fresh_index(), *(fresh_index("l") for _ in shape))
    entries = (x.at(*indices[1:]) if isinstance(x, Array) else x for x in items)
    entry = Pick(indices[0], *entries)
    return Array((Integer(len(items)), *shape), indices, entry)


@value.register
def _(node: Transpose, walk: Walk) -> Array:
    operand = array(node.operand, walk, 1, 2)
    if len(operand.sizes) == 1:
        raise walk.error(
            node,
            "a transposed vector stands only on the left of @",
            "for a number write dot(a, b), for a matrix outer(a, b)",
        )
    return Array(operand.sizes[::-1], operand.indices[::-1], operand.entry)


def array(node: Node, walk: Walk, *ranks: int) -> Array:
    """The vector or matrix that a node must be."""
    found = walk.value(node)
    if not isinstance(found, Array) or len(found.sizes) not in ranks:
        if ranks == (1,):
            raise walk.error(node, "a vector is expected here")
        raise walk.error(node, "a vector or a matrix is expected here")
    return found


def product(node: Binary, walk: Walk) -> Expr | Array:
    """`left @ right`; the transpose of a vector on the left is that vector, as a row."""
    written = node.left
    if isinstance(written, Transpose) and not isinstance(written.operand, Transpose):
        row = array(written.operand, walk, 1, 2)
        left = row if len(row.sizes) == 1 else array(written, walk, 2)
    else:
        left = array(written, walk, 1, 2)
    return contracted(node, walk, left, array(node.right, walk, 1, 2))


def contracted(node: Node, walk: Walk, left: Array, right: Array) -> Expr | Array:
    """The sum over the last axis of `left` and the first of `right`."""
    if left.sizes[-1] != right.sizes[0]:
        raise walk.error(
            node,
            "the sizes do not fit: {left} and {right}",
            left=_shape(left),
            right=_shape(right),
        )
    inner = fresh_index()
    rows, columns = left.indices[:-1], tuple(fresh_index("l") for _ in right.indices[1:])
    body = left.at(*rows, inner) * right.at(inner, *columns)
    entry = total(body, inner, left.sizes[-1])
    indices, sizes = rows + columns, left.sizes[:-1] + right.sizes[1:]
    return Array(sizes, indices, entry) if indices else entry


def _shape(array: Array) -> str:
    """How large an array is, as its declaration would say it."""
    sizes = ", ".join(map(str, array.sizes))
    return sizes if len(array.sizes) == 1 else f"({sizes})"


def _dot(node: Call, walk: Walk) -> Expr | Array:
    left, right = (array(argument, walk, 1) for argument in node.arguments)
    return contracted(node, walk, left, right)


def _outer(node: Call, walk: Walk) -> Array:
    left, right = (array(argument, walk, 1) for argument in node.arguments)
    column = fresh_index("l")
    entry = left.entry * right.at(column)
    return Array(left.sizes + right.sizes, (*left.indices, column), entry)


def _diag(node: Call, walk: Walk) -> Array:
    """The diagonal matrix of a vector, and the diagonal of a matrix."""
    found = array(node.arguments[0], walk, 1, 2)
    row = found.indices[0]
    if len(found.sizes) == 1:
        column = fresh_index("l")
        entry = found.entry * KroneckerDelta(row, column)
        return Array(found.sizes * 2, (row, column), entry)
    if found.sizes[0] != found.sizes[1]:
        raise walk.error(node, "only a square matrix has a diagonal")
    return Array(found.sizes[:1], (row,), found.at(row, row))


def _sum(node: Call, walk: Walk) -> Expr:
    """The sum of all entries."""
    (argument,) = node.arguments
    found = array(argument, walk, 1, 2)
    result = found.entry
    for index, size in reversed(list(zip(found.indices, found.sizes, strict=True))):
        result = total(result, index, size)
    return result


MATRIX_FUNCTIONS: dict[str, Callable[[Call, Walk], Expr | Array]] = {
    "dot": _dot,
    "outer": _outer,
    "diag": _diag,
    "sum": _sum,
}
"""Function of vectors and matrices -> its meaning."""
