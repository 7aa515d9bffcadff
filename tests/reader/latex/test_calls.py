"""Functions: with and without brackets, known and defined."""

import pytest
from reader.latex.known import NAMES, refuses, shown

from cesym.reader.latex import parse_expression

READ = [
    (r"\log x", "log(x)"),
    (r"\ln x", "log(x)"),
    (r"\log \hat y", "log(y_hat)"),
    (r"\log p_k", "log(p[k])"),
    (r"\log \hat y^2", "log((y_hat ^ 2))"),
    (r"\log \frac1N", "log((1 / N))"),
    (r"\log |x|", "log(abs(x))"),
    (r"\log\log x", "log(log(x))"),
    (r"\log{x}", "log(x)"),
    (r"\log{(x)}", "log(x)"),
    (r"\log{\left(x \right)} y", "(log(x) * y)"),
    (r"\log \sigma(s)", "log(sigmoid(s))"),
    (r"\log \operatorname{softmax}(z)_j", "log(softmax(z)[j])"),
    (r"\log P(y)", "log(P(y))"),
    (r"\log(x) y", "(log(x) * y)"),
    (r"\log(x) \log(y)", "(log(x) * log(y))"),
    (r"\log(x) / y", "(log(x) / y)"),
    (r"\log\left[\hat y^{\,y} (1 - \hat y)\right]", "log(((y_hat ^ y) * (1 - y_hat)))"),
    (
        r"-y \log \hat y - (1-y) \log (1 - \hat y)",
        "(-((y * log(y_hat))) - ((1 - y) * log((1 - y_hat))))",
    ),
    (r"y \log \hat y + x", "((y * log(y_hat)) + x)"),
    (r"\log^2(x)", "(log(x) ^ 2)"),
    (r"\tanh^{2}(x)", "(tanh(x) ^ 2)"),
    (r"\log_2 x", "log2(x)"),
    (r"\log_{10}(x)", "log10(x)"),
    (r"\log_e x", "log(x)"),
    (r"\exp(-s)", "exp(-(s))"),
    (r"\exp\left(-s\right)", "exp(-(s))"),
    (r"\exp\{-s\}", "exp(-(s))"),
    (r"\exp(a)\exp(b)", "(exp(a) * exp(b))"),
    (r"\log(1 + e^{-|x|})", "log((1 + exp(-(abs(x)))))"),
    (r"\tanh x + \cosh(x) - \sinh x", "((tanh(x) + cosh(x)) - sinh(x))"),
    (r"\log\Gamma(x + 1)", "lgamma((x + 1))"),
    (r"\max(x, 0) - x y", "(max(x, 0) - (x * y))"),
    (r"\max\{a, b, c\}", "max(a, b, c)"),
    (r"\min\left(a, b\right)^2", "(min(a, b) ^ 2)"),
    (r"\sigma(s)(1-\sigma(s))", "(sigmoid(s) * (1 - sigmoid(s)))"),
    (r"\sigma(s)^2", "(sigmoid(s) ^ 2)"),
    (r"\sigma\left(s\right)", "sigmoid(s)"),
    (r"\sigma'(s)", "sigmoid'(s)"),
    (r"\sigma''(s)", "sigmoid''(s)"),
    (r"\sigma^{\prime}(s)", "sigmoid'(s)"),
    (r"\tanh'(x)", "tanh'(x)"),
    ("f'(x)", "f'(x)"),
    ("f''(x + 1)", "f''((x + 1))"),
    (r"\operatorname{sigmoid}(s)", "sigmoid(s)"),
    (r"\operatorname{softplus}(s)^2", "(softplus(s) ^ 2)"),
    (r"\operatorname{logit}(x)", "logit(x)"),
    (r"\operatorname{sgn}(x) \operatorname{sign}(x)", "(sign(x) * sign(x))"),
    (r"\operatorname{LSE}(z)", "logsumexp(z)"),
    (r"\operatorname*{logsumexp}(z)", "logsumexp(z)"),
    (r"\operatorname{softmax}(z)_j", "softmax(z)[j]"),
    (r"\mathrm{softmax}(z)_{j}^2", "(softmax(z)[j] ^ 2)"),
    (r"\mathrm{softmax}(z)", "softmax(z)"),
    (r"\operatorname{xlogy}(x, y)", "xlogy(x, y)"),
    ("H(p)", "entropy(p)"),
    ("H(p, r)", "cross_entropy(p, r)"),
    (r"\operatorname{H}(p)", "entropy(p)"),
    (r"D_{KL}(p\|r)", "kl(p, r)"),
    (r"D_{\mathrm{KL}}(p \,\|\, r)", "kl(p, r)"),
    (r"D_{\text{KL}}(p \parallel r)", "kl(p, r)"),
    (r"\mathrm{KL}(p || r)", "kl(p, r)"),
    (r"\mathrm{KL}\left(p \middle\| r\right)", "kl(p, r)"),
    (r"\operatorname{KL}(p, r)", "kl(p, r)"),
    ("J(y, s) P(y)^2", "(J(y, s) * (P(y) ^ 2))"),
    (r"J\left(y, \sigma(s)\right)", "J(y, sigmoid(s))"),
    (r"e^{z_k} \exp x", "(exp(z[k]) * exp(x))"),
]

REFUSED = [
    (r"\log", 5, r"the argument of \log"),
    (r"\log -x", 6, "brackets"),
    (r"\log^2 x", 1, r"write \log^2(x)"),
    (r"\log^{-1}(x)", 1, r"\left(\log(x)\right)^{-1}"),
    (r"\log_b x", 5, r"\frac{\log x}{\log b}"),
    (r"\ln_2 x", 4, "base"),
    (r"\log(x, y)", 1, "takes 1 arguments, not 2"),
    (r"\log{x}^2", 8, "exponent"),
    (r"\log{x} y", 1, r"\log({x} y)"),
    (r"\log'", 1, "brackets"),
    (r"\max_k z_k", 1, "over a variable"),
    (r"\min_k z_k", 6, "declared name"),
    (r"\max(p)", 1, "two or more"),
    (r"\operatorname{max}(x)", 1, "two or more"),
    (r"\operatorname{softplus} x", 1, "is a function"),
    (r"\sigma(s, x)", 1, "takes 1 arguments, not 2"),
    (r"\sigma(z)_j", 1, r"\sigma(z_j)", r"\operatorname{softmax}(z)_j"),
    (r"H(p\|r)", 7, r"not )"),
    (r"H(p, r, z)", 1, "takes 1 arguments, not 3"),
    (r"\mathrm{KL}(p\|r\|z)", 17, r"not \|"),
    (r"\mathrm{KL}(p)", 1, "takes 2 arguments, not 1"),
    (r"D(p, r)", 1, "D is not declared"),
    ("H", 1, r"write H(\dots)"),
    ("J'(y, s)", 1, "partial derivative"),
    ("P'", 1, r"write P'(\dots)"),
    ("x'", 1, "prime"),
    ("L'", 1, "prime"),
]


@pytest.mark.parametrize(("text", "tree"), READ, ids=lambda t: t)
def test_is_read(text: str, tree: str) -> None:
    assert shown(parse_expression(text, NAMES)) == tree


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case[0])
def test_is_refused_at_its_place(case: tuple) -> None:
    text, column, *words = case
    refuses(lambda t: parse_expression(t, NAMES), text, column, *words)


def test_a_defined_function_comes_before_the_known_one() -> None:
    names = NAMES.also("function", "sigma", "H", "softplus").also("function", "D_KL", size=2)
    for text, tree in (
        (r"\sigma(s)", "sigma(s)"),
        ("H(x)", "H(x)"),
        (r"\operatorname{softplus}(x)", "softplus(x)"),
        (r"D_{KL}(a \| b)", "D_KL(a, b)"),
    ):
        assert shown(parse_expression(text, names)) == tree
