"""Counterexamples that a person can use: small numbers, only of what matters, looked at twice."""

import pytest

from cesym.derivation import verify
from cesym.prover import Verdict, presenting, refutation
from cesym.reader.digits import compare
from tests.prover.asking import ask

SIMPLEST = [
    ("diff(1/(1+exp(-z)), z) == 1 - 1/(1+exp(-z))", "z in real", {"z": "0"}),
    ("exp(s) == 1 + s", "s in real", {"s": "1"}),
    ("log(a**2) == 2*log(a)", "a in real", {"a": "-1"}),
    ("x/x == 1", "x in real", {"x": "0"}),
    ("y**2 == y", "y in [0,1]", {"y": "1/2"}),
    ("abs(x+y) == abs(x) + abs(y)", "x in real; y in real", {"x": "-1", "y": "1"}),
    ("tanh(x) == 1", "x in real; x > 100", {"x": "101"}),
    ("kl(p,q) == kl(q,p)", "K in integer>=2; p in open_simplex(K); q in open_simplex(K)",
     {"K": "2", "p": "[1/2, 1/2]", "q": "[2/3, 1/3]"}),
    ("entropy(p) >= log(K)", "K in integer>=2; p in simplex(K)", {"K": "2", "p": "[1, 0]"}),
    ("entropy(p) < log(K)", "K in integer>=2; p in simplex(K)", {"K": "2", "p": "[1/2, 1/2]"}),
    ("sum(w[k], (k,1,N)) == w[j]", "N in integer>=1; w in real^N; j in index(N)",
     {"N": "2", "w": "[0, 1]", "j": "1"}),
    ("sum(y[k]*z[k], (k,1,3)) == z[1]", "y in onehot(3); z in real^3",
     {"y": "[0, 0, 1]", "z": "[0, 0, 1]"}),
    ("sum(q[k]*y[k],(k,1,K)) > 0", "K in integer>=2; y in [0,1]^K; q in open_simplex(K)",
     {"K": "2", "y": "[0, 0]", "q": "[1/2, 1/2]"}),
    ("sum(y[k],(k,1,5)) < 5", "y in [0,1]^5", {"y": "[1, 1, 1, 1, 1]"}),
    ("x + y == 3", "x in real; y in real; y = 2*x", {"x": "0", "y": "0"}),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "lets", "at"), SIMPLEST, ids=[row[0] for row in SIMPLEST])
def test_the_counterexample_is_simple(claim: str, lets: str, at: dict[str, str]) -> None:
    verdict = ask(claim, *lets.split("; "))
    assert verdict.refuted
    assert verdict.counterexample is not None
    assert dict(verdict.counterexample.at) == at
    assert verdict.counterexample.checked


def test_it_is_the_same_every_time() -> None:
    claim = ("softmax(z)[j] == 1/K", "K in integer>=2", "z in real^K", "j in index(K)")
    assert ask(*claim).counterexample == ask(*claim).counterexample


def test_only_the_symbols_that_matter_are_listed() -> None:
    lets = ("x in real", "y in real", "u in real", "v in real", "N in integer>=1", "x > y", "u > v")
    found = ask("x == 1", *lets).counterexample
    assert found is not None
    assert [name for name, _ in found.at] == ["x", "y"]


def test_the_variable_of_a_minimum_has_no_value() -> None:
    found = ask("minvalue((s-a)**2, s) == a", "s in real", "a in real").counterexample
    assert found is not None
    assert dict(found.at) == {"a": "1"}


def test_a_side_that_is_exactly_zero_is_shown_as_zero() -> None:
    found = ask("log(6) - log(2) - log(3) == 1").counterexample
    assert found is not None
    assert found.left == "0"


def test_a_definition_is_looked_at_too() -> None:
    found = verify("f(x) == x", let=["x in real", r"f(x) := \exp(x)"])
    assert isinstance(found, Verdict)
    found = found.counterexample
    assert found is not None
    assert found.checked


def test_the_evaluator_overrules_a_prover_with_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    lets = ("s in real", "t in real")
    claim = "sigmoid(s) + sigmoid(-s) == 1"
    assert ask(claim, *lets).proved
    monkeypatch.setattr(refutation, "fact_holds", lambda *_: False)
    verdict = ask(claim, *lets)
    assert verdict.status == "unknown"
    assert str(verdict.reason) == (
        "at s = 0 the prover and the independent evaluator contradict each other"
    )


def test_the_evaluator_overrules_a_wrong_side_condition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refutation, "condition_holds", lambda *_: False)
    assert ask("log(x) == log(x)", "x in (0,oo)").status == "unknown"


def test_a_bug_like_that_would_be_shown_without_the_evaluator(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(refutation, "fact_holds", lambda *_: False)
    monkeypatch.setattr(presenting, "agrees", lambda *_, **__: None)
    verdict = ask("sigmoid(s) + sigmoid(-s) == 1", "s in real")
    assert verdict.refuted
    assert verdict.counterexample is not None
    assert not verdict.counterexample.checked


def test_an_array_is_looked_at_by_its_entry() -> None:
    verdict = ask("X@w == w", "X in real^(2,2)", "w in real^2")
    assert verdict.claim.written is not None
    point = {"X": [[1, 2], [3, 4]], "w": [1, 1], "i": 2}
    assert compare(*verdict.claim.written.numbers, point).order == ">"
    assert verdict.refuted
    assert verdict.counterexample is not None
    assert verdict.counterexample.checked
