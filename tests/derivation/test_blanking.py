"""The blanking test: with every right side that names a rule replaced by `?`, SymPy fills all of
them in again.
"""

import re
from dataclasses import replace

import pytest
from derived import LIBRARY, derived

from cesym.derivation.checking import PageReport, check_page
from cesym.derivation.deriving import derivation_of
from cesym.derivation.families import FAMILIES
from cesym.derivation.family_pages import family_page
from cesym.derivation.phrases import rule_named
from cesym.derivation.structure import same_structure
from cesym.messages import LANGUAGES
from cesym.reader import latex
from cesym.reader.blocks import Display
from cesym.reader.pages import Page, read_page
from cesym.reader.reading import Reading, Unread, read_mathematics


def original(name: str, language: str) -> Page:
    """A page of the library, or what a family derives."""
    if name in FAMILIES:
        from cesym.documents import render

        return read_page(render(derived(name, language), "markdown"), name, language)
    from cesym.derivation.library import entry

    return read_page(entry(name, language).text(), name, language)


FEWEST = {False: 10, True: 8}
"""So many lines of a page name a rule at least; a family without a link has a short page."""

PAGES = [*LIBRARY, *((name, language) for name in FAMILIES for language in LANGUAGES)]


def blanked(reading: Reading) -> Page:
    """The page with `?` for every right side beside which a rule is named."""
    meanings = iter(reading.blocks)
    blocks = []
    for block in reading.page.blocks:
        meaning = next(meanings)
        if isinstance(block, Display) and isinstance(meaning, tuple):
            block = replace(block, latex=without_right_sides(block.latex, meaning[0].context))
        blocks.append(block)
    return replace(reading.page, blocks=tuple(blocks), text="")


def without_right_sides(text: str, context) -> str:
    parsed = latex.parse_display(text, context)
    links = [link for chain in parsed.chains for link in chain.links]
    for link in reversed(links):
        if link.reason is not None and rule_named(link.reason, place=None) is not None:
            relation = re.match(r"=|\\[a-z]+|[<>]", text[link.at.start :])[0]
            text = f"{text[: link.at.start]}{relation} ? {text[link.at.stop :]}"
    return text


def checked(page: Page) -> PageReport:
    return check_page(read_mathematics(page), seconds=20)


@pytest.mark.parametrize(("name", "language"), PAGES)
def test_sympy_fills_in_what_was_blanked(name, language):
    page = original(name, language)
    reading = read_mathematics(page)
    with_blanks = blanked(reading)
    before, after = checked(page), checked(with_blanks)
    marks = sum(b.latex.count("?") for b in with_blanks.blocks if isinstance(b, Display))
    named = sum(f.rule is not None for f in before.findings)
    assert marks == named >= FEWEST[name in FAMILIES], "something was blanked"
    assert [f.error for f in after.findings if f.error] == []
    assert not any(isinstance(block, Unread) for block in after.blocks)
    assert after.good
    assert len(before.findings) == len(after.findings)
    for written, filled in zip(before.findings, after.findings, strict=True):
        assert same_structure(written.verdict.claim.right, filled.verdict.claim.right)
        assert (written.rule, written.how) == (filled.rule, filled.how)
    assert derivation_of(after, name).steps


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("family", FAMILIES.values(), ids=lambda family: family.name)
def test_a_family_leaves_every_line_of_a_rule_to_sympy(family, language):
    page = read_page(family_page(family, language), family.name, language)
    found = checked(page)
    assert found.good
    marks = sum(b.latex.count("?") for b in page.blocks if isinstance(b, Display))
    assert marks == sum(f.how == "derived" for f in found.findings) > len(found.findings) / 2
