"""Inequalities as sums of what is known, with weights that are not negative."""

from collections.abc import Callable

import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st

from cesym.prover.budget import Budget
from cesym.prover.facts import Facts
from cesym.prover.inequalities.combinations import sign_by_combination
from cesym.prover.inequalities.nonnegative import nonnegative_solution
from cesym.prover.tower import Tower
from cesym.terms.context import Context
from tests.prover.asking import ask, context_of

TWO = ("a in real", "b in real")
THREE = (*TWO, "c in real")
SCORE = ("f in real", "p in (1/2,1)")
RISK = "p*max(0,1-f) + (1-p)*max(0,1+f)"
PINBALL = "max(t*(y-q),(t-1)*(y-q))"
QUANTILE = ("t in (0,1)", "y in real", "q in real")

TRUE = [
    ("abs(a-1) + abs(a-2) >= 1", TWO),
    ("abs(a-b) + abs(b-c) >= abs(a-c)", THREE),
    ("abs(a-b) + abs(b-c) + abs(c-a) >= 2*abs(a-c)", THREE),
    ("max(0,1-a) + a >= 1", TWO),
    ("max(0,1-a) + max(0,1+a) >= 2", TWO),
    ("abs(max(0,1-a) - max(0,1-b)) <= abs(a-b)", TWO),
    ("max(a,b) - min(a,b) == abs(a-b)", TWO),
    (f"{RISK} >= 2*(1-p)", SCORE),
    (f"{RISK} > 1-p", SCORE),
    (f"{PINBALL} >= 0", QUANTILE),
    (f"{PINBALL} <= abs(y-q)", QUANTILE),
    ("minvalue(abs(a-1)+abs(a-2), a) == 1", TWO),
    (f"argmin({RISK}, f) == 1", SCORE),
    (f"argmin({PINBALL}, q) == y", QUANTILE),
]
FALSE = [
    ("abs(a-1) + abs(a-2) > 1", TWO),
    ("abs(a-1) + abs(a-2) >= 1001/1000", TWO),
    ("abs(a-b) + abs(b-c) <= abs(a-c)", THREE),
    ("abs(a-b) + abs(b-c) + abs(c-a) >= 3*abs(a-c)", THREE),
    ("max(0,1-a) + a > 1", TWO),
    ("max(0,1-a) + max(0,1+a) > 2", TWO),
    ("abs(max(0,1-a) - max(0,1-b)) < abs(a-b)", TWO),
    (f"{RISK} > 2*(1-p)", SCORE),
    (f"{RISK} >= 2*p", SCORE),
    (f"{PINBALL} > 0", QUANTILE),
    (f"{PINBALL} <= abs(y-q)/2", QUANTILE),
    ("minvalue(abs(a-1)+abs(a-2), a) == 1/2", TWO),
    (f"argmin({RISK}, f) == -1", SCORE),
    (f"argmin({PINBALL}, q) == y/2", QUANTILE),
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


def test_a_minimum_at_more_than_one_point_is_no_minimiser() -> None:
    assert not ask("argmin(abs(a-1)+abs(a-2), a) == 1", *TWO).proved


class TestSigns:
    """The certificate alone, in a case that assumes signs."""

    def sign(self, term: str, *signs: tuple[str, str], let: tuple[str, ...] = THREE) -> str | None:
        from cesym.derivation.verification import read_claim

        context = context_of(*let)
        facts = Facts(context)
        for assumed, relation in signs:
            facts = facts.assume(_term(assumed, context, read_claim), relation)
        tower = Tower(facts, Budget(), 20, {})
        return sign_by_combination(tower, tower.convert(_term(term, context, read_claim)))

    def test_sums(self) -> None:
        assert self.sign("a + b", ("a", ">"), ("b", ">=")) == ">"
        assert self.sign("a + b", ("a", ">="), ("b", ">=")) == ">="
        assert self.sign("3*a - b", ("a - b", ">"), ("a", ">=")) == ">"
        assert self.sign("a - b", ("a", ">"), ("b", ">")) is None

    def test_products(self) -> None:
        assert self.sign("a*b + 1", ("a", ">"), ("b", ">")) == ">"
        assert self.sign("a*b - b", ("a - 1", ">="), ("b", ">")) == ">="
        assert self.sign("a*b", ("a", "<"), ("b", "<")) == ">"
        assert self.sign("a*b", ("a", "<"), ("b", ">")) is None

    def test_bounds(self) -> None:
        unit = ("a in [0,1]", "b in (0,1)")
        assert self.sign("2 - a - b", let=unit) == ">"
        assert self.sign("1 - a*b", let=unit) == ">"
        assert self.sign("1 - a - b", let=unit) is None

    def test_what_cannot_be_has_every_sign(self) -> None:
        assert self.sign("c", ("a - 2", ">"), ("a - 1", "<")) == ">"
        assert self.sign("c", ("a - b", ">"), ("b - c", ">="), ("c - a", ">=")) == ">"
        assert self.sign("c", ("a - b", ">="), ("b - c", ">="), ("c - a", ">=")) is None
        assert self.sign("c", ("a - 2", "!="), ("a - 2", "==")) is None

    def test_a_denominator_may_have_any_sign(self) -> None:
        assert self.sign("(a + b)/c", ("a", ">"), ("b", ">")) is None
        assert self.sign("(a + b)/c", ("a", ">"), ("b", ">"), ("c", "<")) is None
        assert self.sign("(a + b)/c", ("a", ">"), ("b", ">"), ("c", ">")) == ">"
        assert self.sign("(a + b)/c", ("-a", ">"), ("-b", ">"), ("c", "<")) == ">"


def _term(text: str, context: Context, read: Callable[..., list]) -> object:
    (claim,) = read(f"{text} == 0", context, "plain")
    return claim.left


ENTRY = st.integers(-3, 3)
SYSTEMS = st.integers(1, 4).flatmap(
    lambda rows: st.tuples(
        st.lists(st.tuples(*[ENTRY] * rows), min_size=1, max_size=6), st.tuples(*[ENTRY] * rows)
    )
)


class TestSolutions:
    @given(SYSTEMS)
    def test_a_solution_is_one(self, system: tuple) -> None:
        columns, target = system
        found = nonnegative_solution(columns, target, [False] * len(columns), Budget())
        if found is not None:
            assert all(x >= 0 for x in found)
            assert _times(columns, found) == [fmpq(t) for t in target]

    @given(SYSTEMS, st.data())
    def test_one_is_found_where_there_is_one(self, system: tuple, data: st.DataObject) -> None:
        columns, _ = system
        weights = data.draw(st.tuples(*[st.fractions(0, 3, max_denominator=3)] * len(columns)))
        wanted = [data.draw(st.booleans()) for _ in columns]
        scale = 6
        target = [
            int(sum(scale * w * c[i] for w, c in zip(weights, columns, strict=True)))
            for i in range(len(columns[0]))
        ]
        found = nonnegative_solution(columns, target, wanted, Budget())
        assert found is not None
        assert _times(columns, found) == [fmpq(t) for t in target]
        if any(w > 0 and x for w, x in zip(weights, wanted, strict=True)):
            assert any(x > 0 and w for x, w in zip(found, wanted, strict=True))


def _times(columns: list[tuple[int, ...]], found: list[fmpq]) -> list[fmpq]:
    rows = range(len(columns[0]))
    return [sum((x * c[i] for x, c in zip(found, columns, strict=True)), fmpq(0)) for i in rows]


def test_weights_are_exact() -> None:
    third = nonnegative_solution([(3, 3), (0, 1)], (1, 2), [False, False], Budget())
    assert third == [fmpq(1, 3), fmpq(1)]
