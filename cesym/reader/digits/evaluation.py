"""The value of a syntax tree at a point: the text as written, with nothing simplified.

A binder loops, a derivative carries slopes along (`cesym.reader.digits.duals`). This module must
not import SymPy, nor the prover, nor `elaborate`: it is the second opinion on all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import count
from typing import cast

from cesym.reader.digits.arrays import (
    Value,
    elementwise,
    entry,
    is_matrix,
    over,
    replaced,
    transposed,
)
from cesym.reader.digits.duals import ONE, ZERO, Calculus, Dual, Number, real, split, tag_of
from cesym.reader.digits.functions import Functions
from cesym.reader.digits.membership import inside
from cesym.reader.digits.reals import Undecided, Undefined, undecided
from cesym.reader.digits.scope import Scope
from cesym.reader.syntax import (
    BigOperator,
    Binary,
    Call,
    Cases,
    Comparison,
    Constant,
    Define,
    Derivative,
    Evaluated,
    Extremum,
    Gradient,
    Limit,
    Name,
    Negate,
    Node,
    Prime,
    Subscript,
    Transpose,
    Vector,
)
from cesym.reader.syntax import Number as Literal

LONGEST_LOOP = 10_000
"""The most terms of one sum or product."""

ORDER: dict[str, Callable[[int], bool]] = {
    "==": lambda side: side == 0,
    "!=": lambda side: side != 0,
    "<=": lambda side: side <= 0,
    "<": lambda side: side < 0,
    ">=": lambda side: side >= 0,
    ">": lambda side: side > 0,
}
"""Relation -> whether it holds, by the sign of left - right."""


def entry_node(node: Node, places: tuple[int, ...]) -> Node:
    """The entry of an array as a node; the node itself for a number."""
    indices = tuple(Literal(Fraction(place)) for place in places)
    return Subscript(node, indices) if indices else node


class Evaluator:
    """Computes with one calculus; `definitions` are the functions and terms that were defined."""

    def __init__(self, calculus: Calculus, definitions: Mapping[str, Define]) -> None:
        self.calculus = calculus
        self.definitions = definitions
        self.functions = Functions(calculus)
        self.operations = {
            "+": calculus.add,
            "-": calculus.subtract,
            "*": calculus.multiply,
            "/": calculus.divide,
            "^": calculus.power,
        }
        self.tags = count(1)

    def number(self, node: Node, scope: Scope) -> Number:
        """The value of a node that is a number."""
        value = self.value(node, scope)
        if isinstance(value, tuple):
            raise ValueError("a number is expected here, this is an array")
        return value

    def value(self, node: Node, scope: Scope) -> Value:
        """The value of a node. Raises Undefined and Undecided."""
        match node:
            case Literal(value=value):
                return value
            case Constant(name=name):
                return self.constant(name)
            case Name(name=name):
                return self.name(name, scope)
            case Negate(operand=operand):
                return elementwise(self.calculus.negate, self.value(operand, scope))
            case Binary():
                return self.binary(node, scope)
            case Call():
                return self.call(node, scope)
            case Subscript(base=base, indices=indices):
                places = [self.integer(index, scope) for index in indices]
                return entry(self.value(base, scope), places)
            case BigOperator():
                return self.big(node, scope)
            case Derivative():
                return self.derivative(node, scope)
            case Prime():
                return self.prime(node, scope)
            case Evaluated(body=body, variable=variable, value=value):
                return self.value(body, scope.changing(variable.name, self.value(value, scope)))
            case Cases(branches=branches):
                return self.cases(branches, scope)
            case Vector(items=items):
                return tuple(self.value(item, scope) for item in items)
            case Transpose(operand=operand):
                return transposed(self.value(operand, scope))
            case Gradient():
                return self.gradient(node, scope)
            case Limit() | Extremum():
                raise ValueError("a limit or a minimum is not computed: see digits.evidence")

    def constant(self, name: str) -> Number:
        """`pi` or `e`."""
        if name == "pi":
            return self.calculus.reals.pi()
        if name == "e":
            return self.calculus.unary("exp", ONE)
        raise ValueError(f"{name} is not a number")

    def name(self, name: str, scope: Scope) -> Value:
        """A declared or bound name, or a definition without parameters."""
        value = scope.get(name)
        if value is not None:
            return value
        if name in self.definitions and not self.definitions[name].parameters:
            return self.value(self.definitions[name].body, Scope(scope.outer))
        raise ValueError(f"the point has no value for {name}")

    def integer(self, node: Node, scope: Scope) -> int:
        """An index or a limit of a sum."""
        value = real(self.number(node, scope))
        if not isinstance(value, Fraction) or value.denominator != 1:
            raise ValueError("an integer is expected here")
        return int(value)

    def binary(self, node: Binary, scope: Scope) -> Value:
        """Arithmetic, entry by entry for arrays."""
        if node.operator == "@":
            row = node.left.operand if isinstance(node.left, Transpose) else node.left
            left, right = self.value(row, scope), self.value(node.right, scope)
            if row is not node.left and is_matrix(left):
                left = transposed(left)
            return self.functions.product(left, right)
        left, right = self.value(node.left, scope), self.value(node.right, scope)
        return elementwise(self.operations[node.operator], left, right)

    # Calls.

    def call(self, node: Call, scope: Scope) -> Value:
        """A defined function, or one that everybody knows."""
        arguments = [self.value(argument, scope) for argument in node.arguments]
        if node.function in self.definitions:
            return self.defined(self.definitions[node.function], arguments, scope)
        return self.functions.call(node.function, arguments)

    def defined(self, define: Define, arguments: list[Value], scope: Scope) -> Value:
        """The body of a definition at its arguments. Indices bound outside are not seen there."""
        for domain, argument in zip(define.domains, arguments, strict=False):
            value = real(cast(Number, argument))
            if not inside(self.calculus.reals, value, domain):
                raise Undefined("{name} has no value outside of its domain", name=define.name)
        parameters = dict(zip(define.parameters, arguments, strict=True))
        return self.value(define.body, Scope(scope.outer, parameters))

    # Binders.

    def big(self, node: BigOperator, scope: Scope) -> Value:
        """A sum or product, term by term; 0 or 1 when there are no terms."""
        lower, upper = self.integer(node.lower, scope), self.integer(node.upper, scope)
        if upper - lower >= LONGEST_LOOP:
            raise Undecided("a sum of more than {count} terms is too long", count=LONGEST_LOOP)
        excluded = None if node.excluded is None else self.integer(node.excluded, scope)
        result: Number = ZERO if node.kind == "sum" else ONE
        combine = self.calculus.add if node.kind == "sum" else self.calculus.multiply
        for index in range(lower, upper + 1):
            if index != excluded:
                inner = scope.binding(node.index, Fraction(index))
                result = combine(result, self.number(node.body, inner))
        return result

    def derivative(self, node: Derivative, scope: Scope) -> Value:
        """The slope of the body along each variable, one after another."""
        tags: list[int] = []
        for variable, order in node.variables:
            for _ in range(order):
                tags.append(next(self.tags))
                scope = self.moving(variable, tags[-1], scope)
        result = self.differentiand(node.body, scope)
        for tag in reversed(tags):
            result = elementwise(lambda x, tag=tag: split(x, tag)[1], result)
        return result

    def gradient(self, node: Gradient, scope: Scope) -> Value:
        """The derivatives by every entry: of a `jacobian` the last axis, of a `hessian` twice."""

        def by(body: Node, turns: int, *before: Node) -> Value:
            if not turns:
                return self.derivative(Derivative(body, tuple((v, 1) for v in before)), scope)
            return over(
                self.name(node.variable.name, scope),
                lambda places: by(body, turns - 1, *before, entry_node(node.variable, places)),
            )

        if node.kind != "jacobian":
            return by(node.body, 2 if node.kind == "hessian" else 1)
        rows = self.value(node.body, scope)
        return over(rows, lambda places: by(entry_node(node.body, places), 1))

    def moving(self, variable: Node, tag: int, scope: Scope) -> Scope:
        """`scope` with `variable` moving along the direction `tag`."""
        if isinstance(variable, Name):
            value = self.number(variable, scope)
            return scope.changing(variable.name, Dual(tag, value, ONE))
        if isinstance(variable, Subscript) and isinstance(variable.base, Name):
            places = [self.integer(index, scope) for index in variable.indices]
            array = self.value(variable.base, scope)
            moved = Dual(tag, cast(Number, entry(array, places)), ONE)
            return scope.changing(variable.base.name, replaced(array, places, moved))
        raise ValueError("a derivative is taken by a name or an entry of an array")

    def differentiand(self, node: Node, scope: Scope) -> Value:
        """The body of a derivative; the name of a function is that function at its parameters."""
        if isinstance(node, Name) and scope.get(node.name) is None:
            define = self.definitions.get(node.name)
            if define is not None and define.parameters:
                return self.value(define.body, scope)
        return self.value(node, scope)

    def prime(self, node: Prime, scope: Scope) -> Number:
        """The derivative of a function of one variable at an argument."""
        argument: Number = self.number(node.argument, scope)
        tags = [next(self.tags) for _ in range(node.order)]
        for tag in tags:
            argument = Dual(tag, argument, ONE)
        if node.function in self.definitions:
            value = self.defined(self.definitions[node.function], [argument], scope)
        else:
            value = self.functions.call(node.function, [argument])
        result = cast(Number, value)
        for tag in reversed(tags):
            result = split(result, tag)[1]
        return result

    def cases(self, branches: tuple[tuple[Node, Comparison | None], ...], scope: Scope) -> Value:
        """The first branch whose condition holds.

        Where a condition is about to change and something moves, both sides must agree.
        """
        if not branches:
            raise Undefined("no case holds")
        (body, test), *rest = branches
        if test is None:
            return self.value(body, scope)
        left, right = self.number(test.left, scope), self.number(test.right, scope)
        side = self.calculus.compare(left, right)
        ways = [lambda: self.value(body, scope), lambda: self.cases(tuple(rest), scope)]
        taken, other = ways if ORDER[test.operator](side) else reversed(ways)
        value = taken()
        tag = tag_of(left, right)
        if side == 0 and tag:
            passing = split(self.calculus.subtract(left, right), tag)[1]
            self.join(value, other, ZERO if test.operator == "==" else passing)
        return value

    def join(self, value: Value, other: Callable[[], Value], passing: Number) -> None:
        """Check that the branch taken and the one beside it agree where the condition changes.

        `passing` is the slope of the condition. Where it is 0 the other branch need not be near.
        """
        try:
            beside = other()
        except Undefined:
            raise undecided() from None
        if isinstance(value, tuple) or isinstance(beside, tuple):
            raise ValueError("a number is expected here, this is an array")
        if not self.calculus.same(value, beside):
            raise self.calculus.kink(passing)
