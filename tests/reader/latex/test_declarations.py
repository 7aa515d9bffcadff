"""Inline mathematics: declarations, definitions, relations and prose."""

import pytest
from reader.latex.known import NAMES, refuses, shown

from cesym.reader.latex import parse_inline
from cesym.reader.syntax import Chain, Define

DECLARED = [
    (r"u = 1, \dots, K", "u in index(K)"),
    (r"u = 1, 2, \ldots, 9.", "u in index(9)"),
    (r"u \in [0,1]", "u in [0, 1]"),
    (r"u \in (0,1)", "u in (0, 1)"),
    (r"u \in\left(0, 1\right]", "u in (0, 1]"),
    (r"u \in (\tfrac12, 1)", "u in (1/2, 1)"),
    (r"u \in (-1/2, 0.5)", "u in (-1/2, 1/2)"),
    (r"u \in (0,\infty)", "u in (0, oo)"),
    (r"u \in [0,\infty)", "u in [0, oo)"),
    (r"u \in (-\infty, +\infty)", "u in real"),
    (r"u \in \mathbb{R}", "u in real"),
    (r"u \in \mathbb R.", "u in real"),
    (r"u \in \mathbb{R}_{>0}", "u in (0, oo)"),
    (r"u \in \mathbb{R}_{\ge 0}", "u in [0, oo)"),
    (r"u \in \mathbb{R}^K", "u in real^K"),
    (r"u \in \mathbb{R}^3", "u in real^3"),
    (r"u \in \mathbb{R}^{N \times D}", "u in real^(N, D)"),
    (r"u \in \mathbb{R}_{\ge 0}^{K}", "u in [0, oo)^K"),
    (r"u \in \mathbb{R}^K_{>0}", "u in (0, oo)^K"),
    (r"u \in [0,1]^N", "u in [0, 1]^N"),
    (r"u \in (0,1)^K", "u in (0, 1)^K"),
    (r"u \in \{0,1\}", "u in {0, 1}"),
    (r"u \in \{-1,1\}", "u in {-1, 1}"),
    (r"u \in \{-1,+1\}", "u in {-1, 1}"),
    (r"u \in \left\{0, \frac12, 1\right\}", "u in {0, 1/2, 1}"),
    (r"u \in \{0,1\}^N", "u in {0, 1}^N"),
    (r"u \in \Delta^{K-1}", "u in simplex(K)"),
    (r"u \in \Delta^{3-1}", "u in simplex(3)"),
    (r"u \in \mathring\Delta^{K-1}", "u in open_simplex(K)"),
    (r"u \in \mathring{\Delta}^{K-1}", "u in open_simplex(K)"),
    (r"u \in \operatorname{int}\Delta^{K-1}", "u in open_simplex(K)"),
    (r"u \in \operatorname{int}(\Delta^{K-1})", "u in open_simplex(K)"),
    (r"u \in \{e_1, \dots, e_K\}", "u in onehot(K)"),
    (r"u \in \{\mathbf{e}_1, \dots, \mathbf{e}_{K}\}", "u in onehot(K)"),
    (r"M \in \mathbb{N}", "M in integers >= 1"),
    (r"M \in \mathbb{N}_0", "M in integers >= 0"),
    (r"M \in \mathbb{N}_{\ge 2}", "M in integers >= 2"),
    (r"M \in \mathbb{Z}", "M in integers"),
    (r"M \in \mathbb{Z}_{>0}", "M in integers >= 1"),
    (r"l \in \{1,\dots,K\}", "l in index(K)"),
    (r"l \in \{1, 2, \ldots, K\}", "l in index(K)"),
    (r"l, m \in \{1,\ldots,3\}", "l in index(3); m in index(3)"),
    (r"u, v \in \mathbb{R}", "u in real; v in real"),
    (r"u \in [0,1], v \in \mathbb{R}", "u in [0, 1]; v in real"),
    (r"y \in [0,1],\quad v \in \mathbb{R}", "v in real"),
    ("0 < u < 1", "u in (0, 1)"),
    (r"0 \le u \le 1", "u in [0, 1]"),
    (r"1 > u \ge 0", "u in [0, 1)"),
    ("u > 0", "u in (0, oo)"),
    (r"0 \leq u", "u in [0, oo)"),
    ("u, v > 0", "u in (0, oo); v in (0, oo)"),
    (r"M \ge 2", "M in [2, oo)"),
]

PROSE = [
    r"y \in [0,1]",
    r"y \in S",
    r"x, y \in [0,1]",
    r"p_k \in (0,1)",
    r"P(y) \in [0,1]",
    r"1 - y \in [0,1]",
    "x",
    "w",
    r"\frac{a}{b}",
    "w = 3",
    "0 < v < w",
    "K, N \\ge 1",
    r"x \ne ?",
    r"x = y \ne 0",
    r"x \ne y < 0",
    r"w \approx 3",
    r"f : x \to y",
    r"\sum_{i \in S} x",
    "hello world",
    "中文",
    r"\unknown{",
    "x = ?",
    "1 < u < 2 > 3",
    "0 < u > -1",
]

CHAINS = [
    ("y = 0", "y == 0"),
    (r"K \ge 2", "K >= 2"),
    ("0 < q < 1", "0 < q < 1"),
    (r"x = \sigma(s)", "x == sigmoid(s)"),
    (r"x \ne y", "x != y"),
    (r"j \neq 1", "j != 1"),
]

REFUSED = [
    (r"u \in ]0,1[", 7, "(0, 1)"),
    (r"u \in S", 7, "this set is not read"),
    (r"u \in \mathbb{Q}", 7, "this set is not read"),
    (r"u \in \mathbb{R}_+", 17, r"\mathbb{R}_{>0}", r"\mathbb{R}_{\ge 0}"),
    (r"u \in \mathbb{R}^{K-1}", 20, "a size"),
    (r"u \in \mathbb{R}^p", 18, "not a size"),
    (r"u \in \Delta^{K}", 13, "^{K-1}", "^{(K+1)-1}"),
    (r"u \in \Delta^2", 13, "^{2-1}", "^{3-1}"),
    (r"u \in (1, 0)", 7, "empty"),
    (r"u \in [0, \infty]", 7, "round bracket"),
    (r"u \in (\infty, 0)", 8, "wrong end"),
    (r"u \in (0, K)", 11, "a number"),
    (r"u \in (0, 1", 12, "the end of the interval"),
    (r"u \in \{0,1,\dots,K\}", 13, r"\{1, \dots, K\}"),
    (r"u \in \{0, 0\}", 12, "twice"),
    (r"u \in \{a, b\}", 7, "this set is not read"),
    (r"y_i \in \{0,1\}", 1, "declare the whole vector"),
    (r"v_i \in \{0,1\}", 1, r"$v \in [0, 1]^K$"),
    (r"p_t \in (0,1)", 1, "declare the whole vector"),
    (r"y, u \in [0,1]", 1, "declare u alone"),
    (r"u, u \in [0,1]", 1, "declared twice"),
    (r"f(u) \in [0,1]", 2, "one or more names"),
    (r"u + 1 \in [0,1]", 3, "one or more names"),
    (r"u \in [0,1] y", 13, "the declaration ends"),
    (r"u \in [0,1], v \ne y", 16, "one or more names"),
    (r"u \in [0, 1] \text{ and } v \in \mathbb{R}", 14, "the declaration ends"),
    (r"\mathrm{in} \in \mathbb{R}", 1, "cannot be a name"),
    ("w := a +", 9, "ends where"),
    ("w := u", 6, "u is not declared"),
    ("y := a", 1, "declared already"),
    (r"u \in [0,1] $", 13, "$ is not read"),
    ("2 < u < 1", 1, "no number"),
]


@pytest.mark.parametrize(("text", "declarations"), DECLARED, ids=lambda t: t)
def test_declares(text: str, declarations: str) -> None:
    found = parse_inline(text, NAMES, line=7)
    assert isinstance(found, tuple)
    assert "; ".join(map(repr, found)) == declarations
    assert all(declaration.line == 7 for declaration in found)


@pytest.mark.parametrize("text", PROSE, ids=lambda t: t)
def test_is_prose(text: str) -> None:
    assert parse_inline(text, NAMES) is None


@pytest.mark.parametrize(("text", "chain"), CHAINS, ids=lambda t: t)
def test_relates(text: str, chain: str) -> None:
    found = parse_inline(text, NAMES)
    assert isinstance(found, Chain)
    assert shown(found) == chain


def test_defines() -> None:
    found = parse_inline("w := a b", NAMES)
    assert isinstance(found, Define)
    assert shown(found) == "w() := (a * b)"


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case[0])
def test_is_refused_at_its_place(case: tuple) -> None:
    text, column, *words = case
    refuses(lambda t: parse_inline(t, NAMES), text, column, *words)
