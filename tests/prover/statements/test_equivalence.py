"""`A iff B`: proved, refuted at a point where one side holds, or left undecided."""

import pytest

from tests.prover.asking import ask

S = ("s in real",)
X = ("x in real",)
P = ("K in integer>=1", "p in simplex(K)")
PQ = (*P, "q in open_simplex(K)")
YQ = ("y in [0,1]", "q in (0,1)")
BCE = "-(y*log(q) + (1-y)*log(1-q))"
Z = ("K in integer>=1", "z in real^K")

PROVED = [
    ("sigmoid(s) >= 1/2 iff s >= 0", S),
    ("sigmoid(s) > 1/2 iff s > 0", S),
    ("1/2 <= sigmoid(s) iff 0 <= s", S),
    ("log(a) <= log(b) iff a <= b", ("a in (0,oo)", "b in (0,oo)")),
    ("log(a) <= log(b) iff a <= b", ("a in (0,1)", "b in (0,oo)")),
    (f"diff({BCE}, q) == 0 iff q == y", YQ),
    (f"diff({BCE}, q) > 0 iff q > y", YQ),
    ("x**2 - 2*x + 1 == 0 iff x == 1", X),
    ("x**3 > 0 iff x > 0", X),
    ("abs(x) == 0 iff x == 0", X),
    ("abs(x) <= 0 iff x == 0", X),
    ("x > 0 iff 2*x > 0", X),
    ("x**2 >= y**2 iff x >= y", ("x in [0,oo)", "y in [0,oo)")),
    ("sqrt(x) >= y iff x >= y**2", ("x in [0,oo)", "y in [0,oo)")),
    ("max(x,y) == x iff x >= y", (*X, "y in real")),
    ("sign(x) == 1 iff x > 0", X),
    ("where(x > 0, x, -1) > 0 iff x > 0", X),
    ("1/(x-y) > 0 iff x > y", (*X, "y in real", "x != y")),
    ("x**y == 1 iff y == 0", ("x in (0,1)", "y in real")),
    ("dot(z,z) == 0 iff z == 0", Z),
    ("log(q) == 0 iff q == 1", ("q in (0,1)",)),
    ("log(q) == 0 iff q == 1", ("q in (0,2)",)),
    ("1/x >= 1/2 iff x <= 2", ("x in (0,oo)",)),
    ("p*log(p/q) + (1-p)*log((1-p)/(1-q)) == 0 iff p == q", ("p in (0,1)", "q in (0,1)")),
    ("y**2 == 1 iff y == 1", ("y in {0,1}",)),
    ("kl(p,q) == 0 iff p == q", PQ),
    ("kl(p,q) <= 0 iff q == p", PQ),
    ("cross_entropy(p,q) == entropy(p) iff p == q", PQ),
    ("cross_entropy(p,q) <= entropy(p) iff p == q", PQ),
    ("entropy(p) == log(K) iff p == 1/K", P),
    ("entropy(p) >= log(K) iff p == 1/K", P),
    ("kl(p, softmax(z)) == 0 iff p == softmax(z)", (*P, "z in real^K")),
    ("softmax(z)[i] >= softmax(z)[j] iff z[i] >= z[j]", (*Z, "i in index(K)", "j in index(K)")),
]
REFUTED = [
    ("sigmoid(s) > 1/2 iff s >= 0", S),
    ("sigmoid(s) >= 1/2 iff s >= 1", S),
    ("sigmoid(s) >= 1/2 iff s <= 0", S),
    ("x**2 - 3*x + 2 == 0 iff x == 1", X),
    ("x**2 > 0 iff x > 0", X),
    ("x**2 == 1 iff x == 1", X),
    ("x > 0 iff x >= 0", X),
    ("x**2 >= y**2 iff x >= y", (*X, "y in [0,oo)")),
    ("sqrt(x) >= y iff x >= y**2", ("x in [0,oo)", "y in real")),
    ("max(x,y) == x iff x > y", (*X, "y in real")),
    ("sign(x) >= 0 iff x > 0", X),
    ("x/(x-y) >= 1 iff y >= 0", (*X, "y in real", "x != y")),
    ("x**y == 1 iff y == 0", ("x in (0,oo)", "y in real")),
    ("xlogy(x,x) == 0 iff x == 1", ("x in [0,oo)",)),
    ("kl(p,q) == 0 iff p == q", ("K in integer>=1", "p in [0,1]^K", "q in (0,1)^K")),
    ("sum(z[k],(k,1,K)) == 0 iff z == 0", Z),
    ("y*(1-y) == 0 iff y == 0", ("y in {0,1}",)),
    ("1/x >= 1/2 iff x <= 2", ("x in [-4,4]", "x != 0")),
    (f"diff({BCE}, q) == 0 iff q == 1 - y", YQ),
    ("kl(p,q) == 0 iff p == 1/K", ("K in integer>=2", "p in simplex(K)", "q in open_simplex(K)")),
    ("kl(p,q) >= 0 iff p == q", PQ),
    ("entropy(p) == 0 iff p == 1/K", ("K in integer>=2", "p in simplex(K)")),
    ("p == q iff q == 1/K", ("K in integer>=2", "p in simplex(K)", "q in simplex(K)")),
]
UNDECIDED = [
    ("x*(x-1)*(x-37/51) == 0 iff x*(x-1) == 0", X),  # no point tried has this number
    ("1/x >= 1/2 iff x <= 2", ("x in real", "x >= 0", "x <= 0")),
]


@pytest.mark.parametrize(("claim", "let"), PROVED)
def test_proved(claim: str, let: tuple[str, ...]) -> None:
    verdict = ask(claim, *let)
    assert verdict.proved, verdict.reason


@pytest.mark.parametrize(("claim", "let"), REFUTED)
def test_refuted(claim: str, let: tuple[str, ...]) -> None:
    verdict = ask(claim, *let)
    assert verdict.refuted, verdict.reason
    found = verdict.counterexample
    assert found is not None and found.checked
    assert {found.left, found.right} == {"true", "false"}


@pytest.mark.parametrize(("claim", "let"), UNDECIDED)
def test_undecided(claim: str, let: tuple[str, ...]) -> None:
    assert not ask(claim, *let).proved


def test_a_side_without_a_value_refutes() -> None:
    found = ask("1/x >= 1/2 iff x <= 2", "x in real").counterexample
    assert found is not None
    assert found.undefined == "x != 0"


def test_monotone_on_both_sides_of_a_hole_is_not_monotone() -> None:
    """-1/x grows for x < 0 and for x > 0, and is greater for x < 0."""
    assert not ask("-1/x >= -1 iff x >= 1", "x in real", "x != 0").proved


def test_what_jumps_changes_its_sign_elsewhere_too() -> None:
    """The slope is 1 everywhere but at 0, where the function falls from 1 to -1."""
    assert not ask("where(x < 0, x + 1, x - 1) >= 0 iff x >= 1", "x in [-2,2]").proved
