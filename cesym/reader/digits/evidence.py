"""What numbers say of limits and minima: evidence, not proof, and a verdict never rests on it.

A stated limit is held against the values of its body closer and closer to the target, a stated
minimum against the values of its body at other points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from cesym.reader.digits.arrays import Given
from cesym.reader.digits.comparison import Digits, compare, evaluate
from cesym.reader.digits.reals import Undecided, Undefined
from cesym.reader.syntax import Binary, Constant, Evaluated, Extremum, Limit, Negate, Node, Number

STEPS = tuple(range(1, 7))
"""At step n the distance to the target is 10^-(2^n); on the way to infinity 10^(2^n) is reached."""

NEARER = 8
"""How many times closer to the limit the last value is than the first, at least.

Logarithms are the slowest: from 10^-2 to 10^-64 they grow 32 times.
"""

CLOSE = 1e-30
"""A value this close to the limit is near enough."""


def approaches(limit: Limit, point: Mapping[str, Given], **known: Any) -> list[list[Digits]]:
    """The values of the body on the way to the target, one list for each side that is asked for.

    `point` gives values to the other names, `known` is what `evaluate` takes besides. A step at
    which there is no value, or none can be computed, is left out.
    """
    return [list(_values(way, point, known)) for way in _ways(limit)]


def seems_to_tend(limit: Limit, stated: Node, point: Mapping[str, Given], **known: Any) -> bool:
    """Whether the values of the body come closer and closer to what is stated, on every side.

    False where there are fewer than three values to look at.
    """
    sides = approaches(limit, point, **known)
    infinite = infinity(stated)
    if infinite:
        gaps = [[1 / (infinite * x) if infinite * x > 0 else 1 for x in side] for side in sides]
    else:
        value = evaluate(stated, point, **known)
        gaps = [[abs(x - value) for x in side] for side in sides]
    return all(map(_shrinks, gaps))


def _shrinks(gaps: list[Digits]) -> bool:
    if len(gaps) < 3:
        return False
    return gaps[-1] <= CLOSE or (gaps[-1] * NEARER < gaps[0] and gaps[-1] < gaps[-2])


def infinity(node: Node) -> int:
    """1 for oo, -1 for -oo, 0 for anything else."""
    if isinstance(node, Negate):
        return -infinity(node.operand)
    return int(isinstance(node, Constant) and node.name == "oo")


def _ways(limit: Limit) -> list[list[Node]]:
    """For each side, the body at the places on the way."""
    infinite, target = infinity(limit.target), limit.target
    if infinite:
        ways = [[_number(Fraction(infinite * 10 ** (2**n))) for n in STEPS]]
    else:
        ways = [
            [Binary("+", target, _number(Fraction(side, 10 ** (2**n)))) for n in STEPS]
            for side in ((limit.side,) if limit.side else (1, -1))
        ]
    return [[Evaluated(limit.body, limit.variable, place) for place in way] for way in ways]


def _number(value: Fraction) -> Node:
    return Number(value) if value >= 0 else Negate(Number(-value))


def _values(way: list[Node], point: Mapping[str, Given], known: dict[str, Any]) -> Iterator[Digits]:
    for node in way:
        try:
            yield evaluate(node, point, **known)
        except (Undefined, Undecided):
            continue


def better(
    extremum: Extremum,
    stated: Node,
    candidates: Iterable[Given],
    point: Mapping[str, Given],
    **known: Any,
) -> Given | None:
    """The first of some values of the variable at which the body is less than at the stated
    minimiser, or than the stated minimum; None when there is none among them.

    That it is less is proved, if the candidate lies in the domain of the variable.
    """
    body, variable = extremum.body, extremum.variable
    least = Evaluated(body, variable, stated) if extremum.kind == "argmin" else stated
    for candidate in candidates:
        if compare(body, least, {**point, variable.name: candidate}, **known).order == "<":
            return candidate
    return None


def lowest(
    extremum: Extremum, candidates: Iterable[Given], point: Mapping[str, Given], **known: Any
) -> Digits:
    """The least value of the body among some values of the variable."""
    name = extremum.variable.name
    return min(evaluate(extremum.body, {**point, name: c}, **known) for c in candidates)
