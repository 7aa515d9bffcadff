from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cesym.errors import ReadError
from cesym.reader.plain import parse_domain
from cesym.terms.domains import (
    OPEN_UNIT,
    POSITIVE_INTEGERS,
    REAL,
    UNIT,
    FiniteSet,
    IndexRange,
    Interval,
)

HALF_OPEN = Interval(Fraction(0), Fraction(1), lower_open=True)
POSITIVE = Interval(Fraction(0), lower_open=True)
LABELS = FiniteSet((Fraction(0), Fraction(1)))
SIGNS = FiniteSet((Fraction(-1), Fraction(1)))

READ = (
    ("real", (REAL, (), None)),
    (" (-oo, oo) ", (REAL, (), None)),
    ("(0,1)", (OPEN_UNIT, (), None)),
    ("[0,1]", (UNIT, (), None)),
    ("( 0 , 1.0 ]", (HALF_OPEN, (), None)),
    ("[0,oo)", (Interval(Fraction(0)), (), None)),
    ("(0,+oo)", (POSITIVE, (), None)),
    ("(-1/2, 1e-3]", (Interval(Fraction(-1, 2), Fraction(1, 1000), lower_open=True), (), None)),
    (">0", (POSITIVE, (), None)),
    ("<= 3", (Interval(None, Fraction(3)), (), None)),
    ("==2", (FiniteSet((Fraction(2),)), (), None)),
    ("{0,1}", (LABELS, (), None)),
    ("{1, -1, 1}", (SIGNS, (), None)),
    ("{1/2}", (FiniteSet((Fraction(1, 2),)), (), None)),
    ("integer", (Interval(integer=True), (), None)),
    ("integers >= 1", (POSITIVE_INTEGERS, (), None)),
    ("integer>2.5", (Interval(Fraction(3), integer=True), (), None)),
    ("integer > 2", (Interval(Fraction(3), integer=True), (), None)),
    ("integer < 0", (Interval(None, Fraction(-1), integer=True), (), None)),
    ("integer==3", (FiniteSet((Fraction(3),)), (), None)),
    ("integers from -1 to 5", (Interval(Fraction(-1), Fraction(5), integer=True), (), None)),
    ("index(K)", (IndexRange("K"), (), None)),
    ("index(3)", (IndexRange(3), (), None)),
    ("simplex(K)", (UNIT, ("K",), "simplex")),
    ("open_simplex( 3 )", (OPEN_UNIT, (3,), "simplex")),
    ("open_simplex(K)", (HALF_OPEN, ("K",), "simplex")),
    ("open_simplex(1)", (HALF_OPEN, (1,), "simplex")),
    ("onehot(K)", (LABELS, ("K",), "onehot")),
    ("real^K", (REAL, ("K",), None)),
    ("real ^ 3", (REAL, (3,), None)),
    ("real^(N,2)", (REAL, ("N", 2), None)),
    ("(0,oo)^3", (POSITIVE, (3,), None)),
    ("{-1,1}^N", (SIGNS, ("N",), None)),
    ("[0,oo)^(N)", (Interval(Fraction(0)), ("N",), None)),
    ("integer>=0^N", (Interval(Fraction(0), integer=True), ("N",), None)),
    ("index(K)^N", (IndexRange("K"), ("N",), None)),
)


@pytest.mark.parametrize(("text", "home"), READ, ids=[text for text, _ in READ])
def test_reads(text, home):
    assert parse_domain(text) == home


REFUSED = (
    ("", 1, "this is not a domain"),
    ("reals", 1, "a domain is one of real"),
    ("(0,1", 1, "this is not a domain"),
    ("(0;1)", 1, "this is not a domain"),
    ("real**K", 1, "this is not a domain"),
    ("(1,0)", 1, "there is no number in (1,0)"),
    ("(0,0)", 1, "there is no number in"),
    ("[0,oo]", 4, "write a round bracket"),
    ("(oo,1)", 2, "a number is expected here"),
    ("(-oo,-oo)", 6, "a number is expected here"),
    ("(0,x)", 4, "a number is expected here"),
    ("(0,1/0)", 4, "a number is expected here"),
    ("(0,9**9**9)", 4, "a power beyond 64"),
    ("(0,2x)", 5, "an operator is missing"),
    ("{}", 2, "ends where"),
    ("{0,,1}", 4, "ends where"),
    ("{0,...}", 4, "a point stands"),
    ("integer 3", 9, "a relation, such as >= 1"),
    ("integer>=", 10, "ends where"),
    ("integers from 5 to 3", 1, "there is no number"),
    ("simplex(K-1)", 9, "a size is a name or a number"),
    ("index(0)", 7, "a size is a name or a number"),
    ("index(1001)", 7, "a size is a name or a number"),
    ("index(١)", 7, "a size is a name or a number"),
    ("real^0", 6, "a size is a name or a number"),
    ("real^(N,)", 9, "a size is a name or a number"),
    ("simplex(K)^N", 1, "a power of a set of vectors is not supported yet"),
)


@pytest.mark.parametrize(("text", "column", "part"), REFUSED, ids=[text for text, *_ in REFUSED])
def test_refuses(text, column, part):
    with pytest.raises(ReadError) as caught:
        parse_domain(text)
    assert part in str(caught.value)
    assert caught.value.place.column == column


FRACTIONS = st.fractions(max_denominator=100)


@st.composite
def intervals(draw):
    ends = draw(st.lists(FRACTIONS, min_size=2, max_size=2, unique=True).map(sorted))
    integer = draw(st.booleans())
    ends = [draw(st.sampled_from([end, None])) for end in ends]
    if integer:
        lower, upper = (None if end is None else Fraction(round(end)) for end in ends)
        return Interval(lower, None if lower is None else upper, integer=True)
    lower, upper = ends
    return Interval(
        lower,
        upper,
        lower_open=lower is not None and draw(st.booleans()),
        upper_open=upper is not None and draw(st.booleans()),
    )


SETS = st.lists(FRACTIONS, min_size=1, max_size=4, unique=True).map(
    lambda values: FiniteSet(tuple(sorted(values)))
)
RANGES = st.sampled_from(["K", 1, 7]).map(IndexRange)


@given(st.one_of(intervals(), SETS, RANGES))
def test_a_domain_as_it_shows_itself_is_read_back(domain):
    assert parse_domain(repr(domain)) == (domain, (), None)
