"""Formulas in one line of Unicode."""

import pytest
from derived import LIBRARY, derived

from cesym.documents.displays import rows
from cesym.documents.statements import defined_names
from cesym.documents.unicode import unicode_line
from cesym.reader.pages import Paragraph, inline_formulas

CASES = [
    (r"\hat{y}^{y} (1 - \hat{y})^{1 - y}", "ŷʸ·(1 − ŷ)¹⁻ʸ"),
    (r"-\left[ y \log \hat{y} \right]", "−[y·log ŷ]"),
    (r"\frac{\partial J}{\partial s} = \sigma(s) - y", "∂J/∂s = σ(s) − y"),
    (r"\frac{\partial^2 J}{\partial s^2}", "∂²J/∂s²"),
    (r"\frac{\partial}{\partial s} \left( \sigma(s) - y \right)", "∂/∂s (σ(s) − y)"),
    (r"\left. \frac{\partial^2}{\partial s^2} J(2, s) \right|_{s = -3}", "∂²/∂s² J(2, s)|_(s=−3)"),
    (r"\frac{\hat{y} - y}{\hat{y} (1 - \hat{y})}", "(ŷ − y)/(ŷ·(1 − ŷ))"),
    (r"-\frac{y}{\sigma(s)}", "−y/σ(s)"),
    (r"\frac{1}{2} (a - b)^2", "½ (a − b)²"),
    (r"\frac{a}{b} c", "a/b · c"),
    (r"\frac{\frac{a}{b}}{c}", "(a/b)/c"),
    (r"\frac{a}{\frac{b}{c}}", "a/(b/c)"),
    (r"\log \frac{a}{b}", "log(a/b)"),
    (r"\left. \frac{\partial L}{\partial q} \right|_{q = \sigma(s)}", "∂L/∂q|_(q=σ(s))"),
    (r"\sigma'(s)", "σ′(s)"),
    (r"\log \Gamma(y + 1)", "log Γ(y + 1)"),
    (r"\sigma(s)^y", "σ(s)ʸ"),
    (r"\sigma^{-1}(q)", "σ⁻¹(q)"),
    (r"\frac{1}{N} \sum_{i=1}^{N} J(Y_i, S_i)", "1/N · ∑ᵢ₌₁ᴺ J(Yᵢ, Sᵢ)"),
    (r"e^{-|s|}", "e^(−|s|)"),
    (r"-\sum_k p_k \log_2 q_k", "−∑ₖ pₖ·log₂ qₖ"),
    (r"D_{\mathrm{KL}}(p \,\|\, q)", "D_KL(p ‖ q)"),
    (r"\delta_{ij} - x_{i, d}", "δᵢⱼ − x_(i, d)"),
    (r"W_{n-1} + w_{2k}", "Wₙ₋₁ + w₂ₖ"),
    (r"Y_j (1 - x)", "Yⱼ·(1 − x)"),
    (r"(a + b)(c + d)", "(a + b)·(c + d)"),
    (r"\operatorname{softplus}(-s)", "softplus(−s)"),
    (r"\max(-s, 0)", "max(−s, 0)"),
    (r"\mathbb{R}^{N \times D}", "ℝ^(N × D)"),
    (r"j \in \{1, \dots, N\}", "j ∈ {1, …, N}"),
    (
        r"\begin{cases} a & \text{if } s \ge 0 \\ b & \text{otherwise} \end{cases}",
        "{ a if s ≥ 0; b otherwise }",
    ),
    (r"\sqrt{a + b}", "√(a + b)"),
    ("2 x", "2x"),
    ("x y", "x·y"),
    (r"a \cdot b", "a · b"),
    (r"{", "${$"),
]


@pytest.mark.parametrize(("latex", "shown"), CASES)
def test_lines(latex, shown):
    assert unicode_line(latex) == shown


def test_a_bracket_after_a_function_of_the_page_holds_its_arguments():
    assert unicode_line("f(x)") == "f·(x)"
    assert unicode_line("f(x)", calls=frozenset("f")) == "f(x)"
    greek = frozenset({r"\ell", r"\varphi"})
    assert unicode_line(r"\ell(y) \varphi(t) \varphi'(t) \alpha(t)", calls=greek) == (
        "ℓ(y)·φ(t)·φ′(t)·α·(t)"
    )


@pytest.mark.parametrize("page", LIBRARY, ids="-".join)
def test_no_formula_of_the_library_shows_latex(page):
    derivation = derived(*page)
    calls = defined_names(derivation)
    formulas = [
        f.latex for b in derivation.blocks if isinstance(b, Paragraph) for f in inline_formulas(b)
    ]
    for block in derivation.blocks:
        formulas += [part for row in rows(block) for part in (row.left, row.relation, row.right)]
    for latex in formulas:
        assert not set(unicode_line(latex, calls=calls)) & set("\\$^&{}") - set("^{}"), latex
