"""The environment `cases`."""

import pytest
from reader.latex.known import NAMES, refuses, shown

from cesym.reader.latex import parse_expression

READ = [
    (r"a & \text{if } s \ge 0, \\ b & \text{otherwise}", "a if s >= 0; b otherwise"),
    (r"a, & \text{if $s \ge 0$} \\ b & \text{otherwise.} \\", "a if s >= 0; b otherwise"),
    (r"a & \text{若 $s \ge 0$，} \\ b & \text{其他}", "a if s >= 0; b otherwise"),
    (r"a & \text{当 } s = 1 \text{ 时} \\ b & \text{否则}", "a if s == 1; b otherwise"),
    (r"a & s > 0 \\ b & \text{when } s \le 0", "a if s > 0; b if s <= 0"),
    (r"-\log P(y) & y = 1 \\ x & \text{else}", "-(log(P(y))) if y == 1; x otherwise"),
]

REFUSED = [
    (r"a & \text{otherwise} \\ b & s \le 0", 1, "only the last case"),
    (r"a & 0 < s < 1 \\ b & \text{else}", 25, "one relation only"),
    (r"a & \text{whenever } s = 1", 19, "not read as a condition"),
    (r"a & \text{if } s \ne 0", 32, "a relation"),
    (r"a \text{ if } s > 0", 17, "words inside a formula"),
    (r"a & s", 21, "a relation"),
    ("a", 17, "&"),
    ("", 14, "no case"),
]


@pytest.mark.parametrize(("rows", "tree"), READ, ids=lambda t: t)
def test_is_read(rows: str, tree: str) -> None:
    text = rf"\begin{{cases}} {rows} \end{{cases}}"
    assert shown(parse_expression(text, NAMES)) == f"cases({tree})"


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case[0])
def test_is_refused_at_its_place(case: tuple) -> None:
    rows, column, *words = case
    text = (
        rf"\begin{{cases}}{rows}\end{{cases}}"
        if not rows
        else rf"\begin{{cases}} {rows} \end{{cases}}"
    )
    refuses(lambda t: parse_expression(t, NAMES), text, column, *words)


def test_other_environments_are_refused_by_name() -> None:
    text = r"\begin{matrix} a \end{matrix}"
    refuses(lambda t: parse_expression(t, NAMES), text, 1, "matrix is not read")


def test_conditions_in_words_have_their_own_places() -> None:
    text = r"\begin{cases} a & \text{若 $w \ge 0$} \\ b & \text{其他} \end{cases}"
    refuses(lambda t: parse_expression(t, NAMES), text, text.index("w") + 1, "w is not declared")
