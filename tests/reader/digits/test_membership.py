"""The independent evaluator knows where a defined function has values."""

from fractions import Fraction

import pytest

from cesym.reader.digits import Undecided, Undefined, evaluate
from cesym.reader.digits.membership import inside
from cesym.reader.digits.reals import Reals
from cesym.reader.syntax import Call, Define, Name, Number
from cesym.terms.domains import OPEN_UNIT, POSITIVE_INTEGERS, REAL, UNIT, FiniteSet, IndexRange

REALS = Reals(100)
THIRD = REALS.interval(Fraction(1, 3))
E = REALS.exp(Fraction(1))


@pytest.mark.parametrize(
    ("value", "domain", "expected"),
    [
        (Fraction(0), UNIT, True),
        (Fraction(0), OPEN_UNIT, False),
        (Fraction(1), UNIT, True),
        (Fraction(-1), UNIT, False),
        (Fraction(-1), REAL, True),
        (Fraction(3), POSITIVE_INTEGERS, True),
        (Fraction(1, 2), POSITIVE_INTEGERS, False),
        (Fraction(1), FiniteSet((Fraction(0), Fraction(1))), True),
        (Fraction(2), FiniteSet((Fraction(0), Fraction(1))), False),
        (Fraction(2), IndexRange("K"), True),
        (Fraction(0), IndexRange("K"), False),
        (THIRD, OPEN_UNIT, True),
        (E, UNIT, False),
        (E, FiniteSet((Fraction(0), Fraction(1))), False),
    ],
)
def test_membership(value, domain, expected):
    assert inside(REALS, value, domain) is expected


@pytest.mark.parametrize(
    ("value", "domain"),
    [
        (REALS.subtract(E, E), OPEN_UNIT),
        (REALS.divide(E, E), UNIT),
        (E, POSITIVE_INTEGERS),
        (REALS.divide(E, E), FiniteSet((Fraction(1),))),
    ],
)
def test_what_cannot_be_told_is_not_told(value, domain):
    with pytest.raises(Undecided):
        inside(REALS, value, domain)


def test_a_call_outside_the_domain_has_no_value():
    body = Call("abs", (Name("x"),))
    call = Call("f", (Number(Fraction(-1)),))
    assert evaluate(call, {}, definitions={"f": Define("f", "f", ("x",), body)}) == 1
    narrow = Define("f", "f", ("x",), body, domains=(UNIT,))
    with pytest.raises(Undefined, match="f has no value outside of its domain"):
        evaluate(call, {}, definitions={"f": narrow})
