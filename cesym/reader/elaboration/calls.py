"""Calls: elementary functions, the named functions of the table, functions of whole vectors, and
functions that the text has defined.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from sympy import (
    Abs,
    Expr,
    Integer,
    KroneckerDelta,
    Lambda,
    Max,
    Min,
    cosh,
    log,
    sign,
    sinh,
    sqrt,
    tanh,
)

from cesym.messages import N_
from cesym.reader.elaboration.arrays import Array, Literals, Pick, fresh_index
from cesym.reader.elaboration.domains import membership
from cesym.reader.elaboration.indices import index_of, within
from cesym.reader.elaboration.matrices import MATRIX_FUNCTIONS
from cesym.reader.elaboration.walk import Walk, value
from cesym.reader.syntax import Call, Node
from cesym.terms.binders import substitute
from cesym.terms.building import exponential, log_gamma, logarithm
from cesym.terms.conditions import Condition, kinks_of, nonnegative, positive
from cesym.terms.context import Definition
from cesym.terms.differentiation import written_out
from cesym.terms.domains import IndexRange
from cesym.terms.functions import TABLE

ELEMENTARY: dict[str, Callable[..., Expr]] = {
    "exp": exponential,
    "log": logarithm,
    "log2": lambda x: log(x) / log(2),
    "log10": lambda x: log(x) / log(10),
    "sqrt": sqrt,
    "abs": Abs,
    "sign": sign,
    "max": Max,
    "min": Min,
    "tanh": tanh,
    "cosh": cosh,
    "sinh": sinh,
    "atanh": lambda x: log((1 + x) / (1 - x)) / 2,
    "lgamma": log_gamma,
}

VECTOR_FUNCTIONS = ("softmax", "logsumexp", "entropy", "cross_entropy", "kl")

KINKED = ("abs", "sign", "max", "min")


def _logarithm(x: Expr) -> tuple[Condition, ...]:
    return (positive(x, N_("argument of log")),)


def _atanh(x: Expr) -> tuple[Condition, ...]:
    why = N_("argument of atanh")
    return (positive(1 - x, why), positive(1 + x, why))


CONDITIONS: dict[str, Callable[..., tuple[Condition, ...]]] = {
    "log": _logarithm,
    "log2": _logarithm,
    "log10": _logarithm,
    "sqrt": lambda x: (nonnegative(x, N_("argument of sqrt")),),
    "atanh": _atanh,
    "lgamma": lambda x: (positive(x, N_("argument of lgamma")),),
}
"""Elementary function -> where it has a value; those that are missing have one everywhere."""


@value.register
def _(node: Call, walk: Walk) -> Expr | Array:
    if walk.context.kind(node.function) == "function":
        return _of_definition(node, walk)
    if node.function in VECTOR_FUNCTIONS:
        return _of_vectors(node, walk)
    if node.function in MATRIX_FUNCTIONS:
        return MATRIX_FUNCTIONS[node.function](node, walk)
    if node.function == "delta":
        return KroneckerDelta(*(index_of(argument, walk) for argument in node.arguments))
    return _of_numbers(node, walk)


def _of_numbers(node: Call, walk: Walk) -> Expr | Array:
    row = TABLE.get(node.function)
    function = ELEMENTARY.get(node.function) or (row.head if row else None)
    if function is None:
        raise walk.error(node, "unknown function {name}", name=node.function)
    operands = [walk.value(argument) for argument in node.arguments]
    if len(operands) > 2:
        if any(isinstance(operand, Array) for operand in operands):
            raise walk.error(node, "{name} takes numbers, not vectors", name=node.function)
        result: Expr | Array = function(*operands)
        walk.kinked(*kinks_of(function(*operands, evaluate=False)))
    else:
        result = walk.elementwise(node, function, *operands)
        conditions = CONDITIONS.get(node.function) or (row.conditions if row else lambda *_: ())
        walk.require_of_entries(node, conditions, *operands)
        if node.function in KINKED:
            folded = partial(function, evaluate=False)  # as written, before SymPy evaluates it
            walk.kinked(*walk.of_entries(node, lambda *a: kinks_of(folded(*a)), *operands))
    return walk.real(node, result)


def _of_definition(node: Call, walk: Walk) -> Expr:
    definition = walk.context.definitions[node.function]
    if len(node.arguments) != len(definition.parameters):
        raise walk.error(
            node,
            "{name} takes {count} arguments",
            name=node.function,
            count=len(definition.parameters),
        )
    arguments = []
    for parameter, argument in zip(definition.parameters, node.arguments, strict=True):
        declaration = walk.context.declarations[parameter.name]
        if isinstance(declaration.domain, IndexRange):
            arguments.append(index_of(argument, walk))
            walk.require(*within(argument, walk.context.size(declaration.domain.size), walk))
        else:
            arguments.append(walk.scalar(argument))
            walk.require(*membership(argument, arguments[-1], declaration, walk))
    inherit(walk, definition, dict(zip(definition.parameters, arguments, strict=True)))
    return definition.head(*arguments)


def inherit(walk: Walk, definition: Definition, replacements: dict[Expr, Expr]) -> None:
    """The conditions of a definition's body at its arguments."""
    walk.require(*(c.instantiate(replacements) for c in definition.conditions))
    walk.kinked(*(c.instantiate(replacements) for c in definition.kinks))


def _of_vectors(node: Call, walk: Walk) -> Expr | Array:
    deepest = 2 if node.function == "softmax" else 1
    vectors = [_vector(argument, walk, node.function, deepest) for argument in node.arguments]
    first, *rest = vectors
    if any(vector.sizes != first.sizes for vector in rest):
        raise walk.error(node, "the vectors have different sizes")
    if node.function == "softmax":
        return _softmax(first)
    row = TABLE[node.function]
    arguments = [vector.as_lambda() for vector in vectors]
    (size,) = first.sizes
    conditions = row.conditions(*arguments, size)
    if not any(vector.entry.has(Pick) for vector in vectors):
        walk.require(*conditions)
        return row.head(*arguments, size)
    for number in range(1, int(str(size)) + 1):
        walk.require(*(_at(condition, number) for condition in conditions))
    return written_out(row.definition(*arguments, size))


def _at(condition: Condition, number: int) -> Condition:
    """A condition on all entries, for one of them."""
    (binder,) = condition.binders
    return replace(condition, binders=()).instantiate({binder.index: Integer(number)})


def _vector(node: Node, walk: Walk, function: str, deepest: int) -> Array:
    found = walk.value(node)
    if not isinstance(found, Array) or len(found.sizes) > deepest:
        raise walk.error(node, "{name} takes vectors", name=function)
    return found


def _softmax(logits: Array) -> Array:
    """softmax along the last axis, entry by entry."""
    *rows, last = logits.indices
    inner = fresh_index(last.name)
    row, size = TABLE["softmax"], logits.sizes[-1]
    function = Lambda(inner, logits.at(*rows, inner))
    if not logits.entry.has(Pick):
        return Array(logits.sizes, logits.indices, row.head(function, size, last))

    def entry(at: Literals) -> Expr:
        here = substitute(row.definition(function, size, last), at)
        return written_out(here) if last in at else here

    return logits.filled(entry, logits.entry)
