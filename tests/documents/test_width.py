"""Widths are near enough to what TeX measures."""

import re
import subprocess

import optional

from cesym.documents.width import width

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
