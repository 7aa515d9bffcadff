"""`A iff B`, `convex(e, v)`, `psd(M)` in the plain language."""

from fractions import Fraction

import pytest

from cesym.errors import ReadError
from cesym.reader.plain import parse_assumption, parse_claim
from cesym.reader.syntax import Binary, Chain, Comparison, Name, Number, Property
from tests.declared import declared

CONTEXT = declared("x, y in real", "z in real^K", "A, B in real^(K,K)", "X in real^(N,K)")
ONE = Number(Fraction(1))


def read(text: str) -> Chain:
    return parse_claim(text, CONTEXT)


def test_iff_joins_relations() -> None:
    equal = Comparison("==", Name("x"), ONE)
    less = Comparison("<", Name("y"), Name("x"))
    assert read("x == 1 iff y < x") == Chain((equal, less), ("iff",))
    assert read("(x == 1) iff (y < x)") == Chain((equal, less), ("iff",))
    assert read("x == 1 iff y < x iff x == 1") == Chain((equal, less, equal), ("iff", "iff"))


@pytest.mark.parametrize(
    ("text", "kind", "strict"),
    [
        ("convex(x**2, x)", "convex", False),
        ("strictly_convex(x**2, x)", "convex", True),
        ("concave(x**2, x)", "concave", False),
        ("strictly_concave(x**2, x)", "concave", True),
    ],
)
def test_a_property_of_a_function(text: str, kind: str, strict: bool) -> None:
    square = Binary("^", Name("x"), Number(Fraction(2)))
    assert read(text) == Chain((square, Property(kind, Name("x"), strict)), ("is",))


@pytest.mark.parametrize(("text", "strict"), [("psd(A)", False), ("pd(A)", True)])
def test_a_property_of_a_matrix(text: str, strict: bool) -> None:
    assert read(text) == Chain((Name("A"), Property("definite", None, strict)), ("is",))


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("x iff y", 1, "a relation is expected on both sides"),
        ("x == 1 iff 1", 12, "a relation is expected on both sides"),
        ("x == 1iff y == 1", 7, "a blank is missing"),
        ("0 < x < 1 iff y == 1", 1, "one relation is expected"),
        ("log(x == 1 iff y == 1) == 1", 5, "iff joins two whole relations"),
        ("x == 1 iff", 11, "the formula ends where"),
        ("iff x == 1", 1, "a number, a name or a bracket is expected"),
        ("convex(x)", 1, "this is written convex(e, v)"),
        ("convex(x, x + 1)", 11, "a declared name is expected"),
        ("psd(A, B)", 1, "this is written psd(M)"),
        ("log(psd(A)) == 1", 5, "psd(...) stands alone as a claim"),
        ("psd(A) == 1", 1, "psd(...) stands alone as a claim"),
    ],
)
def test_is_refused_at_its_place(text: str, column: int, words: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text)
    assert words in str(caught.value.summary)
    assert caught.value.place is not None and caught.value.place.column == column


def test_iff_is_no_name_and_no_hypothesis() -> None:
    for text in ("iff in real", "x == 1 iff y == 1"):
        with pytest.raises(ReadError):
            parse_assumption(text, CONTEXT)
