"""Identifiers and the normalised LaTeX of names; entries of vectors."""

import pytest
from reader.latex.known import NAMES, refuses, shown

from cesym.reader.latex import parse_expression, parse_inline
from cesym.terms.domains import Declaration

IDENTIFIERS = [
    ("u", "u", "u"),
    (r"\hat{u}", "u_hat", r"\hat{u}"),
    (r"\hat u", "u_hat", r"\hat{u}"),
    (r"\widehat{u}", "u_hat", r"\hat{u}"),
    (r"\bar u", "u_bar", r"\bar{u}"),
    (r"\overline{u}", "u_bar", r"\bar{u}"),
    (r"\tilde u", "u_tilde", r"\tilde{u}"),
    (r"\alpha", "alpha", r"\alpha"),
    (r"\lambda", "lamda", r"\lambda"),
    (r"\ell", "ell", r"\ell"),
    ("α", "alpha", r"\alpha"),
    (r"\hat\alpha", "alpha_hat", r"\hat{\alpha}"),
    (r"\mathbf{u}", "u_bold", r"\mathbf{u}"),
    (r"\boldsymbol{u}", "u_bold", r"\mathbf{u}"),
    (r"\bm u", "u_bold", r"\mathbf{u}"),
    (r"\boldsymbol{\theta}", "theta_bold", r"\boldsymbol{\theta}"),
    (r"\hat{\mathbf{u}}", "u_bold_hat", r"\hat{\mathbf{u}}"),
    (r"\mathcal{L}", "L_cal", r"\mathcal{L}"),
    (r"\mathrm{u}", "u", "u"),
    (r"\mathrm{FL}", "FL", r"\mathrm{FL}"),
    (r"\operatorname{FL}", "FL", r"\mathrm{FL}"),
    ("u_t", "u_t", "u_{t}"),
    ("u_1", "u_1", "u_{1}"),
    ("u_{12}", "u_12", "u_{12}"),
    (r"u_{\text{max}}", "u_max", r"u_{\text{max}}"),
    (r"u_{\mathrm{max}}", "u_max", r"u_{\mathrm{max}}"),
    (r"u_\text{max}", "u_max", r"u_{\text{max}}"),
    ("u_{max}", "u_max", "u_{max}"),
    ("u_{prior}", "u_prior", "u_{prior}"),
    (r"u_\alpha", "u_alpha", r"u_{\alpha}"),
    (r"u_{\alpha\beta}", "u_alpha_beta", r"u_{\alpha\beta}"),
    (r"u_{\alpha t}", "u_alpha_t", r"u_{\alpha t}"),
    ("u_{1,2}", "u_1_2", "u_{1,2}"),
    (r"\hat{u}_{\text{max}}", "u_hat_max", r"\hat{u}_{\text{max}}"),
    (r"\hat{u_t}", "u_hat_t", r"\hat{u}_{t}"),
    ("u'", "u_prime", "u'"),
    ("u^*", "u_star", "u^{*}"),
]


@pytest.mark.parametrize(("text", "name", "latex"), IDENTIFIERS, ids=lambda t: t)
def test_a_name_has_one_identifier(text: str, name: str, latex: str) -> None:
    declared = parse_inline(rf"{text} \in \mathbb{{R}}", NAMES)
    assert isinstance(declared, tuple)
    (declaration,) = declared
    assert isinstance(declaration, Declaration)
    assert (declaration.name, declaration.latex) == (name, latex)
    assert shown(parse_expression(text, NAMES.also("scalar", name))) == name
    assert shown(parse_expression(latex, NAMES.also("scalar", name))) == name


ENTRIES = [
    ("p_k", "p[k]"),
    ("p_{k}", "p[k]"),
    ("p_kr_k", "(p[k] * r[k])"),
    ("p_1", "p[1]"),
    ("p_{12}", "p[12]"),
    ("p_k^2", "(p[k] ^ 2)"),
    ("p^2_k", "(p[k] ^ 2)"),
    ("X_{ij}", "X[i, j]"),
    ("X_{i,j}", "X[i, j]"),
    ("X_{1,j}", "X[1, j]"),
    ("X_{1j}", "X[1, j]"),
    ("X_{i1}", "X[i, 1]"),
    ("p^{(i)}", "p[i]"),
    ("X^{(i)}_j", "X[i, j]"),
    ("X_j^{(i)}", "X[i, j]"),
    (r"\hat v_i", "v_hat[i]"),
    (r"\hat{v}^{(i)}", "v_hat[i]"),
    (r"\hat{v_i}", "v_hat[i]"),
    (r"\delta_{ij}", "delta(i, j)"),
    (r"\delta_{k,1} - p_j", "(delta(k, 1) - p[j])"),
    (r"\delta_{ij}^2", "(delta(i, j) ^ 2)"),
    ("y_{max} + P_t", "(y_max + P_t)"),
    (r"y_{\text{max}}^2", "(y_max ^ 2)"),
    ("x^{i+1}", "(x ^ (i + 1))"),
]

REFUSED = [
    ("p_12", 2, "_{12}", "_{1} 2"),
    ("X_ij", 2, "_{ij}", r"_{i} \cdot j"),
    ("p_0", 3, "begin at 1"),
    ("p_K", 3, "declared index"),
    ("p_t", 3, r"$t \in \{1, \dots, K\}$"),
    ("p_{i+1}", 5, "+ is neither"),
    ("X_i", 1, "has 2 subscripts, not 1", "X_{i,j}"),
    ("X_{12}", 1, "has 2 subscripts, not 1"),
    ("p_{ij}", 1, "has 1 subscripts, not 2"),
    ("y_i", 3, "y is not declared as a vector", r"$y \in \mathbb{R}^K$"),
    ("w_i", 3, "w is not declared as a vector"),
    ("y_{ik}", 4, "y is not declared as a vector"),
    ("y_{it}", 4, "i cannot be its index"),
    ("y^{(i)}", 1, "y is not declared as a vector"),
    ("y^{(2)}", 1, "y_{2}", "y^{2}"),
    ("p^{(2)}", 1, "p_{2}", "p^{2}"),
    ("y^{(a)}", 1, "y_{a}", "y^{a}"),
    ("x^{(i+1)}", 5, "exponent in brackets"),
    (r"\delta_{ia}", 10, "a is neither"),
    (r"\delta_{ijk}", 1, "has 2 subscripts, not 3"),
    (r"\delta", 1, r"\delta is not declared"),
    ("y_{hat}", 2, "accent"),
    (r"\bar{xy}", 7, "one name"),
    (r"\hat{}", 6, "a name"),
    (r"\mathbf{\hat y}", 1, r"\hat{\mathbf{y}}"),
    (r"\mathrm{a\_b}", 10, r"\_"),
    (r"y_{\text{a b}}", 4, "part of a name"),
    ("y_{}", 2, "empty"),
    ("y_+", 3, "a subscript"),
]


@pytest.mark.parametrize(("text", "tree"), ENTRIES, ids=lambda t: t)
def test_a_subscript_is_read_by_what_is_declared(text: str, tree: str) -> None:
    assert shown(parse_expression(text, NAMES)) == tree


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case[0])
def test_is_refused_at_its_place(case: tuple) -> None:
    text, column, *words = case
    refuses(lambda t: parse_expression(t, NAMES), text, column, *words)


def test_an_entry_and_a_name_alike_are_refused() -> None:
    names = NAMES.also("scalar", "p_k", "p_t")
    assert shown(parse_expression("p_t", names)) == "p_t"
    refuses(lambda t: parse_expression(t, names), "p_k", 1, "rename")


def test_delta_may_be_declared() -> None:
    names = NAMES.also("scalar", "delta")
    assert shown(parse_expression(r"\delta x", names)) == "(delta * x)"
    refuses(lambda t: parse_expression(t, names), r"\delta_{ij}", 9, r"\delta is not declared as a")


def test_a_word_in_a_subscript_may_contain_the_letter_of_an_index() -> None:
    names = NAMES.also("scalar", "sigma_prior")
    assert shown(parse_expression(r"\sigma_{prior}", names)) == "sigma_prior"


def test_a_declared_prime_is_a_name() -> None:
    assert shown(parse_expression("q' x", NAMES.also("scalar", "q_prime"))) == "(q_prime * x)"
