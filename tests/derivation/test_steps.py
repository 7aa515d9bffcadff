"""A derivation cannot hold a step that is not proved, whoever builds it."""

import copy
import dataclasses

import pytest
from declared import declared
from sympy import Integer
from written import only, report

from cesym.derivation import Derivation, ProvedChain, Step
from cesym.derivation.deriving import NotProved, derivation_of
from cesym.derivation.steps import Refutation
from cesym.prover import Verdict, decide
from cesym.prover.verdict import SEAL
from cesym.reader.elaborate import Source, claims_of
from cesym.reader.plain import parse_claim

CONTEXT = declared("x in real", "y in real")


def claim(text, context=CONTEXT):
    (found,) = claims_of(parse_claim(text, context), context, Source(text))
    return found


def verdict(text, context=CONTEXT) -> Verdict:
    return decide(claim(text, context), seconds=20)


def step(text, context=CONTEXT) -> Step:
    found = verdict(text, context)
    return Step(found.claim.left, found.claim.operator, found.claim.right, "", found)


PROVED = "(x + y)**2 == x**2 + 2*x*y + y**2"
MINTED = r"comes from cesym\.prover\.decide alone"


def undecided() -> Verdict:
    """A claim whose assumptions contradict each other is not decided."""
    from cesym.derivation.verification import context_of

    context = context_of(["x in (0,1)", "x > 2"])
    found = verdict("x == 1", context)
    assert found.status == "unknown"
    return found


def test_a_step_holds_what_its_verdict_proves():
    found = step(PROVED)
    assert found.verdict.proved


@pytest.mark.parametrize("found", [verdict("x == y"), undecided()], ids=["refuted", "unknown"])
def test_a_step_needs_a_verdict_that_proves(found):
    with pytest.raises(TypeError, match="needs a verdict that proves it"):
        Step(found.claim.left, "==", found.claim.right, "", found)


@pytest.mark.parametrize("part", ["before", "operator", "after"])
def test_a_step_needs_the_verdict_on_itself(part):
    good = step(PROVED)
    other = {"before": Integer(1), "operator": "<=", "after": Integer(1)}[part]
    with pytest.raises(TypeError, match="needs a verdict that proves it"):
        dataclasses.replace(good, **{part: other})
    with pytest.raises(TypeError, match="needs a verdict that proves it"):
        dataclasses.replace(good, verdict=verdict("x == x"))


def test_a_chain_must_link():
    first, second = step("x + x == 2*x"), step("2*x == 3*x - x")
    chain = ProvedChain(first.before, "", (first, second), CONTEXT)
    assert chain.result == second.after and chain.is_equality
    with pytest.raises(TypeError, match="follow on each other"):
        ProvedChain(second.before, "", (second, step("x*y == y*x")), CONTEXT)
    with pytest.raises(TypeError, match="follow on each other"):
        ProvedChain(Integer(7), "", (first,), CONTEXT)


def test_a_chain_is_proved_in_its_own_context():
    from cesym.derivation.verification import context_of

    assumed = context_of(["x in real", "y in real", "x = y"])
    found = step("x == y", assumed)
    assert ProvedChain(found.before, "", (found,), assumed).steps
    with pytest.raises(TypeError, match="proved in its context"):
        ProvedChain(found.before, "", (found,), CONTEXT)


def test_a_refutation_needs_a_verdict_that_refutes():
    assert Refutation("x = y", "they differ", verdict("x == y"))
    with pytest.raises(TypeError, match="needs a verdict that refutes"):
        Refutation("x = x", "they differ", verdict("x == x"))


def test_nobody_but_the_prover_mints_a_verdict():
    found = verdict(PROVED)
    with pytest.raises(TypeError, match=MINTED):
        Verdict(found.claim, "proved", found.method)
    with pytest.raises(TypeError, match=MINTED):
        Verdict(found.claim, "proved", found.method, seal=object())
    with pytest.raises(TypeError):
        Verdict(found.claim, "proved", found.method, seal=type(SEAL)())
    with pytest.raises(TypeError):
        dataclasses.replace(found, claim=claim("x == y"))
    with pytest.raises(AttributeError):
        found.status = "proved"


@pytest.mark.parametrize(
    "duplicate",
    [copy.copy, copy.deepcopy, *(lambda v, p=p: v.__reduce_ex__(p) for p in range(6))],
)
def test_a_verdict_cannot_be_copied(duplicate):
    with pytest.raises(TypeError, match="cannot be copied or stored"):
        duplicate(verdict("x == x"))


TOP = "# A page\n\nLet $x \\in \\mathbb{R}$.\n\n"
RIGHT = "$$\nx + x = 2 x\n$$\n"


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        ("$$\nx = 2 x\n$$\n", "this line is refuted"),
        ("Suppose $x > 2$ and $x < 1$.\n\n$$\nx = 1\n$$\n", "this line is unknown: the assump"),
        ("$$\nx = x + \n$$\n", "the formula ends"),
        ("$$\nx = ?\n$$\n", "needs a reason that names a rule"),
        ('<!-- cesym: refuted because="x" -->\n$$\nx = x\n$$\n', "this line is proved"),
        ("Let $q \\in [1, 0]$.\n", "empty"),
    ],
)
def test_a_page_with_one_bad_line_is_no_derivation(bad, error):
    assert derivation_of(report(TOP + RIGHT), "page").steps
    with pytest.raises(Exception, match=error) as caught:
        derivation_of(report(TOP + RIGHT + "\n" + bad + "\n" + RIGHT), "page")
    assert caught.value.place.line >= 8


def test_not_proved_says_where():
    with pytest.raises(NotProved) as caught:
        derivation_of(report(TOP + RIGHT + "\n$$\n1 = 2\n$$\n"), "page")
    assert (caught.value.place.source, caught.value.place.line) == ("page.md", 10)


def test_a_derivation_names_its_parts():
    page = f"---\ntitle: T\nexports:\n  twice: 2 x\n---\n\n{TOP}{RIGHT}"
    found = derivation_of(report(page), "page")
    assert isinstance(found, Derivation)
    assert (found.name, found.title, found.language) == ("page", "T", "en")
    assert [len(chain.steps) for chain in found.chains] == [1]
    assert found.steps == found.chains[0].steps
    assert found.export("twice").latex == "2 x"
    with pytest.raises(KeyError):
        found.export("thrice")


def test_what_holds_under_a_hypothesis_is_not_exported():
    page = (
        "---\nexports:\n  value: f(x)\n---\n\n# A page\n\nLet $x \\in \\mathbb{R}$.\n\n"
        "$$\nf(x) := |x|\n$$\n\n## Above\n\nSuppose $x > 0$.\n\n"
        "$$\nf(x) = x\n$$\n"
    )
    found = derivation_of(report(page), "page")
    assert only(page).verdict.proved
    assert str(found.export("value").result) == "Abs(x)"
    assert str(found.export("value").stable) == "Abs(x)"
