"""Pages that a test writes, read and decided."""

from cesym.derivation.checking import Finding, PageReport, check_page
from cesym.reader.pages import read_page
from cesym.reader.reading import Reading, read_mathematics

SECONDS = 20.0


def reading(text: str, language: str = "en") -> Reading:
    """The meaning of a page."""
    return read_mathematics(read_page(text, "page.md", language))


def report(text: str, language: str = "en") -> PageReport:
    """Everything that is found on a page."""
    return check_page(reading(text, language), seconds=SECONDS)


def only(text: str) -> Finding:
    """The one finding on a page that can be read."""
    found = report(text)
    assert not found.problems, found.problems
    assert not found.unread, found.unread
    (finding,) = found.findings
    return finding


def display(formula: str) -> str:
    """A formula as a display."""
    return f"\n\n$$\n{formula}\n$$\n\n"
