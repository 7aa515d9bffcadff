"""Every page of `tests/refuted` fails for its stated reason: where it says, as it says, and with
that one mistake repaired it is right.
"""

from pathlib import Path

import pytest
from written import report

from cesym.derivation.checking import PageReport
from cesym.errors import Place
from cesym.reader.pages import read_page

FOLDER = Path(__file__).parents[1] / "refuted"
PAGES = sorted(FOLDER.glob("*.md"))


def front(path: Path) -> dict[str, object]:
    return dict(read_page(path.read_text(encoding="utf-8"), path.name, "en").front)


def failures(found: PageReport) -> list[tuple[str, str, Place]]:
    """What is not as it should be: how, the message, the place."""
    bad = [(f.status, str(f.error or ""), f.place) for f in found.findings if not f.good]
    bad += [("unread", str(u.error), u.error.place) for u in found.unread]
    return bad + [("problem", str(error), error.place) for error in found.problems]


def body(text: str) -> int:
    """Where the page begins, after its front matter."""
    return text.index("\n---\n", 4)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_fails_for_its_stated_reason(path):
    text, stated = path.read_text(encoding="utf-8"), front(path)
    found = report(text)
    assert not found.good
    ((status, message, _),) = failures(found)
    assert status == stated["status"], message
    assert str(stated.get("error", "")) in message
    if status == "refuted":
        (finding,) = [f for f in found.findings if not f.good]
        shown = finding.verdict.counterexample
        strict = finding.operator in ("<", ">")
        assert shown.undefined or strict or shown.left != shown.right


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_with_the_mistake_repaired_it_is_right(path):
    text, stated = path.read_text(encoding="utf-8"), front(path)
    start = body(text)
    assert text.count(str(stated["wrong"]), start) == 1
    repaired = text[:start] + text[start:].replace(str(stated["wrong"]), str(stated["right"]))
    found = report(repaired)
    assert failures(found) == []
    assert found.good


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_place_is_that_of_the_mistake(path):
    text, stated = path.read_text(encoding="utf-8"), front(path)
    ((status, _, place),) = failures(report(text))
    if stated["because"] in LATER:
        assert status in ("refuted", "unknown")
        return
    line = text.count("\n", 0, text.index(str(stated["wrong"]), body(text))) + 1
    assert place.line == line
    assert place.text == text.split("\n")[line - 1]


LATER = {
    "prose does not assume anything",
    "undefined at negative numbers",
    "the assumptions contradict each other",
}
"""Where the mistake stands above the line that fails."""


def test_there_are_pages_of_every_kind():
    assert {front(path)["status"] for path in PAGES} >= {"refuted", "unread", "unknown", "problem"}
    assert len(PAGES) >= 20
