"""Limits, minimisers and minima, which stand only as a whole side of `==`.

The conditions of the body are kept. Those of a limit that speak of its variable are needed only
near the target, and not at it: they are guarded so, as far as a relation can say it. At a point
away from the target such a condition may fail without making the limit undefined.
"""

from __future__ import annotations

from sympy import Expr, IndexedBase, Integer, oo

from cesym.errors import ReadError
from cesym.reader.elaboration.arrays import Array, whole
from cesym.reader.elaboration.derivatives import check_continuous
from cesym.reader.elaboration.indices import index_of, within
from cesym.reader.elaboration.walk import Frame, Walk, value
from cesym.reader.syntax import Constant, Extremum, Limit, Name, Negate, Node, Subscript
from cesym.terms.conditions import Fact
from cesym.terms.context import Context
from cesym.terms.domains import Interval
from cesym.terms.optimisation import OPTIMISATIONS, ArgMin, LimitOf, MinValue

BESIDE = {1: ">", 0: "!=", -1: "<"}
"""Side of a limit -> relation of its variable to the target."""


@value.register
def _(node: Limit | Extremum, walk: Walk) -> Expr:
    raise walk.error(
        node,
        "a limit or a minimum stands only as a whole side of ==",
        "bring everything else to the other side, or inside",
    )


def whole_side(node: Node, walk: Walk) -> Expr | Array:
    """The meaning of a whole side of a relation, which may be a limit, a minimum or infinite."""
    match node:
        case Limit():
            return _limit(node, walk)
        case Extremum():
            return _extremum(node, walk)
        case Subscript(base=Extremum() as extremum, indices=(index,)):
            minimiser = _extremum(extremum, walk)
            if not isinstance(minimiser, Array):
                raise walk.error(node, "a number has no entries")
            walk.require(*within(index, minimiser.sizes[0], walk))
            return minimiser.at(index_of(index, walk))
        case Constant(name="oo"):
            return oo
        case Negate(operand=Constant(name="oo")):
            return -oo
    return walk.value(node)


def stands_alone(term: Expr | Array) -> bool:
    """Whether `term` is a limit, a minimiser or a minimum."""
    return isinstance(term.entry if isinstance(term, Array) else term, OPTIMISATIONS)


def check_alone(left: Expr, right: Expr, context: Context) -> None:
    """Check that the variable of a limit or minimum on the left does not occur on the right."""
    if not isinstance(left, OPTIMISATIONS):
        return
    name = str(left.args[1])
    if context.unfold_definitions(right).has(context.symbol(name)):
        raise ReadError(
            "{name} is the variable of a limit or a minimum, and has no value outside it",
            remedy="use another name there",
            name=name,
        )


def _keep(frame: Frame, walk: Walk) -> None:
    walk.require(*frame.conditions)
    walk.kinked(*frame.kinks)


def _limit(node: Limit, walk: Walk) -> Expr | Array:
    variable = _declared(node.variable, walk)
    if isinstance(variable, Array):
        raise walk.error(node.variable, "a limit is taken by a number")
    target = whole_side(node.target, walk)
    if isinstance(target, (Array, *OPTIMISATIONS)):
        raise walk.error(node.target, "a number is expected here, or oo")
    declaration = walk.context.declarations[node.variable.name]
    integers = isinstance(declaration.domain, Interval) and declaration.domain.integer
    if not (integers and target == oo):
        check_continuous(node.variable, declaration, walk)
    if walk.context.unfold_definitions(target).has(variable):
        raise walk.error(node.target, "the target of a limit does not hang on its variable")
    if target.is_infinite and node.side:
        raise walk.error(node, "a limit at infinity has one side only", "leave the side out")
    with walk.collect() as frame:
        body = walk.value(node.body)
    near = () if target.is_infinite else (Fact(variable - target, BESIDE[node.side]),)
    for conditions, keep in ((frame.conditions, walk.require), (frame.kinks, walk.kinked)):
        keep(*(c.guard(*near) if c.mentions(variable) else c for c in conditions))
    side = Integer(node.side)
    if isinstance(body, Array):
        return body.map(lambda entry: LimitOf(entry, variable, target, side))
    return LimitOf(body, variable, target, side)


def _extremum(node: Extremum, walk: Walk) -> Expr | Array:
    variable = _declared(node.variable, walk)
    with walk.collect() as frame:
        body = walk.scalar(node.body)
    _keep(frame, walk)
    if not isinstance(variable, Array):
        return (ArgMin if node.kind == "argmin" else MinValue)(body, variable)
    label = variable.entry.base.label
    if node.kind == "minvalue":
        return MinValue(body, label)
    if len(variable.sizes) > 1:
        raise walk.error(node.variable, "a number or a vector is expected here")
    return Array(variable.sizes, variable.indices, ArgMin(body, label, *variable.indices))


def _declared(node: Name, walk: Walk) -> Expr | Array:
    """The variable of a limit or a minimum: a declared number, or a whole declared vector."""
    if walk.context.kind(node.name) not in ("scalar", "vector"):
        raise walk.error(node, "the variable of a limit or a minimum is a declared name")
    symbol = walk.context.symbol(node.name)
    if isinstance(symbol, IndexedBase):
        shape = walk.context.declarations[node.name].shape
        return whole(symbol, tuple(map(walk.context.size, shape)))
    return symbol
