"""Slips of a derivation: the chain rule, an index, a sum, one symbol for another, a lost part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cesym.prover.diagnosis.places import index_places, names, places
from cesym.prover.diagnosis.problem import ONE, TWO, Problem, Side, Trial, number, over, times
from cesym.reader.plain.writing import write
from cesym.reader.syntax import (
    BigOperator,
    Binary,
    Call,
    Derivative,
    Name,
    Negate,
    Node,
    Subscript,
)
from cesym.terms.domains import IndexRange

SLOPES = ("sigmoid", "tanh", "exp", "log", "softplus")
"""Functions of one variable whose derivative is lost on the way to the inner variable."""


def chain_factor(problem: Problem) -> Iterator[Trial]:
    """The derivative of an inner function, dropped or put in by mistake."""
    for side in problem.sides:
        for slope in dict.fromkeys(_slopes(problem)):
            text = write(slope)
            yield side.put(times(side.node, slope), factor=text)
            yield side.put(over(side.node, slope), factor=text)
            twice = times(slope, TWO)
            yield side.put(times(times(side.node, TWO), slope), factor=write(twice))
    for side in problem.sides:
        for place in places(side.node):
            if isinstance(place.node, Binary) and place.node.operator in "+-":
                for slope in dict.fromkeys(_slopes(problem)):
                    for part in ("left", "right"):
                        new = times(getattr(place.node, part), slope)
                        trial = place.put(replace(place.node, **{part: new}))
                        yield side.put(trial, factor=write(slope))


def _slopes(problem: Problem) -> Iterator[Node]:
    """The derivatives of the functions inside the derivatives that the claim takes."""
    for whole in (problem.left, problem.right):
        for place in places(whole):
            if isinstance(place.node, Derivative) and not place.scope:
                for inner in places(place.node.body):
                    if not inner.scope:
                        yield from _slope(inner.node, place.node)


def _slope(node: Node, derivative: Derivative) -> Iterator[Node]:
    if not isinstance(node, Call) or node.function not in SLOPES:
        return
    (variable, _), *_ = derivative.variables
    (inside,) = node.arguments
    if inside != variable:
        yield _derivative(inside, variable)
    yield _derivative(node, variable)


def _derivative(node: Node, variable: Node) -> Node:
    """The derivative by `variable`, written out for the sigmoid of it."""
    if isinstance(node, Call) and _is(node, "sigmoid") and node.arguments == (variable,):
        return Binary("*", node, Binary("-", ONE, node))
    return Derivative(node, ((variable, 1),))


def wrong_index(problem: Problem) -> Iterator[Trial]:
    """Another index, at one place."""
    declared = [d.name for d in problem.context if problem.context.kind(d.name) == "index"]
    for side in problem.sides:
        for place in index_places(side.node):
            for name in (*place.scope, *declared):
                if place.node != Name(name):
                    yield side.put(
                        place.put(Name(name)), index=write(place.node), instead=name
                    )  # fmt: skip


def missing_sum(problem: Problem) -> Iterator[Trial]:
    """The sum over an index of which a single term was taken, over the side or a part of it."""
    for side in problem.sides:
        for declaration in problem.context:
            if not isinstance(declaration.domain, IndexRange) or declaration.shape:
                continue
            size = _node(declaration.domain.size)
            for place in places(side.node):
                if declaration.name in names(place.node):
                    new = BigOperator("sum", place.node, declaration.name, ONE, size)
                    yield side.put(place.put(new), index=declaration.name)


def _node(size: int | str) -> Node:
    return Name(size) if isinstance(size, str) else number(size)


def wrong_symbol(problem: Problem) -> Iterator[Trial]:
    """A symbol, or the sigmoid of one, where another is meant."""
    scalars = [d.name for d in problem.context if problem.context.kind(d.name) == "scalar"]
    sigmoids = [part for part in problem.parts if _is(part, "sigmoid")]
    for side in problem.sides:
        for place in places(side.node):
            node = place.node
            if isinstance(node, Name) and node.name in scalars:
                others = [Name(name) for name in scalars if name != node.name]
                for new in (Call("sigmoid", (node,)), *sigmoids, *others):
                    yield _instead(side, place.put(new), node, new)
            elif isinstance(node, Call) and node.function == "sigmoid":
                for new in (node.arguments[0], *map(Name, scalars)):
                    yield _instead(side, place.put(new), node, new)
            elif isinstance(node, Subscript) and isinstance(node.base, Name):
                for name in _like(node.base.name, problem):
                    new = replace(node, base=Name(name))
                    yield _instead(side, place.put(new), node, new)


def _instead(side: Side, whole: Node, old: Node, new: Node) -> Trial:
    return side.put(whole, symbol=write(old), instead=write(new))


def _is(node: Node, function: str) -> bool:
    return isinstance(node, Call) and node.function == function


def _like(name: str, problem: Problem) -> list[str]:
    """Other arrays of the same shape."""
    shape = problem.context.declarations[name].shape if name in problem.context.declarations else ()
    return [d.name for d in problem.context if shape and d.shape == shape and d.name != name]


def dropped_factor(problem: Problem) -> Iterator[Trial]:
    """A part of the claim as a further factor or divisor of a side or of a part of it."""
    for side in problem.sides:
        for place in places(side.node):
            for part in problem.parts:
                if part == place.node:
                    continue
                yield side.put(place.put(times(place.node, part)), factor=write(part))
                yield side.put(place.put(over(place.node, part)), factor=f"1/({write(part)})")


def extra_part(problem: Problem) -> Iterator[Trial]:
    """A term or a factor too many."""
    for side in problem.sides:
        for place in places(side.node):
            node = place.node
            if not isinstance(node, Binary) or node.operator not in "+-*/":
                continue
            yield side.put(place.put(node.left), part=write(node.right))
            if node.operator in "+*":
                yield side.put(place.put(node.right), part=write(node.left))
            elif node.operator == "-":
                yield side.put(place.put(Negate(node.right)), part=write(node.left))


def dropped_term(problem: Problem) -> Iterator[Trial]:
    """One, or a part of the claim, as a further term."""
    for side in problem.sides:
        for place in places(side.node):
            for part in (ONE, *problem.parts):
                for operator in "+-":
                    new = Binary(operator, place.node, part)
                    yield side.put(place.put(new), term=f"{operator}{write(part)}")


def product_for_sum(problem: Problem) -> Iterator[Trial]:
    """A product where a sum is meant, of one symbol wherever it stands as a factor on a side."""
    for side in problem.sides:
        for declaration in problem.context:
            factor = Name(declaration.name)
            new = _summed(side.node, factor)
            if new != side.node:
                yield side.put(new)


def _summed(node: Node, factor: Node) -> Node:
    for place in places(node):
        found = place.node
        if (
            isinstance(found, Binary)
            and found.operator == "*"
            and factor
            in (
                found.left,
                found.right,
            )
        ):
            return _summed(place.put(replace(found, operator="+")), factor)
    return node


def normaliser(problem: Problem) -> Iterator[Trial]:
    """The sum of the weights for the number of samples, or the other way round."""
    sums = [
        place.node
        for whole in (problem.left, problem.right)
        for place in places(whole)
        if isinstance(place.node, BigOperator) and not place.scope
    ]
    for side in problem.sides:
        for place in places(side.node):
            options = sums if place.node in problem.sizes else ()
            if place.node in sums:
                options = problem.sizes
            for new in options:
                yield side.put(place.put(new), part=write(place.node), instead=write(new))


def diagonal(problem: Problem) -> Iterator[Trial]:
    """The whole Jacobian of a softmax where its diagonal alone was taken."""
    for side in problem.sides:
        factors = _factors(side.node)
        for entry in factors:
            if not (isinstance(entry, Subscript) and _is(entry.base, "softmax")):
                continue
            complement = Binary("-", ONE, entry)
            (index,) = entry.indices
            if complement not in factors or not isinstance(index, Name):
                continue
            rest = [f for f in factors if f not in (entry, complement)]
            found = problem.context.declarations.get(index.name)
            if found is None or not isinstance(found.domain, IndexRange):
                continue
            bound = next(n for n in "klmnabc" if problem.context.kind(n) is None)
            row = Binary("-", Call("delta", (Name(bound), index)), entry)
            body: Node = _at(Subscript(entry.base, (index,)), index.name, bound)
            for factor in (*(_at(f, index.name, bound) for f in rest), row):
                body = Binary("*", body, factor)
            yield side.put(BigOperator("sum", body, bound, ONE, _node(found.domain.size)))


def _factors(node: Node) -> list[Node]:
    """The factors of a product."""
    if isinstance(node, Binary) and node.operator == "*":
        return _factors(node.left) + _factors(node.right)
    return [node]


def _at(node: Node, old: str, new: str) -> Node:
    """`node` with one index for another."""
    for place in index_places(node):
        if place.node == Name(old):
            return _at(place.put(Name(new)), old, new)
    return node
