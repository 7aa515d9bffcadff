"""Derivatives, primes, and a term evaluated at a value."""

from __future__ import annotations

from dataclasses import replace

from sympy import Dummy, Expr, Indexed, Integer, Lambda, S, Symbol

from cesym.errors import UnsupportedTerm
from cesym.reader.elaboration.arrays import Array
from cesym.reader.elaboration.calls import (
    CONDITIONS,
    ELEMENTARY,
    KINKED,
    VECTOR_FUNCTIONS,
    inherit,
)
from cesym.reader.elaboration.domains import membership
from cesym.reader.elaboration.hiding import unhide
from cesym.reader.elaboration.walk import Frame, Walk, value
from cesym.reader.syntax import Derivative, Evaluated, Name, Node, Prime, Subscript
from cesym.terms.binders import substitute
from cesym.terms.conditions import Kink, distinct, strict
from cesym.terms.differentiation import At, Diff, evaluate
from cesym.terms.domains import REAL, Declaration, FiniteSet, IndexRange, Interval
from cesym.terms.functions import TABLE


@value.register
def _(node: Derivative, walk: Walk) -> Expr | Array:
    body, frame = _differentiand(node.body, walk)
    for variable, order in node.variables:
        symbol = _variable(variable, walk)
        for taken in range(order):
            frame = smooth(frame, symbol, differentiated(body, symbol, taken), walk)
        body = differentiated(body, symbol, order)
    walk.require(*frame.conditions)
    walk.kinked(*frame.kinks)
    return body


def differentiated(body: Expr | Array, variable: Expr, order: int = 1) -> Expr | Array:
    """The derivative of a number, or of every entry; that of order 0 is the body."""
    if order == 0:
        return body
    if isinstance(body, Array):
        return body.map(lambda entry: Diff(entry, variable, Integer(order)))
    return Diff(body, variable, Integer(order))


def _differentiand(node: Node, walk: Walk) -> tuple[Expr | Array, Frame]:
    """The body of a derivative; the bare name of a function stands for it at its own parameters."""
    with walk.collect() as frame:
        if isinstance(node, Name) and walk.context.kind(node.name) == "function":
            definition = walk.context.definitions[node.name]
            inherit(walk, definition, {})
            return definition.folded, frame
        return walk.value(node), frame


def _variable(node: Node, walk: Walk) -> Symbol | Indexed:
    """What a derivative is taken by: a declared real number, or an entry of a real vector."""
    base = node.base if isinstance(node, Subscript) else node
    declaration = walk.context.declarations.get(base.name) if isinstance(base, Name) else None
    symbol = walk.scalar(node)
    if declaration is None or not isinstance(symbol, Symbol | Indexed):
        raise walk.error(node, "a derivative is taken by a declared symbol or an entry of a vector")
    check_continuous(node, declaration, walk)
    return symbol


def check_continuous(node: Node, declaration: Declaration, walk: Walk) -> None:
    """Check that a variable takes more than separate values."""
    domain = declaration.domain
    if isinstance(domain, FiniteSet | IndexRange) or (
        isinstance(domain, Interval) and domain.integer
    ):
        raise walk.error(
            node,
            "there is no derivative by {name}: it takes only separate values",
            "declare it on an interval, for example {name} in [0, 1]",
            name=declaration.name,
        )


def smooth(frame: Frame, variable: Expr | Array, body: Expr | Array, walk: Walk) -> Frame:
    """The conditions of a derivative of `body` by `variable`: those of the body, in a
    neighbourhood, and away from kinks.
    """
    by = variable.entry if isinstance(variable, Array) else variable
    what = by.base if isinstance(by, Indexed) else by
    passed = [kink for kink in frame.kinks if kink.mentions(what)]
    kink = _kink(by, body, walk) if passed else None
    for array in (variable, body):
        if kink is not None and isinstance(array, Array):
            for index, size in zip(array.indices, array.sizes, strict=True):
                kink = kink.bind(index, S.One, size)
    kinks = () if kink is None else (kink,)
    conditions = frame.conditions + [replace(one, kinks=kinks) for one in passed]
    opened = (strict(one) if one.mentions(what) else one for one in conditions)
    return Frame(list(distinct(opened)), list(frame.kinks))


def _kink(by: Expr, body: Expr | Array, walk: Walk) -> Kink:
    """What is differentiated; of an array, an entry of it."""
    term = body.entry if isinstance(body, Array) else body
    declared = walk.context.declaration_of(by.base if isinstance(by, Indexed) else by)
    domain = declared.domain if declared is not None else REAL
    try:
        settled = evaluate(walk.context.unfold_definitions(term), walk.context.ranges())
    except UnsupportedTerm:  # a derivative that is not known, inside of another one
        return Kink()
    return Kink.of(settled, by, domain) if isinstance(domain, Interval) else Kink()


@value.register
def _(node: Prime, walk: Walk) -> Expr:
    argument = walk.scalar(node.argument)
    if walk.context.kind(node.function) == "function":
        bound, body, frame = _prime_of_definition(node, walk, argument)
    elif node.function in TABLE and node.function not in (*VECTOR_FUNCTIONS, "xlogy"):
        row, bound = TABLE[node.function], Dummy("x", real=True)
        body, frame = row.head(bound), Frame(list(row.conditions(bound)))
    elif node.function in ELEMENTARY and node.function not in KINKED:
        bound = Dummy("x", real=True)
        conditions = CONDITIONS.get(node.function, lambda *_: ())
        body, frame = ELEMENTARY[node.function](bound), Frame(list(conditions(bound)))
    else:
        raise walk.error(
            node, "{name}' is not known", "write it as a derivative", name=node.function
        )
    for taken in range(node.order):
        frame = smooth(frame, bound, differentiated(body, bound, taken), walk)
    walk.require(*(condition.instantiate({bound: argument}) for condition in frame.conditions))
    fresh = Dummy(bound.name, **bound.assumptions0)
    function = Lambda(fresh, Diff(substitute(body, {bound: fresh}), fresh, Integer(node.order)))
    return At(function, argument)


def _prime_of_definition(node: Prime, walk: Walk, argument: Expr) -> tuple[Symbol, Expr, Frame]:
    """The parameter of a function of one variable, the function at it, and its conditions."""
    definition = walk.context.definitions[node.function]
    if len(definition.parameters) != 1:
        raise walk.error(
            node,
            "a prime needs a function of one variable",
            "write it as a partial derivative",
        )
    (bound,) = definition.parameters
    declaration = walk.context.declarations[bound.name]
    walk.require(*membership(node.argument, argument, declaration, walk))
    return bound, definition.folded, Frame(list(definition.conditions), list(definition.kinks))


@value.register
def _(node: Evaluated, walk: Walk) -> Expr:
    variable, at = _variable(node.variable, walk), walk.scalar(node.value)
    walk.require(*membership(node.value, at, walk.context.declarations[node.variable.name], walk))
    with walk.collect() as frame:
        body = unhide(walk.scalar(node.body), variable, walk.context)
    walk.require(*(condition.instantiate({variable: at}) for condition in frame.conditions))
    walk.kinked(*(kink.instantiate({variable: at}) for kink in frame.kinks))
    fresh = Dummy(variable.name, **variable.assumptions0)
    return At(Lambda(fresh, substitute(body, {variable: fresh})), at)
