"""Hypotheses on a product whose factors have no sign of their own."""

import pytest

from tests.prover.asking import ask

NUMBERS = ("x in real", "y in real", "z in real")

PROVED = [
    ("x*y > 0", "x*y >= 0"),
    ("x*y > 0", "y*x > 0"),
    ("x*y > 0", "x**3*y > 0"),
    ("x*y > 0", "sign(x) == sign(y)"),
    ("x*y < 0", "abs(x*y) == -x*y"),
    ("x*(y - z) > 0", "x*(z - y) < 0"),
    ("x*y < x", "x - x*y > 0"),
    ("x**2*y > 0", "y > 0"),
    ("x**2*y*z < 0", "y*z < 0"),
    ("x**3 >= 0", "x >= 0"),
    ("x**2 > 1", "abs(x**2 - 1) == x**2 - 1"),
    ("x**2 < 1", "abs(x**2 - 1) == 1 - x**2"),
    ("x*y >= 0", "x*y + z**2 >= 0"),
]
"""Hypothesis and what follows from it."""

NOT_PROVED = [
    ("x*y > 0", "x > 0"),
    ("x*y > 0", "x**2*y > 0"),
    ("x*y > 0", "x*y*z > 0"),
    ("x*y > 0", "x*y > 1"),
    ("x*y >= 0", "x*y > 0"),
    ("x*y >= 0", "sign(x) == sign(y)"),
    ("x**2*y >= 0", "y >= 0"),
    ("x**2*y <= 0", "y <= 0"),
    ("x**2 > 1", "x > 1"),
    ("x**2 > 1", "abs(x**2 - 1) == 1 - x**2"),
    ("x*(y - z) > 0", "x*(z - y) > 0"),
    ("x*y != 0", "x*y > 0"),
    ("x*y < 0", "x*y**2 < 0"),
]
"""What does not follow."""


@pytest.mark.parametrize(("hypothesis", "claim"), PROVED)
def test_what_follows_is_proved(hypothesis: str, claim: str) -> None:
    assert ask(claim, *NUMBERS, hypothesis).proved


@pytest.mark.parametrize(("hypothesis", "claim"), NOT_PROVED)
def test_what_does_not_follow_is_not(hypothesis: str, claim: str) -> None:
    assert not ask(claim, *NUMBERS, hypothesis).proved
