"""The bounds hold for random programs, and there is none where digits are lost."""

from fractions import Fraction

import numpy as np
import pytest
from codegen.programs import PRECISION, boxes_and_points, exactly, in_floats, programs
from flint import arb, ctx, fmpq
from hypothesis import assume, given, settings

from cesym.codegen.bounds import Assumed, bound
from cesym.codegen.elementary import Unbounded
from cesym.codegen.intervals import LARGEST, Interval, point
from cesym.codegen.nodes import argument, number, operation
from cesym.floats.rounding import round_values
from cesym.floats.ulp import measure

UNIT, TINY = arb(2) ** -53, arb(2) ** -1074
SECOND_ORDER = 1 + arb(2) ** -30


def ball(value: Fraction) -> arb:
    return arb(fmpq(value.numerator, value.denominator))


@settings(max_examples=500)
@given(programs, boxes_and_points())
def test_no_program_is_further_off_than_its_bound(program, place):
    box, floats = place
    try:
        found = bound(program, box)
    except Unbounded:
        assume(False)
    with ctx.workprec(PRECISION):
        exact = exactly(program, floats)
        assert exact.is_finite()
        assert not (exact < ball(found.values.low) or exact > ball(found.values.high))
        assume(found.relative < 2**20 and found.absolute < 2**20)
        computed = in_floats(program, floats)
        allowed = (found.relative * UNIT * abs(exact) + found.absolute * TINY) * SECOND_ORDER
        if not np.isfinite(computed):
            assert not np.isnan(computed) and abs(exact) + allowed > ball(LARGEST)
            assert (exact > 0) == (computed > 0)
            return
        assert not abs(arb(float(computed)) - exact) > allowed


@settings(max_examples=500)
@given(programs, boxes_and_points())
def test_a_lenient_bound_holds_where_its_assumptions_do(program, place):
    box, floats = place
    assumed = Assumed()
    try:
        bound(program, box, assumed)
        found = bound(program, box, assumed)
    except Unbounded:
        assume(False)
    with ctx.workprec(PRECISION):
        exact = exactly(program, floats)
        size = abs(exact) if found.size is None else exactly(found.size, floats)
        assert exact.is_finite() and not abs(exact) > size * (1 + arb(2) ** -1000)
        assert not (exact < ball(found.values.low) or exact > ball(found.values.high))
        assume(found.relative < 2**20 and found.absolute < 2**20)
        assume(all(abs(exactly(part, floats)) <= ball(LARGEST) for part in assumed.finite))
        kept = (abs(exactly(part, floats)) for part in assumed.normal)
        assume(all(value == 0 or value >= arb(2) ** -1022 for value in kept))
        allowed = (found.relative * UNIT * abs(size) + found.absolute * TINY) * SECOND_ORDER
        assume(abs(size) + allowed < ball(LARGEST))
        assert not abs(arb(float(in_floats(program, floats))) - exact) > allowed


T = Interval(Fraction(0), Fraction(1))
S = {"below": Interval(-LARGEST, Fraction(0)), "above": Interval(Fraction(0), LARGEST)}


def op(head, *operands):
    return operation(head, *(number(o) if isinstance(o, int) else o for o in operands))


t, s = argument("t"), argument("s")
LOST = {
    "1 - t for t rounded near 1": op("-", 1, op("exp", op("neg", t))),
    "log of 1 + e^-s": op("log", op("+", 1, op("exp", op("neg", s)))),
    "exp overflows and is made small again": op("*", op("exp", s), t),
    "exp overflows below a fraction": op("/", 1, op("exp", s)),
    "exp overflows in a logarithm": op("log", op("+", 1, op("exp", s))),
    "exp overflows in a difference": op("-", op("exp", s), 1),
    "a product overflows": op("*", op("*", s, s), t),
    "a denominator vanishes": op("/", 1, t),
    "log of 0": op("log", t),
    "sqrt of what underflowed": op("sqrt", op("exp", op("neg", op("abs", s)))),
    "a rounded test": op("where", op(">", op("exp", t), 2), 1, 0),
}


@pytest.mark.parametrize("name", LOST)
def test_there_is_no_bound_where_digits_are_lost(name):
    with pytest.raises(Unbounded):
        bound(LOST[name], {"t": T, "s": S["above"]})


SHARP = {
    "exp multiplies an error by its argument": op("exp", op("/", s, 3)),
    "a square doubles an error": op("*", op("/", t, 3), op("/", t, 3)),
    "a sum divides by what is left": op("-", 3, op("exp", t)),
    "a sum of one sign shares errors": op("+", op("/", t, 3), op("/", s, 7)),
    "a product adds errors": op("*", op("/", t, 3), op("/", s, 7)),
    "a quotient adds errors": op("/", op("/", t, 3), op("+", 1, op("/", s, 7))),
    "log1p near -1": op("log1p", op("neg", op("*", number(Fraction(127, 128)), t))),
    "expm1 of much": op("expm1", op("/", s, 3)),
    "the larger term shares more": op("+", op("exp", op("/", s, 3)), 1000),
    "the size of an error that is added": op("+", 1, op("exp", op("/", t, 3))),
}


@pytest.mark.parametrize("name", SHARP)
def test_bounds_hold_where_errors_are_large(name):
    rng = np.random.default_rng(0)
    values = {"t": rng.random(3000), "s": rng.random(3000) * 500}
    found = bound(SHARP[name], {"t": T, "s": Interval(Fraction(0), Fraction(500))})
    computed = in_floats(SHARP[name], values)
    worst = 0.0
    with ctx.workprec(PRECISION):
        for place, result in enumerate(computed.tolist()):
            exact = exactly(SHARP[name], {key: value[place] for key, value in values.items()})
            worst = max(worst, float(abs(result - exact) / (UNIT * abs(exact))))
    assert worst <= found.relative


def test_a_label_of_0_or_1_costs_nothing():
    y = argument("y")
    kept = op("*", y, op("exp", op("neg", t)))
    for label in (0, 1):
        found = bound(op("+", op("-", 1, y), kept), {"t": T, "y": point(label)})
        assert found.relative <= 3


def test_underflow_counts_only_near_zero():
    small = op("exp", op("neg", op("abs", s)))
    assert bound(small, {"s": S["above"]}).absolute == 1
    assert bound(op("+", 1, small), {"s": S["above"]}).absolute == 0


def test_numpy_keeps_to_the_error_that_is_assumed_of_its_functions():
    x = np.linspace(-700, 700, 20001)
    grids = {"exp": x, "log": np.exp(x), "log1p": np.exp(-np.abs(x)), "expm1": x, "tanh": x / 30}
    for name, grid in grids.items():
        truth = round_values(getattr(arb, name), grid, dtype=np.float64)
        limit = 2 if name == "tanh" else 1
        assert measure(getattr(np, name)(grid), truth).largest <= limit, name
