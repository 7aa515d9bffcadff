"""Vectors and matrices: shapes decide what a product is, and what they leave open is refused."""

import pytest
from reader.latex.known import NAMES, refuses, shown

from cesym.reader.latex import parse_chain, parse_expression

KNOWN = NAMES.also("vector", "w", "m")

READ = [
    (r"X z", "(X @ z)"),
    (r"X^\top X z", "((X.T @ X) @ z)"),
    (r"w^\top z", "(w.T @ z)"),
    (r"w^{\mathsf T} z", "(w.T @ z)"),
    (r"w^\mathsf{T} z", "(w.T @ z)"),
    (r"wᵀ z", "(w.T @ z)"),
    (r"a w^\top z", "((a * w).T @ z)"),
    (r"z^\top X^\top X z", "(((z.T @ X.T) @ X) @ z)"),
    (r"p r^\top", "outer(p, r)"),
    (r"\mathrm{diag}(p) - p p^\top", "(diag(p) - outer(p, p))"),
    (r"X^\top (X z - \sigma(X w))", "(X.T @ ((X @ z) - sigmoid((X @ w))))"),
    (r"2 X z", "((2 * X) @ z)"),
    (r"a z", "(a * z)"),
    (r"1 - z", "(1 - z)"),
    (r"\mathbf 1^\top z", "sum(z)"),
    (r"p \odot r", "(p * r)"),
    (r"2 (p \odot r)", "(2 * (p * r))"),
    (r"\|z\|^2", "dot(z, z)"),
    (r"\lVert z \rVert_2^2", "dot(z, z)"),
    (r"\left\|z - p\right\|^2_2", "dot((z - p), (z - p))"),
    (r"\|z\|", "sqrt(dot(z, z))"),
    (r"\|z\|_1", "sum(abs(z))"),
    (r"\frac{a}{2} \|w\|^2", "((a / 2) * dot(w, w))"),
    (r"\|X\|_F^2", "sum((X * X))"),
    (r"\|x\|^2", "(x ^ 2)"),
    (r"\langle p, z \rangle", "dot(p, z)"),
    (r"⟨p, z⟩", "dot(p, z)"),
    (r"\nabla_w L", "grad(L, w)"),
    (r"\nabla_{w}^2 L", "hessian(L, w)"),
    (r"\nabla^2_w \left[L\right]", "hessian(L, w)"),
    (r"\frac{\partial L}{\partial w}", "grad(L, w)"),
    (r"∂L/∂w", "grad(L, w)"),
    (r"∂L/∂x", "D(L, x:1)"),
    (r"\partial^2 L/\partial x \partial y", "D(L, x:1, y:1)"),
    (r"\partial_w L", "grad(L, w)"),
    (r"\frac{\partial^2 L}{\partial w \partial w^\top}", "hessian(L, w)"),
    (r"\frac{\partial \operatorname{softmax}(z)}{\partial z^\top}", "jacobian(softmax(z), z)"),
    (r"\mathbb{E}_{k\sim p}[\log r_k]", "sum((p[k] * log(r[k])), k=1..K)"),
    (r"𝔼_{n∼p}(z_n)", "sum((p[n] * z[n]), n=1..K)"),
    (r"D(p\|r)", "kl(p, r)"),
    (r"D_{JS}(p\|r)", None),
    ("ŷ²", "(y_hat ^ 2)"),
    ("log(x) - sigmoid(x)", "(log(x) - sigmoid(x))"),
]

REFUSED = [
    (r"p r", 1, r"\sum_{k=1}^{K} (p)_k (r)_k", "(p)_k (r)_k"),
    (r"p \cdot r", 1, r"\sum_{k=1}^{K} (p)_k (r)_k"),
    (r"X \cdot z", 1, r"X \odot z"),
    (r"X X", 1, "do not fit"),
    (r"z X", 1, "do not fit"),
    (r"X^\top z", 1, "do not fit"),
    (r"w^\top", 1, "cannot stand alone"),
    (r"w^\top + z", 1, "a row and a column"),
    (r"X + 1", 1, "do not add up"),
    (r"X + z", 1, "different sizes"),
    (r"X^2", 1, r"(X_{ij})^{2}"),
    (r"X^\top^2", 7, "second superscript"),
    (r"\exp(X)", 1, "can mean"),
    (r"a / X", 5, "divided"),
    (r"X w \odot p", 5, "put each product in brackets"),
    (r"p \odot X w", 11, "put each product in brackets"),
    (r"x \odot y", 1, "two vectors"),
    (r"\langle p, X \rangle", 1, "inner product"),
    (r"\mathbf{1} - p", 1, "vector of ones"),
    (r"\nabla L", 1, "variable below it"),
    (r"\nabla_u L", 8, "not declared"),
    (r"\nabla_w^3 L", 10, "2 above"),
    (r"\nabla_w L + \nabla_w a L", 14, "can mean"),
    (r"\nabla_w p", 10, "a number is expected"),
    (r"\frac{\partial \sigma(z)}{\partial z}", 1, r"\frac{\partial \sigma(z)_i}{\partial z_j}"),
    (r"\frac{\partial L}{\partial X}", 1, r"\nabla_{X}"),
    (r"\frac{\partial^2 L}{\partial w^2}", 1, r"\nabla_{w}^2"),
    (r"\mathbb{E}[x]", 1, "mean over"),
    (r"\mathbb{E}_{k \sim z}[r_k]", 20, "distribution"),
    (r"\mathbb{E}_{x \sim p}[p_x]", 13, "declared already"),
    (r"\mathbb{R}", 1, "not read"),
    (r"H(x)", 3, "takes vectors"),
    ("log[x]", 1, "can mean"),
]


@pytest.mark.parametrize(("text", "tree"), READ, ids=lambda t: t)
def test_is_read(text: str, tree: str | None) -> None:
    found = shown(parse_expression(text, KNOWN))
    assert tree is None or found == tree


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case[0])
def test_is_refused_at_its_place(case: tuple) -> None:
    text, column, *words = case
    refuses(lambda t: parse_expression(t, KNOWN), text, column, *words)


def test_a_word_that_could_be_a_product_is_refused() -> None:
    known = KNOWN.also("scalar", "l", "o", "g")
    refuses(lambda t: parse_expression(t, known), "log(x)", 1, r"\log", r"l \cdot o \cdot g")


def test_a_declared_T_is_no_transpose() -> None:
    known = NAMES.also("vector", "w")
    assert shown(parse_expression("x^T", known)) == "(x ^ T)"
    refuses(lambda t: parse_expression(t, known), "w^T", 1, r"w^\top")


def test_norms_of_norms_do_not_grow() -> None:
    text = "z"
    for _ in range(8):
        text = rf"\left\|z \cdot \left\|{text}\right\|\right\|"
    refuses(lambda t: parse_expression(t, KNOWN), text, 1, "others is not read")


def test_a_matrix_is_not_compared_with_a_number() -> None:
    refuses(lambda t: parse_chain(t, KNOWN), r"\nabla_w^2 L = 0", 16, "a matrix")
    assert shown(parse_chain(r"\nabla_w L = 0", KNOWN)) == "grad(L, w) == 0"


def test_a_known_function_is_not_defined_again() -> None:
    refuses(lambda t: parse_chain(t, KNOWN), r"\mathrm{abs}(x) := 2", 1, "every reader knows")


def test_two_signs_are_two_formulas() -> None:
    refuses(lambda t: parse_chain(t, KNOWN), r"x \pm y = 0", 3, "two formulas")
