"""Where a function ends: its values at infinite arguments, at ends that the domain leaves out, and
at nan; found by running the simplest target. Every target must agree, and a test sees that it does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import product

from cesym.codegen.functions import Functions
from cesym.terms.domains import Declaration, FiniteSet, Interval

MOST = 8
"""More combinations of ends are not listed."""

Point = tuple[float, ...]

Ends = Mapping[str, tuple[tuple[Point, float], ...]]
"""Function -> points of the boundary, and what it gives there."""


def boundary_points(functions: Functions) -> tuple[Point, ...]:
    """The combinations of ends of the domains of which at least one is not in its domain.

    >>> from cesym.codegen.functions import functions_of
    >>> from cesym.derivation import derive
    >>> boundary_points(functions_of(derive("binary-cross-entropy")))
    ((0.0, -inf), (0.0, inf), (1.0, -inf), (1.0, inf))
    """
    ends = [_ends(declaration) for declaration in functions.arguments]
    found = tuple(
        tuple(end for end, _within in chosen)
        for chosen in product(*ends)
        if not all(within for _end, within in chosen)
    )
    return found if len(found) <= MOST else ()


def _ends(declaration: Declaration) -> list[tuple[float, bool]]:
    """The ends of a domain, and whether they are in it."""
    domain = declaration.domain
    if isinstance(domain, FiniteSet):
        return [(float(value), True) for value in domain.values]
    assert isinstance(domain, Interval)
    low = (-math.inf, False) if domain.lower is None else (float(domain.lower), domain.lower_open)
    high = (math.inf, False) if domain.upper is None else (float(domain.upper), domain.upper_open)
    return [(end, math.isfinite(end) and not left_out) for end, left_out in (low, high)]


def boundary_values(functions: Functions, run: Mapping[str, Callable[..., float]]) -> Ends:
    """Function -> what `run` says of it at every point of the boundary; nothing where that is nan,
    as where a weight and a score are infinite both, and there is no limit.
    """
    points = boundary_points(functions)
    found = {
        function.name: [(point, run[function.name](*point)) for point in points]
        for function in functions.functions
    }
    return {
        name: tuple((point, value) for point, value in rows if not math.isnan(value))
        for name, rows in found.items()
    }


def shown(value: float) -> str:
    """A number as the boundary table shows it; no minus before a zero."""
    return f"{value + 0.0:.6g}"
