"""Every page of the library is proved, and its two languages say the same."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from derived import LIBRARY

from cesym.derivation import check, derive
from cesym.derivation.checking import PageReport
from cesym.derivation.library import LANGUAGE_SUFFIX, entries, entry, root
from cesym.derivation.structure import structure
from cesym.errors import UnknownName
from cesym.reader.pages import Heading, Paragraph
from cesym.reader.reading import ReadDefinition, Reading

NAMES = sorted({name for name, _ in LIBRARY})


@cache
def report(name: str, language: str) -> PageReport:
    (found,) = check([name], languages=[language])
    return found


@pytest.mark.parametrize(("name", "language"), LIBRARY)
def test_every_line_is_proved(name, language):
    found = report(name, language)
    assert found.reading.page.language == language
    assert found.problems == () and found.unread == ()
    assert [f for f in found.findings if f.status != f.expected] == []
    assert found.good
    assert len(found.findings) >= 10, "a page with next to no claims"


@pytest.mark.parametrize(("name", "language"), LIBRARY)
def test_most_lines_are_derived_by_sympy(name, language):
    findings = [f for f in report(name, language).findings if f.expected == "proved"]
    assert sum(f.how == "derived" for f in findings) > len(findings) / 2


@pytest.mark.parametrize(("name", "language"), LIBRARY)
def test_the_title_is_the_heading(name, language):
    page = report(name, language).reading.page
    headings = [b for b in page.blocks if isinstance(b, Heading)]
    assert (headings[0].level, headings[0].text) == (1, page.title)
    assert page.title != name


def test_every_page_has_both_languages():
    assert {e.name for e in entries("en")} == {e.name for e in entries("zh")} == set(NAMES)
    assert {"sigmoid", "binary-cross-entropy", "squared-error"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_languages_say_the_same(name):
    english, chinese = report(name, "en").reading, report(name, "zh").reading
    assert outline(english) == outline(chinese)
    assert list(statements(english)) == list(statements(chinese))
    assert english.context.hypotheses == chinese.context.hypotheses == ()
    assert domains(english) == domains(chinese)
    assert exports(english) == exports(chinese)


@pytest.mark.parametrize("name", NAMES)
def test_the_languages_take_the_same_steps(name):
    def formula(text):
        """Without the words in it: "is convex in" is said in the language of the page."""
        return re.sub(r"(\\text\{[^{}]*\}|\s)+", " ", text).strip()

    def steps(language):
        return [
            (formula(f.verdict.claim.text), f.rule, f.how, [h.text for h in f.verdict.hypotheses])
            for f in report(name, language).findings
        ]

    assert steps("en") == steps("zh")


@pytest.mark.parametrize("name", NAMES)
def test_the_chinese_page_is_chinese(name):
    page = report(name, "zh").reading.page
    prose = [b.text for b in page.blocks if isinstance(b, Heading | Paragraph)]
    bare = [
        re.sub(
            r"\$[^$]*\$|`[^`]*`|\]\([^)]*\)|sigmoid|softplus|softmax|log-sum-exp|logit|odds",
            "",
            text,
        )
        for text in prose
    ]
    assert [text for text in bare if not re.search(r"[\u4e00-\u9fff]", text)] == []
    assert [text for text in bare if re.search(r"[A-Za-z]{3}", text)] == []


@pytest.mark.parametrize(("name", "language"), LIBRARY)
def test_links_lead_to_pages_in_the_same_language(name, language):
    text = entry(name, language).text()
    for target in re.findall(r"\]\(([^)]+)\)", text):
        assert (root() / target).is_file(), target
        assert target.endswith(".zh.md") == (language == "zh"), target
        assert target.removesuffix(LANGUAGE_SUFFIX[language]) in NAMES


def outline(reading: Reading) -> list[object]:
    """The kinds of blocks in order, and how many chains each display holds."""
    return [
        len(block) if isinstance(block, tuple) else type(block).__name__
        for block in reading.blocks
        if not isinstance(block, Paragraph)
    ]


def statements(reading: Reading) -> Iterator[object]:
    """What the displays say, as parsed terms."""
    for block in reading.blocks:
        if isinstance(block, ReadDefinition):
            body = structure(block.definition.body)
            yield block.definition.name, block.definition.parameters, body
        elif isinstance(block, tuple):
            for chain in block:
                yield structure(chain.first.meaning.term)
                for link in chain.links:
                    yield link.operator, structure(link.after.meaning.term)
                yield tuple((h.left, h.operator, h.right) for h in chain.context.hypotheses)


def domains(reading: Reading) -> dict[str, object]:
    return {d.name: (d.domain, d.shape, d.constraint, d.latex) for d in reading.context}


def exports(reading: Reading) -> list[object]:
    return [(name, structure(meaning.term)) for name, meaning, _ in reading.exports]


def test_an_unknown_name_is_told_the_nearest():
    with pytest.raises(UnknownName, match="did you mean binary-cross-entropy"):
        derive("binary-crossentropy")
    with pytest.raises(UnknownName, match="cesym list"):
        derive("zzz")


def test_check_without_a_name_checks_the_whole_library(monkeypatch):
    seen = []
    monkeypatch.setattr(
        "cesym.derivation.api.check_page", lambda reading, **_: seen.append(reading.page.source)
    )
    check()
    assert sorted(seen) == sorted(entry(*page).source for page in LIBRARY)
