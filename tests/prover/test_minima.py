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
]
REFUTED = [
    ("argmin(cross_entropy(p,q), q) == r", (*OPEN, "r in open_simplex(K)")),
    (f"argmin({SMOOTHED}, s) == log((1-e)/e)", ("e in (0,1)", "s in real")),
    ("argmin((log(v) + r**2/v)/2, v) == r", ("v in (0,oo)", "r in (0,oo)")),
    ("minvalue(cross_entropy(p,q), q) == 0", OPEN),
    ("minvalue(x**2 - 2*x, x) == 0", ("x in real",)),
]
UNDECIDED = [
    ("argmin(-cross_entropy(p,q), q) == p", OPEN),
    ("argmin(cross_entropy(q,p), q) == p", OPEN),
    # Where p has a zero, the infimum is not attained.
    (
        "argmin(cross_entropy(p,q), q) == p",
        ("K in integer>=2", "p in simplex(K)", "q in open_simplex(K)"),
    ),
    ("argmin(x**3, x) == 0", ("x in real",)),
    ("argmin(-x**2, x) == 0", ("x in real",)),
    ("argmin(0*x + 1, x) == 0", ("x in real",)),
    ("argmin(-(y*log(q)+(1-y)*log(1-q)), q) == y", ("y in [0,1]", "q in (0,1)")),
    ("argmin(x**2, x) == 0", ("x in real", "x > 1")),
    ("minvalue(where(x > 0, 0, 1), x) == 1", ("x in real",)),  # it jumps, without a slope
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
