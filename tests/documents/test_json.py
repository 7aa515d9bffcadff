"""A derivation as data."""

import json

import pytest
from derived import LIBRARY, derived, oddities

import cesym
from cesym.documents import render


def loaded(derivation):
    return json.loads(render(derivation, "json"))


@pytest.mark.parametrize("page", LIBRARY, ids="-".join)
def test_everything_is_there(page):
    derivation = derived(*page)
    data = loaded(derivation)
    assert (data["name"], data["language"]) == page
    assert data["cesym"] == cesym.__version__
    steps = [
        s for b in data["blocks"] if b["kind"] == "display" for c in b["chains"] for s in c["steps"]
    ]
    assert [s["number"] for s in steps] == list(range(1, len(derivation.steps) + 1))
    assert {s["verdict"]["status"] for s in steps} <= {"proved"}
    assert (
        data["steps"]["proved"] == data["steps"]["derived"] + data["steps"]["checked"] == len(steps)
    )
    assert all(c["discharged"] for s in steps for c in s["verdict"]["side_conditions"])


def test_the_keys_are_stable():
    data = loaded(derived("binary-cross-entropy"))
    assert " ".join(data) == (
        "format cesym name title language steps declarations definitions blocks exports"
    )
    display = next(b for b in data["blocks"] if b["kind"] == "display")
    assert list(display["chains"][0]) == ["start", "steps", "result"]
    step = display["chains"][0]["steps"][0]
    assert list(step) == [
        "number",
        "before",
        "operator",
        "after",
        "reason",
        "rule",
        "how",
        "verdict",
    ]
    assert step["before"] == {"plain": "P(1)", "latex": "P(1)"}
    assert list(step["verdict"]) == ["status", "method", "trace", "side_conditions", "hypotheses"]


def test_formulas_in_both_notations():
    data = loaded(derived("binary-cross-entropy"))
    gradient = next(e for e in data["exports"] if e["name"] == "gradient")
    assert gradient["term"] == {
        "plain": "diff(J(y, s), s)",
        "latex": r"\frac{\partial J}{\partial s}",
    }
    assert "y in [0, 1]" in data["declarations"]


def test_the_same_page_gives_the_same_file():
    assert render(derived("sigmoid"), "json") == render(derived("sigmoid"), "json", language="zh")


def test_refutations_and_hypotheses():
    data = loaded(oddities())
    refuted = next(b for b in data["blocks"] if b["kind"] == "refutation")
    assert refuted["because"] == "a sign is lost"
    assert refuted["verdict"]["counterexample"]["at"]
    given = [
        s["verdict"]["hypotheses"]
        for b in data["blocks"]
        if b["kind"] == "display"
        for s in b["chains"][0]["steps"]
    ]
    assert given[-1][0]["text"] == "y = 1"
