"""Tables and polynomials are what they say they are."""

import pytest
from flint import arb, arb_poly, ctx, fmpq

from cesym.codegen.c import constants
from cesym.codegen.c.programs import SETTINGS


def worst(function, polynomial, reach):
    """The largest relative error of x^2 p(x) against f(x), in units of x, as a power of 2."""
    with ctx.workprec(300):
        p = arb_poly(list(polynomial))
        points = [arb(reach) * arb(fmpq(k, 500)) for k in range(-500, 501) if k]
        return max(float(abs((function(x) - x * x * p(x)) / x)) for x in points)


@pytest.mark.parametrize("form", [t for s in SETTINGS.values() for t in s.types])
def test_polynomials_are_as_good_as_their_grade_needs(form):
    exp = worst(
        lambda x: x.exp() - 1 - x, constants.exp_polynomial(form.exp_terms), fmpq(217, 10000)
    )
    log = worst(lambda x: (1 + x).log() - x, constants.log_polynomial(form.log_terms), fmpq(1, 31))
    needed = {"pair": 2.0**-58, "single": 2.0**-47}[form.grade]
    if form.computed_in == "s":
        needed = 2.0**-22
    elif form.name == "f64" and form.grade == "single":
        needed = 2.0**-49
    assert exp < needed and log < needed


def test_the_leading_part_of_the_step_times_k_is_exact():
    for form, largest in ((constants.DOUBLE, 760 * 24), (constants.SINGLE, 120 * 24)):
        with ctx.workprec(200):
            step = constants.log_two() / 16
            high, low = form.cut(step)
            rest = float(step - high - low)
        digits = float(high).hex().split("p")[0].removeprefix("0x1.").rstrip("0")
        assert len(digits) * 4 + 1 + largest.bit_length() <= form.digits + 3
        assert abs(rest) < abs(low) * 2.0 ** (1 - form.digits)


def test_the_table_of_logarithms_fits_its_inverses():
    inverses, logs = constants.log_table(constants.SINGLE)
    with ctx.workprec(200):
        for v, found in zip(inverses, logs, strict=True):
            assert abs(float(found + arb(v).log())) < 1e-50
    assert inverses[0] == 1.0
