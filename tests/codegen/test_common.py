"""Straight lines compute the very floats of the programs that they were made from."""

import numpy as np
from codegen.programs import FLOATS, boxes_and_points, in_floats, programs
from hypothesis import given

from cesym.codegen.common import straight_lines
from cesym.codegen.nodes import OPERATIONS, argument, operation
from cesym.codegen.special import SPECIAL

x, y = argument("x"), argument("y")


def run(lines, values):
    values = dict(values)
    for line in lines:
        values[line.name] = in_floats(line.value, values)
    return values


@given(programs, programs, boxes_and_points())
def test_lines_give_the_same_floats(first, second, place):
    results = {"first": first, "second": operation("+", second, first)}
    _, floats = place
    for fits in (lambda *_: True, lambda _, node: sum(1 for _ in node.walk()) < 5):
        with np.errstate(all="ignore"):
            found = run(straight_lines(results, floats, fits), floats)
            for name, program in results.items():
                np.testing.assert_array_equal(found[name], in_floats(program, floats))


def test_what_occurs_twice_is_computed_once():
    t = operation("exp", x)
    lines = straight_lines(
        {"a": operation("+", t, y), "r": operation("*", operation("+", t, y), t)},
        {"x", "y", "t"},
        lambda *_: True,
    )
    heads = [node.head for line in lines for node in line.value.walk()]
    assert heads.count("exp") == heads.count("+") == 1
    assert not {line.name for line in lines} & {"x", "y", "t"}


def test_long_lines_are_cut():
    long = operation("+", operation("*", x, y), operation("/", x, y))
    lines = straight_lines({"r": long}, {"x", "y"}, lambda _, node: len(list(node.walk())) < 6)
    assert [line.value.head for line in lines] == ["*", "+"]


def test_every_operation_has_a_float_meaning_here():
    compensated = {"total", "sum_error", "product_error"}
    assert set(FLOATS) == set(OPERATIONS) - compensated - set(SPECIAL)
