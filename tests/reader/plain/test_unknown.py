"""What is said of a name that is no function."""

import pytest

from cesym.errors import ReadError
from cesym.reader.names import FUNCTIONS
from cesym.reader.plain import parse_expression
from cesym.reader.plain.unknown import ELSEWHERE, SPELLINGS
from tests.prover.asking import context_of

CONTEXT = context_of("x in real")


def said_of(name: str) -> str:
    with pytest.raises(ReadError) as caught:
        parse_expression(f"{name}(x)", CONTEXT)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "meant"), [*SPELLINGS.items(), ("sigmod", "sigmoid"), ("arctanh", "atanh")]
)
def test_a_misspelt_name_is_put_right(name, meant):
    assert said_of(name).endswith(f"write {meant}")


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
def test_another_function_with_a_name_like_it_is_not_meant(name):
    """`atan` is not `atanh`. All functions that there are are named, and none is cut off."""
    assert name not in FUNCTIONS
    assert said_of(name).endswith(f"the functions are {', '.join(FUNCTIONS)}")
