"""Sums to a symbolic K and N, free indices, probability vectors: what SymPy alone leaves open."""

import pytest

from tests.prover.asking import ask

Z = ("K in integer>=2", "z in real^K", "j in index(K)")
P = (*Z, "p in simplex(K)")
TWO = ("K in integer>=2", "p in simplex(K)", "q in open_simplex(K)")
OPEN = ("K in integer>=2", "p in open_simplex(K)", "q in open_simplex(K)")
SAMPLES = ("N in integer>=1", "y in {0,1}^N", "q in (0,1)^N")
REGRESSION = (
    "N in integer>=1", "M in integer>=1", "X in real^(N,M)", "w in real^M", "b in real",
    "y in [0,1]^N", "m in index(M)", "n in index(M)",
)  # fmt: skip
SOFTMAX = ("N in integer>=1", "M in integer>=1", "K in integer>=2", "X in real^(N,M)",
           "V in real^(M,K)", "T in [0,1]^(N,K)", "m in index(M)", "j in index(K)")  # fmt: skip
CE = "-sum(p[k]*log(softmax(z)[k]), (k,1,K))"
SHIFTED = ("N in integer>=1", "y in [0,1]^N", "s in real^N", "b in real", "c in real")
SCORE = "(sum(X[i,l]*w[l], (l,1,M)) + b)"
LOSS = f"sum(softplus({SCORE}) - y[i]*{SCORE}, (i,1,N))/N"
MEAN = "sum(softmax(z)[l]*v[l], (l,1,K))"
LOGIT = "sum(X[i,l]*V[l,k], (l,1,M))"

TRUE = [
    # roots and fractional powers of what is summed
    ("sum(sqrt(p[k]*q[k]),(k,1,K)) == sum(sqrt(p[j])*sqrt(q[j]),(j,1,K))", OPEN),
    (
        "sum((sqrt(p[k])-sqrt(q[k]))**2,(k,1,K)) == 2 - 2*sum(sqrt(p[k])*sqrt(q[k]),(k,1,K))",
        TWO,
    ),
    ("sum(exp(z[k]/2)**2,(k,1,K)) == sum(exp(z[k]),(k,1,K))", Z),
    ("diff(log(sum(exp(z[k]/2),(k,1,K))), z[j]) == softmax(z/2)[j]/2", Z),
    ("softmax(z/2)[j] == sqrt(softmax(z)[j])/sum(sqrt(softmax(z)[k]),(k,1,K))", Z),
    ("sum(softmax(z/3)[k],(k,1,K)) == 1", Z),
    (
        "sum(sigmoid(s[i] + b) - y[i], (i,1,N)) == sum(sigmoid(s[i] + b), (i,1,N))"
        " - sum(y[i], (i,1,N))",
        SHIFTED,
    ),
    (
        "sum((sigmoid(s[i] + b + c) - y[i])**2, (i,1,N)) == sum(sigmoid(s[i] + b + c)**2, (i,1,N))"
        " - 2*sum(y[i]*sigmoid(s[i] + b + c), (i,1,N)) + sum(y[i]**2, (i,1,N))",
        SHIFTED,
    ),
    (
        "sum(sigmoid(b - s[i])*(1 - sigmoid(b - s[i])), (i,1,N)) == sum(sigmoid(b - s[i]), (i,1,N))"
        " - sum(sigmoid(b - s[i])**2, (i,1,N))",
        SHIFTED,
    ),
    (f"diff({CE}, z[j]) == softmax(z)[j] - p[j]", P),
    (
        f"diff(diff({CE}, z[j]), z[i]) == softmax(z)[j]*(delta(i,j) - softmax(z)[i])",
        (*P, "i in index(K)"),
    ),
    (
        f"diff(diff(diff({CE}, z[j]), z[i]), z[m]) == softmax(z)[j]*((delta(j,m) - softmax(z)[m])"
        "*(delta(i,j) - softmax(z)[i]) - softmax(z)[i]*(delta(i,m) - softmax(z)[m]))",
        (*P, "i in index(K)", "m in index(K)"),
    ),
    ("sum(softmax(z)[k], (k,1,K)) == 1", Z),
    ("sum(diff(softmax(z)[k], z[j]), (k,1,K)) == 0", Z),
    (
        "diff(softmax(z)[i], z[j]) == softmax(z)[i]*(delta(i,j) - softmax(z)[j])",
        (*Z, "i in index(K)"),
    ),
    (
        "sum(sum(v[i]*v[j]*softmax(z)[i]*(delta(i,j) - softmax(z)[j]), (i,1,K)), (j,1,K))"
        f" == sum(softmax(z)[k]*(v[k] - {MEAN})**2, (k,1,K))",
        ("K in integer>=2", "z in real^K", "v in real^K"),
    ),
    ("kl(p,q) == cross_entropy(p,q) - entropy(p)", TWO),
    ("kl(p,q) == sum(p[k]*log(p[k]/q[k]), (k,1,K))", OPEN),
    ("kl(p,q) + kl(q,p) == sum((p[k]-q[k])*log(p[k]/q[k]), (k,1,K))", OPEN),
    ("sum(p[k]*(q[k]/p[k] - 1), (k,1,K)) == 0", OPEN),
    ("softmax(z + c) == softmax(z)", (*Z, "c in real")),
    ("logsumexp(z) == log(sum(exp(z[k]), (k,1,K)))", Z),
    ("logsumexp(z + c) == logsumexp(z) + c", (*Z, "c in real")),
    ("diff(logsumexp(z/T), T) == -sum(softmax(z/T)[k]*z[k], (k,1,K))/T**2", (*Z, "T in (0,oo)")),
    (f"cross_entropy(p, softmax(z)) == {CE}", (*Z, "p in onehot(K)")),
    ("entropy(y) == 0", ("K in integer>=2", "y in onehot(K)")),
    ("cross_entropy(y, q) == kl(y, q)", (*TWO, "y in onehot(K)")),
    ("entropy(softmax(z)) == logsumexp(z) - sum(softmax(z)[k]*z[k], (k,1,K))", Z),
    ("sum(p[k]**2, (k,1,K)) == 1", ("K in integer>=2", "p in onehot(K)")),
    ("-sum(delta(k,j)*log(softmax(z)[k]), (k,1,K)) == logsumexp(z) - z[j]", Z),
    (
        "-sum(((1-e)*delta(k,j) + e/K)*log(softmax(z)[k]), (k,1,K))"
        " == logsumexp(z) - (1-e)*z[j] - e/K*sum(z[k], (k,1,K))",
        (*Z, "e in [0,1]"),
    ),
    (
        "diff(-sum(((1-e)*delta(k,j) + e/K)*log(softmax(z)[k]), (k,1,K)), z[i])"
        " == softmax(z)[i] - (1-e)*delta(i,j) - e/K",
        (*Z, "i in index(K)", "e in [0,1]"),
    ),
    (
        "diff(sum((softmax(z)[k] - p[k])**2, (k,1,K))/2, z[j]) == softmax(z)[j]*((softmax(z)[j]"
        " - p[j]) - sum(softmax(z)[k]*(softmax(z)[k] - p[k]), (k,1,K)))",
        P,
    ),
    ("sum(delta(k,j)*z[k], (k,1,K)) == z[j]", Z),
    ("sum(sum(z[i]*z[j], (i,1,K)), (j,1,K)) == sum(z[k], (k,1,K))**2", Z[:2]),
    (
        "sum(sum(z[i]*v[j], (i,1,K)), (j,1,K)) == sum(sum(z[j]*v[i], (i,1,K)), (j,1,K))",
        (*Z[:2], "v in real^K"),
    ),
    ("sum(c, (k,1,K)) == K*c", ("K in integer>=1", "c in real")),
    (
        "-log(product(q[i]**y[i]*(1-q[i])**(1-y[i]), (i,1,N)))"
        " == -sum(y[i]*log(q[i]) + (1-y[i])*log(1-q[i]), (i,1,N))",
        SAMPLES,
    ),
    (f"diff({LOSS}, w[m]) == sum((sigmoid({SCORE}) - y[i])*X[i,m], (i,1,N))/N", REGRESSION),
    (f"diff({LOSS}, b) == sum(sigmoid({SCORE}) - y[i], (i,1,N))/N", REGRESSION),
    (
        f"diff(diff({LOSS}, w[m]), w[n]) == sum(sigmoid({SCORE})*(1 - sigmoid({SCORE}))"
        "*X[i,m]*X[i,n], (i,1,N))/N",
        REGRESSION,
    ),
    (
        f"diff(sum(log(sum(exp({LOGIT}), (k,1,K))) - sum(T[i,k]*{LOGIT}, (k,1,K)), (i,1,N))/N,"
        " V[m,j])"
        f" == sum((exp(sum(X[i,l]*V[l,j], (l,1,M)))/sum(exp({LOGIT}), (k,1,K)) - T[i,j])*X[i,m],"
        " (i,1,N))/N",
        SOFTMAX,
    ),
    *(
        (
            "diff(softmax(z)[i], z[j]) == -softmax(z)[i]*softmax(z)[j]",
            (*Z, "i in index(K)", apart),
        )
        for apart in ("i != j", "i < j", "i > j")
    ),
    ("delta(j,1)*z[j] == 0", (*Z, "j != 1")),
    (
        "sum(delta(k,i)*delta(k,j), (k,1,K)) == delta(j,1)",
        (*Z, "i in index(K)", "i != j", "1 < j"),
    ),
    ("p[1] + p[2] + p[3] == 1", ("p in simplex(3)",)),
    ("z[1] + z[2] + z[3] == sum(z[k], (k,1,3))", ("z in real^3",)),
]

FALSE = [
    (
        "sum((sqrt(p[k])-sqrt(q[k]))**2,(k,1,K)) == 1 - 2*sum(sqrt(p[k])*sqrt(q[k]),(k,1,K))",
        TWO,
    ),
    ("sum(exp(z[k]/2),(k,1,K)) == sum(exp(z[k]/3),(k,1,K))", Z),
    ("diff(log(sum(exp(z[k]/2),(k,1,K))), z[j]) == softmax(z/2)[j]", Z),
    ("sum(sqrt(p[k]),(k,1,K)) == 1", OPEN),
    (
        "sum(sigmoid(s[i] + b) - y[i], (i,1,N)) == sum(sigmoid(s[i] - b), (i,1,N))"
        " - sum(y[i], (i,1,N))",
        SHIFTED,
    ),
    (
        "sum((sigmoid(s[i] + b) - y[i])**2, (i,1,N)) == sum(sigmoid(s[i] + b)**2, (i,1,N))"
        " - 2*exp(b)*sum(y[i]*sigmoid(s[i] + b), (i,1,N)) + sum(y[i]**2, (i,1,N))",
        SHIFTED,
    ),
    (
        "sum(sigmoid(s[i] + b)*(1 - sigmoid(s[i] + b)), (i,1,N)) == sum(sigmoid(s[i] + b), (i,1,N))"
        " - exp(-b)*sum(sigmoid(s[i] + b)**2, (i,1,N))",
        SHIFTED,
    ),
    (
        "sum(y[i]/(1 + c*exp(s[i])) + c*y[i]*exp(s[i])/(1 + c*exp(s[i])), (i,1,N)) == 0",
        (*SHIFTED[:3], "c in [0,oo)"),
    ),
    (f"diff({CE}, z[j]) == p[j] - softmax(z)[j]", P),
    (f"diff({CE}, z[j]) == softmax(z)[j] - p[j]", (*Z, "p in [0,1]^K")),
    (
        f"diff(diff({CE}, z[j]), z[i]) == softmax(z)[j]*(1 - softmax(z)[i])",
        (*P, "i in index(K)"),
    ),
    ("kl(q,p) == cross_entropy(p,q) - entropy(p)", TWO),
    ("kl(p,q) == sum(p[k]*log(p[k]/q[k]), (k,1,K))", TWO),
    ("sum(p[k]**2, (k,1,K)) == 1", ("K in integer>=2", "p in simplex(K)")),
    ("logsumexp(z + c) == logsumexp(z) + K*c", (*Z, "c in real")),
    (
        "-log(product(q[i]**y[i]*(1-q[i])**(1-y[i]), (i,1,N)))"
        " == sum(y[i]*log(q[i]) + (1-y[i])*log(1-q[i]), (i,1,N))",
        SAMPLES,
    ),
    (f"diff({LOSS}, w[m]) == sum((sigmoid({SCORE}) - y[i])*X[i,m], (i,1,N))", REGRESSION),
    (f"diff({LOSS}, w[m]) == sum((y[i] - sigmoid({SCORE}))*X[i,m], (i,1,N))/N", REGRESSION),
    ("sum(sum(z[i]*z[j], (i,1,K)), (j,1,K)) == sum(z[k]**2, (k,1,K))", Z[:2]),
    ("delta(i,j) == 0", (*Z, "i in index(K)", "m in index(K)", "i != m")),
    ("delta(i,j) == 0", (*Z, "i in index(K)", "i <= j")),
    ("delta(i,j) == 0", (*Z, "i in index(K)", "z[i] != z[1]")),
    ("sum(delta(i,j), (i,1,K)) == 0", (*Z, "m in index(K)", "m != j")),
    ("sum(sum(delta(i,j), (i,1,K)), (j,1,K)) == 0", ("K in integer>=2", "m in index(K)", "m != 1")),
    ("p[3] == p[1]", ("p in simplex(3)",)),
    ("cross_entropy(y, q) == kl(q, y)", (*TWO, "y in onehot(K)")),
    ("entropy(y) + y[1] == 1", ("K in integer>=2", "y in onehot(K)")),
    ("y[hot_y] == 1", ("K in integer>=2", "y in onehot(K)", "hot_y in index(K)")),
    ("z[3] == z[3]", ("K in integer>=2", "z in real^K")),
]


@pytest.mark.parametrize(("claim", "let"), TRUE)
def test_true_statements_are_proved(claim: str, let: tuple[str, ...]) -> None:
    verdict = ask(claim, *let)
    assert verdict.proved, (verdict.reason, verdict.residue, verdict.counterexample)


def test_an_index_that_differs_from_itself_proves_nothing() -> None:
    assert ask("delta(i,j) == 0", *Z, "i in index(K)", "i != i").status == "unknown"


@pytest.mark.parametrize(("claim", "let"), FALSE)
def test_false_statements_are_refuted(claim: str, let: tuple[str, ...]) -> None:
    assert ask(claim, *let).refuted
