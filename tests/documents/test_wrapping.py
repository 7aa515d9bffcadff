"""No line is wider than asked for, and nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from cesym.documents.wrapping import NOT_FIRST, fold, wrap

PROSE = st.text(alphabet="ab c概率，。（）", max_size=60)


@given(PROSE, st.integers(8, 40))
def test_lines_fit_and_hold_everything(text, width):
    lines = [line.plain for line in wrap(Text(text), width)]
    assert all(cell_len(line.rstrip()) <= width + 2 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_words_are_not_broken_and_chinese_is():
    assert [line.plain for line in wrap(Text("cross entropy loss"), 13)] == [
        "cross entropy",
        "loss",
    ]
    assert [line.plain for line in wrap(Text("交叉熵损失函数"), 8)] == ["交叉熵损", "失函数"]


@given(st.text(alphabet="概率，。", min_size=1, max_size=30))
def test_no_line_begins_with_a_comma(text):
    for line in wrap(Text("概" + text.replace("，，", "，").replace("。", "")), 9)[1:]:
        assert line.plain[:1] not in NOT_FIRST or "，，" in text or "。" in text


def test_later_lines_are_indented():
    lines = [line.plain for line in wrap(Text("one two three"), 9, "• ", "  ")]
    assert lines == ["• one two", "  three"]


def test_a_formula_is_broken_outside_of_brackets_first():
    assert fold("(a + b)·c + d", 9) == ["(a + b)·c", "+ d"]
    assert fold("f(a + b + c)", 8) == ["f(a + b", "+ c)"]
    assert fold("abcdefgh", 4) == ["abcdefgh"]


@given(
    st.lists(st.sampled_from(["a", "b·c", "(d + e)", "f/(g − h)"]), min_size=1, max_size=9),
    st.integers(10, 30),
)
def test_folding_keeps_the_formula(terms, width):
    formula = " + ".join(terms)
    assert " ".join(fold(formula, width)) == formula
