"""Notebooks are read and never run."""

import json

import pytest

from cesym.errors import ReadError
from cesym.reader.documents.notebook import read_notebook
from cesym.reader.pages import Display, Paragraph


def notebook(*cells):
    made = [{"cell_type": kind, "source": source, "metadata": {}} for kind, source in cells]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made})


def test_markdown_cells_are_one_document():
    text = notebook(
        ("markdown", ["# Loss\n", "\n", r"Let $y \in [0,1]$. $\newcommand{\h}{\frac12}$"]),
        ("code", "$$a = b$$"),
        ("markdown", "So\n\n$$y = \\h$$"),
    )
    page = read_notebook(text, "a.ipynb")
    assert page.title == "Loss"
    (display,) = [block for block in page.blocks if isinstance(block, Display)]
    assert display.latex == r"y = \frac12"
    assert str(display.origin.place(2)) == "a.ipynb:cell 3:3:5"
    first = next(block for block in page.blocks if isinstance(block, Paragraph)).formulas[0]
    assert str(first.origin.place(0)) == "a.ipynb:cell 1:3:6"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"cells": 1}',
        '{"cells": [1]}',
        '{"cells": [{"cell_type": "markdown", "source": [1]}]}',
        '{"cells": [',
        "[" * 100_000,
        '{"cells": ' + "9" * 5000 + "}",
    ],
)
def test_what_is_no_notebook_is_refused(text):
    with pytest.raises(ReadError, match=r"a\.ipynb is not a notebook"):
        read_notebook(text, "a.ipynb")
