"""Slips of arithmetic: a sign, a factor, a base, an exponent, a bound. One thing is changed.

A repair only proposes: what is said of the claim in the end is what the prover proves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from cesym.prover.diagnosis.places import is_number, places, renamed
from cesym.prover.diagnosis.problem import (
    ONE,
    TWO,
    Problem,
    Trial,
    negative,
    number,
    over,
    times,
    without_ones,
)
from cesym.reader.plain.writing import write
from cesym.reader.syntax import Binary, Call, Constant, Extremum, Limit, Name, Negate, Node, Number

LOOSER = {"<": "<=", ">": ">="}
REVERSED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}

ORDERED = ("kl", "cross_entropy", "xlogy")
"""Functions whose two arguments people exchange."""

FACTORS = tuple(
    number(Fraction(*pair)) for pair in ((2, 1), (1, 2), (3, 1), (1, 3), (4, 1), (1, 4))
)


def strictness(problem: Problem) -> Iterator[Trial]:
    """`<=` for `<`."""
    if problem.operator in LOOSER:
        yield replace(problem.trial, operator=LOOSER[problem.operator])


def direction(problem: Problem) -> Iterator[Trial]:
    """`>=` for `<=`."""
    if problem.operator in REVERSED:
        yield replace(problem.trial, operator=REVERSED[problem.operator])


def sign(problem: Problem) -> Iterator[Trial]:
    """The sign of a side, of a term or inside a function."""
    for side in problem.sides:
        if not is_number(side.node, 0):
            yield side.put(negative(side.node))
        for place in places(side.node):
            node = place.node
            if isinstance(node, Binary) and node.operator in "+-":
                other = "-" if node.operator == "+" else "+"
                yield side.put(place.put(replace(node, operator=other)))
                if not isinstance(node.left, Number):
                    yield side.put(place.put(replace(node, left=negative(node.left))))
            elif isinstance(node, Negate):
                yield side.put(place.put(node.operand))
            elif isinstance(node, Call) and len(node.arguments) == 1:
                argument = negative(node.arguments[0])
                yield side.put(place.put(replace(node, arguments=(argument,))))


def factor(problem: Problem) -> Iterator[Trial]:
    """A number or a size as a factor of a whole side."""
    for side in problem.sides:
        if is_number(side.node, 0) or isinstance(side.node, Constant):
            continue
        for amount in FACTORS:
            yield side.put(times(side.node, amount), factor=write(amount))
        for size in problem.sizes:
            yield side.put(times(side.node, size), factor=write(size))
            yield side.put(over(side.node, size), factor=f"1/{write(size)}")


def constant(problem: Problem) -> Iterator[Trial]:
    """Another number for one that is written; in an inequality only for a factor or divisor."""
    equality = problem.operator == "=="
    for side in problem.sides:
        scales = set() if equality else _scales(side.node)
        for place in places(side.node):
            node = place.node
            if isinstance(node, Number) and (equality or node in scales):
                for new in (node.value * 2, node.value / 2, node.value + 1, node.value - 1):
                    if new > 0:
                        other = number(new)
                        changed = without_ones(place.put(other))
                        yield side.put(changed, number=write(node), instead=write(other))


def _scales(node: Node) -> set[Node]:
    """The numbers that are factors or divisors."""
    products = (place.node for place in places(node))
    return {
        part
        for product in products
        if isinstance(product, Binary) and product.operator in "*/"
        for part in (product.left, product.right)
        if isinstance(part, Number)
    }


def inner_factor(problem: Problem) -> Iterator[Trial]:
    """A number or a size as a factor of a part of a side."""
    for side in problem.sides:
        for place in places(side.node):
            node = place.node
            if node is side.node or isinstance(node, Number):
                continue
            for amount in FACTORS[:2]:
                yield side.put(place.put(times(node, amount)), factor=write(amount))
            for size in (*problem.sizes, *problem.counts):
                yield side.put(place.put(times(node, size)), factor=write(size))
                yield side.put(place.put(over(node, size)), factor=f"1/{write(size)}")


def log_base(problem: Problem) -> Iterator[Trial]:
    """Logarithms and powers to base 2 or 10 for those to base e, and the other way round."""
    for side in problem.sides:
        for base in (2, 10) if not is_number(side.node, 0) else ():
            log = Call("log", (number(base),))
            yield side.put(times(side.node, log))
            yield side.put(over(side.node, log))
        for place in places(side.node):
            node = place.node
            if isinstance(node, Call) and node.function == "exp":
                yield side.put(place.put(Binary("^", TWO, node.arguments[0])))
            elif isinstance(node, Binary) and node.operator == "^" and is_number(node.left, 2):
                yield side.put(place.put(Call("exp", (node.right,))))


def swapped(problem: Problem) -> Iterator[Trial]:
    """Arguments or symbols exchanged: p and q in kl(p, q), a and b in a/b."""
    for side in problem.sides:
        for place in places(side.node):
            node = place.node
            if isinstance(node, Call) and node.function in ORDERED:
                first, second = node.arguments
                new: Node = replace(node, arguments=(second, first))
                yield side.put(place.put(new), first=write(first), second=write(second))
        for place in places(side.node):
            node = place.node
            if (
                isinstance(node, Binary)
                and node.operator == "/"
                and not isinstance(node.left, Number)
            ):
                new = replace(node, left=node.right, right=node.left)
                yield side.put(
                    place.put(new), first=write(node.left), second=write(node.right)
                )  # fmt: skip
        for first, second in _pairs(problem):
            exchanged = {first: second, second: first}
            new = renamed(side.node, lambda n, e=exchanged: Name(e.get(n.name, n.name)))
            if new != side.node:
                yield side.put(new, first=first, second=second)


def _pairs(problem: Problem) -> Iterator[tuple[str, str]]:
    """Two declared arrays, or two declared numbers."""
    declarations = [
        d for d in problem.context if d.shape or problem.context.kind(d.name) == "scalar"
    ]
    for number_, first in enumerate(declarations):
        for second in declarations[number_ + 1 :]:
            if first.shape == second.shape:
                yield first.name, second.name


def exponent(problem: Problem) -> Iterator[Trial]:
    """An exponent off by one, a square for what is not squared."""
    for side in problem.sides:
        for place in places(side.node):
            node = place.node
            if isinstance(node, Binary) and node.operator == "^":
                if is_number(node.right, 2):
                    yield side.put(place.put(node.left))
                elif not isinstance(node.left, Number):
                    down, up = (Binary(op, node.right, ONE) for op in "-+")
                    yield side.put(place.put(replace(node, right=down)))
                    yield side.put(place.put(replace(node, right=up)))
                if isinstance(node.right, Number):
                    up_ = number(node.right.value + 1)
                    yield side.put(place.put(replace(node, right=up_)))
                elif isinstance(node.right, Binary) and node.right.operator in "+-":
                    yield side.put(place.put(replace(node, right=node.right.left)))
        for place in places(side.node):
            if isinstance(place.node, Name | Call) and place.node not in problem.sizes:
                yield side.put(place.put(Binary("^", place.node, TWO)))


def argument(problem: Problem) -> Iterator[Trial]:
    """A symbol scaled wherever it stands on a side: 2x for x, -x for x."""
    for side in problem.sides:
        for declaration in problem.context:
            if problem.context.kind(declaration.name) not in ("scalar", "vector"):
                continue
            if declaration.shape and not isinstance(side.node, Call):
                continue
            name = Name(declaration.name)
            for new in (times(name, TWO), over(name, TWO), Negate(name)):
                changed = renamed(side.node, lambda n, old=name, new=new: new if n == old else n)
                if changed != side.node:
                    yield side.put(changed, name=declaration.name, instead=write(new))


def stated_value(problem: Problem) -> Iterator[Trial]:
    """Another value of a limit, or the least cross-entropy: the entropy."""
    if isinstance(problem.left, Extremum):
        for declaration in problem.context:
            if declaration.constraint == "simplex":
                yield _valued(problem, Call("entropy", (Name(declaration.name),)))
    if isinstance(problem.left, Limit):
        infinity = Constant("oo")
        for value in (number(0), ONE, infinity, Negate(infinity)):
            if value != problem.right:
                yield _valued(problem, value)


def _valued(problem: Problem, value: Node) -> Trial:
    return replace(problem.trial, right=value, fields={"value": write(value)})
