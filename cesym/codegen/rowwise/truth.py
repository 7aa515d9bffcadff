"""The exact value of a form of a row, as an Arb ball: what modules test themselves against."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from flint import arb, ctx

PRECISION = 4096
"""Bits. Numbers of float64 differ by factors up to 2^2098, and forms subtract them."""

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


@dataclass(frozen=True, slots=True)
class _Evaluation:
    """One run: rows, numbers, and which classes the indices are."""

    values: Mapping[str, Value]
    indices: Mapping[str, int]

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
        """A sum over all classes."""
        count = self.values[size]
        assert isinstance(count, int)
        terms = (
            _Evaluation(self.values, {**self.indices, index: place}).value(body)
            for place in range(1, count + 1)
        )
        return sum(terms, arb(0))
