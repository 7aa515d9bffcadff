"""A page, link by link: what is derived, what is checked, and what becomes of errors."""

from dataclasses import replace

import pytest
from written import display, only, reading, report

from cesym.derivation.checking import check_page
from cesym.derivation.rules import RULES

PAGE = (
    "Let $x \\in \\mathbb{R}$ and $q \\in (0, 1)$."
    + display("f(x) := x^2")
    + display("g(x) := x^3")
)


def rows(*lines: str) -> str:
    return display("\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}")


def findings(text: str):
    return report(PAGE + text).findings


def test_a_line_is_derived_when_its_rule_makes_it():
    found = only(PAGE + display(r"f(q) = q^2 \quad \text{definition of } f"))
    assert (found.how, found.rule, found.status) == ("derived", "definition", "proved")


def test_a_line_without_a_rule_is_checked():
    found = only(PAGE + display(r"f(q) = q^2 \quad \text{as we know}"))
    assert (found.how, found.rule, found.status) == ("checked", None, "proved")


def test_order_and_signs_are_free_and_nothing_else():
    line = r"\frac{\partial}{\partial x} (x - q)^2 = LINE \quad \text{differentiate}"
    line = line.replace("(x - q)^2", r"\left( (x - q)^2 \right)")
    assert only(PAGE + display(line.replace("LINE", "-2 (q - x)"))).how == "derived"
    (found,) = findings(display(line.replace("LINE", r"2 (x^2 - q^2) / (x + q)")))
    assert "the rule gives another line: 2 x - 2 q" in str(found.error)


def test_the_prover_decides_whatever_the_rule_says(monkeypatch):
    wrong = replace(RULES["simplify"], apply=lambda term, _: term + 1)
    monkeypatch.setattr("cesym.derivation.phrases.ROWS", (wrong,))
    found = only(PAGE + display(r"f(q) = f(q) + 1 \quad \text{simplify}"))
    assert (found.how, found.status, found.good) == ("derived", "refuted", False)


def test_a_line_that_fails_does_not_stop_the_others():
    found = findings(
        rows(
            r"f(q) &= q^3 && \text{definition of } f",
            r"     &= q^2 && \text{corrected}",
            r"     &= q \cdot q && \text{written out}",
        )
    )
    assert [f.status for f in found] == ["unread", "refuted", "proved"]
    assert found[0].error is not None and found[1].error is None


def test_a_question_mark_is_filled_in_and_the_next_goes_on_from_it():
    found = findings(
        rows(
            r"\frac{\partial}{\partial x} g(x) &= ? && \text{definition of } g",
            r"&= ? && \text{differentiate}",
        )
    )
    assert [f.after_latex for f in found] == [r"\frac{\partial}{\partial x} (x^3)", "3 x^2"]
    assert all(f.good and f.how == "derived" for f in found)


def test_after_a_question_that_cannot_be_answered_the_next_is_not_answered_either():
    found = findings(
        rows(r"x^2 &= ? && \text{chain rule}", r"&= ? && \text{differentiate}", r"&= x^2")
    )
    assert [f.status for f in found] == ["unread"] * 3
    assert "needs" in str(found[0].error)
    assert all("the line before could not be filled in" in str(f.error) for f in found[1:])


@pytest.mark.parametrize(
    ("language", "phrase"), [("en", "for example differentiate"), ("zh", "for example 求导")]
)
def test_a_question_without_a_rule_is_told_one_in_the_language_of_the_page(language, phrase):
    (found,) = report(PAGE + display("x = ?"), language).findings
    assert phrase in str(found.error)


def test_what_is_inserted_is_what_the_first_chain_ended_in():
    text = display(r"f(q) = q^2") + display(r"f(q) = q \cdot q \cdot 1 + 0")
    (*_, found) = findings(text + display(r"1 + f(q) = ? \quad \text{insert } f(q)"))
    assert found.after_latex in ("1 + q^2", "q^2 + 1")


@pytest.mark.parametrize("first", ["f(q) = q^3", r"f(q) \le q^2 + 1", "q = q"])
def test_what_is_not_proved_equal_cannot_be_inserted(first):
    (*_, found) = findings(display(first) + display(r"1 + f(q) = ? \quad \text{insert } f(q)"))
    assert "no earlier display of this page starts with this term" in str(found.error)


def test_each_finding_is_told_as_it_comes():
    told = []
    text = PAGE + display("x = x") + display("x = 2 x") + display("x = z")
    found = check_page(reading(text), seconds=20, progress=told.append)
    assert tuple(told) == found.findings
    assert [f.status for f in told] == ["proved", "refuted"]
    assert [f.place.line for f in told] == [16, 22]
    assert not found.good and len(found.unread) == 1


def test_the_conditions_of_both_sides_are_asked_for():
    assert findings(display(r"\frac{x^2}{x} = x"))[0].status == "refuted"
    assert findings(display(r"x = \frac{x^2}{x}"))[0].status == "refuted"
    assert findings(display(r"\frac{q^2}{q} = q"))[0].status == "proved"


KINDS = PAGE + "Let $N, K \\in \\mathbb{N}$ and $X \\in \\mathbb{R}^{N \\times K}$."


@pytest.mark.parametrize(
    "formula",
    [
        r"f(q) = 0 \iff q = 0",
        r"f(x) > 4 \iff x^2 > 4",
        r"X^\top X \succeq 0",
        r"X^\top X \text{ is positive semidefinite}",
        r"f(x) \text{ is strictly convex in } x",
        r"f(x) \text{ 关于 } x \text{ 是严格凸的}",
    ],
)
def test_a_display_may_say_more_than_a_relation(formula):
    found = only(KINDS + display(formula))
    assert found.status == "proved", found.verdict
    assert found.operator in ("iff", "is")


@pytest.mark.parametrize(
    "formula",
    [r"f(x) > 0 \iff x > 0", r"X^\top X \succ 0", r"g(x) \text{ is convex in } x"],
)
def test_such_a_display_may_be_marked_as_refuted(formula):
    found = only(KINDS + '\n<!-- cesym: refuted because="not so" -->' + display(formula))
    assert found.good


def test_a_derivative_is_not_filled_in_under_the_name_of_another_argument():
    """h(p, q) = p q^2 at p = f(x) beside a free p: `p` can not stand for both."""
    page = (
        "Let $p \\in (0, 1)$, $q \\in (0, 1)$ and $x \\in \\mathbb{R}$."
        + display("h(p, q) := p q^2")
        + display(r"r(p, x) := h(\sigma(x), p)")
    )
    written = r"\left. \frac{\partial}{\partial q} h(q, p) \right|_{q = \sigma(x)} \sigma'(x)"
    line = r"\frac{\partial r}{\partial x} = RIGHT \quad \text{chain rule}"
    assert only(page + display(line.replace("RIGHT", written))).how == "derived"
    (found,) = report(page + display(line.replace("RIGHT", "?"))).findings
    assert "p is bound in this derivative and stands beside it too" in str(found.error)
