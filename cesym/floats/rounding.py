"""Exact rounding of Arb balls to a float format, with what the rounding left over.

A ball decides a rounding only when *every* number in it rounds to the same float. Until then
the precision is raised; nothing is ever rounded from the middle of a ball alone.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from flint import arb, ctx

from cesym.floats.formats import Format, format_of
from cesym.floats.ordinals import Floats

FIRST_PRECISION = 128
LAST_PRECISION = 1 << 16
RESIDUE_RADIUS = 2.0**-40
"""The residue of a rounding is known to within this share of an ulp."""

_RADIUS_BALL = arb(RESIDUE_RADIUS)


@dataclass(frozen=True, slots=True)
class Rounded:
    """Exact numbers as correctly rounded floats and the rest.

    ``exact = nearest + residue * ulp(nearest)``, ties to even. ``|residue| <= 1/2``, and it is
    known to within 2^-40. Where the exact number overflows, ``nearest`` is infinite and
    ``residue`` is 0.
    """

    nearest: Floats
    residue: npt.NDArray[np.float64]
    name: str = ""

    @property
    def format(self) -> Format:
        """The format of `nearest`: that of its dtype, if no other is named."""
        return format_of(self.name or self.nearest.dtype)


def round_ball(ball: arb, dtype: npt.DTypeLike) -> tuple[float, float] | None:
    """Round the number in ``ball``: (nearest float, residue in ulps), None if undecided.

    The float is returned as a Python float, exact for float32 too.

    >>> with ctx.workprec(128):
    ...     round_ball(arb("0.1"), np.float32)
    (0.10000000149011612, -0.2)
    >>> round_ball(arb(1, 1e-10), np.float64) is None
    True
    >>> round_ball(arb(2) ** 1024, np.float64)
    (inf, 0.0)
    """
    with ctx.workprec(max(ctx.prec, FIRST_PRECISION)):
        return _round(ball, format_of(dtype))


def round_values(
    function: Callable[..., arb],
    *columns: npt.ArrayLike,
    dtype: npt.DTypeLike,
    first_precision: int = FIRST_PRECISION,
    last_precision: int = LAST_PRECISION,
    either_at_ties: bool = False,
) -> Rounded:
    """Evaluate ``function`` at each row of ``columns`` and round each value correctly.

    ``function`` takes exact balls and returns a ball computed at the current working precision
    (``flint.ctx.prec``); it is called again with twice the precision until its ball decides.
    The inputs are finite floats. Raises ``ArithmeticError`` when ``last_precision`` bits do not
    decide: the value is undefined, or so close to a tie that no ball can tell (1 - y - exp(-s)
    may miss one by exp(-1e300)). With ``either_at_ties`` such a value goes to either neighbour;
    the residue says the rest all the same, so errors in ulp stay right to within 2^-40, in the
    ulp of that neighbour.

    >>> truth = round_values(lambda x: x.exp(), [0.0, 1.0], dtype=np.float64)
    >>> truth.nearest
    array([1.        , 2.71828183])
    >>> float(truth.residue[1]).hex()[:7]
    '0x1.4d5'
    """
    form = format_of(dtype)
    rows = list(zip(*(np.asarray(column, np.float64).tolist() for column in columns), strict=True))
    decided = []
    with ctx.workprec(first_precision):
        for row in rows:
            points = [arb(value) for value in row]
            pair = _round(function(*points), form)
            precision = first_precision
            while pair is None and (precision := 2 * precision) <= last_precision:
                with ctx.workprec(precision):
                    pair = _round(function(*points), form)
            if pair is None and either_at_ties:
                pair = _round(function(*points), form, either_at_ties=True)
            if pair is None:
                raise ArithmeticError(_undecided(points, form.name, last_precision))
            decided.append(pair)
    pairs = np.array(decided, np.float64).reshape(-1, 2)
    return Rounded(pairs[:, 0].astype(form.storage), pairs[:, 1].copy(), form.name)


def _undecided(points: list[arb], name: str, last_precision: int) -> str:
    at = ", ".join(point.str(20, radius=False) for point in points)
    return f"{last_precision} bits do not decide the {name} nearest to the value at ({at})"


def _round(ball: arb, form: Format, *, either_at_ties: bool = False) -> tuple[float, float] | None:
    if not ball.is_finite():
        return None
    guess = form.guess(float(ball))
    if math.isinf(guess):
        return _round_beyond(ball, form)
    # Two rounds: the guess itself, or the neighbour on the side where the ball lies.
    for _ in range(2):
        exponent = form.ulp_exponent(guess)
        residue = (ball - guess) * _power_of_two(-exponent)
        if not residue.rad() < _RADIUS_BALL:
            return None
        side = _side(residue, guess, exponent, form)
        if side is None and not either_at_ties:
            return None
        if not side:
            return guess, float(residue)
        guess = form.neighbour(guess, side)
        if math.isinf(guess):
            return guess, 0.0
    return None


def _side(residue: arb, guess: float, exponent: int, form: Format) -> int | None:
    """0: the guess is nearest; -1 or 1: a neighbour may be; None: the ball straddles."""
    rest = float(residue)
    if abs(rest) < 0.25 - 2 * RESIDUE_RADIUS:
        return 0
    below, above = _cell(guess, form)
    if residue < above and residue > -below:
        return 0
    if residue > above:
        return 1
    if residue < -below:
        return -1
    if residue.is_exact():  # a true tie: the even significand wins
        even = math.ldexp(guess, -exponent) % 2 == 0
        return 0 if even else (1 if rest > 0 else -1)
    return None


def _cell(x: float, form: Format) -> tuple[float, float]:
    """How far below and above ``x``, in its ulps, the numbers that round to it reach.

    Half an ulp, but a quarter on the inner side of a power of two, where floats lie twice as
    close; the least normal is no exception to the half, the subnormals being spaced alike.
    """
    fraction, power = math.frexp(x)
    close = abs(fraction) == 0.5 and power - form.digits > form.least_exponent
    inner = 0.25 if close else 0.5
    return (inner, 0.5) if x > 0 else (0.5, inner)


def _round_beyond(ball: arb, form: Format) -> tuple[float, float] | None:
    """Round a ball whose middle lies beyond the largest finite float."""
    largest = form.largest
    threshold = arb(largest) + _power_of_two(form.ulp_exponent(largest) - 1)
    sign = 1.0 if float(ball) > 0 else -1.0
    size = ball * sign
    if size >= threshold:
        return sign * math.inf, 0.0
    if size < threshold:
        residue = (size - largest) * _power_of_two(-form.ulp_exponent(largest))
        return (sign * largest, sign * float(residue)) if residue.rad() < _RADIUS_BALL else None
    return None


@cache
def _power_of_two(exponent: int) -> arb:
    return arb(2) ** exponent
