"""Inequalities with a sum inside a logarithm, a square or a square root."""

import pytest

from tests.prover.asking import ask

SIZE = ("K in integer>=2",)
CLOSED = (*SIZE, "p in simplex(K)", "q in open_simplex(K)")
OPEN = (*SIZE, "p in open_simplex(K)", "q in open_simplex(K)")
SOME = ("N in integer>=1", "a in (0,oo)^N", "b in (0,oo)^N")
LOGITS = (*SIZE, "z in real^K", "p in simplex(K)")
MEAN = (*SIZE, "p in simplex(K)", "x in (0,oo)^K")
DISTANCE = "sum(abs(p[k]-q[k]),(k,1,K))"
ROOTS = "(sqrt(p[k])-sqrt(q[k]))**2"
FALLING = "-(1-q)**g*log(q) {} -(1-q)**h*log(q)"
POWERS = ("q in (0,1)", "g in [0,oo)", "h in [0,oo)")
LARGEST = "max(z[1],z[2],z[3])"
LSE = "log(sum(exp(z[k]),(k,1,K)))"

TRUE = [
    # Jensen
    ("log(sum(p[k]*x[k],(k,1,K))) >= sum(p[k]*log(x[k]),(k,1,K))", MEAN),
    ("-log(sum(p[k]*q[k],(k,1,K))) <= cross_entropy(p,q)", CLOSED),
    ("entropy(p) >= -log(sum(p[k]**2,(k,1,K)))", CLOSED),
    ("kl(p,q) <= log(sum(p[k]**2/q[k],(k,1,K)))", OPEN),
    (f"{LSE} >= sum(z[k],(k,1,K))/K + log(K)", LOGITS),
    (f"{LSE} >= sum(p[k]*z[k],(k,1,K)) + entropy(p)", LOGITS),
    ("log(sum(a[k],(k,1,N))/N) >= sum(log(a[k]),(k,1,N))/N", SOME),
    # log-sum
    (
        "sum(a[k]*log(a[k]/b[k]),(k,1,N))"
        " >= sum(a[k],(k,1,N))*log(sum(a[k],(k,1,N))/sum(b[k],(k,1,N)))",
        SOME,
    ),
    # Pinsker
    (f"kl(p,q) >= {DISTANCE}**2/2", CLOSED),
    (f"{DISTANCE}/2 <= sqrt(kl(p,q)/2)", CLOSED),
    # by the exponential, by the square
    ("-log(sum(p[k]**2,(k,1,K))) <= log(K)", CLOSED),
    ("sum(p[k]*abs(x[k]),(k,1,K)) <= sqrt(sum(p[k]*x[k]**2,(k,1,K)))", MEAN),
    ("sqrt(p*(1-p)) <= 1/2", ("p in [0,1]",)),
    ("abs(a+b) <= sqrt(2*(a**2+b**2))", ("a in real", "b in real")),
    # by square roots as variables: Hellinger, Bhattacharyya
    ("sum(sqrt(p[k]*q[k]),(k,1,K)) <= 1", CLOSED),
    (f"kl(p,q) >= sum({ROOTS},(k,1,K))", CLOSED),
    ("-log(sum(sqrt(p[k]*q[k]),(k,1,K))) <= kl(p,q)/2", OPEN),
    (f"sum({ROOTS},(k,1,K)) <= 2", CLOSED),
    # by logarithms
    ("exp(-kl(p,q)) <= 1", CLOSED),
    ("exp(entropy(p)) <= K", CLOSED),
    (FALLING.format("<="), (*POWERS, "g >= h")),
    (FALLING.format("<"), (*POWERS, "g > h")),
    # the size as a sum of ones
    ("sum(y[i],(i,1,N)) <= N", ("N in integer>=1", "y in [0,1]^N")),
    ("sum(y[i],(i,1,N)) < N", ("N in integer>=1", "y in [0,1)^N")),
    ("sum(y[i]**2,(i,1,N)) - 2*sum(y[i],(i,1,N)) + N >= 0", ("N in integer>=0", "y in real^N")),
    # weights that are probabilities
    ("sum(p[k]*q[k],(k,1,K)) > 0", CLOSED),
    ("sum(p[k]**2,(k,1,K)) > 0", CLOSED),
    # differences
    ("abs(sigmoid(a)-sigmoid(b)) <= abs(a-b)/4", ("a in real", "b in real")),
    ("abs(softplus(a)-softplus(b)) <= abs(a-b)", ("a in real", "b in real")),
    (f"log(exp(z[1])+exp(z[2])+exp(z[3])) <= {LARGEST} + log(3)", ("z in real^3",)),
]
FALSE = [
    ("log(sum(p[k]*x[k],(k,1,K))) <= sum(p[k]*log(x[k]),(k,1,K))", MEAN),
    ("log(sum(p[k]*x[k],(k,1,K))) > sum(p[k]*log(x[k]),(k,1,K))", MEAN),
    (
        "log(sum(p[k]*x[k],(k,1,K))) >= sum(p[k]*log(x[k]),(k,1,K))",
        (*SIZE, "p in (0,1)^K", "x in (0,oo)^K"),
    ),
    ("kl(p,q) <= log(sum(p[k]**2/q[k],(k,1,K)))/2", OPEN),
    (f"{LSE} >= sum(z[k],(k,1,K))/K + log(K) + 1/1000", LOGITS),
    (f"{LSE} >= sum(p[k]*z[k],(k,1,K)) + 2*entropy(p)", LOGITS),
    ("log(sum(a[k],(k,1,N))/N) <= sum(log(a[k]),(k,1,N))/N", SOME),
    (
        "sum(a[k]*log(a[k]/b[k]),(k,1,N))"
        " <= sum(a[k],(k,1,N))*log(sum(a[k],(k,1,N))/sum(b[k],(k,1,N)))",
        SOME,
    ),
    (f"kl(p,q) >= {DISTANCE}**2*51/100", CLOSED),
    (f"kl(p,q) >= {DISTANCE}**2", CLOSED),
    (f"{DISTANCE}/2 <= sqrt(kl(p,q)/3)", CLOSED),
    ("-log(sum(p[k]**2,(k,1,K))) >= log(K)", CLOSED),
    ("sum(sqrt(p[k]*q[k]),(k,1,K)) >= 1", CLOSED),
    ("sum(sqrt(p[k]*q[k]),(k,1,K)) < 1", CLOSED),
    (f"kl(p,q) >= 3*sum({ROOTS},(k,1,K))", CLOSED),
    ("-log(sum(sqrt(p[k]*q[k]),(k,1,K))) >= kl(p,q)/2", OPEN),
    ("exp(entropy(p)) < K", CLOSED),
    (FALLING.format(">="), (*POWERS, "g >= h")),
    (FALLING.format("<"), (*POWERS, "g >= h")),
    ("sum(y[i],(i,1,N)) < N", ("N in integer>=1", "y in [0,1]^N")),
    ("sum(y[i],(i,1,N)) < N", ("N in integer>=0", "y in (0,1)^N")),
    ("sum(y[i]**2,(i,1,N)) - 2*sum(y[i],(i,1,N)) + N > 0", ("N in integer>=1", "y in real^N")),
    ("x < sqrt(x**2)", ("x in real",)),
    ("-sqrt(x**2) >= x", ("x in real",)),
    ("sqrt(x) >= x", ("x in [0,oo)",)),
    ("-1 <= -sqrt(x**2 + 1)", ("x in real",)),
    ("sum(p[k]*q[k],(k,1,K)) > 0", (*SIZE, "p in simplex(K)", "q in simplex(K)")),
    ("sum(p[k]*x[k],(k,1,K)) > 0", (*SIZE, "p in simplex(K)", "x in real^K")),
    ("abs(sigmoid(a)-sigmoid(b)) <= abs(a-b)/5", ("a in real", "b in real")),
    ("abs(softplus(a)-softplus(b)) < abs(a-b)", ("a in real", "b in real")),
    (f"log(exp(z[1])+exp(z[2])+exp(z[3])) <= {LARGEST} + log(2)", ("z in real^3",)),
]


@pytest.mark.parametrize(("claim", "let"), TRUE)
def test_proved(claim: str, let: tuple[str, ...]) -> None:
    verdict = ask(claim, *let)
    assert verdict.proved, (verdict.reason, verdict.residue, verdict.counterexample)


@pytest.mark.parametrize(("claim", "let"), FALSE)
def test_refuted(claim: str, let: tuple[str, ...]) -> None:
    assert ask(claim, *let).refuted


def test_the_method_is_told_without_names_of_its_own() -> None:
    verdict = ask(f"kl(p,q) >= {DISTANCE}**2/2", *CLOSED)
    assert str(verdict.method) == "every summand, with numbers in place of the sums inside"
