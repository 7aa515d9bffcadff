"""The independent evaluator asked whether two trees differ somewhere in a domain.

Points are drawn here, not by the prover: a second opinion shares no code with the first.
"""

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from random import Random

from cesym.reader.digits import Undecided, Undefined, compare, evaluate, holds
from cesym.reader.digits.evidence import better, seems_to_tend
from cesym.reader.from_sympy import from_sympy
from cesym.reader.syntax import Define, Extremum, Limit, Name, Node
from cesym.terms.context import Context
from cesym.terms.domains import Declaration, FiniteSet, IndexRange, Interval

POINTS = 8

TRIES = 400
"""Points drawn before a hypothesis counts as one that no point meets."""


def has_value(node: Node) -> bool:
    """Whether a side has a value at a point: of a limit or a minimum there is only evidence."""
    return not isinstance(node, Limit | Extremum)


def bears_out(
    operator: str,
    left: Node,
    right: Node,
    context: Context,
    random: Random,
    defines: Mapping[str, Define] | None = None,
) -> bool:
    """Whether a claim holds at a point drawn; of a limit or a minimum, whether the values near it
    speak for it.
    """
    point = draw(context, random)
    if not has_value(right):
        left, right = right, left
    if isinstance(left, Limit):
        return seems_to_tend(left, right, point, definitions=defines)
    if isinstance(left, Extremum):
        name = left.variable.name
        drawn = [draw(context, random)[name] for _ in range(20)]
        others = [other for other in drawn if _size(other) == _size(point[name])]
        return better(left, right, others, point, definitions=defines) is None
    return holds(operator, left, right, point, definitions=defines)


def _size(value: object) -> int:
    """How many entries a vector has: those of another size are no candidates."""
    return len(value) if isinstance(value, Mapping) else 0


def shown_different(
    left: Node,
    right: Node,
    context: Context,
    random: Random,
    defines: Mapping[str, Define] | None = None,
    points: int = POINTS,
) -> bool:
    """Whether the two are proved to differ, or one to have no value, at a point drawn."""
    return any(
        compare(left, right, point, definitions=defines, digits=30, limit=120).order
        in ("<", ">", "undefined")
        for point in (draw(context, random) for _ in range(points))
    )


def draw(context: Context, random: Random) -> dict[str, object]:
    """A point of the declared domains at which the hypotheses hold, with exact numbers."""
    for _ in range(TRIES):
        point = _drawn(context, random)
        if _meets(point, context):
            return point
    raise AssertionError(f"no point drawn meets {[h.text for h in context.hypotheses]}")


def _meets(point: dict[str, object], context: Context) -> bool:
    """Whether the hypotheses hold at a point. `name = term` is made to hold."""
    written = {name: d.written for name, d in context.definitions.items() if d.written}
    for hypothesis in context.hypotheses:
        left, right = from_sympy(hypothesis.left), from_sympy(hypothesis.right)
        try:
            if hypothesis.operator == "==" and isinstance(left, Name):
                value = evaluate(right, point, definitions=written)
                if value == int(value):
                    point[left.name] = Fraction(int(value))
            if not holds(hypothesis.operator, left, right, point, definitions=written):
                return False
        except (Undefined, Undecided):
            return False
    return True


def _drawn(context: Context, random: Random) -> dict[str, object]:
    """A point of the declared domains. Hypotheses are not looked at."""
    sizes = {}
    for declaration in context:
        for axis in (*declaration.shape, getattr(declaration.domain, "size", 1)):
            if isinstance(axis, str):
                low = context.declarations[axis].domain
                least = int(low.lower) if isinstance(low, Interval) and low.lower else 1
                sizes.setdefault(axis, least + random.randint(0, 2))
    point: dict[str, object] = dict(sizes)
    for declaration in context:
        if declaration.name not in sizes:
            point[declaration.name] = _value(declaration, sizes, random)
    return point


def _value(declaration: Declaration, sizes: dict[str, int], random: Random) -> object:
    shape = [sizes[a] if isinstance(a, str) else a for a in declaration.shape]
    if declaration.constraint == "onehot":
        hot = random.randint(1, shape[0])
        return {(k,): Fraction(int(k == hot)) for k in range(1, shape[0] + 1)}
    if declaration.constraint == "simplex":
        least = 1 if declaration.domain.lower_open else 0  # type: ignore[union-attr]
        weights = [random.randint(least, 9) for _ in range(shape[0])]
        total = sum(weights) or 1
        weights[0] += total - sum(weights)
        return {(k + 1,): Fraction(w, total) for k, w in enumerate(weights)}
    if not shape:
        return _number(declaration, sizes, random)
    cells = product(*(range(1, n + 1) for n in shape))
    return {cell: _number(declaration, sizes, random) for cell in cells}


def _number(declaration: Declaration, sizes: dict[str, int], random: Random) -> Fraction:
    domain = declaration.domain
    if isinstance(domain, FiniteSet):
        return random.choice(domain.values)
    if isinstance(domain, IndexRange):
        last = sizes[domain.size] if isinstance(domain.size, str) else domain.size
        return Fraction(random.randint(1, last))
    if domain.integer:
        return Fraction(int(domain.lower or 0) + random.randint(0, 5))
    if domain.lower is not None and domain.upper is not None:
        ends = [
            e
            for e, o in ((domain.lower, domain.lower_open), (domain.upper, domain.upper_open))
            if not o
        ]
        if ends and random.random() < 0.2:
            return random.choice(ends)
        return domain.lower + (domain.upper - domain.lower) * Fraction(random.randint(1, 99), 100)
    if domain.lower is not None:
        return domain.lower + Fraction(random.randint(1, 500), 100)
    if domain.upper is not None:
        return domain.upper - Fraction(random.randint(1, 500), 100)
    return Fraction(random.randint(-500, 500), 100)
