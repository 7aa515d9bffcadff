"""For each rule: lines that it takes on, what they become, and lines on which it fails."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    """`line` becomes `next` by the rule, and `refused` fails. `what` is the formula in the phrase;
    `known` are displays that stood before.
    """

    line: str
    next: str
    refused: str
    what: str = ""
    known: tuple[tuple[str, str], ...] = ()


EXAMPLES = {
    "definition": [
        Example("f(s)", "s^2 + 1", "s^2 + 1", "f"),
        Example("L(y, q) + s", r"-[y \log q + (1 - y) \log(1 - q)] + s", "f(s)", "L"),
        Example(r"\log \sigma(s)", r"\log \frac{1}{1 + e^{-s}}", r"\log s", r"\sigma"),
        Example("f(f(x))", "(x^2 + 1)^2 + 1", "x", "f"),
    ],
    "recognise": [
        Example("x (s^2 + 1)", "x f(s)", "s^2 + 2", "f(s)"),
        Example(r"\frac{1}{1 + e^s}", r"\sigma(-s)", r"\frac{1}{1 + e^{-s}}", r"\sigma(-s)"),
        Example(r"y \log q + (1 - y) \log(1 - q)", "-L(y, q)", r"\log q", "L(y, q)"),
    ],
    "insert": [
        Example("f(s) + 1", "s + 1", "f(x)", "f(s)", (("f(s)", "s"),)),
        Example("q (x - s)", "-q t", "x + s", "s - x", (("s - x", "t"),)),
        Example("x s t", "t^2", "x + s", "x s", (("x s", "t"),)),
        Example(
            r"\frac{\partial^2 f}{\partial x^2}",
            r"\frac{\partial}{\partial x} (2 x)",
            r"\frac{\partial}{\partial s} s^2",
            r"\frac{\partial f}{\partial x}",
            ((r"\frac{\partial f}{\partial x}", "2 x"),),
        ),
    ],
    "expand-logarithm": [
        Example(
            r"\log(q^y (1 - q)^{1 - y})", r"y \log q + (1 - y) \log(1 - q)", r"\log q + \log(1 - q)"
        ),
        Example(r"-\log \frac{q}{1 - q}", r"-\log q + \log(1 - q)", "x"),
        Example(r"\log \prod_{i=1}^{N} Q_i^2", r"\sum_{i=1}^{N} 2 \log Q_i", r"\log(1 + q)"),
        Example(r"\log(q e^s)", r"\log q + s", r"\log q"),
    ],
    "log-sigmoid": [
        Example(r"\log \sigma(s)", r"-\operatorname{softplus}(-s)", r"\log(2 \sigma(s))"),
        Example(r"y \log(1 - \sigma(s))", r"-y \operatorname{softplus}(s)", r"\sigma(s)"),
        Example(
            r"(1 - \sigma(x)) \log \sigma(-s)", r"-(1 - \sigma(x)) \operatorname{softplus}(s)", "1"
        ),
    ],
    "log1p": [
        Example(r"\log(1 + e^s)", r"\operatorname{log1p}(e^s)", r"\log(2 + e^s)"),
        Example(r"x + \log(1 - q)", r"x + \operatorname{log1p}(-q)", r"\log q"),
    ],
    "differentiate": [
        Example(r"\frac{\partial}{\partial x} x^3", "3 x^2", "x^3"),
        Example(r"\frac{\partial L}{\partial q}", r"-\frac{y}{q} + \frac{1 - y}{1 - q}", "L(y, q)"),
        Example(r"\left. \frac{\partial}{\partial x} x^3 \right|_{x = s}", "3 s^2", "s^3"),
        Example(
            r"\frac{\partial}{\partial S_j} \sum_{i=1}^{N} S_i^2", "2 S_j", r"\sum_{i=1}^N S_i"
        ),
        Example("f'(s)", "2 s", "f(s)"),
    ],
    "chain-rule": [
        Example(
            r"\frac{\partial J}{\partial s}",
            r"\left. \frac{\partial L}{\partial q} \right|_{q = \sigma(s)} \sigma'(s)",
            r"\frac{\partial}{\partial s} s^2",
        ),
        Example(
            r"\frac{\partial}{\partial s} f(s^2)",
            r"f'(s^2) \frac{\partial}{\partial s} s^2",
            r"\frac{\partial}{\partial s} (s f(s))",
        ),
        Example(
            r"\frac{\partial}{\partial s} J(y, s^2)",
            r"\left. \frac{\partial J}{\partial s} \right|_{s = s^2}"
            r" \frac{\partial}{\partial s} s^2",
            r"\frac{\partial}{\partial s} L(\sigma(s), \sigma(-s))",
        ),
    ],
    "limit": [
        Example(r"\lim_{s \to \infty} \sigma(s)", "1", r"\sigma(s)"),
        Example(r"\lim_{q \to 1^-} L(1, q)", "0", "L(1, q)"),
        Example(r"\lim_{q \to 0} q \log q", "0", r"\lim_{s \to 0} \frac{1}{s}"),
        Example(
            r"\lim_{s \to -\infty} \frac{\partial J}{\partial s}",
            "-y",
            r"\lim_{s \to 0} \frac{|s|}{s}",
        ),
    ],
    "derivative-of-sigmoid": [
        Example(r"\sigma'(s)", r"\sigma(s) (1 - \sigma(s))", r"\sigma(s)"),
        Example(
            r"\sigma'(x) \frac{\partial}{\partial s} s^2",
            r"\sigma(x) (1 - \sigma(x)) \frac{\partial}{\partial s} s^2",
            r"\frac{\partial}{\partial s} s^2",
        ),
        Example(
            r"\sigma'(s^2)",
            r"\sigma(s^2) (1 - \sigma(s^2))",
            r"\frac{\partial}{\partial s} \sigma(2 s)",
        ),
    ],
    "symmetry": [
        Example(r"1 - \sigma(s)", r"\sigma(-s)", r"2 - \sigma(s)"),
        Example(r"y (1 - \sigma(s)) + x", r"y \sigma(-s) + x", r"1 + \sigma(s)"),
    ],
    "stable-sigmoid": [
        Example(r"\sigma(s)", r"\frac{e^{-\max(-s, 0)}}{1 + e^{-|s|}}", "s"),
        Example(r"y (1 - \sigma(s))", r"\frac{y e^{-\max(s, 0)}}{1 + e^{-|s|}}", "e^s"),
    ],
    "split-softplus": [
        Example(
            r"\operatorname{softplus}(s)", r"\max(s, 0) + \log(1 + e^{-|s|})", r"\log(1 + e^s)"
        ),
        Example(
            r"y \operatorname{softplus}(-s)", r"y [\max(-s, 0) + \log(1 + e^{-|s|})]", r"\sigma(s)"
        ),
    ],
    "expand": [
        Example("(x + 1) (x - 1)", "x^2 - 1", "x^2 - 1"),
        Example(r"(1 - y) \sigma(s) - y (1 - \sigma(s))", r"\sigma(s) - y", r"\sigma(s)"),
        Example(r"\sum_{i=1}^{N} (x S_i + 1)", r"x \sum_{i=1}^{N} S_i + N", r"\sum_{i=1}^{N} S_i"),
    ],
    "collect": [
        Example("x t + s t", "(x + s) t", "x t + s", "t"),
        Example(r"y (x + t) + (1 - y) (s + t)", r"y x + (1 - y) s + t", "x + s", "t"),
        Example(
            r"\frac{1}{N} [(1 - y) \sigma(s) - y (1 - \sigma(s))]",
            r"\frac{1}{N} (\sigma(s) - y)",
            r"\frac{1}{N} \sigma(s)",
            r"\sigma(s)",
        ),
    ],
    "one-fraction": [
        Example(r"1 - \frac{1}{1 + e^{-s}}", r"\frac{e^{-s}}{1 + e^{-s}}", r"\frac{x}{1 + e^s}"),
        Example(r"\frac{x (s + 1)}{q} + \frac{t}{2}", r"\frac{2 x (s + 1) + q t}{2 q}", "x + 1"),
    ],
    "common-denominator": [
        Example(
            r"-\frac{y}{q} + \frac{1 - y}{1 - q}",
            r"\frac{q - y}{q (1 - q)}",
            r"\frac{q - y}{q (1 - q)}",
        ),
        Example(r"\frac{x}{q^2} - \frac{1}{q}", r"\frac{x - q}{q^2}", r"\frac{x}{q}"),
    ],
    "cancel": [
        Example(
            r"\left( \frac{y}{q} + \frac{x}{1 - q} \right) q (1 - q)",
            "y (1 - q) + x q",
            "(y + x) q",
        ),
    ],
    "factor": [
        Example("x^2 - 1", "(x - 1) (x + 1)", "x^2 + 1"),
        Example("q y + q s", "q (y + s)", "q y + s"),
    ],
    "powers": [
        Example("e^{s} e^{x}", "e^{s + x}", "e^{s} + e^{x}"),
        Example("q^y q^{1 - y} x", "q x", "q^y (1 - q)^y"),
    ],
    "horner": [
        Example("(1 + e^{s})^2", "1 + e^{s} (2 + e^{s})", "(q + e^{s})^2"),
        Example(r"\frac{t}{(1 + q)^3}", r"\frac{t}{1 + q (3 + q (3 + q))}", r"\frac{t}{1 + q}"),
    ],
    "simplify": [
        Example(r"\frac{e^{-s}}{1 + e^{-s}}", r"\frac{1}{1 + e^{s}}", r"\frac{1}{1 + e^{s}}"),
    ],
}
