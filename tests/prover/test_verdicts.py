"""What is decided, and what must not be: signs, kinks, ends of domains, hypotheses."""

import copy
import dataclasses
import pickle  # noqa: TID251  (that it cannot be pickled)

import pytest

from cesym.prover import Verdict
from cesym.prover.verdict import SideCondition
from tests.prover.asking import ask

LOSS = "-(y*log(sigmoid(s)) + (1-y)*log(1-sigmoid(s)))"

PROVED = [
    ("exp(3) < 200856/10000",),
    ("log(3)*exp(1/2) > log(2)*exp(log(3)/2)",),
    (f"diff({LOSS}, s) == sigmoid(s) - y", "y in [0,1]", "s in real"),
    ("x == y", "x in real", "y in real", "x = y"),
    ("diff(x**2, x) == 2*y", "x in real", "y in real", "x = y"),
    ("log(a**2) == 2*log(a)", "a in (0,oo)"),
    ("diff(abs(x), x)**2 == 1", "x in (0,oo)"),
    ("x/x == 1", "x in (0,oo)"),
    ("abs(x)*abs(y) == abs(x*y)", "x in real", "y in real"),
    ("sign(x)*abs(x) == x", "x in real"),
    ("sign(x)**2 == 1", "x in (0,oo)"),
    ("sign(x)**3 == sign(x)", "x in real"),
    ("sqrt(x**2) == abs(x)", "x in real"),
    ("max(x,y) + min(x,y) == x + y", "x in real", "y in real"),
    ("max(x,y,0) == max(max(0,y), x)", "x in real", "y in real"),
    ("max(s,0) - s*y + log(1+exp(-abs(s))) == softplus(s) - s*y", "y in [0,1]", "s in real"),
    ("where(s >= 0, s, -s) == abs(s)", "s in real"),
    ("where(s > 0, 1, where(s < 0, -1, 0)) == sign(s)", "s in real"),
    ("y**2 == y", "y in {0,1}"),
    ("y**2 == 1", "y in {-1,1}"),
    ("softplus(-y*s) == log(1 + exp(-y*s))", "y in {-1,1}", "s in real"),
    ("p**q*p**(1-q) == p", "p in (0,1)", "q in [0,1]"),
    ("xlogy(p,p) == p*log(p)", "p in (0,1]"),
    ("xlogy(p,p/q) == xlogy(p,p) - p*log(q)", "p in [0,1]", "q in (0,1)"),
    ("sqrt(2)*sqrt(3) == sqrt(6)",),
    ("1/(1+sqrt(2)) == sqrt(2) - 1",),
    ("log(6) - log(2) == log(3)",),
    ("exp(1)**2*exp(s-2) == exp(s)", "s in real"),
    ("sigmoid(s)*(1-sigmoid(s)) <= 1/4", "s in real"),
    ("-log(q) > 0", "q in (0,1)"),
    ("-(y*log(q)+(1-y)*log(1-q)) >= 0", "q in (0,1)", "y in [0,1]"),
    ("y*softplus(-s)+(1-y)*softplus(s) >= 0", "s in real", "y in [0,1]"),
    ("sigmoid(s) < 1", "s in real"),
    ("x >= 2", "x in real", "x > 3"),
    ("q*(1-q) > 0", "q in (0,1)"),
    ("diff(-log(q), q) == -1/sigmoid(s)", "s in real", "q in (0,1)", "q = sigmoid(s)"),
]  # fmt: skip

REFUTED = [
    ("exp(3) < 200855/10000",),
    ("log(2) + log(3) > log(6)",),
    (f"diff({LOSS}, s) == y - sigmoid(s)", "y in [0,1]", "s in real"),
    ("sign(x)**2 == 1", "x in real"),
    ("log(a**2) == 2*log(a)", "a in real"),
    ("diff(abs(x), x)**2 == 1", "x in real"),
    ("x/x == 1", "x in real"),
    ("1/x*x == 1", "x in [0,1]"),
    ("(x**2 - 1)/(x - 1) == x + 1", "x in real"),
    ("sqrt(x)**2 == x", "x in real"),
    ("abs(x+y) == abs(x) + abs(y)", "x in real", "y in real"),
    ("y**2 == y", "y in [0,1]"),
    ("xlogy(p,p) == p*log(p)", "p in [0,1]"),
    ("exp(-40) + 1 == 1",),
    ("x == 1", "x in real", "x > 2"),
    ("sigmoid(s) >= 1/2", "s in real"),
    ("q*(1-q) > 0", "q in [0,1]"),
    ("diff(sqrt(x), x) == 1/(2*sqrt(x))", "x in [0,oo)"),
    ("diff(x**2, x) == 2*y", "x in real", "y in real"),
    ("exp(s) == 1 + s", "s in real"),
]

UNKNOWN = [
    ("x == 1", "x > 2", "x in (0,1)"),
    ("x == y", "x in {0,1}", "y in {0,1}", "x + y = 3"),
    ("diff(log(q), s) == 0", "s in real", "q in (0,1)", "q = sigmoid(s)"),
    ("sum(1/(w[k]*(w[k]+1)), (k,1,K)) == sum(1/w[k], (k,1,K)) - sum(1/(w[k]+1), (k,1,K))",
     "K in integer>=1", "w in (0,oo)^K"),
]  # fmt: skip


@pytest.mark.parametrize("row", PROVED, ids=lambda row: row[0])
def test_proved(row: tuple[str, ...]) -> None:
    verdict = ask(*row)
    assert verdict.proved, (verdict.reason, verdict.residue, verdict.counterexample)
    assert all(condition.discharged for condition in verdict.side_conditions)


@pytest.mark.parametrize("row", REFUTED, ids=lambda row: row[0])
def test_refuted(row: tuple[str, ...]) -> None:
    verdict = ask(*row)
    assert verdict.refuted, (verdict.status, verdict.reason, verdict.residue)
    found = verdict.counterexample
    assert found is not None
    assert (
        found.undefined is not None or found.left != found.right or "<" in row[0] or ">" in row[0]
    )


@pytest.mark.parametrize("row", UNKNOWN, ids=lambda row: row[0])
def test_unknown(row: tuple[str, ...]) -> None:
    verdict = ask(*row)
    assert verdict.status == "unknown"
    assert verdict.reason is not None


def test_a_square_of_the_sign_is_refuted_at_zero() -> None:
    found = ask("sign(x)**2 == 1", "x in real").counterexample
    assert found is not None
    assert found.at == (("x", "0"),)


def test_an_undefined_side_is_named() -> None:
    found = ask("log(a**2) == 2*log(a)", "a in real").counterexample
    assert found is not None
    assert found.undefined == "a > 0" or found.undefined == "a**2 > 0"


def test_contradictory_assumptions_prove_nothing() -> None:
    verdict = ask("x == 1", "x > 2", "x in (0,1)")
    assert "satisfiable" in str(verdict.reason)


def test_a_tied_derivative_names_both_readings() -> None:
    verdict = ask("diff(log(q), s) == 0", "s in real", "q in (0,1)", "q = sigmoid(s)")
    assert "does q move with s" in str(verdict.reason)


def test_the_hypotheses_used_are_named() -> None:
    verdict = ask("x == y", "x in real", "y in real", "u in real", "x = y", "u > 0")
    assert [h.text for h in verdict.hypotheses] == ["x = y"]


def test_a_budget_of_nothing_is_unknown() -> None:
    from cesym.prover import decide

    verdict = ask(f"diff({LOSS}, s) == sigmoid(s) - y", "y in [0,1]", "s in real")
    assert decide(verdict.claim, seconds=0).status == "unknown"


def test_a_maximum_of_what_is_not_real_is_unknown() -> None:
    verdict = ask("max(log(sigmoid(-1) - 1), 1) == 1")
    assert verdict.status == "unknown"
    assert "not comparable" in str(verdict.reason)


def test_a_verdict_cannot_be_made_by_hand() -> None:
    verdict = ask("x == x + 1", "x in real")
    with pytest.raises(TypeError):
        Verdict(verdict.claim, "proved", verdict.method)
    with pytest.raises(TypeError):
        dataclasses.replace(verdict, status="proved")
    with pytest.raises(TypeError):
        copy.copy(verdict)
    with pytest.raises(TypeError):
        pickle.dumps(verdict)
    with pytest.raises(dataclasses.FrozenInstanceError):
        verdict.status = "proved"  # type: ignore[misc]


def test_a_proved_verdict_has_no_open_condition() -> None:
    from cesym.prover.verdict import SEAL

    verdict = ask("x == x", "x in real")
    with pytest.raises(TypeError):
        Verdict(
            verdict.claim,
            "proved",
            verdict.method,
            side_conditions=(SideCondition("x > 0", "", discharged=False),),
            seal=SEAL,
        )


def test_sides_that_look_alike_show_their_difference() -> None:
    found = ask("sigmoid(s) == 1", "s in [800,oo)").counterexample
    assert found is not None
    assert found.left == "1.00000000000000"
    assert found.difference is not None
    assert found.difference.startswith("-")


def test_a_bound_far_out_can_be_met() -> None:
    assert ask("tanh(x) == 1", "x in real", "x > 100").refuted


def test_a_huge_power_is_unknown_and_quick() -> None:
    names = [f"x{n}" for n in range(12)]
    total = "+".join(names)
    verdict = ask(f"({total})**40 == ({total})**39*({total})*sigmoid(x0)*(1+exp(-x0))",
                  *(f"{name} in real" for name in names))  # fmt: skip
    assert verdict.status == "unknown" or verdict.proved
    assert verdict.seconds < 5


def test_a_claim_stays_proved_under_renaming() -> None:
    for old, new in (("s", "a"), ("s", "zeta"), ("s", "B1")):
        claim = f"diff({LOSS}, s) == sigmoid(s) - y".replace(f"({old})", f"({new})")
        claim = claim.replace(", s)", f", {new})")
        assert ask(claim, "y in [0,1]", f"{new} in real").proved
