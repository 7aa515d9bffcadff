"""Whatever is typed is read or refused; what is written with every bracket is read back."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reader.latex.known import NAMES as KNOWN

from cesym.derivation.verification import context_of, read_claim
from cesym.errors import CesymError, ReadError
from cesym.reader.latex import parse_chain, parse_display, parse_expression, parse_inline
from cesym.reader.syntax import (
    BigOperator,
    Binary,
    Call,
    Derivative,
    Name,
    Negate,
    Node,
    Number,
    Subscript,
)

NAMES = KNOWN.also("vector", "w")
CONTEXT = context_of(
    dict.fromkeys("abcqsxy", "real")
    | {"K": "integer>=2", "N": "integer>=2", "X": "real^(N,K)", "y_hat": "(0,1)"}
    | {"p": "simplex(K)", "r": "open_simplex(K)", "z": "real^K", "w": "real^K"}
    | {"i": "index(K)", "j": "index(K)", "k": "index(K)"}
)

READERS = (parse_expression, parse_chain, parse_inline, parse_display)

FORMULAS = [
    r"\hat y^{\,y} (1 - \hat y)^{1 - y} = \log^2(x) + \frac12 |x - y|",
    r"J(y, s) := -\left[y \log \sigma(s) + (1-y) \log(1 - \sigma(s))\right]",
    r"\frac{\partial^2 J}{\partial z_i \partial z_j} = \sum_{k=1}^{K} \delta_{ik} p_k"
    r" && \text{so $p$}",
    r"\begin{aligned} a &= \begin{cases} a & \text{if } s \ge 0 \\ b & \text{else} \end{cases} \\"
    r" &\le c \end{aligned}",
    r"u, v \in \{0,1\}^N, w \in \Delta^{K-1}",
    r"\left.\frac{dL}{d\hat y}\right|_{\hat y = \sigma(s)} = D_{KL}(p \| r)",
    r"\operatorname{softmax}(z)_j \le \frac{\partial}{\partial s} (s) \sqrt{x} e^{-s}",
    r"\lim_{x \to 0^+} x \log x = -\infty",
    r"\operatorname*{arg\,min}_{p} H(r, p) \le \min_x \|x - a\|_2^2",
    r"\nabla_w^2 L = X^\top (\mathrm{diag}(p) - p p^\top) X + \frac{a}{2} \|w\|^2",
    r"\frac{\partial^2 L}{\partial w \partial w^\top} = \langle p, Xw \rangle"
    r" \mathbf 1^\top (p \odot r)",
    r"\mathbb{E}_{k\sim p}[\log r_k] = \sum_{k \ne j} p_k \log\frac{\sum p_n}{\sum r_n} - D(p\|r)",
    r"\prod_{i=1}^N r_i^{p_i} \max\{a, b\} \tanh'(x) X^{(i)}_j \mathcal{L}_{\text{max}} q^*",
]

COMMANDS = r"""
    \left( \right) \left| \right| \left. \frac \sum \prod \partial \log \exp \max \sqrt \hat \bar
    \mathbf \mathrm \operatorname \text \begin{cases} \end{cases} \\ \quad \in \le \ge := \infty
    \Delta \mathbb{R} \{ \} \| \, \cdot \sigma \delta \pi \dots \begin{aligned} \end{aligned}
    \lim \to \infty \arg \min \min_x \nabla \nabla_w \top ^\top ^T \mathbb{E} \sim \langle \rangle
    \odot \mathbf{1} \lVert \rVert \sum_k \sum \ne \underset ∂ ŷ ³ ⊤ ∇ 𝔼 ⟨ \pm
    \text{if} \frac{\partial }{\partial s} _{k=1}^{K} 一 − σ ， ²
"""
PIECES = [*"abexyzkKNdJLPpX0127 +-*/^_=(){}[]|<>.,&'?!:;~%$\x00\n\ud800", *COMMANDS.split()]

texts = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join),
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A formula with some pieces taken out, put in, doubled or exchanged."""
    text = draw(st.sampled_from(FORMULAS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        stop = draw(st.integers(start, min(start + 6, len(text))))
        put = draw(st.sampled_from(["", text[start:stop] * 2, *PIECES]))
        text = text[:start] + put + text[stop:]
    return text


def answers(text: str) -> None:
    for read in READERS:
        try:
            read(text, NAMES)
        except ReadError as error:
            assert error.place is not None
            assert 1 <= error.place.column <= len(error.place.text) + 1


@settings(max_examples=400)
@given(texts)
def test_any_text_is_read_or_refused(text: str) -> None:
    answers(text)


@settings(max_examples=400)
@given(mutated())
def test_any_mutation_is_read_or_refused(text: str) -> None:
    answers(text)


@settings(max_examples=200, deadline=None)
@given(mutated())
def test_any_mutation_has_a_meaning_or_is_refused(text: str) -> None:
    try:
        read_claim(text, CONTEXT, "latex")
    except CesymError as error:
        assert str(error)


@pytest.mark.parametrize("text", FORMULAS)
def test_every_beginning_is_read_or_refused(text: str) -> None:
    for stop in range(len(text)):
        answers(text[:stop])


# What is written with every bracket is read back as it was.

ONE = Number(Fraction(1))
numbers = st.integers(0, 99).map(lambda n: Number(Fraction(n)))
names = st.sampled_from(["x", "y", "y_hat", "K"]).map(Name)
entries = st.sampled_from("ijk").map(lambda i: Subscript(Name("p"), (Name(i),)))


def trees() -> st.SearchStrategy[Node]:
    return st.recursive(numbers | names | entries, _larger, max_leaves=12)


def _larger(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    operators = st.sampled_from("+-*/")
    functions = st.sampled_from(["log", "exp", "sigmoid", "abs", "sqrt"])
    variables = st.sampled_from(["x", "y_hat"]).map(lambda name: ((Name(name), 1),))
    return st.one_of(
        st.builds(Binary, operators, inner, inner),
        st.builds(Binary, st.just("^"), names | entries, inner.filter(_mentions_a_name)),
        st.builds(Negate, inner),
        st.builds(lambda f, a: Call(f, (a,)), functions, inner),
        st.builds(lambda f, a, b: Call(f, (a, b)), st.sampled_from(["max", "J"]), inner, inner),
        inner.filter(_no_sum).map(lambda b: BigOperator("sum", b, "n", ONE, Name("K"))),
        st.builds(Derivative, inner, variables),
    )


def _mentions_a_name(node: Node) -> bool:
    return "Name(" in repr(node)


def _no_sum(node: Node) -> bool:
    return "BigOperator" not in repr(node)


def written(node: Node) -> str:
    """The LaTeX of a tree with a pair of brackets around every part."""
    match node:
        case Number(value):
            return str(value)
        case Name(name):
            return r"\hat{y}" if name == "y_hat" else name
        case Subscript(base, (index,)):
            return f"{written(base)}_{{{written(index)}}}"
        case Negate(operand):
            return f"-{_bracketed(operand)}"
        case Binary("/", left, right):
            return rf"\frac{{{written(left)}}}{{{written(right)}}}"
        case Binary("^", left, right):
            return f"{written(left)}^{{{written(right)}}}"
        case Binary("*", left, right):
            return rf"{_bracketed(left)} \cdot {_bracketed(right)}"
        case Binary(operator, left, right):
            return f"{_bracketed(left)} {operator} {_bracketed(right)}"
        case Call("abs", (argument,)):
            return rf"\left|{written(argument)}\right|"
        case Call("sqrt", (argument,)):
            return rf"\sqrt{{{written(argument)}}}"
        case Call(function, arguments):
            name = (
                "J"
                if function == "J"
                else r"\operatorname{sigmoid}"
                if len(function) > 3
                else f"\\{function}"
            )
            return rf"{name}\left({', '.join(map(written, arguments))}\right)"
        case BigOperator(_, body, index, lower, upper):
            return rf"\sum_{{{index}={written(lower)}}}^{{{written(upper)}}} {_bracketed(body)}"
        case Derivative(body, ((variable, _),)):
            return rf"\frac{{\partial}}{{\partial {written(variable)}}} {_bracketed(body)}"
    raise AssertionError(node)


def _bracketed(node: Node) -> str:
    return rf"\left({written(node)}\right)"


@settings(max_examples=300)
@given(trees())
def test_what_is_written_is_read_back(tree: Node) -> None:
    assert parse_expression(written(tree), NAMES) == tree
