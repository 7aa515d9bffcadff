"""Tokens and their places."""

from itertools import pairwise

import pytest
from reader.latex.known import NAMES, refuses

from cesym.reader.latex import parse_expression
from cesym.reader.latex.characters import ASCII
from cesym.reader.latex.formula import Formula
from cesym.reader.latex.tables import UNICODE
from cesym.reader.latex.tokens import tokenize, visible


def spelled(text: str) -> list[str]:
    return [token.text for token in visible(tokenize(Formula(text)))][:-1]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        (r"\left( x \right)", ["(", "x", ")"]),
        (r"\bigl[ x \Bigr]", ["[", "x", "]"]),
        (r"a\,b\;c\!d\quad e~f\ g", list("abcdefg")),
        (r"\leq \leqslant ≤", [r"\le"] * 3),
        (r"\cdot \times * ×", ["*"] * 4),
        (r":= \coloneqq \triangleq", [":="] * 3),
        (r"\tfrac \dfrac \frac", [r"\frac"] * 3),
        (r"a \label{eq} \tag{1} b", ["a", "b"]),
        (r"\hspace{1cm} a \vphantom{b}", ["a"]),
        (r"1.25 3.", ["1.25", "3", "."]),
        ("a % comment ( \n b", ["a", "b"]),
        (r"\text{一 {b} $c$}", ["一 {b} $c$"]),
        (r"a \\[2pt] b \\* c", ["a", r"\\", "b", r"\\", "c"]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert spelled(text) == tokens


def test_spans_cover_the_text_in_order() -> None:
    text = r"\text{一二} = \left( \hat y_{\text{max}} \right)^{2} \quad 三".replace("三", "x")
    tokens = tokenize(Formula(text))
    assert [text[t.at.start : t.at.stop] for t in tokens][:3] == [r"\text{一二}", " ", "="]
    assert all(a.at.stop <= b.at.start for a, b in pairwise(tokens))


@pytest.mark.parametrize("character", sorted(ASCII))
def test_a_refused_character_has_a_remedy(character: str) -> None:
    refuses(lambda t: parse_expression(t, NAMES), f"x {character} y", 3, ASCII[character])


@pytest.mark.parametrize("character", sorted(UNICODE))
def test_a_character_stands_for_its_command(character: str) -> None:
    assert spelled(character) == [UNICODE[character]]
    assert spelled(UNICODE[character]) in ([UNICODE[character]], spelled(character))


@pytest.mark.parametrize(
    ("text", "column", "word"),
    [
        ("a \\", 3, "after the backslash"),
        (r"\text x", 1, "{ is expected"),
        (r"x \text{a", 8, "never closed"),
        (r"\left", 1, r"after \left"),
        (r"\left \right)", 1, r"after \left"),
        (r"x \bigl", 3, r"after \bigl"),
        (r"x \bigl\bigl(", 3, r"after \bigl"),
        (r"x \_ y", 3, r"\_ is not read"),
        (r"x \(", 3, r"\( is not read"),
        ("x @ y", 3, "@ is not read"),
        ("x \x00", 3, "is not read"),
        ("二 x", 1, r"\text{...}"),
    ],
)
def test_is_refused_at_its_place(text: str, column: int, word: str) -> None:
    refuses(lambda t: parse_expression(t, NAMES), text, column, word)
