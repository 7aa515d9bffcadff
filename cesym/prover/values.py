"""Values at a point: exact rationals as long as possible, Arb balls from there on.

A ball is an interval that is *proved* to hold the value.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from flint import arb, ctx, fmpq
from sympy import Expr, IndexedBase

Value = fmpq | arb

Cells = dict[tuple[int, ...], Value]
"""The entries of an array, by their indices from 1."""


class Undefined(Exception):
    """The term has no value here, or the ball is too wide to tell."""


@dataclass(slots=True)
class Point:
    """Values of symbols and of the entries of vectors. Values are rationals; a hypothesis that is
    solved may give a ball.
    """

    scalars: dict[Expr, Value] = field(default_factory=dict)
    entries: dict[IndexedBase, Cells] = field(default_factory=dict)

    def with_index(self, index: Expr, value: int) -> Point:
        """The same point with a bound index set."""
        return Point({**self.scalars, index: fmpq(value)}, self.entries)


def ball(value: Value) -> arb:
    """A value as a ball."""
    return value if isinstance(value, arb) else arb(value)


def sign_of(value: Value) -> int | None:
    """-1, 0 or 1 when that is certain, else None."""
    if isinstance(value, fmpq):
        return (value > 0) - (value < 0)
    if value > 0:
        return 1
    if value < 0:
        return -1
    return 0 if value.is_zero() else None


def exactly(value: Value) -> Value:
    """A ball of radius 0 at an integer, as a rational."""
    if isinstance(value, arb) and value.is_exact() and value.is_integer():
        whole = value.unique_fmpz()
        return value if whole is None else fmpq(whole)
    return value


class precision:
    """Set the working precision in bits for the body of a `with`."""

    def __init__(self, bits: int) -> None:
        self.bits = bits

    def __enter__(self) -> None:
        self.before, ctx.prec = ctx.prec, self.bits

    def __exit__(self, *_: object) -> None:
        ctx.prec = self.before
