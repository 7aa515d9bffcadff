import pytest

from tests.prover.asking import ask
from tests.prover.identities import PAIRS, Pair


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_the_true_one_is_proved(pair: Pair) -> None:
    verdict = ask(f"{pair.left} == {pair.true}", *pair.let)
    assert verdict.proved, (verdict.reason, verdict.residue, verdict.counterexample)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_the_false_twin_is_refuted(pair: Pair) -> None:
    verdict = ask(f"{pair.left} == {pair.false}", *pair.let)
    assert verdict.refuted
    assert verdict.counterexample is not None


def test_there_are_thirty_eight_pairs() -> None:
    assert len(PAIRS) == 38
