r"""Products, sums and transposes of what may be vectors and matrices: which shapes leave one
reading.

Side by side, `X w`, `A B`, `w^\top x` and `p p^\top` are the products of linear algebra. Two
columns side by side, and arrays with a sign of multiplication between them, are refused.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cesym.reader.latex.formula import Formula
from cesym.reader.latex.walks import BESIDE
from cesym.reader.syntax import Binary, Call, Evaluated, Negate, Node, Transpose


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the axes: none for a number, one for a vector, two for a matrix. `row` says that
    a vector is transposed.
    """

    sizes: tuple[str, ...] = ()
    row: bool = False


NUMBER = Shape()

Shaped = tuple[Node, Shape]


def _text(formula: Formula, node: Node) -> str:
    return " ".join(formula.quote(node.at).split())


def same(formula: Formula, node: Node, left: Shape, right: Shape) -> Shape:
    """The shape of an operation entry by entry. Raises ReadError where the shapes differ.

    A number goes with every entry of a vector; with a matrix it might go with the diagonal only.
    """
    if left == right:
        return left
    if NUMBER in (left, right):
        other = right if left == NUMBER else left
        if len(other.sizes) < 2 and not other.row:
            return other
        raise formula.error(
            node.at,
            "a number and a matrix do not add up",
            "write what is meant, such as {example}",
            example="A + \\lambda \\, \\mathrm{diag}(0 v + 1)",
        )
    if left.row != right.row and left.sizes == right.sizes:
        raise formula.error(node.at, "a row and a column stand together", "transpose one of them")
    raise formula.error(node.at, "the two operands have different sizes")


def of_entries(formula: Formula, node: Node, shape: Shape) -> Shape:
    """The shape of a function of every entry."""
    if len(shape.sizes) > 1 or shape.row:
        raise formula.error(node.at, "a number or a vector is expected here")
    return shape


def combined(formula: Formula, node: Binary, operator: str, left: Shaped, right: Shaped) -> Shaped:
    """`left operator right` once the shapes are known. Raises ReadError."""
    (first, one), (second, two) = left, right
    found = replace(node, left=first, right=second)
    if operator in ("+", "-"):
        return found, same(formula, node, one, two)
    if operator == "odot":
        return _entrywise(formula, found, one, two)
    if operator == "/":
        if len(two.sizes) > 1 or two.row or (two.sizes and one.row):
            raise formula.error(node.right.at, "nothing is divided by a matrix or a row")
        return found, one if not two.sizes else same(formula, node, one, two)
    if NUMBER in (one, two):
        return _scaled(found, operator, one, two)
    if operator not in (BESIDE, "@"):
        raise _unclear(formula, node, one, two)
    return _product(formula, node, left, right)


def _scaled(found: Binary, operator: str, one: Shape, two: Shape) -> Shaped:
    """A number times an array. A row is the transpose of a multiple, so that it can go on."""
    found = replace(found, operator="*")
    other = two if one == NUMBER else one
    if not other.row:
        return found, other
    if one == NUMBER and isinstance(found.right, Transpose):
        inside = replace(found, right=found.right.operand)
        return Transpose(inside, found.at), other
    if two == NUMBER and isinstance(found.left, Transpose):
        inside = replace(found, left=found.left.operand)
        return Transpose(inside, found.at), other
    return found, other


def _entrywise(formula: Formula, found: Binary, one: Shape, two: Shape) -> Shaped:
    if one != two or not one.sizes or one.row:
        raise formula.error(
            found.at,
            "{sign} stands between two vectors or two matrices of one size",
            sign="\\odot",
        )
    return replace(found, operator="*"), one


def _unclear(formula: Formula, node: Binary, one: Shape, two: Shape) -> Exception:
    first, second = _text(formula, node.left), _text(formula, node.right)
    if len(one.sizes) == 1 and len(two.sizes) == 1:
        return formula.ambiguous(
            node.at,
            f"\\sum_{{k=1}}^{{K}} ({first})_k ({second})_k",
            f"({first})_k ({second})_k",
        )
    return formula.ambiguous(node.at, f"{first} \\, {second}", f"{first} \\odot {second}")


def _product(formula: Formula, node: Binary, left: Shaped, right: Shaped) -> Shaped:
    """Two arrays side by side."""
    (first, one), (second, two) = left, right
    if len(one.sizes) == 1 and not one.row:
        if not two.row:
            if len(two.sizes) == 1:
                raise _unclear(formula, node, one, two)
            raise _misfit(formula, node)
        return _outer(node, left, right)
    if two.row or one.sizes[-1] != two.sizes[0]:
        raise _misfit(formula, node)
    rows = () if one.row else one.sizes[:1]
    columns = two.sizes[1:]
    if one.row and column(first) != first:
        first = Transpose(column(first), first.at)
    found = Binary("@", first, second, node.at)
    return found, Shape(rows + columns, row=one.row and bool(columns))


def _outer(node: Binary, left: Shaped, right: Shaped) -> Shaped:
    r"""`a b^\top`."""
    found = Call("outer", (left[0], column(right[0])), node.at)
    return found, Shape(left[1].sizes + right[1].sizes)


def _misfit(formula: Formula, node: Binary) -> Exception:
    return formula.error(
        node.at,
        "the sizes of {left} and {right} do not fit",
        "a product is a matrix at a vector, or a row at a column",
        left=_text(formula, node.left),
        right=_text(formula, node.right),
    )


def transposed(formula: Formula, node: Transpose, operand: Shaped) -> Shaped:
    r"""`X^\top`, `w^\top`."""
    found, shape = operand
    if shape == NUMBER:
        raise formula.error(node.at, "a number has no transpose", "leave the sign out")
    if len(shape.sizes) > 1:
        return replace(node, operand=found), Shape(shape.sizes[::-1])
    if shape.row:
        return column(found), Shape(shape.sizes)
    return replace(node, operand=found), Shape(shape.sizes, row=True)


def inner(formula: Formula, node: Call, one: Shape, two: Shape) -> Shape:
    r"""`\langle u, v \rangle`."""
    if len(one.sizes) != 1 or one != two:
        raise formula.error(node.at, "an inner product is of two vectors of one size")
    return NUMBER


def diagonal(formula: Formula, node: Call, shape: Shape) -> Shape:
    """The diagonal matrix of a vector; the diagonal of a matrix is not what people write so."""
    if len(shape.sizes) != 1:
        raise formula.error(node.at, "{name} takes a vector", name="diag")
    return Shape(shape.sizes * 2)


def ones(formula: Formula, node: Call, operand: Shaped) -> Shaped:
    r"""`\mathbf{1}^\top v`: the sum of the entries."""
    found, shape = operand
    if len(shape.sizes) != 1 or shape.row:
        raise formula.error(
            node.at,
            "the ones stand before a vector only",
            "write the sum with its index",
        )
    return Call("sum", (found,), node.at), NUMBER


def column(row: Node) -> Node:
    """The column of a node that is a row: `w^\\top` becomes `w`.

    The product of a row and a matrix is a vector already, whose entries are those of the row.
    """
    match row:
        case Transpose(operand):
            return operand
        case Negate(operand):
            return replace(row, operand=column(operand))
        case Binary("+" | "-" | "*" | "/", left, right):
            return replace(row, left=column(left), right=column(right))
        case Evaluated(body):
            return replace(row, body=column(body))
        case _:
            return row
