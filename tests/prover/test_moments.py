"""Inequalities between sums over one index: variances, Cauchy-Schwarz, sums of squares."""

import pytest

from tests.prover.asking import ask

V = ("K in integer>=1", "v in real^K")
P = (*V, "p in simplex(K)")
UV = (*V, "u in real^K")
SOFTMAX = "dot(v, (diag(softmax(z)) - outer(softmax(z), softmax(z))) @ v)"
MEAN, SQUARES = "sum(p[k]*v[k],(k,1,K))", "sum(p[k]*v[k]**2,(k,1,K))"

PROVED = [
    (f"{SQUARES} >= {MEAN}**2", P),
    (f"{SOFTMAX} >= 0", (*V, "z in real^K")),
    (f"{SOFTMAX} <= dot(v, v)/2", (*V, "z in real^K")),  # Boehning's bound
    ("K*sum(v[k]**2,(k,1,K)) >= sum(v[k],(k,1,K))**2", V),
    ("dot(u, v)**2 <= dot(u, u)*dot(v, v)", UV),
    ("sum(c[k]*sum(X[k,i]*v[i],(i,1,K))**2,(k,1,N)) >= 0",
     (*V, "N in integer>=1", "X in real^(N,K)", "c in [0,oo)^N")),
    ("dot(v, (X.T @ X) @ v) >= 0", (*V, "N in integer>=1", "X in real^(N,K)")),
]  # fmt: skip
FALSE = [
    (f"{SQUARES} > {MEAN}**2", P),
    (f"{SQUARES} <= {MEAN}**2", P),
    (f"{SQUARES} >= 2*{MEAN}**2", P),
    (f"{SOFTMAX} <= dot(v, v)/4", (*V, "z in real^K")),
    ("sum(v[k]**2,(k,1,K)) >= sum(v[k],(k,1,K))**2", V),
    ("dot(u, v)**2 <= dot(u, u)*dot(v, v)/2", UV),
    ("dot(u, v) <= dot(u, u)*dot(v, v)", UV),
    (f"{SQUARES} >= {MEAN}**2", (*V, "p in [0,1]^K")),
    # The weights may be negative, so nothing follows from b_k^2 = a_k c_k.
    ("sum(u[k],(k,1,K))*sum(u[k]*v[k]**2,(k,1,K)) >= sum(u[k]*v[k],(k,1,K))**2", UV),
    ("sum(c[k]*sum(X[k,i]*v[i],(i,1,K))**2,(k,1,N)) >= 0",
     (*V, "N in integer>=1", "X in real^(N,K)", "c in real^N")),
    ("sum(sum(X[k,i]*v[i],(i,1,K))*sum(X[k,i]*u[i],(i,1,K)),(k,1,N)) >= 0",
     (*UV, "N in integer>=1", "X in real^(N,K)")),
    # v_k^2 may be 0, so 1/v_k^2 is no weight.
    ("sum(v[k]**2,(k,1,K)) >= K**2", V),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "let"), PROVED)
def test_proved(claim: str, let: tuple[str, ...]) -> None:
    verdict = ask(claim, *let)
    assert verdict.proved, verdict.reason


@pytest.mark.parametrize(("claim", "let"), FALSE)
def test_false_twins_fall(claim: str, let: tuple[str, ...]) -> None:
    assert ask(claim, *let).refuted
