"""What an exported function is, exactly: its proved form in Arb balls, correctly rounded.

The form is proved equal to the exported term, and no float arithmetic enters here; so this is the
truth that computed results are held against.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction

import numpy as np
import numpy.typing as npt
from flint import arb, fmpq

from cesym.codegen.functions import Function, Functions
from cesym.codegen.lowering import lower
from cesym.codegen.nodes import ARGUMENT, CONSTANT, NUMBER, Node
from cesym.codegen.special import SPECIAL
from cesym.floats.rounding import Rounded, round_values

LAST_PRECISION = 4096
"""So many bits decide everything but ties that no ball can tell."""

MEANING: Mapping[str, Callable[..., arb]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "neg": lambda a: -a,
    "abs": arb.__abs__,
    "max": lambda a, b: a.max(b),
    "min": lambda a, b: a.min(b),
    "exp": arb.exp,
    "log": arb.log,
    "log1p": arb.log1p,
    "expm1": arb.expm1,
    "sqrt": arb.sqrt,
    "tanh": arb.tanh,
    **{head: row.ball for head, row in SPECIAL.items()},
}
"""Operation -> what it is of balls. Tests are decided apart."""

CONSTANTS: Mapping[str, Callable[[], arb]] = {"pi": arb.pi}

TESTS: Mapping[str, Callable[[arb, arb], bool]] = {
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
}


def exactly(node: Node, values: Mapping[str, arb]) -> arb:
    """A ball that holds the value of a form's program, at the current precision of flint.

    A test must be of exact numbers, arguments or numerals; that of any form that is exported is.

    >>> from cesym.codegen.nodes import argument, operation
    >>> x = argument("x")
    >>> exactly(operation("*", x, x), {"x": arb(3)})
    9.00000000000000
    """
    if node.head == NUMBER:
        assert isinstance(node.leaf, Fraction)
        return arb(fmpq(node.leaf.numerator, node.leaf.denominator))
    if node.head == CONSTANT:
        return CONSTANTS[str(node.leaf)]()
    if node.head == ARGUMENT:
        return values[str(node.leaf)]
    if node.head == "where":
        test, yes, no = node.operands
        a, b = (exactly(operand, values) for operand in test.operands)
        return exactly(yes if TESTS[test.head](a, b) else no, values)
    return MEANING[node.head](*(exactly(operand, values) for operand in node.operands))


def truth(
    function: Function, functions: Functions, *columns: npt.ArrayLike, dtype: npt.DTypeLike
) -> Rounded:
    """The exact values of a function at the rows of `columns`, rounded to `dtype`.

    The columns are floats inside the domains of the arguments, in the order of these.
    """
    form = lower(function.form, functions.context)
    return rounded(form, functions, *columns, dtype=dtype)


def rounded(
    program: Node, functions: Functions, *columns: npt.ArrayLike, dtype: npt.DTypeLike
) -> Rounded:
    """The exact values of a program at the rows of `columns`, rounded to `dtype`."""
    names = [declaration.name for declaration in functions.arguments]

    def value(*points: arb) -> arb:
        return exactly(program, dict(zip(names, points, strict=True)))

    return round_values(
        value, *columns, dtype=dtype, last_precision=LAST_PRECISION, either_at_ties=True
    )


def sizes(
    function: Function, functions: Functions, *columns: npt.ArrayLike, dtype: npt.DTypeLike
) -> Rounded:
    """What the error of a function is stated in: its size, or its value if there is none."""
    stated = function.shown.stated
    if function.shown.hard or stated is None or stated.size is None:
        return truth(function, functions, *columns, dtype=dtype)
    return rounded(stated.size, functions, *columns, dtype=dtype)


def nearest(function: Function, functions: Functions, point: tuple[float, ...]) -> float:
    """The float64 nearest to the exact value at one point of finite floats."""
    return _at(truth, function, functions, point)


def nearest_size(function: Function, functions: Functions, point: tuple[float, ...]) -> float:
    """The float64 nearest to its size at one point of finite floats."""
    return _at(sizes, function, functions, point)


def _at(
    values: Callable[..., Rounded],
    function: Function,
    functions: Functions,
    point: tuple[float, ...],
) -> float:
    if not all(map(math.isfinite, point)):
        raise ValueError(f"{point} is not finite")
    columns = ([x] for x in point)
    return float(values(function, functions, *columns, dtype=np.float64).nearest[0])
