"""Limits: each true one beside a false twin; what is not proved stays unknown."""

from __future__ import annotations

import pytest
from sympy import Abs, Rational, S, Symbol, cosh, exp, log, oo, sign, sin, sqrt, tanh

from cesym.prover.budget import Budget
from cesym.prover.facts import Facts
from cesym.prover.limits import Known, limit
from cesym.terms.context import Context
from tests.prover.asking import ask

x = Symbol("x", real=True)

S_REAL = "s in real"
ORDERED = ("z in real^3", "z[1] > z[2]", "z[1] > z[3]")

# The limit; its value; a wrong value; the declarations.
TWINS = [
    ("sigmoid(s), s, oo", "1", "0", S_REAL),
    ("sigmoid(s), s, -oo", "0", "1", S_REAL),
    ("softplus(s) - s, s, oo", "0", "log(2)", S_REAL),
    ("softplus(s)/s, s, oo", "1", "oo", S_REAL),
    ("softplus(s), s, -oo", "0", "-oo", S_REAL),
    ("softplus(s)/exp(s), s, -oo", "1", "0", S_REAL),
    ("softplus(-s)*exp(s), s, oo", "1", "oo", S_REAL),
    ("logit(q), q, 1, '-'", "oo", "-oo", "q in (0,1)"),
    ("logit(q), q, 0, '+'", "-oo", "0", "q in (0,1)"),
    ("x*log(x), x, 0, '+'", "0", "-1", "x in (0,oo)"),
    ("sqrt(x)*log(x), x, 0, '+'", "0", "-oo", "x in (0,oo)"),
    ("x**2*log(x)**5, x, 0, '+'", "0", "-oo", "x in (0,oo)"),
    ("log(x)/x, x, oo", "0", "1", "x in (0,oo)"),
    ("log(x)/x**(1/10), x, oo", "0", "oo", "x in (0,oo)"),
    ("-q*log(q) - (1-q)*log(1-q), q, 0, '+'", "0", "log(2)", "q in (0,1)"),
    ("-q*log(q) - (1-q)*log(1-q), q, 1, '-'", "0", "1", "q in (0,1)"),
    ("-q*log(q) - (1-q)*log(1-q), q, 1/2", "log(2)", "1", "q in (0,1)"),
    ("(log(2)+q*log(q)+(1-q)*log(1-q))/(q-1/2)**2, q, 1/2", "2", "1", "q in (0,1)"),
    ("-log(1-q), q, 1, '-'", "oo", "0", "q in (0,1)"),
    ("-(y*log(q)+(1-y)*log(1-q)), q, 0, '+'", "oo", "0", "q in (0,1)", "y in (0,1)"),
    ("-log(q), q, 1", "0", "oo", "q in (0,1)"),
    ("(1-q)**g*log(q), q, 0, '+'", "-oo", "0", "q in (0,1)", "g in (0,oo)"),
    ("-(1-p)**g*log(p), g, 0, '+'", "-log(p)", "log(p)", "p in (0,1)", "g in (0,oo)"),
    ("-(1-p)**g*log(p), g, oo", "0", "-log(p)", "p in (0,1)", "g in (0,oo)"),
    ("-(1-p)**g*log(p), p, 1, '-'", "0", "1", "p in (0,1)", "g in (0,oo)"),
    ("(q**r - 1)/r, r, 0", "log(q)", "q*log(q)", "q in (0,1)", "r in real"),
    ("(1 - f**r)/r, r, 0, '+'", "-log(f)", "log(f)", "f in (0,1)", "r in (0,1)"),
    ("(x**l - 1)/l, l, 0", "log(x)", "1", "x in (0,oo)", "l in real"),
    ("log(p**a + (1-p)**a)/(1-a), a, 1", "-p*log(p) - (1-p)*log(1-p)", "p*log(p)",
     "p in (0,1)", "a in (0,oo)"),
    ("log(p**a + (1-p)**a)/(1-a), a, oo", "-log(max(p,1-p))", "-log(p)",
     "p in (0,1)", "a in (0,oo)"),
    ("(1 - p**a - (1-p)**a)/(a-1), a, 1", "-p*log(p) - (1-p)*log(1-p)", "0",
     "p in (0,1)", "a in (0,oo)"),
    ("log(cosh(x))/abs(x), x, oo", "1", "0", "x in real"),
    ("log(cosh(x))/abs(x), x, -oo", "1", "-1", "x in real"),
    ("log(cosh(x)) - abs(x), x, oo", "-log(2)", "0", "x in real"),
    ("log(cosh(x))/x**2, x, 0", "1/2", "1", "x in real"),
    ("(p*log(p/(p+h)) + (1-p)*log((1-p)/(1-p-h)))/h**2, h, 0", "1/(2*p*(1-p))", "1/(p*(1-p))",
     "p in (1/4,3/4)", "h in (-1/4,1/4)"),
    ("(log(1+exp(-x)) - log(2) + x/2)/x**2, x, 0", "1/8", "1/4", "x in real"),
    ("(softplus(s) - log(2) - s/2 - s**2/8)/s**4, s, 0", "-1/192", "1/192", S_REAL),
    ("(sigmoid(s) - 1/2)/s, s, 0", "1/4", "1/2", S_REAL),
    ("(tanh(s) - s)/s**3, s, 0", "-1/3", "1/3", S_REAL),
    ("sigmoid(s)*(1-sigmoid(s)), s, oo", "0", "1/4", S_REAL),
    ("sigmoid(s)*(1-sigmoid(s))*exp(s), s, oo", "1", "0", S_REAL),
    ("(sigmoid(s)-1)*sigmoid(s)*(1-sigmoid(s))/(sigmoid(s)-1), s, -oo", "0", "1", S_REAL),
    ("1/x, x, 0, '+'", "oo", "-oo", "x in real"),
    ("1/x, x, 0, '-'", "-oo", "oo", "x in real"),
    ("1/x**2, x, 0", "oo", "0", "x in real"),
    ("exp(1/x), x, 0, '-'", "0", "oo", "x in real"),
    ("exp(-1/x), x, 0, '+'", "0", "1", "x in real"),
    ("sign(x), x, 0, '-'", "-1", "0", "x in real"),
    ("abs(x)/x, x, 0, '+'", "1", "0", "x in real"),
    ("(1+1/n)**n, n, oo", "exp(1)", "1", "n in (0,oo)"),
    ("(1+1/n)**n, n, oo", "exp(1)", "e_", "n in integer>=1", "e_ in real"),
    ("(1+a/n)**n, n, oo", "exp(a)", "a", "n in (0,oo)", "a in (0,oo)"),
    ("(1-a/n)**n, n, oo", "exp(-a)", "exp(a)", "n in (3,oo)", "a in (0,2)"),
    ("x**x, x, 0, '+'", "1", "0", "x in (0,oo)"),
    ("x**5*exp(-x), x, oo", "0", "oo", "x in real"),
    ("x**a*exp(-x), x, oo", "0", "oo", "x in (0,oo)", "a in (0,oo)"),
    ("x**a*log(x), x, 0, '+'", "0", "-oo", "x in (0,oo)", "a in (0,oo)"),
    ("exp(-a*x), x, oo", "0", "1", "x in real", "a in (0,oo)"),
    ("max(s,0) - softplus(s), s, oo", "0", "-log(2)", S_REAL),
    ("max(s,0) - softplus(s), s, 0", "-log(2)", "0", S_REAL),
    ("t*softplus(s/t), t, 0, '+'", "max(s,0)", "s", S_REAL, "t in (0,oo)"),
    ("t*log(exp(u/t)+exp(v/t)), t, 0, '+'", "max(u,v)", "u",
     "u in real", "v in real", "t in (0,oo)"),
    ("softmax(z/T)[j], T, oo", "1/3", "1", "T in (0,oo)", "z in real^3", "j in index(3)"),
    ("softmax(z/T)[1], T, 0, '+'", "1", "1/3", "T in (0,oo)", *ORDERED),
    ("softmax(z/T)[2], T, 0, '+'", "0", "1", "T in (0,oo)", *ORDERED),
    ("T*logsumexp(z/T), T, 0, '+'", "z[1]", "z[2]", "T in (0,oo)", *ORDERED),
    ("log((exp(t*z[1])+exp(t*z[2])+exp(t*z[3]))/3)/t, t, 0", "(z[1]+z[2]+z[3])/3", "z[1]",
     "t in real", "z in real^3"),
    ("softmax(z/T)[j], T, oo", "1/K", "1/(K+1)",
     "T in (0,oo)", "K in integer>=1", "z in real^K", "j in index(K)"),
    ("xlogy(p, q), q, 1, '-'", "0", "p", "p in [0,1]", "q in (0,1)"),
    ("(x-a)/(x**2-a**2), x, a", "1/(2*a)", "1/a", "x in (0,oo)", "a in (0,oo)"),
    ("x/(1+x), x, oo", "1", "0", "x in (0,oo)"),
    ("where(x > 1, x, 0), x, 1, '+'", "1", "0", "x in real"),
]  # fmt: skip

REFUTED = [
    ("limit(sign(x), x, 0) == 0", "x in real"),
    ("limit(1/x, x, 0) == oo", "x in real"),
    ("limit(exp(1/x), x, 0) == 0", "x in real"),
    ("limit(exp(-a*x), x, oo) == 0", "x in real", "a in [0,oo)"),
    ("limit(exp(-a*x), x, oo) == 0", "x in real", "a in real"),
    ("limit(log(exp(t*z[1])+exp(t*z[2])+exp(t*z[3]))/t, t, 0, '+') == (z[1]+z[2]+z[3])/3",
     "t in (0,oo)", "z in real^3"),
    ("limit(softmax(z/T)[1], T, 0, '+') == 1", "T in (0,oo)", "z in real^2"),
    ("limit(y*log(q), q, 0, '+') == -oo", "q in (0,1)", "y in [0,1]"),
    ("limit(x/a, x, 0) == 0", "x in real", "a in [0,1]"),
]  # fmt: skip

UNKNOWN = [
    ("limit(log(x), x, 0) == -oo", "x in real"),
    ("limit(x, x, oo) == oo", "x in (0,1)"),
    ("limit(x, x, 2) == 2", "x in (0,1)"),
    ("limit(x, x, 0, '-') == 0", "x in (0,1)"),
    ("limit(x*y, x, oo) == 1", "x in (0,oo)", "y in (0,oo)", "x*y = 1"),
    ("limit(x*y, x, oo) == oo", "x in (0,oo)", "y in (0,oo)", "x < y"),
]


def claim(row: str, value: str) -> str:
    return f"limit({row}) == {value}"


@pytest.mark.parametrize("row", TWINS, ids=lambda row: row[0])
def test_true_limits_are_proved(row: tuple[str, ...]) -> None:
    verdict = ask(claim(row[0], row[1]), *row[3:])
    assert verdict.proved, (str(verdict.reason), verdict.residue, verdict.counterexample)
    assert verdict.trace


@pytest.mark.parametrize("row", TWINS, ids=lambda row: row[0])
def test_false_twins_are_refuted(row: tuple[str, ...]) -> None:
    verdict = ask(claim(row[0], row[2]), *row[3:])
    assert verdict.refuted, (verdict.status, str(verdict.reason), verdict.residue)
    found = verdict.counterexample
    assert found is not None
    assert found.left != found.right
    variable = row[0].rsplit(", ", 3)
    assert not {name for name, _ in found.at} & {v.strip() for v in variable[1:2] if v in "xsqnt"}


@pytest.mark.parametrize("row", REFUTED, ids=lambda row: row[0])
def test_refuted(row: tuple[str, ...]) -> None:
    verdict = ask(*row)
    assert verdict.refuted, (verdict.status, str(verdict.reason))


@pytest.mark.parametrize("row", UNKNOWN, ids=lambda row: row[0])
def test_unknown(row: tuple[str, ...]) -> None:
    verdict = ask(*row)
    assert verdict.status == "unknown"
    assert verdict.reason is not None


def test_the_counterexample_names_the_side() -> None:
    verdict = ask("limit(sign(x), x, 0) == 0", "x in real")
    assert verdict.counterexample is not None
    assert verdict.counterexample.left == "-1"
    assert str(verdict.method) == "the limit from below is another one"


def test_a_false_condition_on_the_parameters_refutes() -> None:
    found = ask("limit(x/a, x, 0) == 0", "x in real", "a in [0,1]").counterexample
    assert found is not None
    assert found.undefined is not None
    assert found.at == (("a", "0"),)


def test_cases_of_the_parameters_are_in_the_trace() -> None:
    verdict = ask("limit(tanh(a*x), x, oo) == sign(a)", "x in real", "a in real")
    assert verdict.proved
    assert len(verdict.trace) == 3


HARD = [
    (exp(x + 1 / x) - exp(x), oo, oo),
    (exp(exp(x)) / exp(exp(x - exp(-exp(x)))), oo, S.One),
    (log(log(x * exp(x * exp(x)) + 1)) - exp(exp(log(log(x)) + 1 / x)), oo, S.Zero),
    (exp(log(log(x + exp(log(x) * log(log(x))))) / log(log(log(exp(x) + x + log(x))))), oo, exp(1)),
    ((exp(x * exp(-x) / (exp(-x) + exp(-2 * x**2 / (x + 1)))) - exp(x)) / x, oo, -exp(2)),
    (sqrt(x**2 + x) - x, oo, Rational(1, 2)),
    (log(cosh(x)) / Abs(x), -oo, S.One),
    (tanh(x), -oo, S.NegativeOne),
]  # from D. Gruntz, On computing limits in a symbolic manipulation system, 1996, chapter 8


@pytest.mark.parametrize(("term", "target", "value"), HARD, ids=lambda row: str(row))
def test_nested_exponentials(term, target, value) -> None:
    assert limit(term, x, target, 0, Facts(Context()), Budget()) == Known(value)


@pytest.mark.parametrize("term", [sin(x) / x, log(x), (-1) ** x, 1 / (x - x), sqrt(-x)], ids=str)
def test_what_is_not_proved_is_none(term) -> None:
    assert limit(term, x, S.Zero, 1, Facts(Context()), Budget()) is None or term == log(x)
    assert limit(term, x, S.Zero, 0, Facts(Context()), Budget()) is None


def test_different_sides_give_no_limit() -> None:
    known = limit(sign(x), x, S.Zero, 0, Facts(Context()), Budget())
    assert known is not None
    assert known.value is None
    assert known.reason is not None
    assert known.reason.render("zh") == "左极限为 -1，右极限为 1"


def test_an_interrupted_series_is_not_at_its_end() -> None:
    from cesym.prover.limits.series import Series
    from cesym.prover.limits.undecided import Undecided

    def source():
        yield S.One, S.Zero
        raise Undecided

    series = Series(source())
    assert series.get(0) == (1, 0)
    for _ in range(2):
        with pytest.raises(Undecided):
            series.get(1)
