"""Random claims with `iff`, convexity and definiteness: true ones built from what is known to be
so, the same with something planted, and any formulas at all.
"""

from fractions import Fraction
from functools import cache
from random import Random

from cesym.reader.plain import parse_claim
from cesym.reader.syntax import (
    Binary,
    Call,
    Comparison,
    Evaluated,
    Name,
    Node,
    Number,
    Property,
    Side,
    Vector,
)
from cesym.terms.context import Context
from tests.prover.asking import context_of
from tests.soundness.inequalities import FLIPPED, OPERATORS, formula
from tests.soundness.random_trees import number

LETS = (
    "s in real", "t in real", "q in (0,1)", "p in [0,1]", "x in (0,oo)", "y in [0,1]",
    "K in integer>=2", "a in simplex(K)", "b in open_simplex(K)", "c in open_simplex(K)",
    "z in real^K", "w in real^K", "N in integer>=1", "X in real^(N,K)", "g in (0,oo)^K",
    "h in [0,oo)^K", "l in {-1,1}",
)  # fmt: skip
SMALL = tuple(map(Fraction, (0, 1, -1, 2, "1/2", "-1/2", "1/4", 3)))

Said = tuple[Side, str, Side, Context, bool]
"""Left, `iff` or `is`, right, context, and whether the claim was made to be true."""


@cache
def context() -> Context:
    """The context that these claims live in."""
    return context_of(*LETS)


@cache
def _read(text: str) -> Node:
    left = parse_claim(f"{text} == 0", context()).operands[0]
    assert left is not None and not isinstance(left, Comparison | Property)
    return left


# Equivalences.

RISING = (
    "exp({})",
    "sigmoid({})",
    "softplus({})",
    "{}**3",
    "tanh({})",
    "2*{} + 1",
    "{} - exp(-{})",
)
FALLING = ("exp(-{})", "sigmoid(-{})", "-{}", "softplus(-{}) - {}", "1 - {}")
ZEROS = (
    ("kl(a, b)", "a", "b"), ("kl(b, c)", "c", "b"), ("cross_entropy(a, b) - entropy(a)", "a", "b"),
    ("log(K) - entropy(a)", "a", "1/K"), ("kl(a, (a + b)/2) + kl(b, (a + b)/2)", "a", "b"),
    ("sum((a[k] - b[k])**2, (k,1,K))", "a", "b"),
)  # fmt: skip
"""A term that is never negative, and two vectors at which alone it is 0: when they are equal."""
WRONG_ZEROS = (
    ("kl(a, b)", "b", "1/K"), ("entropy(a)", "a", "1/K"), ("kl(b, c)", "b", "1/K"),
    ("cross_entropy(a, b) - entropy(b)", "a", "b"), ("sum(a[k] - b[k], (k,1,K))", "a", "b"),
    ("logsumexp(z) - log(K)", "z", "0"), ("sum(z[k]*w[k], (k,1,K))", "z", "0"),
)  # fmt: skip
LOSSES = (
    ("diff(-(y*log(q) + (1-y)*log(1-q)), q)", "q", "y"),
    ("(q - y)**2*x", "q", "y"),
    ("x*log(x) - x + 1", "x", "1"), ("x - 1 - log(x)", "x", "1"), ("exp(s) - 1 - s", "s", "0"),
    ("sigmoid(s)*(1 - sigmoid(s)) - 1/4", "s", "0"), ("cosh(s - t) - 1", "s", "t"),
)  # fmt: skip


def random_iff(random: Random) -> Said:
    """Two relations that hold at the same points, or two that need not."""
    match random.randint(0, 5):
        case 0 | 1:
            left, right, meant = _monotone(random)
        case 2:
            term, first, second = random.choice(ZEROS)
            left, right, meant = _compared(random, term), _equal(first, second), True
        case 3:
            term, first, second = random.choice(LOSSES)
            left, right, meant = _compared(random, term, "=="), _equal(first, second), True
        case 4:
            term, first, second = random.choice(WRONG_ZEROS)
            left, right, meant = _compared(random, term), _equal(first, second), False
        case _:
            left, right, meant = _any_relation(random), _any_relation(random), False
    if random.random() < 0.4:
        left, right, meant = _planted(left, random), right, False
    if random.random() < 0.5:
        left, right = right, left
    return left, "iff", right, context(), meant


def _monotone(random: Random) -> tuple[Comparison, Comparison, bool]:
    """`f(u) < f(v)` and `u < v`, for f that grows or falls."""
    pool = ("s", "t", "2*s - t", "s + 1", "0", "1", "q", "x")
    first, second = random.sample(pool, 2)
    operator = random.choice((*OPERATORS, "=="))
    shape = random.choice(RISING + FALLING)
    turned = FLIPPED.get(operator, operator) if shape in FALLING else operator
    left = Comparison(turned, _read(shape.format(*[f"({first})"] * 2)),
                      _read(shape.format(*[f"({second})"] * 2)))  # fmt: skip
    return left, Comparison(operator, _read(first), _read(second)), True


def _compared(random: Random, term: str, *only: str) -> Comparison:
    operator = random.choice(only or ("==", "<="))
    return Comparison(operator, _read(term), number(0))


def _equal(first: str, second: str) -> Comparison:
    return Comparison("==", _read(first), _read(second))


def _any_relation(random: Random) -> Comparison:
    right = random.choice((number(0), number(1), formula(random, 1)))
    return Comparison(random.choice((*OPERATORS, "==")), formula(random, 2), right)


def _planted(side: Comparison, random: Random) -> Comparison:
    """The relation turned, made strict or not, or with a side that is a little off."""
    off = Number(Fraction(random.choice((1, -1)), random.choice((1, 2, 10))))
    match random.randint(0, 2):
        case 0:
            others = [o for o in (*OPERATORS, "==") if o != side.operator]
            return Comparison(random.choice(others), side.left, side.right)
        case 1:
            return Comparison(side.operator, Binary("+", side.left, off), side.right)
        case _:
            return Comparison(side.operator, Binary("*", side.left, side.left), side.right)


# Convexity.

CONVEX = (
    "softplus({})", "exp({})", "{}**2", "{}**4", "abs({})", "max({}, 0)", "-log(sigmoid({}))",
    "log(cosh({}))", "exp({}**2)", "sqrt(1 + {}**2)",
)  # fmt: skip
NOT_CONVEX = (
    "tanh({})",
    "sigmoid({})",
    "{}**3",
    "-{}**2",
    "log(1 + {}**2)",
    "-abs({})",
    "-exp({})",
)
OF_VECTORS = (
    "logsumexp(z)", "dot(z, z)", "sum(abs(z[k]), (k,1,K))", "sum(exp(z[k]), (k,1,K))",
    "cross_entropy(b, softmax(z))", "sum(softplus(X[1,k]*z[k]), (k,1,K))", "logsumexp(2*z + w)",
    "dot(X @ z, X @ z)", "sum(max(0, 1 - z[k]), (k,1,K))", "sum(z[k], (k,1,K))**2",
)  # fmt: skip
OFF_VECTORS = (
    "-dot(z, z)", "sum(tanh(z[k]), (k,1,K))", "-logsumexp(z)", "z[1]*z[2]", "entropy(softmax(z))",
    "kl(softmax(z), b)", "sum(z[k]**3, (k,1,K))", "-sum(z[k]*w[k], (k,1,K))**2",
)  # fmt: skip
STRICT_NUMBERS = ("softplus({})", "exp({})", "{}**2", "{}**4", "log(cosh({}))", "sqrt(1 + {}**2)")


def random_convex(random: Random) -> Said:
    """A sum of convex functions, perhaps with something planted; or any formula."""
    if random.random() < 0.4:
        return _convex_in_vector(random)
    if random.random() < 0.2:
        return _said(formula(random, random.randint(1, 3)), "s", random, strict=None, meant=False)
    shapes = [random.choice(CONVEX) for _ in range(random.randint(1, 3))]
    body = _sum(_scaled(_read(shape.format(_inner(random))), random) for shape in shapes)
    # Strict only if one summand is strictly convex in s itself.
    strict = any(shape in STRICT_NUMBERS for shape in shapes)
    meant = True
    if random.random() < 0.4:
        planted = _read(random.choice(NOT_CONVEX).format(_inner(random)))
        body, meant = Binary("+", body, _scaled(planted, random)), False
    return _said(body, "s", random, strict=strict, meant=meant)


def _inner(random: Random) -> str:
    return random.choice(("s", "(s - 1)", "(2*s + t)", "(s - y)", "(-s)"))


def _convex_in_vector(random: Random) -> Said:
    parts = [_scaled(_read(random.choice(OF_VECTORS)), random) for _ in range(random.randint(1, 2))]
    body, meant = _sum(parts), True
    if random.random() < 0.4:
        body = Binary("+", body, _scaled(_read(random.choice(OFF_VECTORS)), random))
        meant = False
    return _said(body, "z", random, strict=False, meant=meant)


def _said(body: Node, variable: str, random: Random, *, strict: bool | None, meant: bool) -> Said:
    """A claim of convexity; `strict` says whether it is strictly so, None that nobody knows."""
    asked = random.random() < 0.4
    kind = "convex"
    if random.random() < 0.3:
        kind, body = "concave", Binary("-", number(0), body)
    said = Property(kind, Name(variable), asked)
    return body, "is", said, context(), meant and (not asked or bool(strict))


def _scaled(node: Node, random: Random) -> Node:
    factor = random.choice((None, Fraction(1, 10), Fraction(3), Name("x")))
    if factor is None:
        return node
    return Binary("*", Number(factor) if isinstance(factor, Fraction) else factor, node)


def _sum(nodes) -> Node:
    first, *others = nodes
    for other in others:
        first = Binary("+", first, other)
    return first


# Matrices.

SEMIDEFINITE = (
    "X.T @ X", "outer(z, z)", "diag(h)", "diag(a) - outer(a, a)", "hessian(logsumexp(z), z)",
    "diag(softmax(z)) - outer(softmax(z), softmax(z))", "hessian(dot(z, z), z)",
    "hessian(kl(a, b), b)", "diag(g)", "diag(1/b)",
)  # fmt: skip
DEFINITE = ("diag(g)", "hessian(dot(z, z), z)", "diag(1/b)", "diag(exp(z))")
INDEFINITE = (
    "outer(z, w)", "outer(a, a) - diag(a)", "-diag(g)", "diag(z)", "diag(a) - 2*outer(a, a)",
    "outer(z, z) - outer(w, w)", "-X.T @ X", "outer(z, w) + outer(w, z)", "diag(a) - outer(b, b)",
)  # fmt: skip


def random_definite(random: Random) -> Said:
    """A sum of semi-definite matrices, perhaps with something planted; or a small literal one."""
    strict = random.random() < 0.4
    said = Property("definite", None, strict)
    if random.random() < 0.3:
        return _literal(random), "is", said, context(), False
    parts = [random.choice(SEMIDEFINITE) for _ in range(random.randint(1, 2))]
    meant = not strict or any(part in DEFINITE for part in parts)
    body = _sum(_scaled(_read(part), random) for part in parts)
    if random.random() < 0.5:
        body = Binary("+", body, _scaled(_read(random.choice(INDEFINITE)), random))
        meant = False
    return body, "is", said, context(), meant


def _literal(random: Random) -> Node:
    """A matrix of numbers and of names, of size 2 or 3, nearly always symmetric."""
    size = random.choice((2, 2, 3))
    pool = [*map(number, (0, 1, 2, 3, 5)), Name("q"), Name("s"), Name("x"), Name("y")]
    rows = [[random.choice(pool) for _ in range(size)] for _ in range(size)]
    for i in range(size):
        if random.random() < 0.7:
            rows[i][i] = random.choice((number(2), number(5), Binary("+", number(1), Name("x"))))
        for j in range(i):
            if random.random() < 0.95:
                rows[i][j] = rows[j][i]
    return Vector(tuple(Vector(tuple(row)) for row in rows))


# What is shown of them, by definition and by the independent evaluator.


def chord(body: Node, variable: str, first: Node, second: Node) -> tuple[Node, Node]:
    """The value half way between two points, and half way along the chord."""
    half, x = Number(Fraction(1, 2)), Name(variable)
    middle = Binary("*", half, Binary("+", first, second))
    ends = (Evaluated(body, x, end) for end in (first, second))
    return Evaluated(body, x, middle), Binary("*", half, Binary("+", *ends))


def form(matrix: Node, vector: Node) -> Node:
    """v'Mv."""
    return Call("dot", (vector, Binary("@", matrix, vector)))
