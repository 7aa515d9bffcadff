"""Formulas are cut only where a line may end, and nothing is lost."""

import re

import pytest
from derived import LIBRARY, derived

from cesym.documents.cutting import pieces
from cesym.documents.displays import rows


@pytest.mark.parametrize(
    ("latex", "room", "expected"),
    [
        ("a + b", 100, ["a + b"]),
        ("a + b - c", 3, ["a + b", "- c"]),
        ("-(a + b)", 2, ["-(a + b)"]),
        (r"e^{a + b} + c^-1", 3, ["e^{a + b}", "+ c^-1"]),
        (
            r"\left[ a + b \right] - \frac{a - b}{2}",
            4,
            [r"\left[ a + b \right]", r"- \frac{a - b}{2}"],
        ),
        (r"a \cdot -b + c", 4, [r"a \cdot -b", "+ c"]),
        ("a (b + c + d + e - f)", 8, ["a (b + c + d + e", "- f)"]),
        ("a (-b + c [d - e])", 3, ["a (-b + c [d - e])"]),
        ("a (-b + c + d + e + f [g - h])", 8, ["a (-b + c + d + e", "+ f [g - h])"]),
        (r"\frac{a + b + c + d}{2}", 2, [r"\frac{a + b + c + d}{2}"]),
        (
            r"\left( a + b + c + d + e + f + g + h \right)",
            9,
            ["( a + b + c + d + e", "+ f + g + h )"],
        ),
        (
            r"\left[ \frac{a}{b} + c + d + e + f + g + h \right]",
            9,
            [r"\biggl[ \frac{a}{b} + c + d + e + f", r"+ g + h \biggr]"],
        ),
        (
            r"D \left( a + \left[ \frac{a}{b} + c + d + e + f + g + h + i \right] \right)",
            12,
            [r"D \biggl( a + \biggl[ \frac{a}{b} + c + d + e + f", r"+ g + h + i \biggr] \biggr)"],
        ),
        (r"a b c d \cdot e f g", 3, ["a b c d", r"\cdot e f g"]),
        (r"\frac{\left( a + b + c + d \right)}{2}", 2, [r"\frac{\left( a + b + c + d \right)}{2}"]),
    ],
)
def test_pieces(latex, room, expected):
    assert pieces(latex, room) == expected


@pytest.mark.parametrize("page", [p for p in LIBRARY if p[1] == "en"], ids="-".join)
def test_nothing_is_lost_by_cutting(page):
    for block in derived(*page).blocks:
        for row in rows(block):
            for room in (5, 12, 20):
                assert canonical(" ".join(pieces(row.right, room))) == canonical(row.right)


def canonical(latex):
    """The formula without spaces, and without what says how large a bracket is."""
    return re.sub(r"\\left\b|\\right\b|\\bigg[lr]|\\Bigg[lr]|\s", "", latex)
