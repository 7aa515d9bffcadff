"""Sums made good: the same value, fewer roundings, and only where that is shown to help."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Abs, Max, exp

from cesym.codegen import array_support
from cesym.codegen.compensation import compensate
from cesym.codegen.lowering import lower, meaning
from cesym.codegen.stability import show_stable
from cesym.terms.context import Context
from cesym.terms.domains import REAL, UNIT, Declaration

CONTEXT = Context().declare(Declaration("y", UNIT), Declaration("s", REAL))
y, s = CONTEXT.symbol("y"), CONTEXT.symbol("s")
t = exp(-Abs(s))
DIFFERENCE = (1 - y) * exp(-Max(-s, 0)) - y * exp(-Max(s, 0))
HELPED = {"a square": 1 + t * (2 + t), "a cube": 1 + t * (3 + t * (3 + t)), "a root": DIFFERENCE}
LEFT_ALONE = {"a sum": 1 + t, "may be infinite": (1 - y) * Max(s, 0) - y * Max(-s, 0)}
moderate = st.floats(-(2.0**100), 2.0**100).filter(lambda x: x == 0 or abs(x) > 2.0**-100)


def heads(node):
    return {part.head for part in node.walk()}


@pytest.mark.parametrize("name", HELPED)
def test_sums_are_made_good_and_mean_the_same(name):
    term = HELPED[name]
    plain = lower(term, CONTEXT)
    careful = compensate(plain, tuple(CONTEXT))
    assert "total" in heads(careful)
    assert (meaning(careful, {"y": y, "s": s}) - term).expand() == 0
    before, after = (show_stable(node, tuple(CONTEXT)) for node in (plain, careful))
    assert after.hard == before.hard and after.ulps <= before.ulps


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_other_programs_stay_as_they_are(name):
    node = lower(LEFT_ALONE[name], CONTEXT)
    assert compensate(node, tuple(CONTEXT)) == node


@given(moderate, moderate)
def test_errors_of_sums_and_products_are_exact(a, b):
    lost = float(array_support._sum_error(a, b))
    assert Fraction(a) + Fraction(b) == Fraction(a + b) + Fraction(lost)
    lost = float(array_support._product_error(np.float64(a), np.float64(b)))
    assert Fraction(a) * Fraction(b) == Fraction(a * b) + Fraction(lost)


@given(st.lists(moderate, min_size=1, max_size=5))
def test_a_total_is_as_good_as_in_twice_the_precision(terms):
    exact = sum(map(Fraction, terms))
    size = sum(abs(Fraction(term)) for term in terms)
    off = abs(Fraction(float(array_support._total(*terms))) - exact)
    assert off <= abs(exact) / 2**53 + 20 * size / 2**106
