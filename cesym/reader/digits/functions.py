"""The functions that everybody knows, of numbers and of whole vectors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, cast

from cesym.reader.digits.arrays import (
    Value,
    elementwise,
    entry,
    flat,
    is_matrix,
    transposed,
    vector,
)
from cesym.reader.digits.duals import SMOOTH, ZERO, Calculus, Number


@dataclass(frozen=True)
class Functions:
    """`cesym.reader.names.FUNCTIONS`, computed by one calculus."""

    calculus: Calculus

    def call(self, name: str, arguments: list[Value]) -> Value:
        """One of `cesym.reader.names.FUNCTIONS` at its arguments."""
        calculus = self.calculus
        if name in SMOOTH:
            return elementwise(lambda x: calculus.unary(name, x), *arguments)
        if name in self.matrix_functions:
            return self.matrix_functions[name](*arguments)
        if name in self.vector_functions:
            return self.vector_functions[name](*arguments)
        if name in ("max", "min"):
            choose = calculus.maximum if name == "max" else calculus.minimum
            result, *rest = arguments
            for argument in rest:
                result = elementwise(choose, result, argument)
            return result
        return elementwise(self.scalar_functions[name], *arguments)

    @cached_property
    def scalar_functions(self) -> dict[str, Callable[..., Number]]:
        """Functions of numbers that are not smooth, or of two variables."""
        return {
            "abs": self.calculus.abs,
            "sign": self.calculus.sign,
            "xlogy": self.calculus.xlogy,
            "log2": lambda x: self.logarithm(x, 2),
            "log10": lambda x: self.logarithm(x, 10),
            "delta": lambda i, j: Fraction(int(self.calculus.compare(i, j) == 0)),
        }

    def logarithm(self, x: Number, base: int) -> Number:
        """The logarithm of `x` to a base."""
        unit = self.calculus.unary("log", Fraction(base))
        return self.calculus.divide(self.calculus.unary("log", x), unit)

    @cached_property
    def vector_functions(self) -> dict[str, Callable[..., Value]]:
        """Functions of whole vectors, with 0 log 0 = 0."""
        return {
            "softmax": self.softmax,
            "logsumexp": lambda z: self.calculus.unary("log", self.total(self.exponentials(z))),
            "entropy": lambda p: self.calculus.negate(self.mean_log(p, p)),
            "cross_entropy": lambda p, q: self.calculus.negate(self.mean_log(p, q)),
            "kl": lambda p, q: self.calculus.subtract(self.mean_log(p, p), self.mean_log(p, q)),
        }

    @cached_property
    def matrix_functions(self) -> dict[str, Callable[..., Value]]:
        """Functions of vectors and matrices."""
        return {
            "dot": lambda a, b: self.product(vector(a), vector(b)),
            "outer": lambda a, b: tuple(
                tuple(self.calculus.multiply(x, y) for y in vector(b)) for x in vector(a)
            ),
            "diag": self.diagonal,
            "sum": lambda a: self.total(flat(a)),
        }

    def diagonal(self, a: Value) -> Value:
        """The diagonal matrix of a vector; of a matrix, its diagonal."""
        if not isinstance(a, tuple):
            raise ValueError("an array is expected here")
        if is_matrix(a):
            if len(a) != len(vector(cast(tuple[Value, ...], a)[0])):
                raise ValueError("only a square matrix has a diagonal")
            return tuple(entry(a, [i, i]) for i in range(1, len(a) + 1))
        rows = enumerate(vector(a))
        return tuple(tuple(x if i == j else ZERO for j in range(len(a))) for i, x in rows)

    def product(self, a: Value, b: Value) -> Value:
        """The product of matrices, a vector being a row on the left and a column on the right."""
        if is_matrix(a):
            return tuple(self.product(row, b) for row in cast(tuple[Value, ...], a))
        if is_matrix(b):
            return tuple(self.product(a, column) for column in cast(Any, transposed(b)))
        pairs = zip(vector(a), vector(b), strict=True)
        return self.total([self.calculus.multiply(x, y) for x, y in pairs])

    def softmax(self, z: Value) -> Value:
        """e^{z_j} / sum_k e^{z_k}, row by row for a matrix."""
        if isinstance(z, tuple) and isinstance(z[0], tuple):
            return tuple(self.softmax(row) for row in z)
        exponentials = self.exponentials(z)
        total = self.total(exponentials)
        return tuple(self.calculus.divide(x, total) for x in exponentials)

    def exponentials(self, z: Value) -> list[Number]:
        """e^{z_k} for every k."""
        return [self.calculus.unary("exp", x) for x in vector(z)]

    def total(self, numbers: list[Number]) -> Number:
        """The sum of some numbers."""
        result: Number = ZERO
        for x in numbers:
            result = self.calculus.add(result, x)
        return result

    def mean_log(self, p: Value, q: Value) -> Number:
        """sum_k p_k log q_k."""
        pairs = zip(vector(p), vector(q), strict=True)
        return self.total([self.calculus.xlogy(a, b) for a, b in pairs])
