"""Values in ordinary floating point: a look that is quick and sure of nothing.

The same evaluator walks the same tree, over numbers that are rounded and not enclosed. So what is
seen here may choose what is tried next, and never what is said.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from mpmath import libmp

from cesym.reader.digits.arrays import Given, given
from cesym.reader.digits.duals import Calculus, real
from cesym.reader.digits.evaluation import Evaluator
from cesym.reader.digits.reals import Reals, Undefined, is_zero, undecided
from cesym.reader.digits.scope import Scope
from cesym.reader.syntax import Define, Node

BITS = 53

LONGEST = 64
"""Bits up to which integers stay exact."""

NEAR_ZERO = 1e-9
"""A float below this has no sign to rely on: rounding may have made it."""

TINY = 1e-290
"""What stands for a float of 0: only a fraction is known to be 0."""

ORDINARY: dict[Any, Callable[[float], float]] = {
    libmp.mpi_exp: math.exp,
    libmp.mpi_log: math.log,
    libmp.mpi_sqrt: math.sqrt,
    libmp.mpf_loggamma: math.lgamma,
}
"""Functions of mpmath's -> those of floats."""


@dataclass(frozen=True, slots=True)
class Floats(Reals):
    """Arithmetic of floats; integers, and what was given, stay exact.

    Where floats cannot tell, that is `Undecided` as with intervals: a sign near 0, what is too
    large, a function that `math` has not.
    """

    bits: int = BITS

    def rough(self, function: Callable[..., float], *numbers: Any) -> Any:
        """A function of floats."""
        try:
            value = function(*map(float, numbers))
        except (ArithmeticError, ValueError):
            raise undecided() from None
        if not math.isfinite(value):
            raise undecided()
        return value or TINY

    def exact(self, x: Fraction) -> Any:
        """`x` if it is an integer and not too long, else a float."""
        short = x.denominator == 1 and x.numerator.bit_length() <= LONGEST
        return x if short else self.rough(float, x)

    def sign(self, x: Any) -> int:
        """-1, 0 or 1. Raises Undecided."""
        if not isinstance(x, Fraction) and abs(x) < NEAR_ZERO:
            raise undecided()
        return (x > 0) - (x < 0)

    def add(self, x: Any, y: Any) -> Any:
        """x + y."""
        if isinstance(x, Fraction) and isinstance(y, Fraction):
            return self.exact(x + y)
        if is_zero(x) or is_zero(y):
            return y if is_zero(x) else x
        return self.rough(float.__add__, x, y)

    def negate(self, x: Any) -> Any:
        """-x."""
        return -x

    def multiply(self, x: Any, y: Any) -> Any:
        """x y."""
        if isinstance(x, Fraction) and isinstance(y, Fraction):
            return self.exact(x * y)
        if is_zero(x) or is_zero(y):
            return Fraction(0)
        return self.rough(float.__mul__, x, y)

    def divide(self, x: Any, y: Any) -> Any:
        """x / y. Raises Undefined for y = 0."""
        if self.sign(y) == 0:
            raise Undefined("division by zero")
        if isinstance(x, Fraction) and isinstance(y, Fraction):
            return self.exact(x / y)
        return Fraction(0) if is_zero(x) else self.rough(float.__truediv__, x, y)

    def integer_power(self, x: Any, n: int) -> Any:
        """x^n."""
        if n == 0:
            return Fraction(1)
        if n < 0 and self.sign(x) == 0:
            raise Undefined("{base} to a negative power", base="0")
        if isinstance(x, Fraction):
            return self.exact(x**n)
        return self.rough(math.pow, x, n)

    def elementary(self, function: Callable[..., Any], x: Any) -> Any:
        """An increasing function at `x`."""
        return self.rough(ORDINARY[function], x)

    def expm1(self, x: Any) -> Any:
        """e^x - 1 without cancellation."""
        return Fraction(0) if is_zero(x) else self.rough(math.expm1, x)

    def log1p(self, x: Any) -> Any:
        """log(1 + x) without cancellation. Raises Undefined for x <= -1."""
        self.positive(self.add(Fraction(1), x))
        return Fraction(0) if is_zero(x) else self.rough(math.log1p, x)

    def pi(self) -> Any:
        """The number pi."""
        return math.pi

    def monotone(self, function: Callable[..., Any], x: Any) -> Any:
        """A monotone function at `x`."""
        if function not in ORDINARY:
            raise undecided()
        return self.rough(ORDINARY[function], x)

    def magnitude(self, x: Any) -> int:
        """The least m with |x| < 2^m, or so."""
        return math.frexp(self.rough(float, x))[1]


class Estimator:
    """Estimates formulas at one point; `point` and `definitions` as `evaluate` takes them.

    >>> from cesym.reader.syntax import Call, Name
    >>> estimator = Estimator({"s": Fraction(-2)})
    >>> round(estimator.estimate(Call("sigmoid", (Name("s"),))), 12)
    0.119202922022
    """

    def __init__(
        self, point: Mapping[str, Given], definitions: Mapping[str, Define] | None = None
    ) -> None:
        self.evaluator = Evaluator(Calculus(Floats()), definitions or {})
        self.scope = Scope({name: given(value) for name, value in point.items()})

    def estimate(self, node: Node) -> float:
        """The value of a number, roughly.

        Raises Undefined where there seems to be none, Undecided where floats cannot tell, and
        ValueError for a point that does not fit the formula.
        """
        found: Any = real(self.evaluator.number(node, self.scope))
        return float(found)
