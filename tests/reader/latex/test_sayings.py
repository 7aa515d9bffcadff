r"""`\iff`, `\succeq` and the phrases *is convex in* and their like, in LaTeX."""

import pytest

from cesym.errors import ReadError
from cesym.reader.latex import parse_display
from cesym.reader.latex.phrases import OF_FUNCTIONS, OF_MATRICES
from cesym.reader.syntax import Binary, Chain, Name, Property, Span
from cesym.terms.context import Context
from tests.declared import declared

CONTEXT: Context = declared(
    "s, x in real", "p, q in open_simplex(K)", "A, B in real^(K,K)", "X in real^(N,K)"
)


def chains(text: str) -> list[Chain]:
    found = parse_display(text, CONTEXT).chains
    return [
        Chain((c.left, *(k.right for k in c.links)), tuple(k.operator for k in c.links))
        for c in found
    ]


def same(first: str, second: str) -> bool:
    return chains(first) == chains(second)


@pytest.mark.parametrize(
    "sign",
    [r"\iff", r"\Leftrightarrow", r"\Longleftrightarrow", "⇔", r"\quad \text{if and only if} \quad",
     r"\text{ iff }", r"\text{ 当且仅当 }"],
)  # fmt: skip
def test_iff_in_every_spelling(sign: str) -> None:
    (found,) = chains(rf"\sigma(s) \ge \frac12 {sign} s \ge 0")
    assert found.operators == ("iff",)
    assert same(rf"\sigma(s) \ge \frac12 {sign} s \ge 0", r"\sigma(s) \ge \frac12 \iff s \ge 0")


def test_rows_go_on_with_iff_and_have_their_reasons() -> None:
    display = parse_display(
        r"\begin{aligned} e^s \ge 1 &\iff s \ge 0 && \text{it grows} \\ &\iff \sigma(s) \ge \frac12"
        r"\end{aligned}",
        CONTEXT,
    )
    (chain,) = display.chains
    assert [link.operator for link in chain.links] == ["iff", "iff"]
    assert [link.reason for link in chain.links] == ["it grows", None]
    assert chain.links[0].right_latex == r"s \ge 0"


def test_each_order_is_a_claim_about_the_difference() -> None:
    first, second, third = chains(r"0 \preceq X^\top X \preceq A \prec B")
    assert first.operands[0] == Binary("@", *_gram())
    assert second.operands[0] == Binary("-", Name("A"), Binary("@", *_gram()))
    assert third.operands == (Binary("-", Name("B"), Name("A")), Property("definite", None, True))


def _gram() -> tuple:
    (only,) = chains(r"X^\top X \succeq 0")
    return only.operands[0].left, only.operands[0].right


@pytest.mark.parametrize(("words", "said"), OF_FUNCTIONS.items())
def test_every_phrase_of_functions(words: tuple[str, str], said: tuple[str, bool]) -> None:
    before, after = words
    wanted = Property(said[0], Name("s"), said[1])
    ending = rf"\text{{ {after} }}" if after else ""
    for text in (rf"e^s \text{{ {before} }} s {ending}", rf"e^s \text{{ {before} $s$ {after}}}"):
        (found,) = chains(text)
        assert found.operators == ("is",)
        assert found.operands[1] == wanted


@pytest.mark.parametrize(("words", "strict"), OF_MATRICES.items())
def test_every_phrase_of_matrices(words: str, strict: bool) -> None:
    (found,) = chains(rf"A \text{{ {words}}}")
    assert found.operands == (Name("A"), Property("definite", None, strict))


def test_words_beside_a_relation_are_its_reason() -> None:
    display = parse_display(r"e^s \ge 1 + s \quad \text{is convex in } s", CONTEXT)
    assert display.chains[0].links[0].reason == "is convex in $s$"


def test_what_is_shown_is_what_was_written() -> None:
    (chain,) = parse_display(r"e^s \text{ is convex in } s", CONTEXT).chains
    assert chain.left_latex == "e^s"
    assert chain.links[0].right_latex == r"\text{ is convex in } s"
    assert chain.links[0].at == Span(4, 27)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (r"s \iff x", "a relation is expected on both sides"),
        (r"s > 0 \iff 0 < s < 1", "one relation stands on each side"),
        (r"s = 0 \iff ?", "? stands only for the right side"),
        (r"A = B \iff s = 0", "a number or a vector is expected"),
        (r"p \succeq 0", "a matrix is expected"),
        (r"A \succeq 1", "a matrix is expected"),
        (r"A \succeq X", "different sizes"),
        (r"e^s \text{ is convex}", "nearly a phrase"),
        (r"e^s \text{ is convexe in } s", "nearly a phrase"),
        (r"e^s \text{ 是 } s \text{ 是凸的}", "的凸函数 is expected"),
        (r"e^s \text{ is convex in } s + 1", "the end is expected"),
        (r"e^s \text{ is convex in } (s + 1)", "a function is convex in a declared name"),
        (r"A \text{ is convex in } s", "a number is expected here"),
        (r"s \text{ is positive definite}", "a matrix is expected"),
    ],
)
def test_is_refused(text: str, words: str) -> None:
    with pytest.raises(ReadError) as caught:
        chains(text)
    assert words in str(caught.value.summary)
    assert caught.value.place is not None
