"""The two verbs of this floor: `derive` a page, `check` pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from cesym.derivation.checking import PageReport, Progress, check_page
from cesym.derivation.conventions import Conventions, in_conventions
from cesym.derivation.deriving import derivation_of
from cesym.derivation.families import FAMILIES
from cesym.derivation.family_pages import family_page
from cesym.derivation.library import entries, entry, file_text, is_path, root
from cesym.derivation.losses import Formula, Links, loss_page, read_loss
from cesym.derivation.steps import Derivation
from cesym.derivation.verification import Assumptions
from cesym.errors import ReadError
from cesym.prover import DEFAULT_SECONDS
from cesym.reader.documents import READERS, read_document, read_document_mathematics
from cesym.reader.endings import LONGEST
from cesym.reader.pages import Page, read_page
from cesym.reader.reading import Reading, read_mathematics

PAGES = (".md", ".markdown")
"""Endings of the files that can be pages."""


def derive(
    name: str | Path | None = None,
    *,
    loss: Formula | None = None,
    let: Assumptions = (),
    link: Links = (),
    by: str | Iterable[str] = (),
    conventions: Conventions | None = None,
    language: str = "en",
    seconds: float = DEFAULT_SECONDS,
) -> Derivation:
    """The derivation on a page of the library, of a family, in a Markdown file, or of a `loss`.

    `name` is a name of the library (`cesym list`), of a family such as `bernoulli-logistic`, or the
    path of a page. Every line is derived by its rule where it names one, and proved, within
    `seconds` a line.

    Or `loss` is a formula, as text or from SymPy, over symbols that `let` declares; `link` says
    what some of them are made of, `by` what to differentiate by (see `cesym.derivation.losses`).
    Then SymPy looks for gradient, second derivative, signs, limits and forms for a computer, and
    what it finds is written as a page and derived like any other.

    With `conventions` the page is first written in them (other names of symbols, `\\ln` for
    `\\log`, sections for other labels, reductions and bases), and then derived
    and proved from that text.

    Raises UnknownName, ReadError for what cannot be read, DeclarationError and DomainError for a
    loss that does not fit its symbols, and for names that do not fit the page, and NotProved, with
    its place, for a line that is not proved.

    >>> derive("sigmoid").title
    'The sigmoid'
    >>> found = derive(loss="(sigmoid(s) - y)**2", let=["s in real", "y in [0,1]"], by="s")
    >>> print(found.export("gradient").result_latex)
    2 \\sigma(s) (1 - \\sigma(s)) (\\sigma(s) - y)
    >>> renamed = derive("bernoulli-logistic", conventions=Conventions({"s": "z"}))
    >>> renamed.export("gradient").result
    -y + sigmoid(z)
    """
    if (name is None) == (loss is None):
        raise ReadError("either a name or a loss is derived", remedy="give one of the two")
    if loss is None:
        assert name is not None
        page, known = _page(name, language)
    else:
        page, known = loss_as_page(loss, let=let, link=link, by=by, language=language), "loss"
    if conventions is not None:
        page = in_conventions(page, conventions)
    return derivation_of(check_page(read_mathematics(page), seconds=seconds), known)


def loss_as_page(
    loss: Formula,
    *,
    let: Assumptions = (),
    link: Links = (),
    by: str | Iterable[str] = (),
    language: str = "en",
) -> Page:
    """The page that is written for a loss, with `?` for what SymPy is to fill in."""
    text = loss_page(read_loss(loss, let=let, link=link, by=by), language)
    return read_page(text, "loss.md", language)


def check(
    names: Iterable[str | Path] = (),
    *,
    languages: Iterable[str] = ("en", "zh"),
    seconds: float = DEFAULT_SECONDS,
    inline: bool = False,
    progress: Progress | None = None,
) -> tuple[PageReport, ...]:
    """The findings on pages, good and bad: those named, or the whole library in all `languages`.

    A name of the library stands for its pages in all `languages`; a path for a page or another
    document in Markdown, TeX, or a notebook. With `inline` the relations in running text are
    checked too. `progress` is called with each finding.

    Raises UnknownName, and ReadError for a file that cannot be read at all.
    """
    return tuple(
        check_page(reading, seconds=seconds, progress=progress)
        for reading in readings(names, languages=languages, inline=inline)
    )


def readings(
    names: Iterable[str | Path] = (),
    *,
    languages: Iterable[str] = ("en", "zh"),
    inline: bool = False,
) -> Iterator[Reading]:
    """What `check` checks: all files are opened first, and each is read when its turn comes."""
    languages = tuple(languages)
    pages = [page for name in names for page in _pages(name, languages)]
    if not pages:
        pages = [
            read_page(e.text(), e.source, e.language) for lang in languages for e in entries(lang)
        ]
    return (_reading(page, inline=inline) for page in pages)


def _reading(page: Page, *, inline: bool) -> Reading:
    read = read_document_mathematics if page.document else read_mathematics
    return read(page, inline=inline)


def _pages(name: str | Path, languages: tuple[str, ...]) -> list[Page]:
    if is_path(name):
        return [_document(Path(name), languages[0])]
    if name in FAMILIES:
        return [_page(name, languages[0])[0]]
    found = [
        _page(name, language)[0]
        for language in languages
        if any(e.name == name for e in entries(language))
    ]
    return found or [_page(name, languages[0])[0]]


def _document(path: Path, language: str) -> Page:
    """A page, or a document that is not one of the library."""
    ending = path.suffix.lower()
    if ending not in READERS:
        raise _not_read(path, READERS)
    text = file_text(path, longest=LONGEST[ending])
    own = "zh" if path.name.endswith(".zh.md") else language
    if path.resolve().parent == root().resolve():
        return read_page(text, str(path), own)
    return read_document(text, str(path), ending, own)


def _page(name: str | Path, language: str) -> tuple[Page, str]:
    """A page and the name of its derivation."""
    if is_path(name):
        path = Path(name)
        if path.suffix.lower() in READERS and path.suffix.lower() not in PAGES:
            raise _not_read(path, PAGES)
        own = "zh" if path.name.endswith(".zh.md") else language
        return read_page(file_text(path), str(name), own), path.name.removesuffix(
            ".md"
        ).removesuffix(".zh")
    if name in FAMILIES:
        return read_page(family_page(FAMILIES[str(name)], language), f"{name}.md", language), str(
            name
        )
    found = entry(str(name), language)
    return read_page(found.text(), found.source, language), found.name


def _not_read(path: Path, endings: Iterable[str]) -> ReadError:
    return ReadError(
        "{path} is of a kind that is not read here",
        remedy="the files that are read end in {endings}",
        path=str(path),
        endings=", ".join(endings),
    )
