"""`cesym.verify`: text, LaTeX and SymPy, with assumptions in several shapes."""

from types import SimpleNamespace

import pytest
from sympy import Eq, Float, Ge, Gt, Le, Lt, Ne, Symbol, exp, log, sqrt, symbols

import cesym
from cesym.derivation import Verdicts, verify
from cesym.derivation.verification import context_of
from cesym.errors import CesymError, DeclarationError, ReadError
from cesym.prover import Verdict

x, y = symbols("x y")


def test_one_relation_has_one_verdict():
    verdict = cesym.verify("log(exp(x)) == x", let=["x in real"])
    assert isinstance(verdict, Verdict)
    assert verdict.proved


@pytest.mark.parametrize(
    ("claim", "status", "links"),
    [
        ("0 < x < 2", "refuted", ["proved", "refuted"]),
        ("2 < x < 0", "refuted", ["refuted", "refuted"]),
        ("0 < x < x + 1 == 1 + x", "proved", ["proved", "proved", "proved"]),
    ],
)
def test_a_chain_has_a_verdict_for_each_link(claim, status, links):
    found = verify(claim, let="x in (0,oo)")
    assert isinstance(found, Verdicts)
    assert [verdict.status for verdict in found] == links
    assert found.status == status
    assert (found.proved, found.refuted) == (status == "proved", status == "refuted")
    assert len(found) == len(links)


@pytest.mark.parametrize(
    ("links", "status"),
    [
        (["proved", "proved"], "proved"),
        (["proved", "unknown"], "unknown"),
        (["unknown", "refuted", "proved"], "refuted"),
    ],
)
def test_a_chain_is_as_bad_as_its_worst_link(links, status):
    assert Verdicts(tuple(SimpleNamespace(status=link) for link in links)).status == status


def test_a_chain_is_unknown_when_a_link_is():
    found = verify("x == x == 1", let=["x > 2", "x in (0,1)"])
    assert found.status == "unknown"


@pytest.mark.parametrize(
    ("claim", "let", "status"),
    [
        (Eq(log(x * y), log(x) + log(y)), "x, y in (0,oo)", "proved"),
        (Eq(sqrt(x**2), x, evaluate=False), "x in real", "refuted"),
        (Le(0, x), "x in [0,1]", "proved"),
        (Lt(0, x), "x in [0,1]", "refuted"),
        (Ge(exp(x), 0, evaluate=False), "x in real", "proved"),
        (Gt(x, 1), "x in real", "refuted"),
    ],
)
def test_sympy_relations_are_matched_by_name(claim, let, status):
    assert verify(claim, let=let).status == status


def test_assumptions_of_a_sympy_symbol_do_not_count():
    positive = Symbol("x", positive=True)
    claim = Eq(log(positive**2), 2 * log(positive), evaluate=False)
    assert not verify(claim, let="x in real").proved


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (Eq(x, x), "SymPy has already made True of this relation"),
        (Ne(x, y), "is not a claim"),
        (x + y, "is not a claim"),
        (Eq(x, Float(0.5)), "SymPy Float"),
    ],
)
def test_other_sympy_objects_are_refused(claim, words):
    with pytest.raises(ReadError, match=words):
        verify(claim, let="x, y in real")


def test_a_backslash_means_latex():
    assert verify(r"\sqrt{x^2} = x", let="x in [0,oo)").proved
    assert verify("x^2 = x x", let="x in real", notation="latex").proved
    with pytest.raises(ReadError):
        verify("x^2 = x x", let="x in real")
    with pytest.raises(ReadError):
        verify(r"\sqrt{x^2} = x", let="x in real", notation="plain")


def test_the_rows_of_an_environment_are_one_chain():
    rows = r"\begin{aligned} (x+1)^2 &= x^2+2x+1 && \text{expand} \\ &= x(x+2)+1 \end{aligned}"
    found = verify(rows, let="x in real")
    assert isinstance(found, Verdicts)
    assert (len(found), found.status) == (2, "proved")


def test_a_definition_is_no_claim():
    with pytest.raises(ReadError, match="this is a definition, not a claim"):
        verify(r"f(x) := x^2 \cdot \pi", let="x in real")


@pytest.mark.parametrize(
    "let",
    [
        ["x in real", "y in real", "x = y"],
        ("x, y in real", "x == y"),
        {"x": "real", "y": "real", "where": "x = y"},
        {"x": "real", "y": "real", "where": ["x = y"]},
        [r"x \in \mathbb{R}", r"y \in \mathbb{R}", "x = y"],
    ],
)
def test_assumptions_may_have_several_shapes(let):
    assert verify("x == y", let=let).proved


def test_one_text_is_one_assumption():
    assert list(context_of("x in real").declarations) == ["x"]


def test_a_definition_may_be_assumed():
    assert verify(r"f(x) = \log e^{x}", let=["x in real", r"f(x) := x \cdot 1"]).proved


def test_a_size_may_be_declared_after_the_vector():
    context = context_of(["z in real^K", "K in integer>=2"])
    assert repr(context.declarations["K"]) == "K in integers >= 2"


@pytest.mark.parametrize(
    ("let", "kind"),
    [
        (["x in real", "x in (0,1)", "K in integer>=1", "z in real^x"], CesymError),
        (["x = 1 = q"], CesymError),
        ([r"\text{hello}"], DeclarationError),
    ],
)
def test_an_assumption_that_cannot_be_taken_has_a_place(let, kind):
    with pytest.raises(kind) as caught:
        verify("1 == 1", let=let)
    assert caught.value.place is not None
    assert caught.value.place.source == "<let>"


def test_contradictory_assumptions_prove_nothing():
    verdict = verify("x == 1", let=["x > 2", "x in (0,1)"])
    assert verdict.status == "unknown"
