"""Polynomials in place of power series, computed in Arb balls when code is written."""

from __future__ import annotations

from collections.abc import Callable

from flint import arb, arb_poly, ctx

PRECISION = 400


def polynomial(
    coefficient: Callable[[int], arb], terms: int, low: arb, high: arb, count: int
) -> tuple[arb, ...]:
    """The polynomial that agrees with a power series at the nodes of Chebyshev in [low, high]."""
    with ctx.workprec(PRECISION):
        series = arb_poly([coefficient(k) for k in range(terms)])
        return interpolated(series, low, high, count)


def interpolated(
    function: Callable[[arb], arb], low: arb, high: arb, count: int
) -> tuple[arb, ...]:
    """The polynomial that agrees with a function at the nodes of Chebyshev in [low, high]."""
    with ctx.workprec(PRECISION):
        places = [arb.cos_pi(arb(2 * i + 1) / (2 * count)) for i in range(count)]
        nodes = [(low + high + (high - low) * place) / 2 for place in places]
        found = arb_poly.interpolate(nodes, [function(node) for node in nodes])
        return tuple(found[k] for k in range(count))
