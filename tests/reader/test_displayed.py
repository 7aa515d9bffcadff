"""What the displays of a page may say: definitions, symbols, and mistakes that are marked."""

import pytest
from written import display, only, reading, report

from cesym.reader.reading import ReadDefinition, Unread


def problem(text: str) -> str:
    (found,) = reading(text).problems
    return str(found)


def unread(text: str) -> str:
    (found,) = [b for b in reading(text).blocks if isinstance(b, Unread)]
    return str(found.error)


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
        ("z < z", "vector"),
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
