"""The likely mistake in equivalences, convexity and definiteness, and what is true instead."""

import pytest

from cesym.prover.diagnosis import diagnose
from tests.prover.asking import ask

S, X = ("s in real",), ("x in real",)
Z = ("K in integer>=1", "z in real^K")

WRONG = [
    ("strictly_convex(logsumexp(z), z)", Z, "strictness", "convex(logsumexp(z), z)"),
    ("strictly_concave(-abs(s), s)", S, "strictness", "concave(-abs(s), s)"),
    ("convex(log(x), x)", ("x in (0,oo)",), "direction", "concave(log(x), x)"),
    ("strictly_concave(s**2, s)", S, "direction", "strictly_convex(s**2, s)"),
    ("pd(outer(z, z))", Z, "strictness", "psd(outer(z, z))"),
    ("psd(-outer(z, z))", Z, "sign", "psd(outer(z, z))"),
    ("sigmoid(s) > 1/2 iff s >= 0", S, "strictness", "sigmoid(s) > 1/2 iff s > 0"),
    ("sigmoid(s) >= 1/2 iff s <= 0", S, "direction", "sigmoid(s) >= 1/2 iff s >= 0"),
    ("x**2 > 0 iff x > 0", X, "one way", "x**2 > 0"),
    ("x**2 == 1 iff x == 1", X, "one way", "x**2 == 1"),
]
NO_IDEA = [
    ("convex(s**3, s)", S),
    ("x > 0 iff s > 0", (*X, *S)),
    ("psd(outer(z, w))", (*Z, "w in real^K")),
]


@pytest.mark.parametrize(("claim", "let", "name", "instead"), WRONG)
def test_the_mistake_is_named(claim: str, let: tuple[str, ...], name: str, instead: str) -> None:
    mistake = diagnose(ask(claim, *let), seconds=8)
    assert mistake is not None
    assert (mistake.name, mistake.repaired) == (name, instead)
    assert all(proof.proved for proof in mistake.proofs)


@pytest.mark.parametrize(("claim", "let"), NO_IDEA)
def test_none_is_named_where_no_repair_is_proved(claim: str, let: tuple[str, ...]) -> None:
    verdict = ask(claim, *let)
    assert verdict.refuted
    assert diagnose(verdict) is None
