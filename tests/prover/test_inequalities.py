"""Inequalities: the yardstick of the field proved, with equality cases, and near misses refuted."""

import pytest
from sympy import Dummy, Expr, Integer, Rational, Symbol, exp, log

from cesym.prover.budget import Budget
from cesym.prover.inequalities.closed import closed_holds
from cesym.prover.inequalities.touch import moves
from cesym.prover.workspace import workspace
from tests.prover.asking import ask, context_of

P = ("K in integer>=2", "p in simplex(K)")
PQ = (*P, "q in open_simplex(K)")
Q = ("q in (0,1)",)
X = ("x in real",)

PROVED = [
    ("kl(p,q) >= 0", PQ),
    ("cross_entropy(p,q) >= entropy(p)", PQ),
    ("kl(p,q) <= sum(p[k]**2/q[k], (k,1,K)) - 1", PQ),
    ("entropy(p) <= log(K)", P),
    ("entropy(p) >= 0", P),
    ("entropy(p) >= 1 - sum(p[k]**2, (k,1,K))", P),
    ("sum(p[k]**2, (k,1,K)) <= 1", P),
    ("sum(p[k]**2, (k,1,K)) >= 1/K", P),
    ("(kl(p,(p+q)/2) + kl(q,(p+q)/2))/2 >= 0", PQ),
    ("(kl(p,(p+q)/2) + kl(q,(p+q)/2))/2 <= log(2)", PQ),
    ("sum(abs(softmax(z)[k]-y[k]), (k,1,K)) <= 2",
     ("K in integer>=2", "z in real^K", "y in simplex(K)")),
    ("logsumexp(z) >= z[j]", ("K in integer>=1", "z in real^K", "j in index(K)")),
    ("logsumexp(z) > z[j]", ("K in integer>=2", "z in real^K", "j in index(K)")),
    ("softmax(z)[j] < 1", ("K in integer>=2", "z in real^K", "j in index(K)")),
    ("diff(softmax(z)[i], z[j]) < 0",
     ("K in integer>=2", "z in real^K", "i in index(K)", "j in index(K)", "i != j")),
    ("-(a[1]*log(q[1])+a[2]*log(q[2])+a[3]*log(q[3])) >= entropy(a)",
     ("a in open_simplex(3)", "q in open_simplex(3)")),
    ("sum(a[k]*log(a[k]/b[k]),(k,1,3)) >= "
     "sum(a[k],(k,1,3))*log(sum(a[k],(k,1,3))/sum(b[k],(k,1,3)))",
     ("a in (0,oo)^3", "b in (0,oo)^3")),
    ("entropy(p) <= log(3)", ("p in simplex(3)",)),
    ("p*log(p/q) + (1-p)*log((1-p)/(1-q)) >= 2*(p-q)**2", ("p in (0,1)", *Q)),
    ("-(y*log(q)+(1-y)*log(1-q)) >= -(y*log(y)+(1-y)*log(1-y))", ("y in (0,1)", *Q)),
    ("-(y*log(q)+(1-y)*log(1-q)) >= 2*(y-q)**2", ("y in (0,1)", *Q)),
    ("y*log(y/q) - y + q >= 0", ("y in (0,oo)", "q in (0,oo)")),
    ("log(b/a) + (a**2 + (m-n)**2)/(2*b**2) - 1/2 >= 0",
     ("a in (0,oo)", "b in (0,oo)", "m in real", "n in real")),
    ("-(q*log(q)+(1-q)*log(1-q)) <= log(2)", Q),
    ("-(1-q)**g*log(q) <= -log(q)", (*Q, "g in [0,oo)")),
    ("-(1-q)**2*log(q) <= -log(q)", Q),
    ("abs((sigmoid(s)-y)*sigmoid(s)*(1-sigmoid(s))) <= abs(sigmoid(s)-y)/4",
     ("s in real", "y in [0,1]")),
    ("softplus(x) >= max(x,0)", X),
    ("softplus(x) <= max(x,0) + log(2)", X),
    ("softplus(x) > x", X),
    ("softplus(x) >= x/2 + log(2)", X),
    ("log(cosh(x)) <= x**2/2", X),
    ("exp(x) >= 1+x", X),
    ("log(1+x) <= x", ("x in (-1,oo)",)),
    ("1-1/x <= log(x)", ("x in (0,oo)",)),
    ("log(x) <= x/exp(1)", ("x in (0,oo)",)),
    ("-log(1-q) >= q", ("q in [0,1)",)),
    ("x**2 + y**2 >= 2*x*y", ("x in real", "y in real")),
    ("tanh(x)**2 < 1", X),
    ("log(2) < 7/10", ()),
    ("3*x <= pi*x", ("x in [0,oo)",)),
    ("pi*x < 22*x/7", ("x in (0,oo)",)),
    ("sqrt(2*pi*x) > 0", ("x in (0,oo)",)),
    ("exp(10)*log(1+exp(-5))*(1-1/(1+exp(5)))**9/(1+exp(5))**3 > 0", ()),
    ("(1-sigmoid(-5))**10*(21-21*sigmoid(-5)-90*log(1+exp(5))) < -1/10", ()),
    ("exp(1) < 271828182845904523536028747135266249776/10**38", ()),
    ("p*log(p/q) + (1-p)*log((1-p)/(1-q)) <= (p-q)**2/(q*(1-q))", ("p in (0,1)", *Q)),
    ("3*x**2 < pi*x**2 + 1", X),
    ("log(exp(-x**2)/sqrt(2*pi)) < 0", X),
]  # fmt: skip

REFUTED = [
    ("log(2) > 7/10", ()),
    ("pi*x >= 22*x/7", ("x in (0,oo)",)),
    ("pi*x <= 3*x", ("x in (0,oo)",)),
    ("pi*x > 3*x", ("x in real",)),
    ("exp(1) > 271828182845904523536028747135266249776/10**38", ()),
    ("diff(softmax(z)[i], z[j]) < 0",
     ("K in integer>=2", "z in real^K", "i in index(K)", "j in index(K)")),
    ("diff(softmax(z)[i], z[j]) < 0",
     ("K in integer>=2", "z in real^K", "i in index(K)", "j in index(K)", "j != 1")),
    ("kl(p,q) > 0", PQ),
    ("entropy(p) < log(K)", P),
    ("entropy(p) <= log(K)/2", P),
    ("exp(x) > 1+x", X),
    ("x**2 > 0", X),
    ("softplus(x) <= x + log(2)", X),
    ("sigmoid(x)*(1-sigmoid(x)) < 1/4", X),
    ("logsumexp(z) > z[j]", ("K in integer>=1", "z in real^K", "j in index(K)")),
    ("p*log(p/q) + (1-p)*log((1-p)/(1-q)) >= 4*(p-q)**2", ("p in (0,1)", *Q)),
    ("(kl(p,(p+q)/2) + kl(q,(p+q)/2))/2 <= log(2)/2",
     ("K in integer>=2", "p in simplex(K)", "q in simplex(K)")),
    ("log(1+x) <= x/2", ("x in (-1,oo)",)),
    ("p*log(p/q) + (1-p)*log((1-p)/(1-q)) <= (p-q)**2/(2*q*(1-q))", ("p in (0,1)", *Q)),
    ("p*log(p/q) + (1-p)*log((1-p)/(1-q)) < (p-q)**2/(q*(1-q))", ("p in (0,1)", *Q)),
    ("pi*(1 + x**2) >= 22/7", X),
    ("pi*(1 + x**2) > 31416/10000", X),
    ("-log(q) > 1/1000", Q),
    ("-log(q) >= 1 - q + (1-q)**2", Q),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "let"), PROVED, ids=lambda value: str(value)[:60])
def test_proved(claim: str, let: tuple[str, ...]) -> None:
    verdict = ask(claim, *let)
    assert verdict.proved, (verdict.reason, verdict.residue, verdict.counterexample)


@pytest.mark.parametrize(("claim", "let"), REFUTED, ids=lambda value: str(value)[:60])
def test_refuted(claim: str, let: tuple[str, ...]) -> None:
    assert ask(claim, *let).refuted


def test_a_strict_inequality_falls_by_exact_equality() -> None:
    found = ask("entropy(p) < log(K)", *P).counterexample
    assert found is not None
    assert found.difference == "0"


def test_a_point_without_a_value_proves_nothing() -> None:
    """The derivative vanishes at x = c/(a - b), which is nowhere when a = b."""
    verdict = ask("(a-b)*x**2/2 - c*x >= -c**2/(2*(a-b))", "a in real", "b in real", "c in real",
                  "x in real", "a > b")  # fmt: skip
    assert verdict.proved
    assert not ask("(a-b)*x**2/2 - c*x >= -c**2", "a in [0,1]", "b in [0,1]", "c in real",
                   "x in real").proved  # fmt: skip


def test_a_softmax_that_depends_on_an_index_is_not_one_vector() -> None:
    """sum_n (s_n - t)^2 with s_n the softmax of n z is not n times one number."""
    let = ("K in integer>=2", "z in real^K", "N in integer>=2")
    one = "sum(softmax(z*1)[1], (n,1,N))"
    assert not ask(f"sum(softmax(z*n)[1], (n,1,N)) >= {one}", *let).proved
    assert not ask(f"sum(softmax(z*n)[1], (n,1,N)) <= {one}", *let).proved


def test_a_loss_through_the_sigmoid_is_positive() -> None:
    loss = "-(y*log(sigmoid(s)) + (1-y)*log(1-sigmoid(s)))"
    assert ask(f"{loss} > 0", "y in [0,1]", "s in real").proved


HOLES = [
    ("-1/x >= 1", ("x in [-1,1]", "x != 0")),
    ("1/x >= -1", ("x in [-1,1]", "x != 0")),
    ("1/(x-1) <= 1", ("x in [0,2]", "x != 1")),
    ("x <= 0", ("x in real", "x != 0")),
    ("-1/(x-y) >= 1", ("x in [-1,1]", "y in [-1,1]", "x != y")),
]


@pytest.mark.parametrize(("claim", "let"), HOLES)
def test_a_hole_in_the_domain_is_no_bound(claim: str, let: tuple[str, ...]) -> None:
    """`x != 0` leaves both sides of 0, and what is monotone on each is not monotone on both."""
    assert ask(claim, *let).refuted


ZERO = log(6) - log(2) - log(3)


@pytest.mark.parametrize("relation", [">", "<", ">=", "<="])
@pytest.mark.parametrize("term", [ZERO, log(2 - exp(1), evaluate=False), 1 / ZERO, log(-2)])
def test_a_ball_around_zero_proves_nothing(term: Expr, relation: str) -> None:
    """What is 0 exactly, or has no value, is not told from its digits."""
    assert not closed_holds(term, relation, Budget())


def test_a_ball_beside_zero_proves() -> None:
    assert closed_holds(ZERO + Rational(1, 10**60), ">", Budget())
    assert not closed_holds(ZERO - Rational(1, 10**60), ">", Budget())
    assert closed_holds(Integer(0), ">=", Budget())
    assert not closed_holds(Symbol("x", positive=True), ">", Budget())


def test_an_index_is_no_variable_that_moves() -> None:
    facts = workspace(context_of("K in integer>=2", "x in real")).facts(Budget())
    assert moves(Symbol("x", real=True), facts)
    assert not moves(Dummy("k", integer=True, positive=True), facts)
