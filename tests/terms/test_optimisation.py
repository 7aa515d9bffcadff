"""Limits, minimisers and minima: nodes that nobody evaluates, and that print so that they can be
read.
"""

import pytest
from sympy import Integer, log, oo

from cesym.errors import ReadError, UnsupportedTerm
from cesym.reader.elaborate import elaborate
from cesym.reader.from_sympy import from_sympy
from cesym.reader.plain import parse_expression
from cesym.terms.claim import Claim
from cesym.terms.optimisation import ArgMin, LimitOf, MinValue
from cesym.terms.printing import latex, plain
from tests.declared import declared

CONTEXT = declared("x in (0,oo)", "y in real", "p, q in open_simplex(K)", "j in index(K)")
X, Y, Q, J = (CONTEXT.symbol(name) for name in "xyqj")

PRINTED = (
    ("limit(x*log(x), x, 0, '+')", r"\lim_{x \to 0^+} x \log x"),
    ("limit(1 + x, x, 1, '-')", r"\lim_{x \to 1^-} (x + 1)"),
    ("limit(x*y, x, 1 + y)", r"\lim_{x \to y + 1} x y"),
    ("limit(x*y, x, 1 + y, '+')", r"\lim_{x \to (y + 1)^+} x y"),
    ("limit(x, x, oo)", r"\lim_{x \to \infty} x"),
    ("limit(y, y, -oo)", r"\lim_{y \to -\infty} y"),
    ("argmin(x**2, x)", r"\arg\min_{x} x^2"),
    ("argmin(cross_entropy(p, q), q)[j]", r"\left( \arg\min_{q} H(p, q) \right)_{j}"),
    ("minvalue(kl(p, q), q)", r"\min_{q} D_{\mathrm{KL}}(p \,\|\, q)"),
)


@pytest.mark.parametrize(("text", "tex"), PRINTED, ids=[text for text, _ in PRINTED])
def test_printed(text, tex):
    term = elaborate(parse_expression(text, CONTEXT), CONTEXT).term
    assert latex(term, CONTEXT) == tex
    again = parse_expression(plain(term, CONTEXT), CONTEXT)
    assert str(elaborate(again, CONTEXT).term) == str(term)
    assert str(elaborate(from_sympy(term), CONTEXT).term) == str(term)


def test_infinity_is_printed_alone():
    assert (plain(oo), plain(-oo)) == ("oo", "-oo")
    assert (latex(oo), latex(-oo)) == (r"\infty", r"-\infty")
    with pytest.raises(UnsupportedTerm):
        plain(oo * Y)


def limit(body=X, side=1):
    return LimitOf(body, X, Integer(0), Integer(side))


def test_nothing_is_evaluated():
    assert limit() != limit(X * 2)
    assert LimitOf(log(X), X, oo, 0).is_real is None
    assert ArgMin(X, X).is_real
    assert MinValue(X, X).diff(Y) == 0


WRONG = (
    (limit() + 1, "==", Integer(1)),
    (Integer(1), "==", limit()),
    (limit(), "==", limit()),
    (limit(limit()), "==", Integer(0)),
    (limit(), "<=", Integer(0)),
    (Y, "==", oo),
    (oo, "==", oo),
    (ArgMin(X, X), "==", oo),
    (limit(), "==", oo * Y),
)


@pytest.mark.parametrize(("left", "operator", "right"), WRONG)
def test_no_claim_has_them_anywhere_else(left, operator, right):
    with pytest.raises(ReadError):
        Claim(left, operator, right, CONTEXT)


def test_claims_that_may_be_infinite():
    for left in (limit(), MinValue(X, X)):
        assert Claim(left, "==", -oo, CONTEXT).right == -oo
