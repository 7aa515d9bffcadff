"""Errors name the object, quote the text with its place, and say what to do."""

import copy
import multiprocessing
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cesym import errors, messages
from cesym.errors import FIELD_LENGTH, QUOTED_WIDTH, CesymError, Place, ReadError, UnknownName
from cesym.messages import message, using_language

PLACE = Place("page.md", 12, 7, "y \\log q")
CHILDREN = CesymError.__subclasses__()


@pytest.fixture
def chinese(monkeypatch):
    table = {
        "unknown name {name}": "未知的名字 {name}",
        "declare it: {line}": "请先声明: {line}",
        "a number": "一个数",
        "{what} is expected": "此处应为{what}",
    }
    monkeypatch.setattr(messages, "chinese", lambda: table)


@pytest.fixture
def unknown(chinese):
    line = "q in (0, 1)"
    return ReadError(
        "unknown name {name}", name="q", place=PLACE, remedy="declare it: {line}", line=line
    )


def test_the_english_text_has_place_quote_caret_and_remedy(unknown):
    assert str(unknown) == (
        "page.md:12:7: unknown name q\n"
        "  y \\log q\n"
        "        ^\n"
        "  declare it: q in (0, 1)"
    )  # fmt: skip


def test_the_chinese_text_has_the_same_parts(unknown):
    assert unknown.render("zh").splitlines() == [
        "page.md:12:7: 未知的名字 q",
        "  y \\log q",
        "        ^",
        "  请先声明: q in (0, 1)",
    ]


def test_the_current_language_is_used_but_str_stays_english(unknown):
    with using_language("zh"):
        assert unknown.render() == unknown.render("zh")
        assert str(unknown) == unknown.render("en")


def test_a_message_given_as_a_field_speaks_the_same_language(chinese):
    error = ReadError("{what} is expected", what=message("a number"))
    assert (str(error), error.render("zh")) == ("a number is expected", "此处应为一个数")


def test_without_place_and_remedy_only_the_text_is_left():
    assert str(CesymError("no page {name}", name="x")) == "no page x"


def test_without_fields_braces_are_braces():
    assert str(CesymError(r"\frac{1}{2}", remedy="{x}")) == "\\frac{1}{2}\n  {x}"


@pytest.mark.parametrize("texts", [{"remedy": "write {that}"}, {}])
def test_a_missing_field_is_noticed_where_the_error_is_made(texts):
    template = "unknown {name}" if texts else "unknown {other}"
    with pytest.raises(KeyError):
        CesymError(template, name="q", **texts)


@pytest.mark.parametrize("child", CHILDREN)
def test_every_child_is_caught_as_the_parent_and_says_what_it_is(child):
    with pytest.raises(CesymError, match="broken"):
        raise child("broken")
    assert child.__doc__ != CesymError.__doc__
    assert child("broken").record()["kind"] == child.__name__


def test_at_moves_the_error_and_leaves_the_original(unknown):
    place = Place("other.md", 1, 1, "q")
    moved = unknown.at(place)
    assert type(moved) is ReadError
    assert (moved.place, unknown.place) == (place, PLACE)
    assert moved.render("zh").startswith("other.md:1:1: 未知的名字 q\n  q\n  ^")
    assert str(moved).startswith("other.md:1:1: unknown name q")


def test_an_error_survives_copying_and_another_process(unknown):
    assert copy.copy(unknown).render("zh") == unknown.render("zh")
    with multiprocessing.get_context("spawn").Pool(1) as pool, pytest.raises(UnknownName) as caught:
        pool.apply(_raise_elsewhere)
    assert caught.value.record() == _elsewhere().record()


def _elsewhere():
    return UnknownName("no page {name}", name="x{y}", place=PLACE, remedy="see {list}", list="l")


def _raise_elsewhere():
    raise _elsewhere()


def test_the_record_holds_every_part_in_the_language_asked_for(unknown):
    assert unknown.record("zh") == {
        "kind": "ReadError",
        "message": "未知的名字 q",
        "source": "page.md",
        "line": 12,
        "column": 7,
        "text": "y \\log q",
        "remedy": "请先声明: q in (0, 1)",
    }
    assert CesymError("broken").record()["line"] is None


def test_the_caret_stands_under_wide_characters_too():
    quoted, caret = Place("页.md", 1, 4, "损失 q").quote().splitlines()
    assert quoted == "损失 q"
    assert caret == "     ^"


def test_a_long_line_is_cut_around_the_place():
    text = "x" * 50_000 + "?" + "y" * 50_000
    error = ReadError("unexpected {what}", what="?", place=Place("<claim>", 1, 50_001, text))
    _, quoted, caret = str(error).splitlines()
    assert quoted[caret.index("^")] == "?"
    assert quoted.startswith("  …x") and quoted.endswith("y…")
    assert len(quoted) <= QUOTED_WIDTH + 2
    assert len(str(error.record()["text"])) <= QUOTED_WIDTH


def test_a_long_field_is_cut_in_the_middle():
    text = str(ReadError("cannot read {text}", text="a" * 50_000 + "b" * 50_000))
    assert len(text) < FIELD_LENGTH + 30
    assert "a … b" in text


def test_nothing_quoted_can_steer_the_terminal():
    evil = "\x1b]0;owned\x07\u202etxt\x9b2J\r"
    error = ReadError("bad {name}", name=evil, place=Place("f", 1, 2, evil), remedy=f"no {evil}")
    shown = error.render("en").replace("\n", "")
    assert {unicodedata.category(c) for c in shown}.isdisjoint({"Cc", "Cf"})


@given(st.text(max_size=300), st.integers(1, 301))
def test_any_line_can_be_quoted_on_two_lines(text, column):
    quoted, caret = Place("f", 1, min(column, len(text) + 1), text).quote().split("\n")
    assert caret.strip() == "^"
    assert errors._HARMLESS.keys().isdisjoint(map(ord, quoted))
