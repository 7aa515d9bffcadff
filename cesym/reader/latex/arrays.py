r"""Derivatives by a whole vector or matrix, and in which layout they are written.

`\nabla_w J` has the shape of `w`, `\nabla_w^2 J` is the matrix of second derivatives, and
`\frac{\partial f}{\partial w^\top}` has a row for each entry of `f`, whatever the layout. What
`\frac{\partial f}{\partial w}` is, conventions do not agree about:

| | numerator layout | denominator layout |
|---|---|---|
| number by column | row | column |
| column by number | column | row |
| column `f` by column `w` | row `i`, column `j`: df_i/dw_j | row `i`, column `j`: df_j/dw_i |
| number by matrix `W` | row `i`, column `j`: dJ/dW_ji | row `i`, column `j`: dJ/dW_ij |

Of a text that names no layout only `\frac{\partial J}{\partial w}`, a column, and the derivative of
a column by a number, a column too, are read: this is how most people mix the two.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cesym.reader.latex.products import NUMBER, Shape
from cesym.reader.syntax import (
    Derivative,
    Gradient,
    Name,
    Node,
    Transpose,
)

if TYPE_CHECKING:
    from cesym.reader.latex.shapes import Resolver, Shaped

NUMERATOR, DENOMINATOR = "numerator", "denominator"


def derivative(resolver: Resolver, node: Derivative) -> Shaped:
    """By a number or an entry; by a whole vector it is a gradient, a Hessian or a Jacobian."""
    body, shape = resolver.read(node.body)
    columns = [
        (variable.operand if isinstance(variable, Transpose) else variable, order)
        for variable, order in node.variables
    ]
    whole = [v for v, _ in columns if isinstance(v, Name) and resolver.read(v)[1].sizes]
    if not whole:
        if len(shape.sizes) > 1 or shape.row:
            raise resolver.error(node.body, "a number or a vector is expected here")
        found = replace(node, body=body, variables=tuple(columns))
        if shape.sizes and resolver.names.layout == DENOMINATOR:
            return transposed(found, shape)
        return found, shape
    rows = [isinstance(variable, Transpose) for variable, _ in node.variables]
    first = whole[0]
    if len(whole) < len(columns) or any(v != first for v in whole):
        raise resolver.error(node, "this mixed derivative is not read")
    return _by_vector(resolver, node, (body, shape), first, rows)


def _by_vector(
    resolver: Resolver, node: Derivative, body: Shaped, by: Name, rows: list[bool]
) -> Shaped:
    r"""`\frac{\partial L}{\partial w}`, `\frac{\partial f}{\partial w^\top}`,
    `\frac{\partial^2 L}{\partial w \partial w^\top}`.
    """
    sizes, layout = resolver.read(by)[1].sizes, resolver.names.layout
    orders = [order for _, order in node.variables]
    text, name = resolver.quote(node.body), resolver.quote(by)
    number, vector = body[1] == NUMBER, len(body[1].sizes) == 1 and not body[1].row
    if len(sizes) == 1 and rows == [True] and orders == [1] and vector:
        return Gradient("jacobian", body[0], by, node.at), Shape(body[1].sizes + sizes)
    if len(sizes) == 1 and orders == [1, 1] and rows == [False, True] and number:
        return Gradient("hessian", body[0], by, node.at), Shape(sizes * 2)
    if rows == [False] and orders == [1] and number and (layout or len(sizes) == 1):
        found = Gradient("grad", body[0], by, node.at), Shape(sizes)
        return transposed(*found) if layout == NUMERATOR else found
    if rows == [False] and orders == [1] and vector and layout and len(sizes) == 1:
        found = Gradient("jacobian", body[0], by, node.at), Shape(body[1].sizes + sizes)
        return transposed(*found) if layout == DENOMINATOR else found
    if len(sizes) > 1 and layout is None:
        raise resolver.formula.ambiguous(
            node.at, f"\\nabla_{{{name}}} {text}", f"(\\nabla_{{{name}}} {text})^\\top"
        )
    if rows == [False] and orders == [1] and layout is None:
        raise resolver.formula.ambiguous(
            node.at,
            f"\\frac{{\\partial {text}_i}}{{\\partial {name}_j}}",
            f"\\frac{{\\partial {text}_j}}{{\\partial {name}_i}}",
        )
    raise resolver.error(
        node,
        "this derivative by a vector is not read",
        "write {gradient}, {hessian} or {jacobian}",
        gradient=f"\\nabla_{{{name}}} L",
        hessian=f"\\nabla_{{{name}}}^2 L",
        jacobian=f"\\frac{{\\partial f}}{{\\partial {name}^\\top}}",
    )


def transposed(node: Node, shape: Shape) -> Shaped:
    """An array the other way: a column as a row, a matrix with rows and columns exchanged."""
    if len(shape.sizes) == 1:
        return Transpose(node, node.at), Shape(shape.sizes, row=True)
    return Transpose(node, node.at), Shape(shape.sizes[::-1])


def gradient(resolver: Resolver, node: Gradient) -> Shaped:
    r"""`\nabla_w L` and `\nabla_w^2 L`."""
    body, sizes = resolver.number(node.body), resolver.read(node.variable)[1].sizes
    if node.kind == "hessian" and len(sizes) > 1:
        raise resolver.error(node.variable, "a vector is expected here")
    return replace(node, body=body), Shape(sizes * 2 if node.kind == "hessian" else sizes)
