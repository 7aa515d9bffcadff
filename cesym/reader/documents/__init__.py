"""Other people's documents: the mathematics of a paper, of notes, of a notebook.

Their words are not held against them. What matters is that each formula is found with its place,
and that nothing which states something is passed over without being counted as not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from cesym.errors import ReadError
from cesym.reader.documents.markdown import read_notes
from cesym.reader.documents.notebook import cell_of, read_notebook
from cesym.reader.documents.reading import read_document_mathematics
from cesym.reader.documents.tex import read_paper
from cesym.reader.endings import LONGEST
from cesym.reader.pages import Page, read_page
from cesym.reader.tex import read_tex

__all__ = [
    "READERS",
    "cell_of",
    "read_document",
    "read_document_mathematics",
]

READERS: dict[str, Callable[[str, str, str], Page]] = {
    ".md": read_notes,
    ".markdown": read_notes,
    ".tex": read_paper,
    ".ipynb": read_notebook,
}
"""Ending of a file's name -> what reads it."""

OWN_PAGE = re.compile(r"\A---\n(?:[^\n]*\n)*?exports:[^\n]*\n(?:[^\n]*\n)*?---\n")
"""A Markdown file that says what it exports is a page in the form of the library."""

OWN_TEX = re.compile(r"^\\date\{.*\\textperiodcentered\\ cesym [^\n]*\}$", re.MULTILINE)
"""What stands in the TeX that cesym writes."""


def read_document(text: str, source: str, ending: str, language: str) -> Page:
    """The page or document in `text`, by the ending of its file's name.

    A page in the form of the library is read as strictly as one of the library. Raises ReadError.

    >>> read_document("Let $x > 0$.", "a.md", ".md", "en").document
    True
    """
    longest = LONGEST[ending]
    if len(text) > longest:
        raise ReadError("the page is longer than {count} characters", count=longest)
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    if ending in (".md", ".markdown") and OWN_PAGE.match(text):
        return read_page(text, source, language)
    if ending == ".tex" and OWN_TEX.search(text):
        return read_tex(text, source, language)
    return READERS[ending](text, source, language)
