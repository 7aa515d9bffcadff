"""Verdicts as lines: aligned in both scripts, and in colours on a terminal only."""

import sys

import pytest

from cesym.cli.verdicts import STATUS, aligned, coloured, headline
from cesym.messages import chinese


def test_labels_are_aligned_by_columns_of_the_terminal():
    assert list(aligned([("at", "x"), ("method", "y")])) == [("at      ", "x"), ("method  ", "y")]
    assert list(aligned([("取", "x"), ("左边", "y")])) == [("取    ", "x"), ("左边  ", "y")]
    assert list(aligned([])) == []


@pytest.mark.parametrize("terminal", [False, True])
def test_there_are_colours_on_a_terminal_only(monkeypatch, terminal):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    assert ("\x1b[" in coloured([headline("proved", "x == x")])) is terminal


def test_a_long_line_is_not_broken():
    assert coloured([headline("proved", "x" * 500)]).count("\n") == 1


def test_every_status_has_chinese():
    assert {word for _sign, _colour, word in STATUS.values()} <= chinese().keys()
