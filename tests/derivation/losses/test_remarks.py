"""What the page of a loss says in words is true, and nothing silly is said."""

import pytest

from cesym.derivation import derive
from cesym.documents import render


def page(loss: str, *let: str, **more: str) -> str:
    return render(derive(loss=loss, let=list(let), **more), "markdown")


def test_a_sign_is_found_among_square_roots():
    """The second derivative as it stands has square roots of both signs; worked out it has not."""
    text = page(
        "(sqrt(p)-sqrt(q))**2 + (sqrt(1-p)-sqrt(1-q))**2", "p in [0,1]", "q in (0,1)", by="q"
    )
    assert "It is nowhere negative, so the loss is convex in $q$:" in text


CONVEXITY = [
    ("s - x + exp(x - s)", "nowhere negative either, so the loss is convex in $s$ and $x$"),
    ("(s*x - 1)**2", "negative at a point, so the loss is not always convex in $s$ and $x$"),
]


@pytest.mark.parametrize(("loss", "sentence"), CONVEXITY)
def test_whether_it_is_convex_in_both_variables_is_said(loss, sentence):
    assert f"The determinant of the Hessian is {sentence} together:" in page(
        loss, "s in real", "x in real"
    )


def test_nothing_is_said_of_both_where_it_is_not_convex_in_one():
    assert "together" not in page("s**3 + x**2", "s in real", "x in real")


def test_one_base_has_one_power():
    text = page("(1 - q**a)/a", "q in (0,1)", "a in (0,1]", by="q")
    assert r"&= -q^{a - 1}" in text


def test_what_cancels_is_written_expm1():
    text = page("1 - exp(-x**2/2)", "x in real")
    assert r"&= -\operatorname{expm1}\left( -\frac{x^2}{2} \right)" in text
    assert (
        r"From $\frac{\partial L}{\partial x}$, $\frac{\partial^2 L}{\partial x^2}$ no rule" in text
    )
    assert r"In the form of $\frac{\partial^2 L}{\partial x^2}$ terms of different signs" in text


def test_a_sum_without_cancellation_is_left_alone():
    text = page("1 - (2*y*q + 1)/(y + q + 1)", "y in [0,1]", "q in (0,1)", link="q = sigmoid(s)")
    assert "a part for each label" not in text


def test_multiples_of_the_sigmoid_stay_with_it():
    text = page("(1 - q**a)/a", "q in (0,1)", "a in (0,1]", link="q = sigmoid(s)")
    assert r"[\sigma(s) - a (1 - \sigma(s))]" in text


def test_dangers_are_named_where_no_rule_helps():
    text = page("1/(1+exp(2*v))**2", "v in real")
    assert "No rule leads from these formulas to others" in text
    assert "That no exponential overflows in these forms is not shown." in text


def test_the_ends_under_a_hypothesis_are_not_looked_at():
    text = page("log(x - a)", "x in real", "a in real", "x > a", by="x")
    assert "Where $x$ ends depends on what is supposed" in text
    assert r"\to" not in text and "gaps" not in text


@pytest.mark.parametrize("hypothesis", ["x != 0", "x**2 > 1"])
def test_convexity_is_meant_between_gaps(hypothesis):
    text = page("x**2", "x in real", hypothesis)
    assert "What is supposed may leave gaps between the values of $x$." in text


def test_a_derivative_is_not_denied_where_there_is_one():
    let = "y in {-1,1}", "s in real"
    assert "It has a derivative by $s$ at $s = 1$, $y = 1$." in page("max(0, 1 - y*s)**2", *let)
    assert "It has no derivative by $s$ at $s = 1$, $y = 1$." in page("max(0, 1 - y*s)", *let)
