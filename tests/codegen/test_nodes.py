"""Programs are made of known operations only."""

import pytest

from cesym.codegen import jax, numpy, python, torch
from cesym.codegen.bounds import _WITH_NODES
from cesym.codegen.elementary import AT_INFINITY, RULES
from cesym.codegen.nodes import OPERATIONS, argument, number, operation
from cesym.codegen.special import SPECIAL


def test_an_unknown_operation_is_refused():
    with pytest.raises(ValueError, match="gamma"):
        operation("gamma", number(1))


def test_every_operation_has_a_bound_and_a_spelling():
    assert set(OPERATIONS) == {*RULES, *_WITH_NODES} and not {*RULES} & {*_WITH_NODES}
    assert set(RULES) > AT_INFINITY
    for target in (jax, numpy, python, torch):
        # Special functions are written out before.
        assert {*OPERATIONS} - {*SPECIAL} == {*target.SPELLING} - {"divide"}, target


def test_a_walk_meets_operands_first():
    x = argument("x")
    total = operation("+", x, number(1))
    assert list(total.walk()) == [x, number(1), total]
