"""The logarithm of the Gamma function, up to what it is called."""

import pytest

from tests.prover.asking import ask

POSITIVE = ("y in (0,oo)",)
COUNTS = ("n in integer>=1", "k in integer>=1")
ALL = ("n in integer>=0",)
MANY = ("N in integer>=1", "x in (0,oo)^N")

TRUE = [
    ("lgamma(y+1) == log(y) + lgamma(y)", POSITIVE),
    ("lgamma(y+7/2) == log((y+5/2)*(y+3/2)) + lgamma(y+3/2)", POSITIVE),
    ("lgamma(n+1) - lgamma(n) == log(n)", COUNTS),
    ("lgamma(n+3) - lgamma(n+1) == log(n+1) + log(n+2)", ALL),
    ("lgamma(n-1) == lgamma(n+1) - log(n) - log(n-1)", ("n in integer>=2",)),
    ("lgamma(5) == log(24)", ALL),
    ("lgamma(5/2) == log(3/4) + lgamma(1/2)", ALL),
    ("sum(lgamma(n+j),(j,1,2)) == 2*lgamma(n) + 2*log(n) + log(n+1)", COUNTS),
    ("sum(lgamma(x[i]+1) - lgamma(x[i]),(i,1,N)) == sum(log(x[i]),(i,1,N))", MANY),
    ("exp(lgamma(y+1) - lgamma(y)) == y", POSITIVE),
    (
        "lgamma(n+1) - lgamma(k+1) - lgamma(n-k+1) == lgamma(n+1) - lgamma(k) - lgamma(n-k+1)"
        " - log(k)",
        (*COUNTS, "n >= k"),
    ),
]
FALSE = [
    ("lgamma(y+1) == log(y+1) + lgamma(y)", POSITIVE),
    ("lgamma(y+7/2) == log((y+7/2)*(y+3/2)) + lgamma(y+3/2)", POSITIVE),
    ("lgamma(n+1) == log(n) + lgamma(n)", ALL),  # there is no value at 0
    ("lgamma(n+3) - lgamma(n+1) == log(n+1) + log(n+3)", ALL),
    ("lgamma(n-1) == lgamma(n+1) - log(n*(n-1))", COUNTS),
    ("lgamma(5) == log(120)", ALL),
    ("sum(lgamma(n+j),(j,1,2)) == 2*lgamma(n) + 2*log(n) + log(n+2)", COUNTS),
    ("sum(lgamma(x[i]+1) - lgamma(x[i]),(i,1,N)) == 0", MANY),
    ("exp(lgamma(y+1) - lgamma(y)) == y + 1", POSITIVE),
]


@pytest.mark.parametrize(("claim", "let"), TRUE)
def test_proved(claim: str, let: tuple[str, ...]) -> None:
    verdict = ask(claim, *let)
    assert verdict.proved, (verdict.reason, verdict.residue, verdict.counterexample)


@pytest.mark.parametrize(("claim", "let"), FALSE)
def test_refuted(claim: str, let: tuple[str, ...]) -> None:
    assert ask(claim, *let).refuted


@pytest.mark.parametrize(("claim", "let"), FALSE)
def test_false_is_not_proved_without_a_point_either(
    claim: str, let: tuple[str, ...], no_point_refutes: None
) -> None:
    assert not ask(claim, *let).proved
