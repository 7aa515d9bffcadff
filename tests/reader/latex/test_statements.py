"""Chains of relations and definitions."""

import pytest
from reader.latex.known import NAMES, refuses, shown

from cesym.reader.latex import parse_chain
from cesym.reader.syntax import Define

READ = [
    (r"a = b \le c", "a == b <= c"),
    (r"a \leq b \leqslant c ≤ q", "a <= b <= c <= q"),
    (r"a < b \lt c", "a < b < c"),
    (r"a \geq b \geqslant c ≥ q", "a >= b >= c >= q"),
    (r"a > b \gt c", "a > b > c"),
    ("a = ?", "a == ?"),
    ("? = a", "? == a"),
    ("a = ? = b", "a == ? == b"),
    ("a = b.", "a == b"),
    ("a = b，", "a == b"),
    (r"\frac{\partial J}{\partial s} = \sigma(s) - y", "D(J, s:1) == (sigmoid(s) - y)"),
    ("w := a b", "w() := (a * b)"),
    ("g(x) := x^2", "g(x) := (x ^ 2)"),
    ("g(x, y) := x + y", "g(x, y) := (x + y)"),
    (r"g\left(x, \hat y\right) \coloneqq x", "g(x, y_hat) := x"),
    (r"\hat q \triangleq a", "q_hat() := a"),
    ("w_t := a", "w_t() := a"),
    ("q' := a", "q_prime() := a"),
    (r"\sigma(s) := \frac{1}{1+e^{-s}}", "sigma(s) := (1 / (1 + exp(-(s))))"),
    (r"H(p) := -\sum_{k=1}^K p_k \log p_k", None),
    (r"D_{KL}(p \| r) := a", "D_KL(p, r) := a"),
    (r"\mathcal{L}(y) := y", "L_cal(y) := y"),
    ("w_k := p_k", "w(k) := p[k]"),
    (r"\tilde{w}_{ij} := X_{ij}^2", "w_tilde(i, j) := (X[i, j] ^ 2)"),
    (r"w_{i,j} := \tilde{a}_i + \tilde{b}_{j,i}", "w(i, j) := (a_tilde(i) + b_tilde(j, i))"),
    (r"\tilde{a}_1^2 = \sum_{k=1}^K \tilde{a}_k", "(a_tilde(1) ^ 2) == sum(a_tilde(k), k=1..K)"),
    (r"\frac{\partial \tilde{a}_i}{\partial x} = \tilde{a}(i)", "D(a_tilde(i), x:1) == a_tilde(i)"),
]

REFUSED = [
    ("a", 2, "a relation"),
    ("a =", 4, "ends where"),
    ("= a", 1, "not ="),
    ("a = b, c = q", 6, "row of its own"),
    (r"a \ne b", 3, r"\ne is not read"),
    (r"a \approx b", 3, r"\approx is not read"),
    (r"a \iff b", 1, r"a relation is expected on both sides of \iff"),
    (r"a \implies b", 3, r"\implies is not read, it joins"),
    (r"a \in b", 3, r"\in is not read"),
    ("a & b", 3, "beside a relation"),
    ("a = b := c", 3, "a definition begins with a name"),
    ("a + b := c", 3, "a definition begins with a name"),
    ("a := b", 1, "declared already"),
    ("J(y) := y", 1, "declared already"),
    ("w := b = c", 8, "no further relation"),
    ("w := ?", 6, "written out"),
    ("w := w + 1", 6, "defined by itself"),
    ("g(x) := g(x)", 9, "defined by itself"),
    ("H(p) := H(p)", 9, "defined by itself"),
    ("g(w) := w", 3, "w is not declared"),
    ("g(x, x) := x", 6, "twice"),
    ("g(x + y) := x", 3, "a parameter of g"),
    ("p_k := a", 1, "entries of the vector p"),
    ("w_{kk} := a", 5, "k cannot be a parameter here"),
    ("w_{1k} := a", 4, "1 cannot be a parameter here"),
    ("w_k := w_k + 1", 10, "defined by itself"),
    (r"\tilde{a}_k := a", 1, "declared already"),
    (r"\tilde{a}_{ij} = a", 1, "1 subscripts, not 2"),
    (r"\tilde{b}_i = a", 1, "2 subscripts, not 1"),
    (r"\tilde{a}_x = a", 11, "x is neither"),
    (r"\tilde{a}_0 = a", 11, "indices begin at 1"),
    (r"\tilde{a}'_i = a", 1, "with a prime"),
    ("P_k = a", 3, "P is not declared as a vector"),
    (r"\mathrm{in} := a", 1, "cannot be a name"),
    ("FL := a", 2, "a definition begins with a name"),
    ("a = ? + b", 7, "a relation"),
]


@pytest.mark.parametrize(("text", "tree"), READ, ids=lambda t: t)
def test_is_read(text: str, tree: str | None) -> None:
    found = shown(parse_chain(text, NAMES))
    assert tree is None or found == tree


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case[0])
def test_is_refused_at_its_place(case: tuple) -> None:
    text, column, *words = case
    refuses(lambda t: parse_chain(t, NAMES), text, column, *words)


def test_a_definition_keeps_its_latex() -> None:
    found = parse_chain(r"\hat w_{\text{max}}(x) := x", NAMES)
    assert isinstance(found, Define)
    assert found.latex == r"\hat{w}_{\text{max}}"
    assert found.parameters == ("x",)
