import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cesym.errors import ReadError
from cesym.reader.latex.formula import LONGEST_FORMULA, Formula
from cesym.reader.plain import parse_assumption, parse_claim, parse_domain, parse_expression
from cesym.reader.plain.scan import INSTEAD, scan
from tests.declared import declared

HANGING = 10.0
"""Seconds: a guard against a hang, not a measure of speed, which depends on the machine."""

CONTEXT = declared("y in [0,1]", "x in real", "z in real^K", "j in index(K)")
READERS = (
    lambda text: parse_claim(text, CONTEXT),
    lambda text: parse_expression(text, CONTEXT),
    lambda text: parse_assumption(text, CONTEXT),
    parse_domain,
)

REFUSED = (
    # text, column, part of the message
    ("", 1, "ends where"),
    ("   ", 4, "ends where"),
    ("__import__('os').system('id')", 1, "_ is not read"),
    ("x + __builtins__", 5, "_ is not read"),
    ("x.real", 2, "a point stands in numbers"),
    ("z.T1", 2, "a point stands in numbers"),
    ("lambda x: x", 1, "lambda is a word of Python"),
    ("lambda", 1, "such as lamda"),
    ("[x for x in z]", 4, "for is a word of Python"),
    ("x if x else y", 3, "if is a word of Python"),
    ("not x", 1, "not is a word of Python"),
    ("x and y", 3, "and is a word of Python"),
    ("True", 1, "True is a word of Python"),
    ("x in (0,1)", 3, "declare it"),
    ("'x'", 1, "quotes"),
    ('f"{x}"', 2, "quotes"),
    ("(x := 1)", 4, ": is not read"),
    ("exp(*z)", 5, "is expected here, not *"),
    ("exp(x=1)", 6, "a single = is not a relation"),
    ("x; y", 2, "; is not read"),
    ("x # y", 3, "# is not read"),
    ("x\\\n+y", 2, "\\ is not read"),
    ("x\0", 2, "is not read"),
    ("x ^ 2", 3, "write **"),
    ("x ≤ 1", 3, "write <="),
    ("2 α", 3, "write alpha"),
    ("λ", 1, "write lamda"),
    ("é", 1, "a name is made of"),
    ("ｘ", 1, "a name is made of"),
    ("１", 1, "is not read"),
    ("2x", 2, "an operator is missing between 2 and x"),
    ("x 2", 3, "to multiply, write *"),
    ("x(y)(y)", 5, "an operator is missing"),
    ("3(x)", 2, "an operator is missing"),
    ("0x10", 2, "an operator is missing"),
    ("1_000", 2, "_ is not read"),
    ("1j", 2, "an operator is missing"),
    ("010", 1, "write 10"),
    ("1e401", 1, "power of ten beyond 400"),
    ("1e9999999999", 1, "power of ten beyond 400"),
    ("1" * 41, 1, "more than 40 digits"),
    ("--x", 2, "two signs"),
    ("x - - - y", 7, "two signs"),
    ("x * / y", 5, "is expected here, not /"),
    ("x +", 4, "ends where"),
    ("(x", 1, "never closed"),
    ("x)", 2, ") closes nothing"),
    ("(x]", 3, "] closes nothing"),
    ("exp()", 5, "is expected here, not )"),
    ("exp(x,)", 7, "is expected here, not )"),
    ("(" * 61 + "x" + ")" * 61, 61, "more than 60 deep"),
)


@pytest.mark.parametrize(("text", "column", "part"), REFUSED)
def test_what_is_no_formula_is_refused_at_its_place(text, column, part):
    with pytest.raises(ReadError) as caught:
        parse_expression(text, CONTEXT)
    assert part in str(caught.value)
    assert (caught.value.place.line, caught.value.place.column) == (1, column)


def test_an_error_counts_lines_and_characters():
    with pytest.raises(ReadError) as caught:
        parse_claim("x ==\n\t x +\n   q * y", CONTEXT, source="claims.txt")
    place = caught.value.place
    assert (place.source, place.line, place.column, place.text) == (
        "claims.txt",
        3,
        4,
        "   q * y",
    )


@pytest.mark.parametrize("sign", sorted(INSTEAD))
def test_no_sign_that_has_a_remedy_is_read(sign):
    with pytest.raises(ReadError, match="write"):
        scan(Formula(f"x {sign}"))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "piece", ["x", "(", "-", "x+", "x**", "x<", "9**", "1", "'", "\n", "[", "=", "∑"]
)
@pytest.mark.parametrize("length", [LONGEST_FORMULA - 6, 100_000])
def test_long_text_is_refused_at_once(reader, piece, length):
    started = time.perf_counter()
    with pytest.raises(ReadError):
        reader((piece * length)[:length])
    assert time.perf_counter() - started < HANGING


NUMBERS = "1 0 0.5 1e-3 .5 5. 010 1j 1e400"
CODE = "( ) [ ] , + - * / ** == <= < >= > = != x y z j q E pi oo"
CALLS = "exp( log( sum( (k,1,K) diff( at( where( softmax(z) z[j] in real integer K >=2"
WHOLE = "@ .T '+' \"-\" limit( argmin( minvalue( grad( hessian( dot( diag( outer( sum(z) [x,y]"
FOREIGN = "lambda if for and ' \" : ; # \\ \0 é α ² ^ { } . .T _ ~ @ // % & | ١ ﬁ"
PIECES = [*f"{NUMBERS} {CODE} {CALLS} {WHOLE} {FOREIGN}".split(" "), "\n", "\t", "\u3000"]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map(" ".join)))
def test_nothing_but_read_errors(text):
    for reader in READERS:
        try:
            reader(text)
        except ReadError as error:
            assert error.place is not None
            assert str(error)
