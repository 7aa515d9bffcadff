"""Limits and minima whose values are known, made into others by what keeps the value known."""

from fractions import Fraction
from functools import cache
from random import Random

from cesym.reader.plain import parse_claim
from cesym.reader.syntax import Binary, Call, Constant, Extremum, Limit, Name, Node, Number
from cesym.terms.context import Context
from tests.prover.asking import context_of
from tests.prover.test_limits import TWINS
from tests.soundness.trees import expressions

Known = tuple[Node, Node, Context]

MINIMA = (
    ("(x-a)**2 + 1/3", "x", "a", "1/3", ("x in real", "a in real")),
    ("(x-a)**2 + (x-b)**2", "x", "(a+b)/2", "(a-b)**2/2", ("x in real", "a in real", "b in real")),
    ("x - log(x)", "x", "1", "1", ("x in (0,oo)",)),
    ("a*x - log(x)", "x", "1/a", "1 + log(a)", ("x in (0,oo)", "a in (0,oo)")),
    ("exp(x) - a*x", "x", "log(a)", "a - a*log(a)", ("x in real", "a in (0,oo)")),
    ("x*log(x)", "x", "exp(-1)", "-exp(-1)", ("x in (0,oo)",)),
    ("-(y*log(q)+(1-y)*log(1-q))", "q", "y", "-(y*log(y)+(1-y)*log(1-y))",
     ("y in (0,1)", "q in (0,1)")),
    ("-(y*log(sigmoid(s)) + (1-y)*log(1-sigmoid(s)))", "s", "log(y/(1-y))",
     "-(y*log(y)+(1-y)*log(1-y))", ("y in (0,1)", "s in real")),
    ("softplus(s) - y*s", "s", "log(y/(1-y))", "-(y*log(y)+(1-y)*log(1-y))",
     ("y in (0,1)", "s in real")),
    ("(log(v) + r**2/v)/2", "v", "r**2", "(log(r**2) + 1)/2", ("v in (0,oo)", "r in (0,oo)")),
    ("x + a**2/x", "x", "a", "2*a", ("x in (0,oo)", "a in (0,oo)")),
    ("cosh(x - a)", "x", "a", "1", ("x in real", "a in real")),
)  # fmt: skip
"""Body, variable, minimiser, minimum, declarations."""


def random_limit(random: Random) -> Known:
    """A limit, its value, and the context."""
    claim, lets = random.choice(_limits())
    context = context_of(*lets)
    chain = parse_claim(claim, context)
    left, value = chain.operands
    assert isinstance(left, Limit) and value is not None
    body = left.body
    if _infinite(value):
        body = _moved(body, abs(_factor(random)), Number(Fraction(random.randint(0, 3))))
    elif random.random() < 0.8:
        factor, added = _factor(random), _any(random, context, left.variable.name)
        body, value = _moved(body, factor, added), _moved(value, factor, added)
    if random.random() < 0.5 and _symmetric(left.target):
        scaled = Binary("*", Number(abs(_factor(random))), left.variable)
        if not _bounded(context, left.variable.name):
            body = _with(body, left.variable.name, scaled)
    return Limit(body, left.variable, left.target, left.side), value, context


@cache
def _limits() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((f"limit({row}) == {value}", tuple(lets)) for row, value, _wrong, *lets in TWINS)


def random_minimum(random: Random) -> Known:
    """A minimum or a minimiser, its value, and the context."""
    body, variable, where, least, lets = random.choice(MINIMA)
    context = context_of(*lets)
    kind = random.choice(["argmin", "minvalue"])
    chain = parse_claim(f"{body} == {where if kind == 'argmin' else least}", context)
    left, value = chain.operands
    assert left is not None and value is not None
    factor, added = abs(_factor(random)), _any(random, context, variable)
    if random.random() < 0.8:
        left = _moved(left, factor, added)
        value = value if kind == "argmin" else _moved(value, factor, added)
    return Extremum(kind, left, Name(variable)), value, context


def _factor(random: Random) -> Fraction:
    return Fraction(random.choice([-3, -2, -1, 1, 2, 3, 5]), random.choice([1, 2, 3, 7]))


def _any(random: Random, context: Context, variable: str) -> Node:
    """A number, or one of the other symbols."""
    others = [d.name for d in context if not d.shape and d.name != variable]
    options: list[Node] = [Number(Fraction(random.randint(0, 5), random.randint(1, 3)))]
    options += [Name(name) for name in others if context.kind(name) == "scalar"]
    chosen = random.choice(options)
    return Call("exp", (chosen,)) if random.random() < 0.2 else chosen


def _moved(node: Node, factor: Fraction, added: Node) -> Node:
    return Binary("+", Binary("*", Number(factor), node), added)


def _infinite(node: Node) -> bool:
    return any(
        isinstance(place, Constant) and place.name == "oo" for place, *_ in expressions(node)
    )


def _symmetric(target: Node) -> bool:
    """Whether the target stays where it is when the variable is stretched."""
    return _infinite(target) or target == Number(Fraction(0))


def _bounded(context: Context, name: str) -> bool:
    domain = context.declarations[name].domain
    return getattr(domain, "upper", None) is not None


def _with(body: Node, name: str, new: Node) -> Node:
    """`body` with `new` for every `name`. The bodies bind no index of that name."""
    if body == Name(name):
        return new
    for place, _scope, rebuild in expressions(body):
        if place == Name(name):
            marked = rebuild(Name("\0"))
            return _with_marks(_with(marked, name, new), new)
    return _with_marks(body, new)


def _with_marks(body: Node, new: Node) -> Node:
    for place, _scope, rebuild in expressions(body):
        if place == Name("\0"):
            return _with_marks(rebuild(new), new)
    return body
