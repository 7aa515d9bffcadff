"""Sums and products over an index."""

import pytest
from reader.latex.known import NAMES, refuses, shown

from cesym.reader.latex import parse_expression

READ = [
    (r"\sum_{k=1}^{K} p_k", "sum(p[k], k=1..K)"),
    (r"\sum_{k=1}^K p_k", "sum(p[k], k=1..K)"),
    (r"\sum^K_{k=1} p_k", "sum(p[k], k=1..K)"),
    (r"\sum\limits_{k=1}^{K} p_k", "sum(p[k], k=1..K)"),
    (r"\sum_{k=1}^K p_k \log p_k", "sum((p[k] * log(p[k])), k=1..K)"),
    (r"\sum_{k=1}^K \left[ p_k - r_k \right]", "sum((p[k] - r[k]), k=1..K)"),
    (r"\sum_{k=1}^K p_k - a", "(sum(p[k], k=1..K) - a)"),
    (r"\sum_{k=1}^K p_k + r_j", "(sum(p[k], k=1..K) + r[j])"),
    (r"\sum_{k=1}^K -p_k", "sum(-(p[k]), k=1..K)"),
    (r"\sum_{k=1}^K p_k a", "sum((p[k] * a), k=1..K)"),
    (r"\sum_{k=1}^K p_k - \sum_{k=1}^K r_k", "(sum(p[k], k=1..K) - sum(r[k], k=1..K))"),
    (r"\left(\sum_{k=1}^K p_k\right) + r_k", "(sum(p[k], k=1..K) + r[k])"),
    (r"-\frac{1}{N}\sum_{i=1}^N p_i", "-(((1 / N) * sum(p[i], i=1..N)))"),
    (r"\sum_{n=1}^N p_n", "sum(p[n], n=1..N)"),
    (r"\sum_{k'=1}^{K} p_{k'}", "sum(p[k_prime], k_prime=1..K)"),
    (r"\sum_{k=1,\, k\ne j}^{K} p_k", "sum(p[k], k=1..K != j)"),
    (r"\sum_{i=1}^N \sum_{j=1}^K X_{ij}", "sum(sum(X[i, j], j=1..K), i=1..N)"),
    (r"\sum_{k=2}^{K-1} k p_k", "sum((k * p[k]), k=2..(K - 1))"),
    (r"\prod_{i=1}^N p_i", "product(p[i], i=1..N)"),
    (r"\prod_{i=1}^N a p_i", "product((a * p[i]), i=1..N)"),
    (r"\prod_{i=1}^N (p_i a)", "product((p[i] * a), i=1..N)"),
    (r"\prod_{i=1}^N 2", "product(2, i=1..N)"),
    (r"\prod_{i=1}^N r_i^{p_i} (1 - r_i)^{1 - p_i}", None),
    (r"\log \sum_{k=1}^K e^{z_k}", "log(sum(exp(z[k]), k=1..K))"),
    (r"\log \sum_{k=1}^K e^{z_k} - z_j", "(log(sum(exp(z[k]), k=1..K)) - z[j])"),
    (r"\frac{e^{z_j}}{\sum_{k=1}^K e^{z_k}}", "(exp(z[j]) / sum(exp(z[k]), k=1..K))"),
    (r"a/\sum_{k=1}^K e^{z_k}", "(a / sum(exp(z[k]), k=1..K))"),
    (r"\sum_k p_k", "sum(p[k], k=1..K)"),
    (r"\sum_{k} p_k r_k", "sum((p[k] * r[k]), k=1..K)"),
    (r"\sum_{k=1} p_k", "sum(p[k], k=1..K)"),
    (r"\sum_{n}^K p_n", "sum(p[n], n=1..K)"),
    (r"\sum_{k \ne j} p_k", "sum(p[k], k=1..K != j)"),
    (r"\sum p_n \log p_n", "sum((p[n] * log(p[n])), n=1..K)"),
    (r"\log\frac{\sum p_n}{\sum r_n}", "log((sum(p[n], n=1..K) / sum(r[n], n=1..K)))"),
    (r"\sum_n X_{nj}", "sum(X[n, j], n=1..N)"),
    (r"\sum_n \mathrm{softmax}(Xz)_n", "sum(softmax((X @ z))[n], n=1..N)"),
]

REFUSED = [
    (
        r"\sum_{k=1}^K p_k + r_k",
        1,
        r"\left(\sum_{k=1}^K p_k\right) + r_k",
        r"\left(p_k + r_k\right)",
    ),
    (r"\sum_{k=1}^K p_k - a - r_k", 1, r"- r_k"),
    (r"\prod_{i=1}^N p_i a", 1, r"\left(\prod_{i=1}^N p_i\right) a", r"\left(p_i a\right)"),
    (r"\prod_{i=1}^N p_i / a", 1, r"\left(\prod_{i=1}^N p_i\right) / a"),
    (r"\prod_{k=1}^K p_k \sum_{j=1}^K r_j", 1, r"\left(\prod_{k=1}^K p_k\right)"),
    (r"\log \sum_{k=1}^K e^{z_k} a", 6, r"\left(e^{z_k} a\right)"),
    (r"a/\sum_{k=1}^K e^{z_k} b", 3, r"\left(e^{z_k} b\right)"),
    (r"\sum_n X_{nj} X_{in}", 1, r"\sum_{n=1}^{K}"),
    (r"\sum_n a", 1, r"\sum_{n=1}^{K}"),
    (r"\sum p_k", 1, r"\sum_{k=1}^{K}"),
    (r"\sum p_m r_n", 1, r"\sum_{k=1}^{K}"),
    (r"\sum_{n=2} p_n", 1, r"\sum_{n=1}^{K}"),
    (r"\sum_n^N p_n", 1, r"\sum_{n=1}^{K}"),
    (r"\sum_{n \ne j} a", 1, r"\sum_{n=1,\, n \ne j}^{K}"),
    (r"\sum_{i, j} X_{ij}", 8, r"\sum_{k=1}^{K}"),
    (r"\sum_{i < j} X_{ij}", 9, r"\sum_{k=1}^{K}"),
    (r"\sum_{k \in S} p_k", 9, r"\sum_{k=1}^{K}"),
    (r"\sum_{k=1, j \ne k}^K p_k", 12, r"k \ne"),
    (r"\sum_{k=1, k \ne k}^K p_k", 18, "index"),
    (r"\sum_{y=1}^K y", 7, "declared already"),
    (r"\sum_{k=1}^K \sum_{k=1}^K p_k", 20, "around this one"),
    (r"\sum_{k=1}^K", 13, "ends where"),
    (r"\sum_{k=1}^k p_k", 1, "stands in a limit too"),
    (r"\sum_{k=1}^K^2 p_k", 13, "the body"),
]


@pytest.mark.parametrize(("text", "tree"), READ, ids=lambda t: t)
def test_is_read(text: str, tree: str | None) -> None:
    found = shown(parse_expression(text, NAMES))
    assert tree is None or found == tree


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case[0])
def test_is_refused_at_its_place(case: tuple) -> None:
    text, column, *words = case
    refuses(lambda t: parse_expression(t, NAMES), text, column, *words)


def test_a_bound_letter_is_an_index_only_inside() -> None:
    refuses(
        lambda t: parse_expression(t, NAMES), r"\left(\sum_{n=1}^N p_n\right) p_n", 33, "neither"
    )
