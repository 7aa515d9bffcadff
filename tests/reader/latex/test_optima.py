"""Limits, minima and minimisers."""

import pytest
from reader.latex.known import NAMES, refuses, shown

from cesym.reader.latex import parse_chain

READ = [
    (r"\lim_{x \to 0^+} x \log x = 0", "limit((x * log(x)), x, 0, 1) == 0"),
    (r"\lim_{x\to0} x = 0", "limit(x, x, 0, 0) == 0"),
    (r"\lim_{x\to 1^{-}} -\log(1-x) = \infty", "limit(-(log((1 - x))), x, 1, -1) == oo"),
    (r"\lim_{x\to 0+} x = 0", "limit(x, x, 0, 1) == 0"),
    (r"\lim_{x \downarrow 0} x = 0", "limit(x, x, 0, 1) == 0"),
    (r"\lim_{x \uparrow a+1} x = 0", "limit(x, x, (a + 1), -1) == 0"),
    (r"\lim\limits_{s\to-\infty} \sigma(s) = 0", "limit(sigmoid(s), s, -(oo), 0) == 0"),
    (r"\lim_{s→∞} \sigma(s) = 1", "limit(sigmoid(s), s, oo, 0) == 1"),
    (r"\lim_{x\to 0} \sqrt{x}\log x = -\infty", None),
    (r"\min_x (x - a)^2 = 0", "minvalue(((x - a) ^ 2), x) == 0"),
    (r"\min_{p} H(r, p) = H(r)", "minvalue(cross_entropy(r, p), p) == entropy(r)"),
    (r"\inf_x e^x = 0", "minvalue(exp(x), x) == 0"),
    (r"\arg\min_x (x - a)^2 = a", "argmin(((x - a) ^ 2), x) == a"),
    (r"\operatorname*{arg\,min}_{x} (x - a)^2 = a", "argmin(((x - a) ^ 2), x) == a"),
    (r"\operatorname{argmin}_x |x| = 0", "argmin(abs(x), x) == 0"),
    (r"\argmin_p H(r, p) = r", "argmin(cross_entropy(r, p), p) == r"),
    (r"\underset{x}{\arg\min} x^2 = 0", "argmin((x ^ 2), x) == 0"),
    (r"\min(a, b) \le \infty", "min(a, b) <= oo"),
]

REFUSED = [
    (r"\lim_{x\to0} x + a = a", 1, r"\left(\lim_{x\to0} x\right) + a", r"\left(x + a\right)"),
    (r"\min_x x^2 - a = 0", 1, r"\left(\min_x x^2\right) - a"),
    (r"\lim_{u\to0} u = 0", 7, "not declared"),
    (r"\lim_{k\to0} k = 0", 7, "declared name"),
    (r"\lim_x x = 0", 6, "{"),
    (r"\lim x = 0", 1, "below it"),
    (r"\lim_{x\to0, y\to 0} x = 0", 12, "}"),
    (r"\lim_{x\downarrow 0^+} x = 0", 1, "twice"),
    (r"\max_x x = 0", 1, "minimum of the negative"),
    (r"\arg\max_x x = 0", 1, "minimum of the negative"),
    (r"\min_{x > 0} x = 0", 9, "variable alone"),
    (r"\min_{x, y} x = 0", 8, "variable alone"),
    (r"x = \infty + 1", 12, "relation"),
    (r"x = 2 \infty", 7, "relation"),
    (r"\lim_{x\to0}", 13, "the body"),
]


@pytest.mark.parametrize(("text", "tree"), READ, ids=lambda t: t)
def test_is_read(text: str, tree: str | None) -> None:
    found = shown(parse_chain(text, NAMES))
    assert tree is None or found == tree


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case[0])
def test_is_refused_at_its_place(case: tuple) -> None:
    text, column, *words = case
    refuses(lambda t: parse_chain(t, NAMES), text, column, *words)
