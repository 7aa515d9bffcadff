"""Mistakes that people make, as changes of a tree: sign, factor, dropped term, symbol, index."""

from dataclasses import replace
from fractions import Fraction
from random import Random

from cesym.reader.syntax import (
    BigOperator,
    Binary,
    Call,
    Derivative,
    Evaluated,
    Name,
    Negate,
    Node,
    Number,
    Subscript,
)
from cesym.terms.context import Context
from tests.soundness.trees import expressions

KINDS = ("sign", "factor", "dropped term", "symbol", "index", "function", "exponent")


def mutant(node: Node, context: Context, random: Random) -> tuple[str, Node] | None:
    """One mistake somewhere in `node`, and its kind; None when the place drawn allows none."""
    kind = random.choice(KINDS)
    place, scope, rebuild = random.choice(expressions(node))
    changed = _CHANGES[kind](place, scope, context, random)
    return None if changed is None or changed == place else (kind, rebuild(changed))


def _sign(node: Node, scope: tuple[str, ...], context: Context, random: Random) -> Node | None:
    if isinstance(node, Binary) and node.operator in "+-":
        return replace(node, operator="-" if node.operator == "+" else "+")
    if isinstance(node, Negate):
        return node.operand
    return None if _is_index(node, scope, context) else Negate(node)


def _factor(node: Node, scope: tuple[str, ...], context: Context, random: Random) -> Node | None:
    if isinstance(node, Binary) and node.operator in "*/":
        return random.choice([node.left, node.right])
    if _is_index(node, scope, context):
        return None
    return Binary("*", Number(Fraction(random.choice([2, 3]), random.choice([1, 2]))), node)


def _dropped(node: Node, scope: tuple[str, ...], context: Context, random: Random) -> Node | None:
    if isinstance(node, Binary) and node.operator in "+-":
        return random.choice([node.left, node.right])
    return None


def _symbol(node: Node, scope: tuple[str, ...], context: Context, random: Random) -> Node | None:
    if not isinstance(node, Name) or context.kind(node.name) != "scalar":
        if isinstance(node, Name) and context.kind(node.name) == "vector":
            others = [d.name for d in context if len(d.shape) == context.rank(node.name)]
            return Name(random.choice(others))
        return None
    others = [d.name for d in context if context.kind(d.name) == "scalar" and d.name != node.name]
    return Name(random.choice(others)) if others else Binary("-", Number(Fraction(1)), node)


def _index(node: Node, scope: tuple[str, ...], context: Context, random: Random) -> Node | None:
    if not isinstance(node, Subscript):
        return None
    names = [*scope, *(d.name for d in context if context.kind(d.name) == "index")]
    if not names:
        return None
    number = random.randrange(len(node.indices))
    indices = (*node.indices[:number], Name(random.choice(names)), *node.indices[number + 1 :])
    return replace(node, indices=indices)


def _function(node: Node, scope: tuple[str, ...], context: Context, random: Random) -> Node | None:
    swaps = {
        "sigmoid": ("softplus", "tanh"),
        "softplus": ("sigmoid", "exp"),
        "max": ("min",),
        "min": ("max",),
        "exp": ("sigmoid", "softplus"),
        "entropy": ("logsumexp",),
        "kl": ("cross_entropy",),
        "cross_entropy": ("kl",),
        "log": ("abs",),
        "abs": ("sign", "exp"),
        "log1p": ("softplus",),
    }
    if isinstance(node, Call) and node.function in swaps:
        return replace(node, function=random.choice(swaps[node.function]))
    if isinstance(node, BigOperator):
        return replace(node, kind="sum")
    return None


def _exponent(node: Node, scope: tuple[str, ...], context: Context, random: Random) -> Node | None:
    if isinstance(node, Binary) and node.operator == "^":
        return node.left
    if isinstance(node, Call) and len(node.arguments) == 1 and random.random() < 0.5:
        return replace(node, arguments=(Negate(node.arguments[0]),)) if not _vectors(node) else None
    return None if _is_index(node, scope, context) else Binary("^", node, Number(Fraction(2)))


def _vectors(node: Call) -> bool:
    return node.function in ("softmax", "logsumexp", "entropy", "kl", "cross_entropy")


def _is_index(node: Node, scope: tuple[str, ...], context: Context) -> bool:
    if isinstance(node, Name):
        return node.name in scope or context.kind(node.name) in ("index", "vector", "function")
    return isinstance(node, Derivative | Evaluated) and False


_CHANGES = {
    "sign": _sign,
    "factor": _factor,
    "dropped term": _dropped,
    "symbol": _symbol,
    "index": _index,
    "function": _function,
    "exponent": _exponent,
}
