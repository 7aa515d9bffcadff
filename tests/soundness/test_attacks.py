"""Claims that were made to deceive the prover.

False ones fail only where no point is tried, so that nothing but the proof itself stands between
them and `proved`; true ones would be refuted at a point that is none.
"""

from time import process_time

import pytest

from cesym import verify
from cesym.errors import ReadError
from cesym.prover import proving, refutation
from cesym.prover.inequalities import summands
from tests.prover.asking import ask
from tests.prover.identities import PAIRS, Pair
from tests.prover.test_symbolic_sizes import FALSE as FALSE_OF_SIZES
from tests.prover.test_totals import FALSE as FALSE_OF_TOTALS

FAR = "10**60"

POLES = [
    (f"1/(sigmoid(s) - sigmoid(s+1)) + {FAR} > 0", ("s in real",)),
    (f"1/(sigmoid(s+1) - sigmoid(s)) <= {FAR}", ("s in real",)),
    (f"sum(w[k]**2, (k,1,K)) + 1/z[1] + {FAR} >= 0",
     ("K in integer>=1", "z in [-1,1]^K", "w in real^K", "z[1] != 0")),
    (f"sum(p[k]**2, (k,1,K)) + 1/z[1] + {FAR} >= 0",
     ("K in integer>=1", "z in (-1,1)^K", "p in simplex(K)", "z[1] != 0")),
    (f"where(0 > x, 1/x, 0) + {FAR} > 0", ("x in (-1,1)",)),
    (f"1/(x-y) + {FAR} > 0", ("x in [-1,1]", "y in [-1,1]", "x != y")),
    (f"1/log(x) + {FAR} > 0", ("x in (1/2,2]", "x != 1")),
]  # fmt: skip
"""Terms that jump from -oo to oo, at a point that is not in the domain."""

TINY = "exp(-exp(exp(exp(10))))"

POWERS = [
    (f"(-1)**n*{TINY} == {TINY}", ("n in integer",)),
    (f"(-2)**n*{TINY} == 2**n*{TINY}", ("n in integer>=0",)),
]
"""Powers of negative numbers, too small for any precision to tell from 0."""

TIED = [
    ("diff(x, y) == 0", ("y in real", "w in real", "x in real", "x = w", "w = y**2")),
    ("diff(x, y) == 0", ("y in real", "w in real", "x in real", "w = y**2", "x = w")),
]
"""Derivatives by what moves other symbols along, by more than one hypothesis."""

FALSE = POLES + POWERS + TIED

TRUE = [
    ("i <= K", ("K in integer>=1", "i in index(K)", "K = 2")),
    ("i <= K", ("K in integer>=0", "i in index(K)")),
    ("delta(i,1) + delta(i,2) == 1", ("K in integer>=1", "i in index(K)", "K = 2")),
    ("sum(j, (j,1,K)) >= i", ("K in integer>=1", "i in index(K)", "M in integer>=1", "K = M")),
]
"""Sizes that a hypothesis fixes only after an index was drawn, or that leave no index at all."""


@pytest.mark.parametrize(("claim", "let"), FALSE)
def test_a_false_claim_is_never_proved(claim: str, let: tuple[str, ...]) -> None:
    assert not ask(claim, *let).proved


@pytest.mark.parametrize(("claim", "let"), TRUE)
def test_a_true_claim_is_never_refuted(claim: str, let: tuple[str, ...]) -> None:
    assert not ask(claim, *let).refuted


def test_a_name_that_the_prover_would_use_can_be_declared() -> None:
    entropy = "sum(softmax(z)[k]*log(softmax(z)[k]), (k,1,K))"
    assert ask(f"{entropy} <= 0", "z in real^K", "softmax_1 in real").proved


def test_values_beyond_all_decimals_are_compared() -> None:
    assert ask("(-1)**n*exp(-exp(100)) == exp(-exp(100))", "n in integer").refuted


def test_a_polynomial_of_a_very_high_degree_is_not_factored() -> None:
    value = "-2*log(2/3) - log(1/3) - 2/3/10**9"
    claim = f"minvalue(-2*log(q[1]) - log(q[2]) - q[1]/10**9, q) == {value}"
    started = process_time()
    assert not ask(claim, "q in open_simplex(2)").proved
    assert process_time() - started < 60


def test_reading_has_its_time_too() -> None:
    """SymPy looks for the roots of what stands in an absolute value."""
    power = "x**64"
    for _ in range(3):
        power = f"({power})**64"
    with pytest.raises(ReadError, match="not read within 1 seconds"):
        verify(f"abs(1 - {power}) < 0", let="x in (0,1)", seconds=1)


def test_coefficients_beyond_those_of_c_are_no_crash() -> None:
    assert not ask("convex(x**4 - x**2/10**60, x)", "x in real").proved
    assert not ask("x**3 - x/10**60 > 0 iff x > 0", "x in real").proved
    assert ask("(softplus(x-pi)-log(2)-(x-pi)/2)*y > -y/10**60", "x in real", "y in [0,1]").refuted


@pytest.mark.parametrize("let", ["p in simplex(K)", "p in onehot(K)", "i in index(K)"])
def test_no_counterexample_has_a_size_at_which_the_domain_is_empty(let: str) -> None:
    found = ask("K == 7", "K in integer>=0", let).counterexample
    assert found is not None
    assert dict(found.at)["K"] != "0"


def test_a_vector_without_entries_is_no_crash() -> None:
    squares = "sum((x - z[k])**2, (k,1,K))"
    let = ("K in integer>=0", "x in real", "z in real^K")
    assert ask(f"strictly_convex({squares}, x)", *let).refuted


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A prover that looks at no point: nothing but its proofs keeps false claims out."""
    monkeypatch.setattr(refutation, "failure", lambda *_: None)
    for module in (proving, summands):
        monkeypatch.setattr(module, "plausible", lambda *_: True)


@pytest.mark.usefixtures("blind")
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_a_false_twin_has_no_proof(pair: Pair) -> None:
    assert ask(f"{pair.left} == {pair.true}", *pair.let).proved
    assert not ask(f"{pair.left} == {pair.false}", *pair.let).proved


@pytest.mark.usefixtures("blind")
@pytest.mark.parametrize(("claim", "let"), FALSE + FALSE_OF_SIZES + FALSE_OF_TOTALS)
def test_what_is_false_has_no_proof(claim: str, let: tuple[str, ...]) -> None:
    assert ask(claim, *let).status == "unknown"
