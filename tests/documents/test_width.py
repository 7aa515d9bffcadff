"""Widths are near enough, and formulas are cut only where a line may end."""

import re
import subprocess

import optional
import pytest

from cesym.documents.width import pieces, width

FORMULAS = [
    r"x + y - z = 2",
    r"-\left[ y \log \hat{y} + (1 - y) \log (1 - \hat{y}) \right]",
    r"\frac{\hat{y} - y}{\hat{y} (1 - \hat{y})}",
    r"\frac{1}{N} \sum_{i=1}^{N} J(Y_i, S_i)",
    r"\left. \frac{\partial L}{\partial \hat{y}} \right|_{\hat{y} = \sigma(s)} \sigma'(s)",
    r"y \max(-s, 0) + (1 - y) \max(s, 0) + \operatorname{log1p}(e^{-|s|})",
    r"-\log \prod_{i=1}^{N} Q_i^{Y_i} (1 - Q_i)^{1 - Y_i}",
]


def test_estimates_are_near_what_tex_measures(tmp_path):
    lines = "\n".join(
        rf"\setbox0\hbox{{$\displaystyle {f}$}}\typeout{{WIDTH \the\wd0}}" for f in FORMULAS
    )
    text = (
        r"\documentclass[11pt]{article}\usepackage{amsmath,lmodern}"
        rf"\begin{{document}}{lines}\end{{document}}"
    )
    (tmp_path / "a.tex").write_text(text, encoding="utf-8")
    command = [
        optional.program("pdflatex"),
        "-no-shell-escape",
        "-interaction=nonstopmode",
        "a.tex",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    measured = [float(n) / 10.95 for n in re.findall(rb"WIDTH ([\d.]+)pt", done.stdout)]
    assert len(measured) == len(FORMULAS)
    for formula, em in zip(FORMULAS, measured, strict=True):
        assert 0.88 * em < width(formula) < 1.25 * em, (formula, em, width(formula))


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
        (r"\left( a + b + c + d + e + f \right)", 5, [r"\left( a + b + c + d + e + f \right)"]),
    ],
)
def test_pieces(latex, room, expected):
    assert pieces(latex, room) == expected
