"""The exact value of a form of a row, as an Arb ball: what modules test themselves against."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from flint import arb, ctx

from cesym.floats.rounding import round_ball

PRECISION = 4096
"""Bits. Numbers of float64 differ by factors up to 2^2098, and forms subtract them."""

FIRST_PRECISION, LAST_PRECISION = 256, 1 << 14

TINY = arb(2) ** -2000
"""What no precision tells from 0, and is smaller than this, is taken for 0."""

Value = Sequence[Sequence[float]] | Sequence[float] | float

ARITHMETIC: Mapping[type[ast.operator], Callable[[arb, arb], arb]] = MappingProxyType(
    {
        ast.Add: operator.add,
        ast.Sub: operator.sub,
        ast.Mult: operator.mul,
        ast.Div: operator.truediv,
    }
)
FUNCTIONS: Mapping[str, Callable[[arb], arb]] = MappingProxyType(
    {
        "exp": arb.exp,
        "log": arb.log,
        "log1p": arb.log1p,
        "expm1": arb.expm1,
        "sigmoid": lambda x: 1 / (1 + (-x).exp()),
    }
)


def exact(form: str, values: Mapping[str, Value], **indices: int) -> float:
    """The nearest float to a form, in the plain language, at values of its rows and numbers.

    Classes count from 1, and `indices` names one or more of them.

    >>> exact("p[j]*log1p(sum(exp(z[k]), (k, 1, K)))", {"p": [0.5], "z": [0.0], "K": 1}, j=1)
    0.34657359027997264
    """
    with ctx.workprec(PRECISION):
        found = _Evaluation(values, dict(indices)).value(ast.parse(form, mode="eval").body)
        return float(found.mid())


def rounded(
    form: str,
    values: Mapping[str, Value],
    dtype: str,
    entry: str,
    entries: Sequence[int],
    **indices: int,
) -> list[tuple[float, float]]:
    """A form at some classes `entry`, rounded correctly to a format, with what rounding left.

    The precision is raised until every rounding is decided. A number that no precision tells from 0
    is 0.

    >>> rounded("exp(z[j])", {"z": [0.0, 1.0], "K": 2}, "float64", "j", [1, 2])[0]
    (1.0, 0.0)
    """
    tree = ast.parse(form, mode="eval").body
    found: dict[int, tuple[float, float]] = {}
    precision = FIRST_PRECISION
    while len(found) < len(entries):
        last = precision >= LAST_PRECISION
        with ctx.workprec(precision):
            run = _Evaluation(values, indices)
            for place in entries:
                if place not in found:
                    ball = run.at({entry: place}).value(tree)
                    pair = round_ball(ball, dtype)
                    if pair is None and last:
                        if not abs(ball) < TINY:
                            raise ArithmeticError(f"{form} at {entry} = {place}: undecided")
                        pair = (0.0, 0.0)
                    if pair is not None:
                        found[place] = pair
        precision *= 2
    return [found[place] for place in entries]


@dataclass(frozen=True, slots=True)
class _Evaluation:
    """One run: rows, numbers, and which classes the indices are. Sums are `kept`."""

    values: Mapping[str, Value]
    indices: Mapping[str, int]
    kept: dict[tuple[int, tuple[tuple[str, int], ...]], arb] = field(default_factory=dict)

    def at(self, indices: Mapping[str, int]) -> _Evaluation:
        """The same at other classes."""
        return _Evaluation(self.values, {**self.indices, **indices}, self.kept)

    def value(self, tree: ast.expr) -> arb:
        """The ball of an expression of the forms that are written here."""
        match tree:
            case ast.Constant(value=int(number)):
                return arb(number)
            case ast.Name(id=name):
                given = self.values[name]
                assert isinstance(given, int | float)
                return arb(given)
            case ast.Subscript(value=ast.Name(id=name), slice=place):
                entry: object = self.values[name]
                for index in place.elts if isinstance(place, ast.Tuple) else (place,):
                    assert isinstance(entry, Sequence)
                    entry = entry[self.indices[ast.unparse(index)] - 1]
                assert isinstance(entry, int | float)
                return arb(entry)
            case ast.BinOp(left=left, op=ast.Pow(), right=ast.Constant(value=int(power))):
                return self.value(left) ** power
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -self.value(operand)
            case ast.BinOp(left=left, op=op, right=right):
                return ARITHMETIC[type(op)](self.value(left), self.value(right))
            case ast.Call(func=ast.Name(id="delta"), args=[ast.Name(id=i), ast.Name(id=j)]):
                return arb(int(self.indices[i] == self.indices[j]))
            case ast.Call(func=ast.Name(id="sum"), args=[body, ast.Tuple(elts=[index, _, size])]):
                return self.sum(body, ast.unparse(index), ast.unparse(size))
            case ast.Call(func=ast.Name(id=name), args=[argument]) if name in FUNCTIONS:
                return FUNCTIONS[name](self.value(argument))
            case _:
                raise ValueError(f"no form of a row: {ast.unparse(tree)}")

    def sum(self, body: ast.expr, index: str, size: str) -> arb:
        """A sum over all classes, once for the classes that it depends on."""
        names = {node.id for node in ast.walk(body) if isinstance(node, ast.Name)} - {index}
        known = tuple((name, place) for name, place in self.indices.items() if name in names)
        key = (id(body), known)
        if key not in self.kept:
            count = self.values[size]
            assert isinstance(count, int)
            terms = (self.at({index: place}).value(body) for place in range(1, count + 1))
            self.kept[key] = sum(terms, arb(0))
        return self.kept[key]
