"""Random formulas over a fixed set of symbols, and rewritings that keep their value."""

from dataclasses import replace
from fractions import Fraction
from random import Random

from cesym.reader.syntax import BigOperator, Binary, Call, Name, Negate, Node, Number, Subscript
from cesym.terms.context import Context
from tests.prover.asking import context_of
from tests.soundness.trees import expressions

LETS = (
    "s in real", "t in real", "q in (0,1)", "p in [0,1]", "x in (0,oo)", "y in {0,1}",
    "K in integer>=1", "z in real^K", "w in (0,oo)^K", "X in real^(K,K)",
    "i in index(K)", "j in index(K)",
)  # fmt: skip
BOUND = ("k", "l", "m")


def context() -> Context:
    """The context that the random formulas live in."""
    return context_of(*LETS)


def number(value: int) -> Node:
    """A literal."""
    return Number(Fraction(value))


def leaf(random: Random, indices: tuple[str, ...]) -> Node:
    """A symbol, an entry or a small number."""
    options: list[Node] = [Name(n) for n in "stqpxy"]
    options += [number(random.randint(1, 3)), Binary("-", number(1), Name("q"))]
    for index in indices:
        options += [Subscript(Name("z"), (Name(index),)), Subscript(Name("w"), (Name(index),))]
    if indices:
        pair = (Name(random.choice(indices)), Name(random.choice(indices)))
        options += [Subscript(Name("X"), pair)] * 2
    return random.choice(options)


def positive(random: Random, depth: int, indices: tuple[str, ...]) -> Node:
    """A formula that is positive everywhere, so that its logarithm and reciprocal are defined."""
    if depth == 0:
        options: list[Node] = [Name("q"), Name("x"), number(2), Binary("-", number(1), Name("q"))]
        options += [Subscript(Name("w"), (Name(index),)) for index in indices]
        return random.choice(options)
    match random.randint(0, 7):
        case 0:
            return Call("exp", (formula(random, depth - 1, indices),))
        case 1:
            return Binary(
                "+", positive(random, depth - 1, indices), positive(random, depth - 1, indices)
            )
        case 2:
            return Binary(
                "*", positive(random, depth - 1, indices), positive(random, depth - 1, indices)
            )
        case 3:
            return Call("sigmoid", (formula(random, depth - 1, indices),))
        case 4:
            return Binary(
                "^", positive(random, depth - 1, indices), random.choice([number(2), Name("s")])
            )
        case 5:
            return Binary(
                "/", number(1), Binary("+", number(1), positive(random, depth - 1, indices))
            )
        case 6 if len(indices) < 4:
            return summed(random, depth, indices, positive)
        case _:
            return positive(random, depth - 1, indices)


def formula(random: Random, depth: int, indices: tuple[str, ...]) -> Node:
    """A formula that has a value everywhere."""
    if depth == 0:
        return leaf(random, indices)
    match random.randint(0, 9):
        case 0:
            return Binary(
                "+", formula(random, depth - 1, indices), formula(random, depth - 1, indices)
            )
        case 1:
            return Binary(
                "*", formula(random, depth - 1, indices), formula(random, depth - 1, indices)
            )
        case 2:
            return Call("log", (positive(random, depth - 1, indices),))
        case 3:
            return Call("softplus", (formula(random, depth - 1, indices),))
        case 4:
            return Call("tanh", (formula(random, depth - 1, indices),))
        case 5 if len(indices) < 4:
            return summed(random, depth, indices, formula)
        case 6:
            return Call("abs", (formula(random, depth - 1, indices),))
        case 7:
            return Call("max", (formula(random, depth - 1, indices), leaf(random, indices)))
        case 8:
            return Binary(
                "/", formula(random, depth - 1, indices), positive(random, depth - 1, indices)
            )
        case _:
            return Binary(
                "-", formula(random, depth - 1, indices), positive(random, depth - 1, indices)
            )


def summed(random: Random, depth: int, indices: tuple[str, ...], body) -> Node:
    """A sum over one more index."""
    index = next(name for name in BOUND if name not in indices)
    inside = body(random, depth - 1, (*indices, index))
    return BigOperator("sum", inside, index, number(1), Name("K"))


def rewritten(node: Node, random: Random) -> Node:
    """A formula with the same value, written differently."""
    for _ in range(random.randint(1, 4)):
        place, _scope, rebuild = random.choice(expressions(node))
        changed = _same_value(place, random)
        if changed is not None:
            node = rebuild(changed)
    return node


def _same_value(node: Node, random: Random) -> Node | None:
    if isinstance(node, Binary) and node.operator in "+*":
        return replace(node, left=node.right, right=node.left)
    if isinstance(node, Binary) and node.operator == "-":
        return Negate(Binary("-", node.right, node.left))
    if isinstance(node, Binary) and node.operator == "/":
        return Binary("*", node.left, Binary("^", node.right, Negate(number(1))))
    if isinstance(node, Call) and node.function == "sigmoid":
        minus = Call("sigmoid", (Negate(node.arguments[0]),))
        return Binary("-", number(1), minus)
    if isinstance(node, Call) and node.function == "softplus":
        return Binary("+", node.arguments[0], Call("softplus", (Negate(node.arguments[0]),)))
    if isinstance(node, Call) and node.function == "tanh":
        twice = Binary("*", number(2), node.arguments[0])
        return Binary("-", Binary("*", number(2), Call("sigmoid", (twice,))), number(1))
    if isinstance(node, Call) and node.function == "abs":
        argument = node.arguments[0]
        return Call("max", (argument, Negate(argument)))
    if isinstance(node, Call) and node.function == "max" and len(node.arguments) == 2:
        a, b = node.arguments
        return Binary("-", Binary("+", a, b), Call("min", (a, b)))
    if (
        isinstance(node, BigOperator)
        and isinstance(node.body, Binary)
        and node.body.operator in "+-"
    ):
        left, right = replace(node, body=node.body.left), replace(node, body=node.body.right)
        return Binary(node.body.operator, left, right)
    return None
