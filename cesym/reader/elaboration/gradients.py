"""Gradients, Hessians and Jacobians: arrays of derivatives at new indices."""

from __future__ import annotations

from sympy import Expr, IndexedBase, Integer, S

from cesym.reader.elaboration.arrays import Array, whole
from cesym.reader.elaboration.derivatives import check_continuous, smooth
from cesym.reader.elaboration.matrices import array
from cesym.reader.elaboration.walk import Frame, Walk, value
from cesym.reader.syntax import Gradient, Node
from cesym.terms.binders import substitute
from cesym.terms.differentiation import Diff


@value.register
def _(node: Gradient, walk: Walk) -> Expr | Array:
    variable = _variable(node, walk)
    with walk.collect() as frame:
        body = array(node.body, walk, 1) if node.kind == "jacobian" else _number(node, walk)
    frame = smooth(frame, variable, body, walk)
    if isinstance(body, Array):
        _keep(frame, walk)
        return _jacobian(body, variable)
    if node.kind == "hessian":
        again = _again(variable) if isinstance(variable, Array) else variable
        frame = smooth(frame, again, _slope(body, variable), walk)
    _keep(frame, walk)
    if not isinstance(variable, Array):
        return Diff(body, variable, Integer(2 if node.kind == "hessian" else 1))
    first = _slope(body, variable)
    assert isinstance(first, Array)
    if node.kind == "grad":
        return first
    again = _again(variable)
    indices = variable.indices + again.indices
    return Array(variable.sizes * 2, indices, Diff(first.entry, again.entry, S.One))


def _slope(body: Expr, variable: Expr | Array) -> Expr | Array:
    """The first derivative of a number, by every entry of an array."""
    if not isinstance(variable, Array):
        return Diff(body, variable, S.One)
    return Array(variable.sizes, variable.indices, Diff(body, variable.entry, S.One))


def _keep(frame: Frame, walk: Walk) -> None:
    walk.require(*frame.conditions)
    walk.kinked(*frame.kinks)


def _variable(node: Gradient, walk: Walk) -> Expr | Array:
    """What is differentiated by: a declared number, or a whole declared vector or matrix."""
    variable: Node = node.variable
    name = node.variable.name
    declaration = walk.context.declarations.get(name)
    if declaration is None or name in walk.scope:
        raise walk.error(variable, "a derivative is taken by a declared name")
    check_continuous(variable, declaration, walk)
    found = walk.value(variable)
    if isinstance(found, Array) and len(found.sizes) > 1 and node.kind != "grad":
        raise walk.error(variable, "a vector is expected here")
    return found


def _number(node: Gradient, walk: Walk) -> Expr:
    found = walk.value(node.body)
    if isinstance(found, Array):
        raise walk.error(
            node.body,
            "{kind} is taken of a number, this is a vector",
            "the derivatives of a vector are its jacobian(e, w)",
            kind=node.kind,
        )
    return found


def _again(variable: Array) -> Array:
    """The same array under indices of its own."""
    base = variable.entry.base
    assert isinstance(base, IndexedBase)
    return whole(base, variable.sizes)


def _jacobian(body: Array, variable: Expr | Array) -> Array:
    """d body[i] / d variable[j]: a row for each entry of the body."""
    if not isinstance(variable, Array):
        return body.map(lambda entry: Diff(entry, variable, S.One))
    shape = Array(body.sizes + variable.sizes, body.indices + variable.indices, body.entry)
    return shape.filled(
        lambda at: Diff(substitute(body.entry, at), variable.entry, S.One), body.entry
    )
