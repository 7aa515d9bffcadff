"""For each rule: lines that it takes on, what they become, and lines on which it fails."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    """`line` becomes `next` by the rule, and `refused` fails. `what` is the formula in the phrase;
    `known` are displays that stood before; `relation` is what holds between the two lines.
    """

    line: str
    next: str
    refused: str
    what: str = ""
    known: tuple[tuple[str, str], ...] = ()
    relation: str = "="


EXAMPLES = {
    "definition": [
        Example("f(s)", "s^2 + 1", "s^2 + 1", "f"),
        Example("L(y, q) + s", r"-[y \log q + (1 - y) \log(1 - q)] + s", "f(s)", "L"),
        Example(r"\log \sigma(s)", r"\log \frac{1}{1 + e^{-s}}", r"\log s", r"\sigma"),
        Example(
            r"\operatorname{softmax}(u)_1",
            r"\frac{e^{u_1}}{e^{u_1} + e^{u_2}}",
            "u_1",
            r"\operatorname{softmax}",
        ),
        Example(
            r"\operatorname{LSE}(z)", r"\log \sum_{k=1}^{K} e^{z_k}", "z_m", r"\operatorname{LSE}"
        ),
        Example("f(f(x))", "(x^2 + 1)^2 + 1", "x", "f"),
        Example(
            "H(p, r) + H(r)",
            r"-\sum_{k=1}^{K} p_k \log r_k - \sum_{k=1}^{K} r_k \log r_k",
            r"D_{KL}(p \| r)",
            "H",
        ),
        Example(r"D_{KL}(r \| v)", r"\sum_{k=1}^{K} r_k \log \frac{r_k}{v_k}", "H(p)", "D_{KL}"),
        Example(r"x + D_{KL}(p \| p)", "x", "H(p)", "D_{KL}"),
    ],
    "recognise": [
        Example(
            r"\frac{e^{z_l} e^{z_m}}{\left( \sum_{k=1}^{K} e^{z_k} \right)^2}",
            r"\operatorname{softmax}(z)_m \frac{e^{z_l}}{\sum_{k=1}^{K} e^{z_k}}",
            r"\frac{e^{z_l} e^{z_m}}{\sum_{k=1}^{K} e^{z_k} + 1}",
            r"\operatorname{softmax}(z)_m",
        ),
        Example(r"\sum_{i=1}^{N} (S_i^2 + 1)", r"\sum_{i=1}^{N} f(S_i)", "f(S_j)", "f(S_j)"),
        Example(
            r"-\sum_{i=1}^{N} (y \log Q_i + (1 - y) \log(1 - Q_i))",
            r"\sum_{i=1}^{N} L(y, Q_i)",
            r"\sum_{i=1}^{N} \log Q_i",
            "L(y, Q_j)",
        ),
        Example("x (s^2 + 1)", "x f(s)", "s^2 + 2", "f(s)"),
        Example(
            r"\frac{x e^{z_m}}{\sum_{k=1}^{K} e^{z_k}}",
            r"x \operatorname{softmax}(z)_m",
            r"\frac{e^{z_l}}{\sum_{k=1}^{K} e^{z_k}}",
            r"\operatorname{softmax}(z)_m",
        ),
        Example(r"\frac{1}{1 + e^s}", r"\sigma(-s)", r"\frac{1}{1 + e^{-s}}", r"\sigma(-s)"),
        Example(r"y \log q + (1 - y) \log(1 - q)", "-L(y, q)", r"\log q", "L(y, q)"),
        Example(
            r"1 - x \sum_{k=1}^{K} r_k \log r_k",
            "1 + x H(r)",
            r"\sum_{k=1}^{K} r_k \log v_k",
            "H(r)",
        ),
    ],
    "insert": [
        Example(
            r"x \sum_{i=1}^{N} \log f(S_i)",
            r"-x \sum_{i=1}^{N} S_i^2",
            r"\sum_{i=1}^{N} \log L(y, Q_i)",
            r"-\log f(x)",
            ((r"-\log f(x)", "x^2"),),
        ),
        Example(
            r"\sum_{i=1}^{N} S_i Q_i",
            r"\sum_{i=1}^{N} f(S_i)",
            r"\sum_{i=1}^{N} Q_i",
            "S_j Q_j",
            (("S_j Q_j", "f(S_j)"),),
        ),
        Example("f(s) + 1", "s + 1", "x", "f(s)", (("f(s)", "s"),)),
        Example("q (x - s)", "-q t", "x + s", "s - x", (("s - x", "t"),)),
        Example("x s t", "t^2", "x + s", "x s", (("x s", "t"),)),
        Example(
            r"\frac{\partial^2 f}{\partial x^2}",
            r"\frac{\partial}{\partial x} (2 x)",
            r"\frac{\partial}{\partial s} s^2",
            r"\frac{\partial f}{\partial x}",
            ((r"\frac{\partial f}{\partial x}", "2 x"),),
        ),
        Example(
            r"f'(s^2) + f'(t)",
            "2 s^2 + 2 t",
            r"\left. \frac{\partial}{\partial t} f(t x) \right|_{t = s}",
            r"\frac{\partial f}{\partial x}",
            ((r"\frac{\partial f}{\partial x}", "2 x"),),
        ),
        Example(
            r"\left. \frac{\partial}{\partial t} J(q, t) \right|_{t = h_1}",
            r"\sigma(h_1) - q",
            r"\left. \frac{\partial}{\partial t} J(t^2, t) \right|_{t = 1}",
            r"\frac{\partial J}{\partial s}",
            ((r"\frac{\partial J}{\partial s}", r"\sigma(s) - y"),),
        ),
        Example(
            r"\sum_{i=1}^{N} \frac{\partial h_i}{\partial x}",
            r"\sum_{i=1}^{N} S_i",
            r"\frac{\partial h_j}{\partial S_1}",
            r"\frac{\partial h_j}{\partial x}",
            ((r"\frac{\partial h_j}{\partial x}", "S_j"),),
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
    "combine-logarithms": [
        Example(r"\log(1 - q) - \log q", r"\log \frac{1 - q}{q}", r"\log q + y \log(1 - q)"),
        Example(
            r"x \log q - y \log q - x \log(1 - q)",
            r"x \log \frac{q}{1 - q} - y \log q",
            r"\log q",
        ),
        Example(r"2 \log q + 2 \log Q_j", r"2 \log(q Q_j)", "q + 1"),
    ],
    "turn-fraction": [
        Example(r"-y \log \frac{q}{1 - q}", r"y \log \frac{1 - q}{q}", r"y \log \frac{q}{1 - q}"),
        Example(
            r"x - \sum_{i=1}^{N} \log \frac{Q_i}{q}",
            r"x + \sum_{i=1}^{N} \log \frac{q}{Q_i}",
            r"-\sum_{i=1}^{N} \log Q_i",
        ),
    ],
    "tangent": [
        Example(r"\log q", "q - 1", "q", relation=r"\le"),
        Example(
            r"\sum_{k=1}^{K} r_k \log \frac{v_k}{r_k}",
            r"\sum_{k=1}^{K} r_k \left( \frac{v_k}{r_k} - 1 \right)",
            r"\sum_{k=1}^{K} r_k",
            relation=r"\le",
        ),
        Example(r"-y \log q", "-y (q - 1)", r"\sigma(s)", relation=r"\ge"),
    ],
    "log-sigmoid": [
        Example(r"\log \sigma(s)", r"-\operatorname{softplus}(-s)", r"\log(2 \sigma(s))"),
        Example(r"y \log(1 - \sigma(s))", r"-y \operatorname{softplus}(s)", r"\sigma(s)"),
        Example(
            r"(1 - \sigma(x)) \log \sigma(-s)", r"-(1 - \sigma(x)) \operatorname{softplus}(s)", "1"
        ),
    ],
    "expm1": [
        Example(r"e^s - 1", r"\operatorname{expm1}(s)", r"e^s - 2"),
        Example(r"1 - e^{-s}", r"-\operatorname{expm1}(-s)", r"1 + e^{-s}"),
        Example(r"x + 2 e^s - 2", r"x + 2 \operatorname{expm1}(s)", r"x + 2 e^s"),
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
            r"\frac{\partial}{\partial x} \log \sum_{i=1}^{N} e^{h_i}",
            r"\frac{\sum_{i=1}^{N} e^{h_i} \frac{\partial h_i}{\partial x}}"
            r"{\sum_{i=1}^{N} e^{h_i}}",
            r"\frac{\partial}{\partial x} (x e^{h_j})",
        ),
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
        Example(
            r"\frac{\partial}{\partial x} f(h_j)",
            r"f'(h_j) \frac{\partial h_j}{\partial x}",
            r"\frac{\partial h_j}{\partial x}",
        ),
        Example(
            r"\frac{\partial}{\partial x} \sigma(h_j)",
            r"\sigma'(h_j) \frac{\partial h_j}{\partial x}",
            r"\sigma'(x)",
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
    "split-error": [
        Example(r"\sigma(s) - y", r"(1 - y) \sigma(s) - y (1 - \sigma(s))", r"x \sigma(s) - y"),
        Example(
            r"\sigma(s) - 1 + x \sigma(s) \log q", r"x \sigma(s) \log q - \sigma(-s)", r"1 + x"
        ),
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
    "log-softmax": [
        Example(
            r"\log \operatorname{softmax}(z)_m",
            r"z_m - \operatorname{LSE}(z)",
            r"\log(2 \operatorname{softmax}(z)_m)",
        ),
        Example(
            r"-\sum_{k=1}^{K} p_k \log \operatorname{softmax}(z/q)_k",
            r"-\sum_{k=1}^{K} p_k \left( \frac{z_k}{q} - \operatorname{LSE}(z/q) \right)",
            r"\operatorname{softmax}(z)_m",
        ),
    ],
    "jacobian-of-softmax": [
        Example(
            r"\sum_{k=1}^{K} p_k \frac{\partial}{\partial z_m} \operatorname{softmax}(z)_k",
            r"\sum_{k=1}^{K} p_k \operatorname{softmax}(z)_k"
            r" (\delta_{km} - \operatorname{softmax}(z)_m)",
            r"\frac{\partial}{\partial z_m} \operatorname{LSE}(z)",
        ),
    ],
    "write-softmax": [
        Example(
            r"x \frac{e^{z_m}}{\sum_{k=1}^{K} e^{z_k}}",
            r"x \operatorname{softmax}(z)_m",
            r"\frac{e^{x}}{\sum_{k=1}^{K} e^{z_k}}",
        ),
        Example(
            r"\frac{e^{z_m} e^{z_l}}{\left( \sum_{k=1}^{K} e^{z_k} \right)^2}",
            r"\operatorname{softmax}(z)_m \operatorname{softmax}(z)_l",
            r"e^{z_m} \sum_{k=1}^{K} e^{z_k}",
        ),
    ],
    "differentiate-terms": [
        Example(
            r"\frac{\partial}{\partial x} (3 h_j + s)",
            r"3 \frac{\partial h_j}{\partial x}",
            r"\frac{\partial h_j}{\partial x}",
        ),
        Example(
            r"\frac{\partial}{\partial x} (x^2 + 3 \sigma(x) + s)",
            r"\frac{\partial}{\partial x} x^2 + 3 \frac{\partial}{\partial x} \sigma(x)",
            r"\frac{\partial}{\partial x} (x \sigma(x))",
        ),
        Example(
            r"\frac{\partial}{\partial z_m} \left( -\sum_{k=1}^{K} p_k e^{z_k} \right)",
            r"-\sum_{k=1}^{K} p_k \frac{\partial}{\partial z_m} e^{z_k}",
            r"\frac{\partial}{\partial z_m} e^{z_m}",
        ),
        Example(
            r"\frac{\partial}{\partial x} \sum_{i=1}^{N} f(s) h_i",
            r"f(s) \sum_{i=1}^{N} \frac{\partial h_i}{\partial x}",
            r"\frac{\partial h_j}{\partial x}",
        ),
    ],
    "split-sum": [
        Example(
            r"\sum_{k=1}^{K} (z_k (z_k + 1) - 2 p_k)",
            r"\sum_{k=1}^{K} z_k (z_k + 1) - 2 \sum_{k=1}^{K} p_k",
            r"\sum_{k=1}^{K} z_k (z_k + 1)",
        ),
    ],
    "one-sum": [
        Example(
            r"x + 2 \sum_{i=1}^{N} S_i - \sum_{i=1}^{N} Q_i",
            r"x + \sum_{i=1}^{N} (2 S_i - Q_i)",
            r"x + \sum_{i=1}^{N} S_i",
        ),
    ],
    "constants-out": [
        Example(
            r"\sum_{k=1}^{K} \frac{x z_k}{q}",
            r"\frac{x}{q} \sum_{k=1}^{K} z_k",
            r"\sum_{k=1}^{K} q^{z_k}",
        ),
        Example(r"\sum_{k=1}^{K} x", "K x", "K x"),
    ],
    "exchange-sums": [
        Example(
            r"\sum_{i=1}^{N} \sum_{k=1}^{K} S_i e^{S_i z_k}",
            r"\sum_{k=1}^{K} \sum_{i=1}^{N} S_i e^{S_i z_k}",
            r"\sum_{i=1}^{N} S_i",
        ),
        Example(
            r"\sum_{k=1}^{K} z_k \sum_{i=1}^{N} Q_i^{p_k}",
            r"\sum_{i=1}^{N} \sum_{k=1}^{K} z_k Q_i^{p_k}",
            r"\sum_{k=1}^{K} z_k + \sum_{i=1}^{N} Q_i",
        ),
    ],
    "sum-to-one": [
        Example(
            r"\operatorname{LSE}(z) \sum_{k=1}^{K} p_k - \sum_{k=1}^{K} p_k z_k",
            r"\operatorname{LSE}(z) - \sum_{k=1}^{K} p_k z_k",
            r"\sum_{k=1}^{K} z_k",
        ),
        Example(
            r"\sum_{k=1}^{K} x \operatorname{softmax}(z)_k",
            "x",
            r"\sum_{k=1}^{K} \operatorname{softmax}(z)_m",
        ),
    ],
    "use-delta": [
        Example(r"\sum_{k=1}^{K} \delta_{km} z_k", "z_m", r"\sum_{k=1}^{K} z_k"),
        Example(
            r"\sum_{k=1}^{K} p_k (\delta_{km} - \operatorname{softmax}(z)_m)",
            r"p_m - \sum_{k=1}^{K} p_k \operatorname{softmax}(z)_m",
            r"\delta_{lm} z_m",
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
    "take-out": [
        Example(
            r"\sum_{i=1}^{N} (S_i q - S_i Q_i)",
            r"\sum_{i=1}^{N} S_i (q - Q_i)",
            r"\sum_{i=1}^{N} (q - Q_i)",
            "S_j",
        ),
        Example("q y + q s", "q (y + s)", "q y + s", "q"),
        Example(
            r"\frac{x y}{q} - \frac{y s^2}{q}", r"\frac{y}{q} (x - s^2)", "y x + s", r"\frac{y}{q}"
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
    "extend-fraction": [
        Example(r"\frac{e^{-s}}{1 + e^{-s}}", r"\frac{1}{e^{s} + 1}", r"\frac{x}{q}", "e^{s}"),
        Example(
            r"\frac{e^{z_m}}{\sum_{k=1}^{K} e^{z_k}}",
            r"\frac{e^{z_m - x}}{\sum_{k=1}^{K} e^{z_k - x}}",
            "e^{s}",
            "e^{-x}",
        ),
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
    "common-factor": [
        Example("q y + q^2 s", "q (y + q s)", "q y + s"),
        Example(
            r"\frac{y (1 - q)^{y - 1} \log q}{2} - \frac{(1 - q)^y}{q}",
            r"\frac{(1 - q)^{y - 1}}{2 q} (y q \log q - 2 + 2 q)",
            r"(1 - q)^y + q^y",
        ),
        Example("6 x s + 4 s", "2 s (3 x + 2)", "(6 x + 4) s"),
    ],
    "powers": [
        Example("e^{s} e^{x}", "e^{s + x}", "e^{s} + e^{x}"),
        Example("q^y q^{1 - y} x", "q x", "q^y (1 - q)^y"),
    ],
    "split-powers": [
        Example(
            r"e^{x + \sum_{i=1}^{N} S_i}",
            r"e^{x} e^{\sum_{i=1}^{N} S_i}",
            r"e^{\sum_{i=1}^{N} S_i}",
        ),
        Example("e^{s + x}", "e^{s} e^{x}", "e^{s x}"),
        Example(r"\sum_{k=1}^{K} e^{z_k - x}", r"\sum_{k=1}^{K} e^{z_k} e^{-x}", "e^{s} e^{x}"),
    ],
    "horner": [
        Example("(1 + e^{s})^2", "1 + e^{s} (2 + e^{s})", "(q + e^{s})^2"),
        Example(r"\frac{t}{(1 + q)^3}", r"\frac{t}{1 + q (3 + q (3 + q))}", r"\frac{t}{1 + q}"),
    ],
    "simplify": [
        Example(r"\frac{e^{-s}}{1 + e^{-s}}", r"\frac{1}{1 + e^{s}}", r"\frac{1}{1 + e^{s}}"),
    ],
}
