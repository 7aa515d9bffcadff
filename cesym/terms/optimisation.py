"""Limits, minimisers and minima as unevaluated nodes.

They are no values to compute with: a limit may be infinite, a minimum need not be attained. So
they stand only as a whole side of `==`; the prover has a procedure for each. The variable stays the
declared symbol, and moves within its declared domain.
"""

from __future__ import annotations

from sympy import Function


class LimitOf(Function):
    """`LimitOf(body, x, target, side)`: what `body` tends to as x tends to `target`.

    `target` is a term, oo or -oo; `side` is 1 from above, -1 from below, 0 from both sides, as far
    as the domain of x lies there.
    """

    nargs = 4
    is_extended_real = True
    is_commutative = True
    is_number = False


class ArgMin(Function):
    """`ArgMin(body, x)`: the one x of its domain at which `body` is least.

    For a vector, x is the label of its IndexedBase, and `ArgMin(body, x, j)` is entry j of the
    minimiser.
    """

    nargs = (2, 3)
    is_real = True
    is_number = False


class MinValue(Function):
    """`MinValue(body, x)`: the greatest lower bound of `body` over the domain of x, attained or
    not. For a vector, x is the label of its IndexedBase.
    """

    nargs = 2
    is_extended_real = True
    is_commutative = True
    is_number = False


OPTIMISATIONS = (LimitOf, ArgMin, MinValue)
"""The heads that stand only as a whole side of a relation."""
