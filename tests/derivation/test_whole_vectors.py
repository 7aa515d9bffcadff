"""Equations between vectors and matrices on a page: proved entry by entry."""

import pytest

from cesym.derivation.checking import PageReport, check_page
from cesym.reader.pages import read_page
from cesym.reader.reading import read_mathematics

DECLARED = (
    "Let $N, D \\in \\mathbb{N}$, $X \\in \\mathbb{R}^{N \\times D}$, $w, v \\in \\mathbb{R}^D$ "
    "and $y \\in \\mathbb{R}^N$.\n\n$$\nJ := \\frac{1}{2} \\lVert X w - y \\rVert^2\n$$\n\n"
)


def report(display: str) -> PageReport:
    """What is found of one display."""
    page = read_page(f"{DECLARED}$$\n{display}\n$$\n", "page.md", "en")
    return check_page(read_mathematics(page), seconds=10)


@pytest.mark.parametrize(
    "display",
    [
        r"\nabla_w J = X^\top (X w - y)",
        r"\nabla_w^2 J = X^\top X",
        r"\nabla_w J = X^\top (X w - y) = X^\top X w - X^\top y",
        r"w + v = v + w",
        r"\nabla_w J = X^\top (X w - y) \quad \text{as on the board}",
    ],
)
def test_what_is_true_is_proved(display: str) -> None:
    found = report(display)
    assert found.findings and found.good
    assert {f.how for f in found.findings} == {"checked"}


@pytest.mark.parametrize(
    "display",
    [r"\nabla_w J = X^\top (y - X w)", r"\nabla_w^2 J = 2 X^\top X", "w + v = v - w", r"w = v"],
)
def test_what_is_false_is_refuted(display: str) -> None:
    assert [f.status for f in report(display).findings] == ["refuted"]


@pytest.mark.parametrize(
    ("display", "words"),
    [
        (r"\nabla_w J = ?", "a number is expected here"),
        (r"w \le v", "a number is expected here"),
        (r"w = y", "different sizes"),
        (r"X w = w", "different sizes"),
        (r"\nabla_w J = X^\top (X w - y) \quad \text{differentiate}", "a line of numbers"),
    ],
)
def test_what_says_no_equation_of_entries_is_refused(display: str, words: str) -> None:
    found = report(display)
    errors = [block.error for block in found.unread] + [f.error for f in found.findings]
    assert not found.good
    assert [words in str(error) for error in errors] == [True]
