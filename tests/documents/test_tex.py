"""What goes to TeX is harmless, whatever an author wrote."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cesym.documents.tex import COMMANDS, ESCAPED, MATHEMATICAL, formula, words
from cesym.errors import OutputError

FROM_WORDS = set(
    re.findall(r"\\[A-Za-z]+|\\.", " ".join([*ESCAPED.values(), *MATHEMATICAL.values()]))
)


@given(st.text(max_size=40))
def test_words_hold_no_command_that_we_did_not_write(text):
    try:
        tex = words(text, chinese=True)
    except OutputError:
        return
    assert set(re.findall(r"\\[A-Za-z]+|\\.", tex)) <= FROM_WORDS
    bare = re.sub(r"\\[A-Za-z]+(?:\{\})?|\\.|\$[^$]*\$", "", tex)
    assert not set(bare) & set("\\{}$&#%_^")


@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=40)
    | st.text(alphabet=r"\{}$%&#^_~ab input write18", max_size=40)
)
def test_formulas_hold_allowed_commands_only(text):
    try:
        tex = formula(text)
    except OutputError:
        return
    assert set(re.findall(r"\\(?:[A-Za-z]+|.)", tex)) <= COMMANDS
    assert "^^" not in tex and "\n" not in tex
    bare = re.sub(r"\\.", "", tex)
    assert bare.count("{") == bare.count("}")
    assert not set(re.sub(r"\\(?:text\w*|mbox)\s*\{[^{}]*\}", "", bare)) & set("$%#")


@pytest.mark.parametrize(
    "latex",
    [
        r"\input{/etc/passwd}",
        r"\write18{id}",
        r"\immediate\openin1",
        r"\csname input\endcsname",
        r"\catcode`\%=12",
        r"^^5cinput{x}",
        r"\def\x{1}",
        r"\begin{verbatim} x",
        r"\href{x}{y}",
        r"\text{$\input{x}$}",
        "a}b{",
        "a $ b",
        "#1",
        "日",
        r"\special{x}",
        r"\relax",
        r"\end{document}",
    ],
)
def test_what_is_refused(latex):
    with pytest.raises(OutputError):
        formula(latex)


@pytest.mark.parametrize(
    ("latex", "tex"),
    [
        ("a := b", r"a \coloneqq b"),
        (r"x \nonumber", "x"),
        (r"x \label{eq:x}", "x"),
        (r"\bm x", r"\boldsymbol x"),
        ("β ≤ 1", r"\beta \le 1"),
        ("a % c\n+ b", "a + b"),
        (r"\text{if $x$}", r"\text{if $x$}"),
        (r"100\%", r"100\%"),
    ],
)
def test_what_is_written(latex, tex):
    assert formula(latex) == tex


def test_chinese_only_where_the_fonts_have_it():
    assert formula(r"\text{若}", chinese=True) == r"\text{若}"
    assert words("概率", chinese=True) == "概率"
    with pytest.raises(OutputError, match="U\\+6982"):
        words("概率")
    with pytest.raises(OutputError, match="U\\+1F600"):
        words("😀", chinese=True)
