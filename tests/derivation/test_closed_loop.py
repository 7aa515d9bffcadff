"""What cesym writes, it can read: every page and every family, written as Markdown or LaTeX and
read back, is the same derivation, proved again.
"""

import pytest
from derived import LIBRARY, derived, steps

from cesym.derivation import Derivation
from cesym.derivation.checking import PageReport, check_page
from cesym.derivation.deriving import derivation_of
from cesym.derivation.families import FAMILIES
from cesym.derivation.steps import Refutation
from cesym.derivation.structure import structure
from cesym.documents import render
from cesym.messages import LANGUAGES
from cesym.reader.pages import read_page
from cesym.reader.reading import read_mathematics
from cesym.reader.tex import read_tex
from cesym.terms.claim import Claim

READERS = {"markdown": read_page, "latex": read_tex}
PAGES = [*LIBRARY, *((name, language) for name in FAMILIES for language in LANGUAGES)]


def again(derivation: Derivation, target: str) -> PageReport:
    text = render(derivation, target)
    page = READERS[target](text, f"again.{target}", derivation.language)
    return check_page(read_mathematics(page), seconds=20)


@pytest.mark.parametrize("target", READERS)
@pytest.mark.parametrize("page", PAGES, ids="-".join)
def test_what_is_written_is_proved_again_and_says_the_same_by_the_same_rules(page, target):
    derivation = derived(*page)
    report = again(derivation, target)
    assert report.problems == () and report.unread == ()
    assert [(f.place, f.error, f.verdict) for f in report.findings if not f.good] == []
    assert report.reading.page.language == derivation.language
    links = report.findings
    found = [said(f.verdict.claim, f.rule) for f in links if f.expected == "proved"]
    first = [said(s.verdict.claim, s.rule) for s in derivation.steps]
    assert found[: len(first)] == first
    assert len(found) - len(first) in (0, len(derivation.exports)), "LaTeX repeats the results"
    if target == "markdown":
        assert_same(derivation_of(report, derivation.name), derivation)
    wrong = [said(f.verdict.claim, None) for f in links if f.expected == "refuted"]
    assert wrong == [
        said(b.verdict.claim, None) for b in derivation.blocks if isinstance(b, Refutation)
    ]


def assert_same(again: Derivation, first: Derivation) -> None:
    """A page that was written as a page is the same page, to the letter."""
    assert steps(again) == steps(first)
    assert [e.name for e in again.exports] == [e.name for e in first.exports]
    assert render(again, "markdown") == render(first, "markdown")


def said(claim: Claim, rule: str | None) -> tuple[object, ...]:
    hypotheses = [(h.left, h.operator, h.right) for h in claim.context.hypotheses]
    return structure(claim.left), claim.operator, structure(claim.right), hypotheses, rule
