"""What a page declares, assumes and defines, and what it does not."""

import pytest
from written import display, only, reading

from cesym.terms.domains import FiniteSet, IndexRange, Interval


def problem(text: str) -> str:
    (found,) = reading(text).problems
    return str(found)


def hypotheses(text: str, language: str = "en") -> list[str]:
    """The hypotheses that hold at the last display."""
    found = reading(text + display("1 = 1"), language)
    assert found.problems == ()
    return [h.text for h in found.blocks[-1][0].context.hypotheses]


# Declarations.


@pytest.mark.parametrize(
    ("formula", "domain"),
    [
        (r"y \in [0, 1]", Interval(0, 1)),
        (r"q \in (0, 1)", Interval(0, 1, lower_open=True, upper_open=True)),
        (r"s \in \mathbb{R}", Interval()),
        (r"0 < q < 1", Interval(0, 1, lower_open=True, upper_open=True)),
        (r"q > 0", Interval(0, None, lower_open=True)),
        (r"K \in \mathbb{N}", Interval(1, None, integer=True)),
        (r"t \in \{0, 1\}", FiniteSet((0, 1))),
        (r"j \in \{1, \dots, K\}", IndexRange("K")),
    ],
)
def test_inline_mathematics_declares(formula, domain):
    found = reading(f"Some ${formula}$ that we need.").context
    assert found.declarations[formula[0] if formula[0] != "0" else "q"].domain == domain


def test_vectors_and_their_sizes():
    found = reading(r"Let $z \in \mathbb{R}^K$ and $p \in \Delta^{K-1}$.").context
    assert found.declarations["z"].shape == ("K",)
    assert found.declarations["p"].constraint == "simplex"
    assert found.kind("K") == "scalar"


def test_what_is_declared_already_is_prose():
    found = reading(r"Let $y \in [0, 1]$. Here $y \in (0, 1)$, $0 < y < 1$ and $y > 1/2$.")
    assert found.problems == ()
    assert found.context.declarations["y"].domain == Interval(0, 1)
    assert found.context.hypotheses == ()


def test_a_declaration_said_again_is_prose():
    found = reading(r"Let $y \in [0, 1]$." + "\n\n" + r"Let $y \in [0, 1]$ again be the label.")
    assert found.problems == ()


def test_a_declaration_cannot_be_narrowed():
    text = "Let $y \\in [0, 1]$.\n\nSuppose $y \\in (0, 1)$."
    assert "page.md:3:" in problem(text)


# Hypotheses.


@pytest.mark.parametrize(
    "clause",
    [
        "Assume $y > 0$.",
        "Suppose that $y > 0$.",
        "let $y > 0$.",
        "Given $y > 0$, we go on.",
        "This holds provided that $y > 0$.",
        "where $y > 0$",
        "WHERE\n$y > 0$",
        "Now suppose $y > 0$, and there is more.",
    ],
)
def test_a_hypothesis_enters_by_a_word_directly_before_it(clause):
    assert hypotheses(f"Let $y \\in [0, 1]$.\n\n{clause}\n") == ["y > 0"]


@pytest.mark.parametrize(
    "clause", ["假设 $y > 0$。", "设$y > 0$", "给定 $y > 0$，", "其中 $y > 0$。"]
)
def test_a_hypothesis_in_chinese(clause):
    assert hypotheses(f"设 $y \\in [0, 1]$。\n\n{clause}", "zh") == ["y > 0"]


@pytest.mark.parametrize(
    "clause",
    [
        "At $y = 1$ the first factor is 1.",
        "With $y = 1$ one term is left.",
        "The case $y = 1$.",
        "Then $y = 1$, and so on.",
        "If $y = 1$ the loss is smaller.",
        "Suppose something else. $y = 1$ is a label.",
        "Let us see: $y = 1$.",
        "Suppose the label is sure, $y = 1$.",
        "The outlet $y = 1$.",
        "The sublet $y = 1$.",
        "`Suppose` it. `$y = 1$`",
    ],
)
def test_prose_is_no_assumption(clause):
    assert hypotheses(f"Let $y \\in [0, 1]$.\n\n{clause}\n") == []


def test_prose_in_chinese_is_no_assumption():
    clause = "当 $y = 1$ 时第一个因子等于 1，在 $y = 0$ 处则不然。"
    assert hypotheses(f"设 $y \\in [0, 1]$。\n\n{clause}", "zh") == []


def test_at_a_label_of_0_the_first_factor_is_1():
    page = (
        r"Let $y \in [0, 1]$ and $q \in (0, 1)$." + display("P(y) := q^y (1 - q)^{1 - y}")
    ) + "At $y = 0$ the first factor is 1."
    assert only(page + display("P(y) = 1 - q")).status == "refuted"
    assert only(page + display("P(0) = 1 - q")).status == "proved"


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        ("Suppose $a > 0$ and $b > 0$.", ["a > 0", "b > 0"]),
        ("Suppose $a > 0$, $b > 0$, and $a < b$.", ["a > 0", "b > 0", "a < b"]),
        ("Let $c > 0$ and $c < a$.", ["c < a"]),
        ("Suppose $a > 0$. Then $b > 0$.", ["a > 0"]),
        ("Suppose $a > 0$ because of $b > 0$.", ["a > 0"]),
        ("Suppose $0 < a < b$.", ["0 < a < b", "0 < a < b"]),
        ("设 $a > 0$ 且 $b > 0$。", ["a > 0", "b > 0"]),
        ("设 $a > 0$，$b > 0$。", ["a > 0", "b > 0"]),
        ("设 $a > 0$，并且 $b > 0$。", ["a > 0", "b > 0"]),
        ("设 $a > 0$，则 $b > 0$。", ["a > 0"]),
    ],
)
def test_a_clause_goes_on_over_and(clause, found):
    assert hypotheses(f"Let $a, b \\in \\mathbb{{R}}$.\n\n{clause}\n") == found


@pytest.mark.parametrize(
    "formula",
    [
        r"a \approx b",
        r"f(x) = a",
        "a > undeclared",
        r"a \in (0, 1)",
        "a > ",
        r"a \ge b \implies b \le a",
    ],
)
def test_a_hypothesis_that_cannot_be_read_is_an_error(formula):
    text = f"Let $a, b \\in \\mathbb{{R}}$.\n\nSuppose that ${formula}$."
    assert problem(text).startswith("page.md:3:")


def test_hypotheses_end_with_their_section():
    lines = (
        "# Page\n\nLet $x \\in \\mathbb{R}$. Suppose $x < 9$.",
        "## One\n\nSuppose $x > 1$.",
        "### Inside\n\nSuppose $x > 2$.",
        "### Beside",
        "## Two",
    )
    at = ["x < 9"], ["x < 9", "x > 1"], ["x < 9", "x > 1", "x > 2"], ["x < 9", "x > 1"], ["x < 9"]
    for count, expected in enumerate(at, start=1):
        assert hypotheses("\n\n".join(lines[:count])) == expected


def test_an_underlined_heading_ends_a_section_too():
    assert hypotheses("Let $x \\in \\mathbb{R}$.\n\n## A\n\nSuppose $x > 1$.\n\nB\n---") == []


def test_what_a_page_hands_on_knows_no_hypothesis():
    page = "---\nexports:\n  value: x\n---\nLet $x \\in \\mathbb{R}$. Suppose $x > 1$."
    assert reading(page).context.hypotheses == ()


def test_a_verdict_names_the_hypotheses_it_used():
    page = "Let $x, t \\in \\mathbb{R}$.\n\n## A\n\nSuppose $x > 1$."
    (used,) = only(page + display("|x| = x")).verdict.hypotheses
    assert (used.text, used.line) == ("x > 1", 5)
    assert only(page + display("|t|^2 = t^2")).verdict.hypotheses == ()
