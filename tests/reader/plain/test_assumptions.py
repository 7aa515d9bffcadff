from fractions import Fraction

import pytest

from cesym.errors import ReadError
from cesym.reader.plain import parse_assumption, parse_claim
from cesym.reader.syntax import Binary, Chain, Name, Negate, Number
from cesym.terms.domains import (
    OPEN_UNIT,
    REAL,
    UNIT,
    Declaration,
    FiniteSet,
    IndexRange,
    Interval,
)
from tests.declared import declared

CONTEXT = declared("x, q in real", "y in [0,1]", "z in real^K", "j in index(K)")
LABELS = FiniteSet((Fraction(0), Fraction(1)))

DECLARES = (
    ("t in [0,1]", [Declaration("t", UNIT)]),
    ("t in(0,1)", [Declaration("t", OPEN_UNIT)]),
    ("a, b in real", [Declaration("a", REAL), Declaration("b", REAL)]),
    ("t real", [Declaration("t", REAL)]),
    ("N in integer>=2", [Declaration("N", Interval(Fraction(2), integer=True))]),
    ("N integer >= 2", [Declaration("N", Interval(Fraction(2), integer=True))]),
    ("P == 2", [Declaration("P", FiniteSet((Fraction(2),)))]),
    ("P = 2", [Declaration("P", FiniteSet((Fraction(2),)))]),
    ("P in ==2", [Declaration("P", FiniteSet((Fraction(2),)))]),
    ("i in index(K)", [Declaration("i", IndexRange("K"))]),
    ("p in simplex(K)", [Declaration("p", UNIT, ("K",), "simplex")]),
    ("p in onehot(3)", [Declaration("p", LABELS, (3,), "onehot")]),
    ("X in real^(N, D)", [Declaration("X", REAL, ("N", "D"))]),
    ("t in {0,1}^N", [Declaration("t", LABELS, ("N",))]),
    ("pi in (0,1)", [Declaration("pi", OPEN_UNIT)]),
    ("e in (0,1)", [Declaration("e", OPEN_UNIT)]),
    ("t > 2", [Declaration("t", Interval(Fraction(2), lower_open=True))]),
    ("2 >= t", [Declaration("t", Interval(None, Fraction(2)))]),
    ("0 < t < 1", [Declaration("t", OPEN_UNIT)]),
    ("1 >= t >= 0", [Declaration("t", UNIT)]),
    ("0 < t < oo", [Declaration("t", Interval(Fraction(0), lower_open=True))]),
    ("-oo < t <= -1/2", [Declaration("t", Interval(None, Fraction(-1, 2)))]),
    ("t < 1e-3", [Declaration("t", Interval(None, Fraction(1, 1000), upper_open=True))]),
)


@pytest.mark.parametrize(("text", "declarations"), DECLARES, ids=[text for text, _ in DECLARES])
def test_declares(text, declarations):
    assert parse_assumption(text, CONTEXT) == tuple(declarations)


@pytest.mark.parametrize(("text", "declarations"), DECLARES, ids=[text for text, _ in DECLARES])
def test_a_declaration_as_it_shows_itself_is_read_back(text, declarations):
    for declaration in declarations:
        if declaration.constraint != "onehot":
            assert parse_assumption(repr(declaration), CONTEXT) == (declaration,)


X, Y, Q = map(Name, "xyq")
ZERO, ONE = Number(Fraction(0)), Number(Fraction(1))

ASSUMES = (
    ("x = y", Chain((X, Y), ("==",))),
    ("x == y", Chain((X, Y), ("==",))),
    ("1 - x = y = q", Chain((Binary("-", ONE, X), Y, Q), ("==", "=="))),
    ("x <= y = q < 1", Chain((X, Y, Q, ONE), ("<=", "==", "<"))),
    ("x > 1", Chain((X, ONE), (">",))),
    ("x != y", Chain((X, Y), ("!=",))),
    ("x in (0,1)", Chain((ZERO, X, ONE), ("<", "<"))),
    ("x in [0, oo)", Chain((ZERO, X), ("<=",))),
    ("x in (-oo, 1)", Chain((X, ONE), ("<",))),
    ("x in >= -1", Chain((Negate(ONE), X), ("<=",))),
)


def unplaced(chain: Chain) -> tuple:
    return chain.operands, chain.operators


@pytest.mark.parametrize(("text", "chain"), ASSUMES, ids=[text for text, _ in ASSUMES])
def test_assumes(text, chain):
    found = parse_assumption(text, CONTEXT)
    assert isinstance(found, Chain)
    assert unplaced(found) == unplaced(chain)
    assert text[found.at.start : found.at.stop] == text


def test_a_hypothesis_is_read_like_a_claim():
    text = "kl(z, z)*z[j] + sum(z[k], (k,1,K)) == exp(x)"
    assert parse_assumption(text, CONTEXT) == parse_claim(text, CONTEXT)


REFUSED = (
    ("", 1, "ends where"),
    ("x", 1, "this neither declares a name nor relates any"),
    ("y [0,1]", 1, "write for example y in [0,1]"),
    ("in (0,1)", 1, "where a symbol lives"),
    ("t in", 3, "where a symbol lives"),
    ("t in nowhere", 6, "this is not a domain"),
    ("t in (1,0)", 6, "there is no number"),
    ("2*t in (0,1)", 1, "a name is expected here"),
    ("z[j] in (0,1)", 1, "a name is expected here"),
    ("a b in real", 1, "a name is expected here"),
    ("a, in real", 3, "a name is expected here"),
    ("α in (0,1)", 1, "a name is made of"),
    ("_t in (0,1)", 1, "a name is made of"),
    ("lambda in (0,1)", 1, "such as lamda"),
    ("max in real", 1, "max means something already"),
    ("sum > 1", 1, "sum means something already"),
    ("oo in real", 1, "oo means something already"),
    ("x in real", 1, "x is declared already"),
    ("x in {0,1}", 1, "x is declared already"),
    ("x in integer>=1", 1, "x is declared already"),
    ("x in real^K", 1, "x is declared already"),
    ("z in (0,1)", 1, "z is declared already"),
    ("j in (0,1)", 1, "j is declared already"),
    ("a, x in (0,1)", 4, "x is declared already"),
    ("t > u", 1, "t is not declared"),
    ("t > x", 1, "t is not declared"),
    ("t != 0", 1, "t is not declared"),
    ("t + 1 > 0", 1, "t is not declared"),
    ("0 < 1 < t", 9, "t is not declared"),
    ("0 < t > 1", 1, "one bound on each side"),
    ("1 < t < 0", 1, "there is no number"),
    ("t == oo", 1, "t is not declared"),
    ("t <= oo", 1, "t is not declared"),
    ("x < oo", 5, "infinity is not a number"),
    ("x = ", 5, "ends where"),
    ("= x", 1, "is expected here, not ="),
    ("exp(x = y) > 1", 7, "a single = is not a relation"),
    ("x = " * 25 + "x", 1, "more than 20 relations"),
    ("x == 1, y == 2", 1, "this neither declares"),
)


@pytest.mark.parametrize(
    ("text", "column", "part"), REFUSED, ids=[text[:20] for text, *_ in REFUSED]
)
def test_refuses(text, column, part):
    with pytest.raises(ReadError) as caught:
        parse_assumption(text, CONTEXT)
    assert part in str(caught.value)
    assert caught.value.place.column == column
