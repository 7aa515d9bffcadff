"""Positive semi-definite and definite matrices: symmetry, and the sign of the quadratic form."""

import pytest

from tests.prover.asking import ask

Z = ("K in integer>=1", "z in real^K")
P = ("K in integer>=1", "p in simplex(K)")
X = ("N in integer>=1", "D in integer>=1", "X in real^(N,D)")
SOFTMAX = "diag(softmax(z)) - outer(softmax(z), softmax(z))"

PROVED = [
    ("psd([[x, 1], [1, x]])", ("x in [1,2]",)),
    ("psd(outer(z, z))", Z),
    ("psd(X.T @ X)", X),
    ("psd(hessian(logsumexp(z), z))", Z),
    (f"psd({SOFTMAX})", Z),
    ("psd(diag(p) - outer(p, p))", P),
    ("psd(diag(p))", P),
    ("pd(diag(p))", ("K in integer>=1", "p in open_simplex(K)")),
    ("pd(X.T @ X + diag(exp(w)))", (*X, "w in real^D")),
    ("pd([[2, 1], [1, 2]])", ()),
    ("psd(hessian(sum(softplus(X@w) - y*(X@w)), w))", (*X, "w in real^D", "y in [0,1]^N")),
    (
        "psd(hessian(sum(log(1 + exp(-l[i]*sum(X[i,d]*w[d],(d,1,D)))),(i,1,N))/N, w))",
        (*X, "w in real^D", "l in {-1,1}^N"),
    ),
    ("psd(X.T @ diag(sigmoid(X@w)*(1 - sigmoid(X@w))) @ X)", (*X, "w in real^D")),
]
REFUTED = [
    ("psd([[x, 1], [1, x]])", ("x in [0,2]",)),
    ("psd([[x, 1], [0, x]])", ("x in [1,2]",)),
    ("pd(outer(z, z))", Z),
    ("pd(X.T @ X)", X),
    (f"pd({SOFTMAX})", Z),
    ("psd(-hessian(logsumexp(z), z))", ("K in integer>=2", "z in real^K")),
    ("psd(outer(p, p) - diag(p))", ("K in integer>=2", "p in simplex(K)")),
    ("pd(diag(p))", ("K in integer>=2", "p in simplex(K)")),
    ("psd(outer(z, w))", (*Z, "w in real^K")),
    ("psd(X.T @ diag(tanh(X@w)) @ X)", (*X, "w in real^D")),
    ("psd(hessian(sum((sigmoid(X@w) - y)**2), w))", (*X, "w in real^D", "y in [0,1]^N")),
    ("psd(X.T @ diag(c) @ X)", (*X, "c in real^N")),
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


def test_the_counterexample_is_a_vector() -> None:
    found = ask("psd([[0, 1], [1, 0]])").counterexample
    assert found is not None
    assert dict(found.at)["v"] == "[1, -1]"
    assert (found.left, found.right) == ("-2", "0")
