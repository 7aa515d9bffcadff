"""Exact polynomials: what could not be interrupted is not begun."""

import pytest

from cesym.errors import UnsupportedTerm
from cesym.prover.rational import MOST_TERMS, factored, ring


def test_a_polynomial_of_very_many_terms_is_not_factored() -> None:
    generators = ring(6).generators
    many = sum(generators, 1 + 0 * generators[0]) ** 10
    assert len(many) > MOST_TERMS
    with pytest.raises(UnsupportedTerm, match="too large"):
        factored(many)


def test_a_power_of_fewer_terms_is_factored() -> None:
    first, second, *_ = ring(6).generators
    assert factored((first + second) ** 10) == (1, [(first + second, 10)])
