"""Derivatives by whole vectors and matrices in numerator and denominator layout."""

import pytest

from cesym.derivation.checking import check_page
from cesym.errors import ReadError
from cesym.reader.latex import parse_chain
from cesym.reader.latex.formula import Formula
from cesym.reader.layouts import relaid
from cesym.reader.pages import read_page
from cesym.reader.reading import read_mathematics
from cesym.reader.respelling import edited

DECLARED = r"""---
title: Layouts
%s---
Let $N \in \mathbb{N}$, $D \in \mathbb{N}$, $X \in \mathbb{R}^{N \times D}$,
$w, u, x \in \mathbb{R}^D$, $e \in \mathbb{R}^N$, $b \in \mathbb{R}$, $K \in \mathbb{N}$,
$z, a \in \mathbb{R}^K$, $W \in \mathbb{R}^{D \times K}$ and $k \in \{1, \dots, K\}$.

$$
J := \frac{1}{2} \sum_{i=1}^{N} \left( \sum_{j=1}^{D} X_{ij} w_j - e_i \right)^2
$$

$$
B := \sum_{i=1}^{D} \sum_{j=1}^{K} x_i W_{ij} a_j
$$
"""

SOFTMAX = r"\operatorname{softmax}(z)"

MATRIX = rf"\operatorname{{diag}}({SOFTMAX}) - {SOFTMAX} {SOFTMAX}^\top"

LINES = [
    (
        r"\nabla_w J = X^\top \left( X w - e \right)",
        r"\frac{\partial J}{\partial w} = \left( X w - e \right)^\top X",
        r"\frac{\partial J}{\partial w} = X^\top \left( X w - e \right)",
    ),
    (
        r"\nabla_w J = X^\top X w - X^\top e",
        r"\frac{\partial J}{\partial w} = w^\top X^\top X - e^\top X",
        r"\frac{\partial J}{\partial w} = X^\top X w - X^\top e",
    ),
    (
        r"\nabla_w J = -X^\top (e - X w)",
        r"\frac{\partial J}{\partial w} = -(e - X w)^\top X",
        r"\frac{\partial J}{\partial w} = -X^\top (e - X w)",
    ),
    (
        r"\nabla_w (2 J) = 2 \nabla_w J",
        r"\frac{\partial}{\partial w} (2 J) = 2 \left( \nabla_w J \right)^\top",
        r"\frac{\partial}{\partial w} (2 J) = 2 \nabla_w J",
    ),
    (
        r"\nabla_W B = x a^\top",
        r"\frac{\partial B}{\partial W} = a x^\top",
        r"\frac{\partial B}{\partial W} = x a^\top",
    ),
    (
        r"\frac{\partial (X w + b)}{\partial w^\top} = X",
        r"\frac{\partial (X w + b)}{\partial w} = X",
        r"\frac{\partial (X w + b)}{\partial w} = X^\top",
    ),
    (
        rf"\frac{{\partial {SOFTMAX}}}{{\partial z^\top}} = {MATRIX}",
        rf"\frac{{\partial {SOFTMAX}}}{{\partial z}} = {MATRIX}",
        rf"\frac{{\partial {SOFTMAX}}}{{\partial z}} = {MATRIX}",
    ),
    (
        r"\left( \frac{\partial (X w)}{\partial w^\top} \right)^\top e = X^\top e",
        r"e^\top \frac{\partial (X w)}{\partial w} = e^\top X",
        r"\frac{\partial (X w)}{\partial w} e = X^\top e",
    ),
    (
        r"\frac{\partial (X w + b)}{\partial b} = 0 (X w) + 1",
        r"\frac{\partial (X w + b)}{\partial b} = 0 (X w) + 1",
        r"\frac{\partial (X w + b)}{\partial b} = \left( 0 (X w) + 1 \right)^\top",
    ),
    (
        r"u^\top \frac{\partial J}{\partial w} = \sum_{j} u_j \frac{\partial J}{\partial w_j}",
        r"u^\top \nabla_{w} J = \sum_{j} u_j \frac{\partial J}{\partial w_j}",
        r"u^\top \frac{\partial J}{\partial w} = \sum_{j} u_j \frac{\partial J}{\partial w_j}",
    ),
    (
        r"\nabla_w^2 J = X^\top X",
        r"\nabla_w^2 J = X^\top X",
        r"\nabla_w^2 J = X^\top X",
    ),
    (
        rf"\frac{{\partial}}{{\partial z_k}} {SOFTMAX}_k = {SOFTMAX}_k (1 - {SOFTMAX}_k)",
        rf"\frac{{\partial}}{{\partial z_k}} {SOFTMAX}_k = {SOFTMAX}_k (1 - {SOFTMAX}_k)",
        rf"\frac{{\partial}}{{\partial z_k}} {SOFTMAX}_k = {SOFTMAX}_k (1 - {SOFTMAX}_k)",
    ),
]  # fmt: skip


def reading(lines, layout=None):
    front = f"layout: {layout}\n" if layout else ""
    text = DECLARED % front + "".join(f"\n$$\n{line}\n$$\n" for line in lines)
    return read_mathematics(read_page(text, "a.md", "en"))


def statuses(lines, layout=None):
    report = check_page(reading(lines, layout), seconds=20)
    assert not report.problems
    return {f.before_latex + "=" + f.after_latex: f.status for f in report.findings}, report.unread


@pytest.mark.parametrize(("before", "numerator", "denominator"), LINES)
def test_a_line_in_another_layout(before, numerator, denominator):
    context = reading([before]).context
    for layout, after in (("numerator", numerator), ("denominator", denominator)):
        formula = Formula(before)
        assert edited(formula, relaid(formula, context, layout)) == after


@pytest.mark.parametrize(("column", "layout"), [(0, None), (1, "numerator"), (2, "denominator")])
def test_all_of_them_are_proved_in_their_layout(column, layout):
    found, unread = statuses([row[column] for row in LINES], layout)
    assert not unread
    assert len(found) == len(LINES) and set(found.values()) == {"proved"}


@pytest.mark.parametrize(("_", "numerator", "denominator"), LINES)
def test_one_layout_is_written_in_the_other(_, numerator, denominator):
    for now, line, then, wanted in (
        ("numerator", numerator, "denominator", denominator),
        ("denominator", denominator, "numerator", numerator),
    ):
        context = reading([line], now).context
        formula = Formula(line)
        after = edited(formula, relaid(formula, context, then))
        names = reading([], then).context
        assert parse_chain(after, names) == parse_chain(wanted, names)


FALSE = [
    ("denominator", r"\frac{\partial (A w)}{\partial w} = A"),
    ("numerator", r"\frac{\partial (A w)}{\partial w} = A^\top"),
    ("numerator", r"\frac{\partial (A w)}{\partial w} w = A^\top w"),
    ("numerator", r"\frac{\partial}{\partial A} \left( u^\top A w \right) = u w^\top"),
    ("denominator", r"\frac{\partial}{\partial A} \left( u^\top A w \right) = w u^\top"),
    ("numerator", r"\frac{\partial}{\partial w} \left( u^\top A w \right) = (A w)^\top"),
]  # fmt: skip


@pytest.mark.parametrize(("layout", "line"), FALSE)
def test_a_square_matrix_in_the_wrong_layout_is_refuted(layout, line):
    """Where all sizes agree, only the value can tell."""
    text = (DECLARED % f"layout: {layout}\n").replace(
        r"$b \in", r"$A \in \mathbb{R}^{D \times D}$, $b \in"
    )
    page = read_page(text + f"\n$$\n{line}\n$$\n", "a.md", "en")
    report = check_page(read_mathematics(page), seconds=20)
    assert not report.unread
    assert [f.status for f in report.findings] == ["refuted"]


REFUSED = [
    ("numerator", r"\frac{\partial J}{\partial w} = X^\top (X w - e)", "a row stands on one"),
    ("denominator", r"\frac{\partial J}{\partial w} = (X w - e)^\top X", "a row stands on one"),
    ("denominator", r"\frac{\partial (X w)}{\partial w} = X", "different sizes"),
    ("numerator", r"\frac{\partial B}{\partial W} = x a^\top", "different sizes"),
    (None, r"\frac{\partial B}{\partial W} = x a^\top", "can mean"),
    (None, r"\frac{\partial (X w)}{\partial w} = X", "can mean"),
    (None, r"w^\top = w", "a row stands on one"),
    (None, r"w^\top = w^\top \iff b = 1", "cannot stand alone"),
    (None, r"w^\top = 0 \iff w = 0", "cannot stand alone"),
    (None, r"w^\top + w = 0", "a row and a column stand together"),
]  # fmt: skip


@pytest.mark.parametrize(("layout", "line", "what"), REFUSED)
def test_a_row_is_no_column(layout, line, what):
    _, unread = statuses([line], layout)
    assert [what in str(block.error) for block in unread] == [True]


@pytest.mark.parametrize(
    "line",
    [
        r"\left( \left( u + w \right)^\top X^\top \right)^\top = X (u + w)",
        r"-\frac{w^\top}{2} = \left( -\frac{w}{2} \right)^\top",
        r"\left( u^\top + 2 w^\top \right) X^\top e = e^\top X (u + 2 w)",
        r"x \left( a^\top + 2 z^\top \right) = x a^\top + 2 x z^\top",
        r"w^\top = \left( \left( w^\top \right)^\top \right)^\top",
    ],
)
def test_rows_are_equal_where_their_columns_are(line):
    found, unread = statuses([line])
    assert not unread and set(found.values()) == {"proved"}


def test_a_layout_that_there_is_not():
    with pytest.raises(ReadError, match="no layout mixed"):
        read_page("---\nlayout: mixed\n---\n", "a.md", "en")


def test_a_side_over_two_rows_is_refused():
    line = "\\begin{aligned}\n\\nabla_w J &= X^\\top X w \\\\\n&- X^\\top e\n\\end{aligned}"
    context = reading([line]).context
    with pytest.raises(ReadError, match="two rows"):
        list(relaid(Formula(line), context, "numerator"))
