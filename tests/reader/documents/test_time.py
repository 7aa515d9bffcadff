"""No text keeps the readers of documents busy for long: what is opened a thousand times over, and
never closed, is looked through once.
"""

import time

import pytest

from cesym.errors import ReadError
from cesym.reader.documents.markdown import read_notes
from cesym.reader.documents.tex import read_paper

LENGTH = 40_000

PIECES = (
    "\\( ",
    "\\[\n",
    "$a ",
    "$$ a",
    "$$\n\n",
    "<!--",
    "` `` ",
    "```\n",
    "\\begin{align}",
    "\\begin{quote}[",
    "\\newcommand{\\a}{\\a\\a}$\\a$",
    "\\iffalse ",
    "\\verb",
    "$x$ ",
)


@pytest.mark.parametrize("read", [read_notes, read_paper])
@pytest.mark.parametrize("piece", PIECES)
def test_long_texts(piece, read):
    started = time.process_time()
    try:
        read(piece * (LENGTH // len(piece)), "a")
    except ReadError as error:
        assert error.place is not None
    assert time.process_time() - started < 5
