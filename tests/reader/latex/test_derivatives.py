"""Derivatives as fractions, operators and primes."""

import pytest
from reader.latex.known import NAMES, refuses, shown

from cesym.reader.latex import parse_expression

READ = [
    (r"\frac{\partial J}{\partial s}", "D(J, s:1)"),
    (r"\dfrac{\partial L}{\partial \hat y}", "D(L, y_hat:1)"),
    (r"\frac{dL}{d\hat y}", "D(L, y_hat:1)"),
    (r"\frac{\mathrm{d} L}{\mathrm{d} s}", "D(L, s:1)"),
    (r"\frac{\mathrm d L}{\mathrm d s}", "D(L, s:1)"),
    (r"\frac{\partial^2 J}{\partial s^2}", "D(J, s:2)"),
    (r"\frac{\partial^{2} J}{\partial s^{2}}", "D(J, s:2)"),
    (r"\frac{\partial^2 J}{\partial z_i \partial z_j}", "D(J, z[i]:1, z[j]:1)"),
    (r"\frac{\partial^3 J}{\partial s^2 \partial y}", "D(J, s:2, y:1)"),
    (r"\frac{\partial J(y, s)}{\partial s}", "D(J(y, s), s:1)"),
    (r"\frac{\partial \log s}{\partial s}", "D(log(s), s:1)"),
    (r"\frac{\partial \log z_i}{\partial z_j}", "D(log(z[i]), z[j]:1)"),
    (r"\frac{\partial f(a)}{\partial s}", "D(f(a), s:1)"),
    (r"\frac{\partial L}{\partial p_j}", "D(L, p[j]:1)"),
    (r"\frac{\partial}{\partial s} \hat y", "D(y_hat, s:1)"),
    (r"\frac{\partial (a + s)}{\partial s}", "D((a + s), s:1)"),
    (r"\frac{\partial z_k}{\partial z_j}", "D(z[k], z[j]:1)"),
    (r"\frac{\partial \operatorname{softmax}(z)_k}{\partial z_j}", "D(softmax(z)[k], z[j]:1)"),
    (r"\frac{\partial}{\partial s}\left( s^2 \right)", "D((s ^ 2), s:1)"),
    (r"\frac{\partial}{\partial s}[s^2] a", "(D((s ^ 2), s:1) * a)"),
    (r"\frac{\partial}{\partial s}(s^2) \cdot a", "(D((s ^ 2), s:1) * a)"),
    (r"\frac{\partial}{\partial s} s^2 + a", "(D((s ^ 2), s:1) + a)"),
    (r"\frac{\partial}{\partial s} J", "D(J, s:1)"),
    (r"\frac{d}{ds} \sigma(s)", "D(sigmoid(s), s:1)"),
    (r"\frac d{ds} \sigma(s)", "D(sigmoid(s), s:1)"),
    (r"\frac{\partial^2}{\partial s^2} L", "D(L, s:2)"),
    (r"\frac{\partial}{\partial s} \frac{\partial}{\partial x} (s x)", "D(D((s * x), x:1), s:1)"),
    (
        r"\frac{\partial}{\partial z_j}\log\sum_{k=1}^K e^{z_k}",
        "D(log(sum(exp(z[k]), k=1..K)), z[j]:1)",
    ),
    (
        r"\frac{\partial L}{\partial \hat y} \frac{\partial \sigma(s)}{\partial s}",
        "(D(L, y_hat:1) * D(sigmoid(s), s:1))",
    ),
    (r"\frac{\partial L}{\partial s} y (1 - y)", "((D(L, s:1) * y) * (1 - y))"),
    (r"\partial_s J", "D(J, s:1)"),
    (r"\partial_{z_i}\partial_{z_j} L", "D(D(L, z[j]:1), z[i]:1)"),
    (r"\left(\frac{\partial L}{\partial s}\right)^2", "(D(L, s:1) ^ 2)"),
]

REFUSED = [
    (
        r"\frac{\partial \sigma(s)(1-\sigma(s))}{\partial s}",
        1,
        r"\frac{\partial}{\partial s} \left[\sigma(s)(1-\sigma(s))\right]",
        r"\frac{\partial \sigma(s)}{\partial s} (1-\sigma(s))",
    ),
    (r"\frac{\partial \frac12 L}{\partial s}", 1, r"\left[\frac12 L\right]"),
    (r"\frac{\partial a + s}{\partial s}", 1, r"\left[a + s\right]"),
    (r"\frac{\partial}{\partial s} s^2 x", 1, r"(s^2) x", "(s^2 x)"),
    (r"\frac{\partial}{\partial s} s \cdot x", 1, r"(s) \cdot x", r"(s \cdot x)"),
    (r"\frac{\partial}{\partial s}(s)(x)", 1, r"(s) \cdot (x)"),
    (r"\frac{\partial}{\partial s}(s) x", 1, r"(s) \cdot x", r"\left[(s) x\right]"),
    (r"\frac{\partial}{\partial s}(s)^2", 1, r"\left((s)^2\right)"),
    (r"\frac{\partial}{\partial s}", 28, "what is differentiated"),
    (
        r"\frac{\partial J}{\partial s}(y)",
        1,
        r"\frac{\partial J}{\partial s} \cdot (y)",
        r"\right|",
    ),
    (r"\frac{\partial J}{\partial s}(1 - y)", 1, r"\cdot (1 - y)"),
    (r"\frac{\partial J}{\partial s}^2", 30, "brackets around the base"),
    (r"\frac{\partial^2 L}{\partial s}", 1, "2 and 1"),
    (r"\frac{\partial^n L}{\partial s^n}", 32, "n is not declared"),
    (r"\frac{\partial^{a} L}{\partial s^{a}}", 35, "order"),
    (r"\frac{d L}{\partial s}", 12, r"\partial in both"),
    (r"\frac{\partial L}{s}", 7, "as a fraction"),
    (r"\frac{\partial z}{\partial r}", 1, "hidden dependence"),
    (r"\frac{\partial J}{\partial i}", 28, "no derivative by i"),
    (r"\frac{\partial J}{\partial w}", 28, "w is not declared"),
    (r"\frac{\partial J}{\partial s x}", 30, r"\partial is expected"),
    (r"\partial L / s", 1, "as a fraction"),
    (r"\frac{\partial \hat y}{\partial s}", 1, "can mean 0, or a hidden dependence"),
    (r"a + \frac{\partial \log p_i}{\partial z_j}", 5, r"\log p_i does not contain z_j"),
    (r"\frac{d}{s}", 7, "d is not declared"),
    ("dL/ds", 1, "d is not declared"),
    (r"\frac{\partial \log P}{\partial y}", 21, "P is a function"),
]


@pytest.mark.parametrize(("text", "tree"), READ, ids=lambda t: t)
def test_is_read(text: str, tree: str) -> None:
    assert shown(parse_expression(text, NAMES)) == tree


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case[0])
def test_is_refused_at_its_place(case: tuple) -> None:
    text, column, *words = case
    refuses(lambda t: parse_expression(t, NAMES), text, column, *words)


def test_a_declared_d_is_no_differential() -> None:
    names = NAMES.also("scalar", "d")
    assert shown(parse_expression(r"\frac{d}{d + 1}", names)) == "(d / (d + 1))"
    assert shown(parse_expression(r"\frac{d}{s}", names)) == "(d / s)"
    assert shown(parse_expression(r"\frac{\mathrm{d}L}{\mathrm{d}s}", names)) == "D(L, s:1)"
    for text in (r"\frac{dL}{ds}", r"\frac{d}{ds} L"):
        refuses(lambda t: parse_expression(t, names), text, 1, "a derivative or a fraction")
