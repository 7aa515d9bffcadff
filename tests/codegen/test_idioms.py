"""Idioms change no result, and are used only where their operands allow it."""

import numpy as np
from sympy import Abs, Max, Piecewise, exp

from cesym.codegen.idioms import apply_idioms
from cesym.codegen.lowering import lower
from cesym.codegen.numpy import expression
from cesym.terms.context import Context
from cesym.terms.domains import REAL, UNIT, Declaration

CONTEXT = Context().declare(Declaration("y", UNIT), Declaration("s", REAL))
y, s = CONTEXT.symbol("y"), CONTEXT.symbol("s")


def text(term):
    return expression(apply_idioms(lower(term, CONTEXT), tuple(CONTEXT)))


def test_one_or_less_is_a_maximum():
    assert text(Piecewise((1, s >= 0), (exp(-Abs(s)), True))) == (
        "np.maximum(np.exp(-np.abs(s)), s >= 0)"
    )


def test_one_or_more_is_not():
    for other in (1 + y, -y, Abs(s)):
        assert text(Piecewise((1, s >= 0), (other, True))).startswith("np.where(")
    assert text(Piecewise((2, s >= 0), (y, True))).startswith("np.where(")


def test_the_maximum_gives_the_floats_of_the_cases():
    values = np.concatenate([np.linspace(-800, 800, 2001), [0.0, -0.0, np.inf, -np.inf, np.nan]])
    t = np.exp(-np.abs(values))
    expected = np.where(values >= 0, 1, t)
    np.testing.assert_array_equal(np.maximum(t, values >= 0), expected)


def test_a_weight_of_zero_wins_over_infinity():
    assert text((1 - y) * Max(s, 0)) == "_weigh(1 - y, np.maximum(s, 0))"
    assert text(y * s) == "_weigh(y, s)"
    assert text(y * exp(-Abs(s))) == "y * np.exp(-np.abs(s))"
    assert text((1 + y) * s) == "s * (y + 1)"
