"""The numbers in the C code: tables and polynomials, computed in Arb balls when code is written.

exp: e^x = 2^(k/16) e^r with k = round(16 x / log 2), |r| <= log(2)/32, and a table of 2^(j/16);
e^r = 1 + r + r^2 q(r). log: log(1 + t) = -log(v) + log(1 + x) with v close to 1/(1 + j/16),
j = round(16 t), x = v (1 + t) - 1; log(1 + x) = x + x^2 p(x). (P. T. P. Tang, Table-driven
implementation of the exponential function, ACM TOMS 15, 1989; of the logarithm function, 16, 1990.)

q and p interpolate at the nodes of Chebyshev, which is within a factor of log n of the best that a
polynomial of that degree can do.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from flint import arb, ctx, fmpq

from cesym.codegen.polynomials import PRECISION, polynomial

ENTRIES = 16
"""Entries of a table: as many as two registers of AVX-512 hold in float64."""

EXP_REACH = fmpq(1, 45)
"""At least log(2)/32, and what rounding k adds."""

LOG_REACH = fmpq(34, 1000)
"""At least |v (1 + t) - 1| for t within 1/32 of j/16."""


@dataclass(frozen=True, slots=True)
class Format:
    """A binary format: `digits` of the significand; `spare` bits left free in the leading part of
    log(2)/16, so that its product with k is exact.
    """

    digits: int
    spare: int

    def round(self, value: arb) -> float:
        """The nearest number of the format: the ball is so small that any point of it will do."""
        found = float(value)
        return found if self.digits == 53 else struct.unpack("<f", struct.pack("<f", found))[0]

    def split(self, value: arb) -> tuple[float, float]:
        """high + low, each a number of the format."""
        high = self.round(value)
        return high, self.round(value - high)

    def cut(self, value: arb) -> tuple[float, float]:
        """As `split`, with `spare` zeros at the end of the high part."""
        _, exponent = math.frexp(float(value))
        unit = arb(2) ** (exponent - self.digits + self.spare)
        high = self.round((value / unit).floor() * unit)
        return high, self.round(value - high)


DOUBLE = Format(53, 16)
SINGLE = Format(24, 13)


def exp_table() -> list[arb]:
    """2^(j/16)."""
    with ctx.workprec(PRECISION):
        return [arb(2) ** (arb(j) / ENTRIES) for j in range(ENTRIES)]


def log_table(form: Format, *, near: bool = False) -> tuple[list[float], list[arb]]:
    """v close to 1/(1 + j/16), and -log(v).

    With `near` the second half of the entries stands for negative j, down to 1 - 1/4: around 1,
    where the sign of a logarithm changes.
    """
    places = [j - ENTRIES if near and j > ENTRIES // 2 else j for j in range(ENTRIES)]
    with ctx.workprec(PRECISION):
        inverses = [form.round(1 / (1 + arb(j) / ENTRIES)) for j in places]
        return inverses, [-arb(v).log() for v in inverses]


def log_two() -> arb:
    """log 2."""
    with ctx.workprec(PRECISION):
        return arb(2).log()


@cache
def exp_polynomial(count: int) -> tuple[arb, ...]:
    """q with e^r = 1 + r + r^2 q(r), `count` coefficients.

    >>> [round(float(c), 3) for c in exp_polynomial(3)]
    [0.5, 0.167, 0.042]
    """
    reach = arb(EXP_REACH)
    return polynomial(lambda k: 1 / arb(k + 3).gamma(), 40, -reach, reach, count)


@cache
def log_polynomial(count: int) -> tuple[arb, ...]:
    """p with log(1 + x) = x + x^2 p(x), `count` coefficients."""
    reach = arb(LOG_REACH)
    return polynomial(lambda k: arb((-1) ** (k + 1)) / (k + 2), 90, -reach, reach, count)


def array(kind: str, name: str, values: Sequence[float]) -> str:
    """The definition of a table in C."""
    suffix = "f" if kind == "float" else ""
    listed = ", ".join(value.hex() + suffix for value in values)
    return f"static const {kind} {name}[{len(values)}] CESYM_ALIGNED = {{{listed}}};"
