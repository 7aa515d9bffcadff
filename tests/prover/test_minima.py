"""Minimisers and minima: proved against a proved minimum, refuted by it, or left undecided."""

import pytest

from tests.prover.asking import ask

SMOOTHED = "-((1-e/2)*log(sigmoid(s)) + e/2*log(1-sigmoid(s)))"
OPEN = ("K in integer>=2", "p in open_simplex(K)", "q in open_simplex(K)")

PROVED = [
    (f"argmin({SMOOTHED}, s) == log((2-e)/e)", ("e in (0,1)", "s in real")),
    ("argmin((log(v) + r**2/v)/2, v) == r**2", ("v in (0,oo)", "r in (0,oo)")),
    ("argmin((x-a)**2 + (x-b)**2, x) == (a+b)/2", ("x in real", "a in real", "b in real")),
    ("argmin(-(y*log(q)+(1-y)*log(1-q)), q) == y", ("y in (0,1)", "q in (0,1)")),
    ("argmin(x**2, x) == 0", ("x in real",)),
    ("minvalue(x**2 - 2*x, x) == -1", ("x in real",)),
    ("minvalue(cross_entropy(p,q), q) == entropy(p)", OPEN),
    ("minvalue(kl(p,q), q) == 0", OPEN),
    (
        "minvalue(-((1-e+e/3)*log(q[1]) + e/3*log(q[2]) + e/3*log(q[3])), q)"
        " == entropy([1-e+e/3, e/3, e/3])",
        ("e in (0,1)", "q in open_simplex(3)"),
    ),
    ("argmin(cross_entropy(p,q), q) == p", OPEN),
    ("argmin(kl(q,p), q) == p", OPEN),
    ("argmin(cross_entropy(p,q), q)[j] == p[j]", (*OPEN, "j in index(K)")),
    ("minvalue(p*exp(-f)+(1-p)*exp(f), f) == 2*sqrt(p*(1-p))", ("p in (0,1)", "f in real")),
    ("argmin(abs(x-a), x) == a", ("x in real", "a in real")),
    ("argmin(2*abs(x-a) + x, x) == a", ("x in real", "a in real")),
    (
        "argmin(-sum(y[i]*log(q)+(1-y[i])*log(1-q),(i,1,N)), q) == sum(y[i],(i,1,N))/N",
        ("N in integer>=1", "y in (0,1)^N", "q in (0,1)"),
    ),
    ("minvalue(exp(2*x) - 2*a*x, x) == a - a*log(a)", ("a in (0,oo)", "x in real")),
]
REFUTED = [
    ("argmin(cross_entropy(p,q), q) == r", (*OPEN, "r in open_simplex(K)")),
    (f"argmin({SMOOTHED}, s) == log((1-e)/e)", ("e in (0,1)", "s in real")),
    ("argmin((log(v) + r**2/v)/2, v) == r", ("v in (0,oo)", "r in (0,oo)")),
    ("minvalue(cross_entropy(p,q), q) == 0", OPEN),
    ("minvalue(x**2 - 2*x, x) == 0", ("x in real",)),
    ("argmin(p*exp(-f)+(1-p)*exp(f), f) == log(p/(1-p))", ("p in (0,1)", "f in real")),
    ("argmin((sigmoid(s)-y)**2, s) == logit(y) + 1", ("y in (0,1)", "s in real")),
    ("minvalue(exp(x) + exp(-2*x), x) == 2", ("x in real",)),
]
BETTER = [
    ("argmin(exp(x) + x**2, x) == 0", ("x in real",)),
    ("argmin(sum(p[k]*q[k]**2,(k,1,K)), q) == p", OPEN),
    ("argmin(-cross_entropy(p,q), q) == p", OPEN),
    ("argmin(cross_entropy(q,p), q) == p", OPEN),
    ("argmin(x**3, x) == 0", ("x in real",)),
    ("argmin(-x**2, x) == 0", ("x in real",)),
    ("argmin(x**4 - n*x, x) == 0", ("x in integer>=0", "n in integer>=2")),
    ("minvalue(exp(x) + x**2, x) == 1", ("x in real",)),
    ("minvalue(x**4 + a*x, x) == 0", ("x in real", "a in real")),
    (
        "minvalue(-sum(log(q[k]),(k,1,K)), q) == K*log(K) + 1",
        ("K in integer>=2", "q in open_simplex(K)"),
    ),
    ("minvalue(where(x > 0, 0, 1), x) == 1", ("x in real",)),
]
NOT_REFUTED = [
    ("argmin(max(0,1-f) + max(0,1+f)/2, f) == 1", ("f in real",)),
    ("argmin(p*exp(-f)+(1-p)*exp(f), f) == log(p/(1-p))/2", ("p in (0,1)", "f in real")),
    ("argmin((sigmoid(s)-y)**2, s) == logit(y)", ("y in (0,1)", "s in real")),
    ("argmin(abs(x-1) + abs(x-2) + x**2, x) == 1", ("x in real",)),
    ("argmin(x**4 - n*x, x) == 1", ("x in integer>=0", "n in integer>=2", "n < 3")),
    ("argmin((x-a)**4, x) == a", ("x in real", "a in real", "x + a > 0", "a > 0")),
    ("minvalue(exp(x), x) == 0", ("x in real",)),
    ("minvalue(x, x) == 0", ("x in (0,1)",)),
    ("minvalue(x, x) == 1", ("x in real", "x > 1")),
    ("minvalue(where(x > 0, 0, 1), x) == 0", ("x in real",)),
    ("minvalue(exp(x) + exp(-2*x), x) == 3/2**(2/3)", ("x in real",)),
    ("minvalue(log(x), x) == -oo", ("x in (0,oo)",)),
]
UNDECIDED = [
    ("argmin(max(x-a,0), x) == a", ("x in real", "a in real")),  # not the only one
    ("argmin(abs(x-a) + x, x) == a", ("x in real", "a in real")),
    # Where p has a zero, the infimum is not attained.
    (
        "argmin(cross_entropy(p,q), q) == p",
        ("K in integer>=2", "p in simplex(K)", "q in open_simplex(K)"),
    ),
    ("argmin(0*x + 1, x) == 0", ("x in real",)),
    ("argmin(-(y*log(q)+(1-y)*log(1-q)), q) == y", ("y in [0,1]", "q in (0,1)")),
    ("argmin(x**2, x) == 0", ("x in real", "x > 1")),
]


@pytest.mark.parametrize(("claim", "let"), PROVED)
def test_proved(claim: str, let: tuple[str, ...]) -> None:
    verdict = ask(claim, *let)
    assert verdict.proved, (verdict.reason, verdict.residue, verdict.counterexample)


@pytest.mark.parametrize(("claim", "let"), REFUTED)
def test_refuted(claim: str, let: tuple[str, ...]) -> None:
    assert ask(claim, *let).refuted


@pytest.mark.parametrize(("claim", "let"), UNDECIDED)
def test_undecided(claim: str, let: tuple[str, ...]) -> None:
    assert not ask(claim, *let).proved


@pytest.mark.parametrize(("claim", "let"), BETTER)
def test_a_better_point_refutes(claim: str, let: tuple[str, ...]) -> None:
    verdict = ask(claim, *let)
    assert verdict.refuted
    assert verdict.counterexample is not None
    assert verdict.counterexample.checked
    assert str(verdict.method) == "the term is less at another point"


@pytest.mark.parametrize(("claim", "let"), NOT_REFUTED)
def test_a_true_minimum_is_not_refuted(claim: str, let: tuple[str, ...]) -> None:
    assert not ask(claim, *let).refuted
