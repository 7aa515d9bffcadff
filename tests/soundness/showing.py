"""What the independent evaluator shows of claims that say more than a relation, at points drawn."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

from cesym.reader.digits import Undecided, Undefined, compare
from cesym.reader.syntax import Comparison, Define, Name, Node, Number, Property, Subscript
from cesym.terms.context import Context
from cesym.terms.domains import REAL, IndexRange
from tests.soundness.second_opinion import draw
from tests.soundness.statements import SMALL, chord, form

POINTS = 12
LARGEST = 6
DIGITS: dict[str, int] = {"digits": 30, "limit": 120}
ORDERS = {
    "==": {"<": False, "==": True, ">": False},
    "<=": {"<": True, "==": True, ">": False},
    "<": {"<": True, "==": False, ">": False},
    ">=": {"<": False, "==": True, ">": True},
    ">": {"<": False, "==": False, ">": True},
}

Point = Mapping[str, Any]
Defines = Mapping[str, Define] | None


def shown_of_statement(
    left: Any,
    right: Any,
    context: Context,
    meant: bool,
    random: Random,
    points: int = POINTS,
    defines: Defines = None,
) -> str:
    """`true` when the claim was made to be true and nothing speaks against it, `false` when it is
    proved to fail at a point drawn, `open` otherwise.
    """
    against = fails_iff if isinstance(left, Comparison) else fails_property
    for point in islice_points(context, random, points):
        try:
            if against(left, right, point, context, random, defines):
                return "false"
        except (ValueError, Undecided):
            return "open"
        except Undefined:
            return "false"
    return "true" if meant else "open"


def islice_points(context: Context, random: Random, count: int) -> Iterator[dict[str, Any]]:
    """Points of the domain: some of them with small numbers, and with equal vectors."""
    for number in range(count):
        point = draw(context, random)
        if number % 2:
            for declaration in context:
                numbers = not isinstance(declaration.domain, IndexRange)
                if numbers and not (declaration.shape or getattr(declaration.domain, "integer", 0)):
                    fitting = [v for v in SMALL if v in declaration.domain]
                    if fitting and random.random() < 0.7:
                        point[declaration.name] = random.choice(fitting)
        if number % 3 == 0:
            kinds = {d.name: (d.shape, d.constraint) for d in context if d.shape}
            for one, other in product(kinds, kinds):
                cells = point[one].values()
                domain = context.declarations[other].domain
                if kinds[one] == kinds[other] and all(v in domain for v in cells):
                    point[other] = dict(point[one])
        if number % 4 == 0:
            _make_uniform(point, context)
        yield point


def _make_uniform(point: dict[str, Any], context: Context) -> None:
    for declaration in context:
        if declaration.constraint == "simplex":
            cells = point[declaration.name]
            point[declaration.name] = dict.fromkeys(cells, Fraction(1, len(cells)))


def holds(side: Comparison, point: Point, defines: Defines = None) -> bool | None:
    """Whether a relation holds, None when that is not certain. Raises Undefined."""
    found = compare(side.left, side.right, point, definitions=defines, **DIGITS)
    if found.order == "undefined":
        raise Undefined("a side has no value")
    if found.order == "undecided" or (found.order == "==" and not found.exact):
        return None
    return ORDERS[side.operator][found.order]


def fails_iff(
    left: Comparison,
    right: Comparison,
    point: Point,
    _context: Context,
    _random: Random,
    defines: Defines = None,
) -> bool:
    """Whether just one side is certain to hold."""
    answers = (holds(left, point, defines), holds(right, point, defines))
    return None not in answers and answers[0] != answers[1]


def fails_property(
    left: Node,
    right: Property,
    point: Point,
    context: Context,
    random: Random,
    defines: Defines = None,
) -> bool:
    """Whether a property is certain to fail, at two points or for one vector."""
    if right.kind == "definite":
        return _indefinite(left, right, point, random, defines)
    assert right.variable is not None
    name = right.variable.name
    # The second point has the sizes of the first: it is drawn as that was, entry by entry.
    second = _other(point[name], name, context, random)
    inner = {**point, "second": second}
    middle, ends = chord(left, name, right.variable, Name("second"))
    found = compare(middle, ends, inner, definitions=defines, **DIGITS)
    if found.order == "undefined":
        raise Undefined("a side has no value")
    above = {"convex": ">", "concave": "<"}[right.kind]
    flat = right.strict and found.order == "==" and found.exact and point[name] != second
    return found.order == above or flat


def _other(value: Any, name: str, context: Context, random: Random) -> Any:
    if not isinstance(value, Mapping):
        near = _near(value, random)
        close = random.random() >= 0.5 and near in context.declarations[name].domain
        return near if close else draw(context, random)[name]
    declaration = context.declarations[name]
    if declaration.constraint or declaration.domain != REAL:
        drawn = (draw(context, random)[name] for _ in range(20))
        return next((other for other in drawn if other.keys() == value.keys()), value)
    moved = {cell: v + Fraction(random.randint(-4, 4), 2) for cell, v in value.items()}
    return dict.fromkeys(value, next(iter(moved.values()))) if random.random() < 0.3 else moved


def _near(value: Fraction, random: Random) -> Fraction:
    return value + Fraction(random.choice((-2, -1, 1, 2)), random.choice((1, 2, 5)))


def _indefinite(
    matrix: Node, said: Property, point: Point, random: Random, defines: Defines
) -> bool:
    size = _size(matrix, point, defines)
    # One pair of entries at each point: all of them would take most of the time of a long run.
    i, j = (random.randint(1, max(size, 1)) for _ in "ij")
    entries = (Subscript(matrix, (_number(a), _number(b))) for a, b in ((i, j), (j, i)))
    found = compare(*entries, point, definitions=defines, **DIGITS)
    if found.order == "undefined":
        raise Undefined("an entry has no value")
    if found.different:
        return True
    vector = {(k,): Fraction(random.randint(-3, 3)) for k in range(1, size + 1)}
    if random.random() < 0.3:
        vector = {cell: Fraction(1) for cell in vector}
    found = compare(
        form(matrix, Name("vector")),
        _number(0),
        {**point, "vector": vector},
        definitions=defines,
        **DIGITS,
    )
    zero = said.strict and found.order == "==" and found.exact and any(vector.values())
    return found.order in ("<", "undefined") or zero


def _size(matrix: Node, point: Point, defines: Defines) -> int:
    """The rows of a matrix: as far as its diagonal has entries."""
    size = 0
    while size < LARGEST:
        place = _number(size + 1)
        entry = Subscript(matrix, (place, place))
        try:
            found = compare(entry, _number(0), point, definitions=defines, **DIGITS)
        except ValueError:
            break
        if found.order == "undefined":
            break
        size += 1
    return size


def _number(value: int) -> Node:
    return Number(Fraction(value))
