r"""A page with `\iff`, `\succeq` and convexity, in every form of output, and read back from those
that cesym reads.
"""

import subprocess
import sys

import pytest

from cesym.derivation import Derivation
from cesym.derivation.checking import check_page
from cesym.derivation.deriving import derivation_of
from cesym.documents import render
from cesym.reader.pages import read_page
from cesym.reader.reading import read_mathematics
from cesym.reader.tex import read_tex

PAGE = r"""---
title: More than relations
exports:
  loss: J(y, s)
---

# More than relations

Let $y \in [0,1]$, $s \in \mathbb{R}$, $N, K \in \mathbb{N}$ and $X, A \in \mathbb{R}^{N \times K}$.

$$
J(y, s) := \log(1 + e^s) - y s
$$

$$
\frac{\partial J}{\partial s} = 0 \iff \sigma(s) = y
$$

$$
\begin{aligned}
\sigma(s) \ge \frac12 &\iff s \ge 0 && \text{the sigmoid grows} \\
                      &\iff e^s \ge 1
\end{aligned}
$$

$$
0 \preceq X^\top X \preceq X^\top X + A^\top A
$$

$$
J(y, s) \text{ is strictly convex in } s
$$

<!-- cesym: refuted because="not at 0" -->
$$
\sigma(s) > \frac12 \iff s \ge 0
$$

<!-- cesym: refuted because="X may be 0" -->
$$
X^\top X \succ 0
$$
"""
TARGETS = ("text", "markdown", "latex", "json", "sympy")
READERS = {"markdown": read_page, "latex": read_tex}


@pytest.fixture(scope="module")
def derivation() -> Derivation:
    report = check_page(read_mathematics(read_page(PAGE, "page.md", "en")), seconds=20)
    return derivation_of(report, "more")


def test_the_page_is_proved(derivation: Derivation) -> None:
    assert [step.operator for step in derivation.steps] == ["iff", "iff", "iff", "is", "is", "is"]


@pytest.mark.parametrize("target", TARGETS)
def test_every_form_can_be_written(derivation: Derivation, target: str) -> None:
    assert render(derivation, target)


@pytest.mark.parametrize("target", READERS)
def test_what_is_written_is_proved_again(derivation: Derivation, target: str) -> None:
    page = READERS[target](render(derivation, target), f"again.{target}", "en")
    report = check_page(read_mathematics(page), seconds=20)
    assert report.problems == () and report.unread == ()
    # LaTeX writes the results of a page, too.
    assert [f.operator for f in report.findings][:8] == [*["iff"] * 3, *["is"] * 3, "iff", "is"]
    assert all(finding.good for finding in report.findings)


def test_text_says_it_in_words_and_signs(derivation: Derivation) -> None:
    text = render(derivation, "text")
    assert "σ(s) ≥ ½ ⟺ s ≥ 0" in text
    assert "J(y, s) is strictly convex in s" in text
    assert "Xᵀ·X ⪯ Xᵀ·X + Aᵀ·A" in text


def test_the_script_tells_what_it_does_not_check(derivation: Derivation) -> None:
    script = render(derivation, "sympy")
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8"
    )
    assert found.returncode == 0, found.stderr
    assert found.stdout.count("not checked here") == 6
