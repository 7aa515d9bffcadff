"""Convex and concave terms: by curvature, by the definition, refuted by a chord."""

import pytest

from tests.prover.asking import ask

S = ("s in real",)
Z = ("K in integer>=1", "z in real^K")
P = ("K in integer>=1", "p in simplex(K)")
DATA = ("N in integer>=1", "D in integer>=1", "X in real^(N,D)", "w in real^D", "l in {-1,1}^N")
LOGISTIC = "sum(log(1 + exp(-l[i]*sum(X[i,d]*w[d],(d,1,D)))),(i,1,N))/N"
HINGE = "sum(max(0, 1 - l[i]*sum(X[i,d]*w[d],(d,1,D))),(i,1,N))/N"
CLASSES = ("K in integer>=1", "W in real^(D,K)", "y in real^(N,K)")
SCORE = "sum(X[i,d]*W[d,k],(d,1,D))"
SOFTMAX_REGRESSION = f"sum(log(sum(exp({SCORE}),(k,1,K))),(i,1,N))"
BCE = "-(y*log(sigmoid(s)) + (1-y)*log(1-sigmoid(s)))"

PROVED = [
    ("strictly_convex(softplus(s), s)", S),
    (f"strictly_convex({BCE}, s)", (*S, "y in [0,1]")),
    ("strictly_convex(-log(q), q)", ("q in (0,1)",)),
    ("strictly_convex(s**4, s)", S),
    ("convex(s**3, s)", ("s in [0,oo)",)),
    ("strictly_convex(xlogy(s, s), s)", ("s in [0,1]",)),
    ("strictly_concave(sqrt(s), s)", ("s in [0,oo)",)),
    ("convex(abs(s), s)", S),
    ("convex(max(0, 1-s), s)", S),
    ("strictly_convex(abs(s) + s**2, s)", S),
    ("convex(y*s, s)", (*S, "y in real")),
    ("convex(1/s, s)", ("s in (0,oo)",)),
    ("convex(logsumexp(z), z)", Z),
    ("convex(cross_entropy(y, softmax(z)), z)", (*Z, "y in onehot(K)")),
    ("concave(entropy(p), p)", P),
    ("strictly_concave(entropy(p), p)", ("K in integer>=1", "p in open_simplex(K)")),
    ("convex(kl(p, q), q)", (*P, "q in open_simplex(K)")),
    ("strictly_convex(dot(z, z) + logsumexp(z), z)", Z),
    ("convex(sum(xlogy(z[k], z[k]),(k,1,K)), z)", ("K in integer>=1", "z in [0,oo)^K")),
    ("convex(sum(abs(z[k]),(k,1,K)), z)", Z),
    (f"convex({LOGISTIC}, w)", DATA),
    (f"convex({HINGE}, w)", DATA),
    (f"strictly_convex({LOGISTIC} + c*dot(w, w), w)", (*DATA, "c in (0,oo)")),
    ("convex(logsumexp(z), z)", ("z in real^3",)),
    (f"convex({SOFTMAX_REGRESSION}, W)", (*DATA, *CLASSES)),
    (
        f"convex({SOFTMAX_REGRESSION}/N - sum(sum(y[i,k]*({SCORE}),(k,1,K)),(i,1,N)), W)",
        (*DATA, *CLASSES),
    ),
    ("convex(x*log(x/y), y)", ("x in (0,1)", "y in (0,oo)")),
]
REFUTED = [
    ("concave(softplus(s), s)", S),
    ("convex(sigmoid(s), s)", S),
    ("convex((sigmoid(s) - y)**2, s)", (*S, "y in [0,1]")),
    ("strictly_convex(y*s**4, s)", (*S, "y in [0,1]")),
    ("convex(s**3, s)", S),
    ("strictly_convex(max(0, 1-s), s)", S),
    ("convex(log(s), s)", ("s in (0,oo)",)),
    ("strictly_convex(logsumexp(z), z)", Z),
    ("strictly_convex(cross_entropy(y, softmax(z)), z)", (*Z, "y in onehot(K)")),
    ("convex(entropy(p), p)", ("K in integer>=2", "p in simplex(K)")),
    ("convex(-sum(abs(z[k]),(k,1,K)), z)", Z),
    ("convex(abs(s)*s, s)", S),
    ("convex(abs(s**2 - 1), s)", S),
    ("convex(y*abs(s), s)", (*S, "y in real")),
    ("convex(where(s > 0, 1, 0), s)", S),
    ("convex(-sqrt(s**2 + y), s)", (*S, "y in [0,1]")),
    (f"strictly_convex({SOFTMAX_REGRESSION}, W)", (*DATA, *CLASSES)),
    (f"convex(sum(log(sum(exp(-({SCORE})**2),(k,1,K))),(i,1,N)), W)", (*DATA, *CLASSES)),
]
NOT_PROVED = [
    # A weight may be negative.
    (
        "convex(sum(c[i]*log(sum(exp(sum(X[i,d]*W[d,k],(d,1,D))),(k,1,K))),(i,1,N)), W)",
        (*DATA, *CLASSES, "c in real^N"),
    ),
    # Flat along the boundary: p = (1, 0, 0), and q moves between its other entries.
    ("strictly_convex(kl(p, q), q)", (*P, "q in open_simplex(K)")),
    ("convex(1/s, s)", ("s in real", "s != 0")),  # the domain has a hole
    ("strictly_convex(sum(z[k]*z[j],(k,1,K)), z)", (*Z, "j in index(K)")),
    # A jump at the end that belongs to the domain, which no slope inside shows.
    ("convex(where(s > 0, s, -1), s)", ("s in [0,oo)",)),
    (f"strictly_convex({LOGISTIC}, w)", DATA),
]


@pytest.mark.parametrize(("claim", "let"), PROVED)
def test_proved(claim: str, let: tuple[str, ...]) -> None:
    verdict = ask(claim, *let)
    assert verdict.proved, verdict.reason
    assert verdict.hypotheses == ()


@pytest.mark.parametrize(("claim", "let"), REFUTED)
def test_refuted(claim: str, let: tuple[str, ...]) -> None:
    verdict = ask(claim, *let)
    assert verdict.refuted, verdict.reason
    assert verdict.counterexample is not None and verdict.counterexample.checked


@pytest.mark.parametrize(("claim", "let"), NOT_PROVED)
def test_not_proved(claim: str, let: tuple[str, ...]) -> None:
    assert not ask(claim, *let).proved


def test_the_counterexample_is_a_chord() -> None:
    found = ask("convex(-s**2, s)", *S).counterexample
    assert found is not None
    assert dict(found.at) == {"s": "0", "s_2": "1", "t": "1/2"}
    assert (found.left, found.right) == ("-0.25", "-0.5")


def test_a_hypothesis_about_the_variable_may_bend_the_domain() -> None:
    verdict = ask("convex(x**2, x)", "x in real", "y in real", "y == x")
    assert not verdict.proved and not verdict.refuted
