"""What a page declares, assumes and defines, and what it does not."""

import pytest
from written import display, only, reading, report

from cesym.reader.reading import ReadDefinition, Unread
from cesym.terms.domains import FiniteSet, IndexRange, Interval


def problem(text: str) -> str:
    (found,) = reading(text).problems
    return str(found)


def unread(text: str) -> str:
    (found,) = [b for b in reading(text).blocks if isinstance(b, Unread)]
    return str(found.error)


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
        r"a \ne b",
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


# Definitions.


def test_definitions_inline_and_displayed():
    page = r"Let $x \in \mathbb{R}$ and $f(x) := x + 1$." + display("g(x) := f(x)^2")
    found = reading(page)
    assert list(found.context.definitions) == ["f", "g"]
    assert isinstance(found.blocks[-1], ReadDefinition)
    assert only(page + display("g(2) = 9")).status == "proved"


@pytest.mark.parametrize(
    ("definition", "message"),
    [
        ("x := 1", "x is declared already"),
        ("f(x) := 1", "f is declared already"),
        ("g(x) := g(x)", "g cannot be defined by itself"),
        ("g(u) := u", "u"),
        ("g(x) := h(x)", "h"),
        ("g(x, x) := x", "x is a parameter twice"),
        (r"g(x) := \sum_{x=1}^{3} x", "x"),
        ("g(x) := x = 1", "a definition has no further relation"),
        ("g(x) := ?", "a definition is written out"),
    ],
)
def test_definitions_that_are_refused(definition, message):
    page = "Let $x \\in \\mathbb{R}$." + display("f(x) := x")
    assert message in unread(page + display(definition))


def test_a_refused_display_does_not_hide_the_others():
    page = "Let $x \\in \\mathbb{R}$." + display("x = z") + display("x = x")
    found = report(page)
    assert [f.status for f in found.findings] == ["proved"]
    assert len(found.unread) == 1 and not found.good


# Symbols.


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("x = z", "z is not declared"),
        ("x_j = x", "x is not declared as a vector"),
        ("z_x = 1", "z_x"),
        ("x^{(2)} = 1", "can mean"),
        ("z_K = z_K", "K"),
        ("z = z", "vector"),
        (r"x(x) = 1", "x"),
        ("e^x = e", "e"),
    ],
)
def test_symbols_that_are_refused(formula, message):
    page = r"Let $x \in \mathbb{R}$, $j \in \{1, \dots, K\}$ and $v \in \mathbb{R}^K$"
    page += r" and $e \in \mathbb{R}$." if "e^" in formula else "."
    if "z" in formula and formula != "x = z":
        page += r" Let $z \in \mathbb{R}^K$."
    assert message in unread(page + display(formula))


def test_an_undeclared_symbol_is_shown_with_what_would_declare_it():
    text = "Let $x \\in \\mathbb{R}$." + display("x =\n  w")
    assert unread(text) == (
        "page.md:5:3: w is not declared\n    w\n    ^\n"
        "  declare it, for example $w \\in \\mathbb{R}$"
    )


def test_places_of_inline_formulas():
    text = "Let $x \\in \\mathbb{R}$.\n\nAnd so\nlet $x = x + \\foo$ be."
    assert problem(text).split("\n")[:2] == [
        "page.md:4:14: the command \\foo is not read",
        "  let $x = x + \\foo$ be.",
    ]


def test_an_export_that_cannot_be_read_is_found_in_the_front_matter():
    text = "---\ntitle: T\nexports:\n  loss: x\n  gradient: z\n---\nLet $x \\in \\mathbb{R}$."
    assert problem(text).startswith("page.md:5:1: z is not declared\n    gradient: z")


# Markers.


MARKED = '<!-- cesym: refuted because="a sign is lost" -->\n'
REAL = "Let $x \\in \\mathbb{R}$.\n\n"


def test_a_display_that_is_marked_as_refuted_must_be():
    wrong = only(REAL + MARKED + "$$\n-x = x\n$$")
    assert (wrong.status, wrong.expected, wrong.good) == ("refuted", "refuted", True)
    right = only(REAL + MARKED + "$$\nx = x\n$$")
    assert (right.status, right.good) == ("proved", False)


@pytest.mark.parametrize(
    "formula", ["-x = x = -x", r"\begin{aligned} -x &= x \\ x &= -x \end{aligned}", "f(x) := x"]
)
def test_a_mistake_is_one_relation(formula):
    assert "holds one relation" in unread(REAL + MARKED + f"$$\n{formula}\n$$")


def test_what_is_skipped_is_neither_read_nor_proved():
    found = report(REAL + "<!-- cesym: skip -->\n$$\n\\mbox{any thing}\n$$" + display("x = x"))
    assert found.good and found.unread == ()
    assert len(found.findings) == 1
    (left_out,) = [b for b in found.blocks if isinstance(b, Unread)]
    assert left_out.error is None


def test_nothing_that_is_proved_about_a_mistake_can_be_inserted():
    page = REAL + display("f(x) := x^2") + MARKED + "$$\nf(x) = x\n$$"
    found = report(page + display(r"f(x) + 1 = x + 1 \quad \text{insert } f(x)"))
    assert "no earlier display" in str(found.findings[-1].error)
