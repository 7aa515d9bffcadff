"""Random inequalities over numbers, simplices and vectors: true ones, with something that is never
negative added to a side, and any two formulas with a relation between them.
"""

from fractions import Fraction
from functools import cache
from random import Random

from cesym.reader.syntax import BigOperator, Binary, Call, Name, Node, Number, Subscript
from cesym.terms.context import Context
from tests.prover.asking import context_of
from tests.soundness.random_trees import number, rewritten

OPERATORS = ("<=", "<", ">=", ">")
FLIPPED = {"<=": ">=", "<": ">", ">=": "<=", ">": "<"}

LETS = (
    "s in real", "t in real", "q in (0,1)", "p in [0,1]", "x in (0,oo)", "y in [0,1]",
    "K in integer>=2", "a in simplex(K)", "b in open_simplex(K)", "z in real^K",
    "i in index(K)", "j in index(K)",
)  # fmt: skip

Inequality = tuple[Node, str, Node, Context, bool]


@cache
def context() -> Context:
    """The context that the random inequalities live in."""
    return context_of(*LETS)


def random_inequality(random: Random) -> Inequality:
    """Left, relation, right, context, and whether it was made to be true."""
    if random.random() < 0.5:
        return _made_true(random)
    left, right = formula(random, random.randint(1, 3)), formula(random, random.randint(0, 2))
    if random.random() < 0.4:
        left = random.choice(SPECIAL)
    if random.random() < 0.3:
        left = Binary(random.choice("+-"), left, random.choice((*SPECIAL, formula(random, 1))))
    if random.random() < 0.4:
        right = random.choice((*SPECIAL, number(0), number(1)))
    return left, random.choice(OPERATORS), right, context(), False


def _made_true(random: Random) -> Inequality:
    """`f <= f' + g` with g never negative, `f < f' + g` with g positive, or the other way round."""
    if random.random() < 0.4:
        left, right = random.choice(TRUE)
        operator = "<="
    else:
        left = formula(random, random.randint(0, 2))
        strict = random.random() < 0.4
        more = positive(random, 2) if strict else not_negative(random)
        right = Binary("+", rewritten(left, random), more)
        operator = "<" if strict else "<="
    if random.random() < 0.4:
        added = formula(random, 1)
        left, right = Binary("+", left, added), Binary("+", right, rewritten(added, random))
    if random.random() < 0.5:
        left, operator, right = right, FLIPPED[operator], left
    return left, operator, right, context(), True


def not_negative(random: Random) -> Node:
    """A formula that is never negative."""
    if random.random() < 0.4:
        return random.choice(NOT_NEGATIVE)
    inner = formula(random, random.randint(0, 2))
    return Call("abs", (inner,)) if random.random() < 0.3 else Binary("^", inner, number(2))


def formula(random: Random, depth: int, indices: tuple[str, ...] = ()) -> Node:
    """A formula that has a value everywhere."""
    if depth <= 0:
        options = [*map(Name, "stqpxy"), number(random.randint(1, 3)), _minus_q()]
        for vector in "abz":
            options += [Subscript(Name(vector), (Name(index),)) for index in indices] * 2
        return random.choice(options)

    def smaller() -> Node:
        return formula(random, depth - 1, indices)

    match random.randint(0, 9):
        case 0 | 1:
            return Binary(random.choice("+-"), smaller(), smaller())
        case 2:
            return Binary("*", smaller(), smaller())
        case 3:
            return Call("log", (positive(random, depth - 1, indices),))
        case 4:
            return Call(random.choice(["softplus", "tanh", "sigmoid"]), (smaller(),))
        case 5 if not indices:
            return BigOperator("sum", formula(random, depth - 1, ("k",)), "k", number(1), Name("K"))
        case 6:
            return Call("abs", (smaller(),))
        case 7:
            return Call(random.choice(["max", "min"]), (smaller(), formula(random, 0, indices)))
        case 8:
            return Binary("^", smaller(), number(2))
        case _:
            return Binary("-", smaller(), positive(random, depth - 1, indices))


def positive(random: Random, depth: int, indices: tuple[str, ...] = ()) -> Node:
    """A formula that is positive everywhere."""
    if depth <= 0:
        entries = [Subscript(Name("b"), (Name(index),)) for index in indices]
        return random.choice([Name("q"), Name("x"), number(2), _minus_q(), *entries])
    match random.randint(0, 4):
        case 0:
            return Call("exp", (formula(random, depth - 1, indices),))
        case 1:
            return Binary(
                random.choice("+*"),
                positive(random, depth - 1, indices),
                positive(random, depth - 1, indices),
            )
        case 2:
            return Call(
                random.choice(["sigmoid", "softplus"]), (formula(random, depth - 1, indices),)
            )
        case 3:
            below = Binary("+", number(1), positive(random, depth - 1, indices))
            return Binary("/", number(1), below)
        case _:
            return positive(random, depth - 1, indices)


def _minus_q() -> Node:
    return Binary("-", number(1), Name("q"))


def _over_k(body: Node) -> Node:
    return BigOperator("sum", body, "k", number(1), Name("K"))


def _at_k(vector: str) -> Node:
    return Subscript(Name(vector), (Name("k"),))


A, B, Z, S, X, Q, P = map(Name, "abzsxqp")
ENTROPY, KL, CROSS = Call("entropy", (A,)), Call("kl", (A, B)), Call("cross_entropy", (A, B))
LOG_K = Call("log", (Name("K"),))
SQUARES = _over_k(Binary("^", _at_k("a"), number(2)))
LOGSUMEXP = Call("logsumexp", (Z,))
MEAN_Z = _over_k(Binary("*", _at_k("a"), _at_k("z")))
SPECIAL = (ENTROPY, KL, CROSS, LOG_K, SQUARES, LOGSUMEXP, MEAN_Z)
NOT_NEGATIVE = (ENTROPY, KL, CROSS, LOG_K, SQUARES, P, Q, Name("y"))
HALF = Number(Fraction(1, 2))
SOFTPLUS = Call("softplus", (S,))

TRUE = (
    (number(0), KL),
    (ENTROPY, LOG_K),
    (ENTROPY, CROSS),
    (SQUARES, number(1)),
    (Binary("/", number(1), Name("K")), SQUARES),
    (MEAN_Z, LOGSUMEXP),
    (Binary("+", MEAN_Z, ENTROPY), LOGSUMEXP),
    (Call("log", (X,)), Binary("-", X, number(1))),
    (Binary("-", number(1), Binary("/", number(1), X)), Call("log", (X,))),
    (Binary("+", S, number(1)), Call("exp", (S,))),
    (Call("max", (S, number(0))), SOFTPLUS),
    (SOFTPLUS, Binary("+", Call("max", (S, number(0))), Call("log", (number(2),)))),
    (Binary("*", Q, _minus_q()), Number(Fraction(1, 4))),
    (Call("abs", (Call("tanh", (S,)),)), Call("abs", (S,))),
    (Binary("+", Call("log", (number(2),)), Binary("*", HALF, S)), SOFTPLUS),
)
"""Left <= right, from the literature on entropies and losses."""
