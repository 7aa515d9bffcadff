"""Notebooks of Jupyter: the Markdown of their cells. They are JSON; no cell is ever run."""

from __future__ import annotations

import json
import re

from cesym.errors import Place, ReadError
from cesym.reader.blocks import Block, Heading
from cesym.reader.documents.macros import BUILT_IN, Macro
from cesym.reader.documents.markdown import Notes
from cesym.reader.endings import LONGEST_PAGE
from cesym.reader.pages import Page

MOST_CELLS = 10_000
"""Cells of a notebook."""

_CELL = re.compile(r"(?P<file>.*):cell (?P<number>\d+)", re.DOTALL)


def read_notebook(text: str, source: str, language: str = "en") -> Page:
    r"""The Markdown cells of a notebook, in order, as one document. A place in it names the cell,
    counted from 1 over all cells, and the line within the cell. Raises ReadError for what is not a
    notebook.

    >>> cell = {"cell_type": "markdown", "source": ["Now\n", "$$x = x$$"]}
    >>> page = read_notebook(json.dumps({"nbformat": 4, "cells": [cell]}), "a.ipynb")
    >>> page.blocks[1].latex, str(page.blocks[1].origin.place(0))
    ('x = x', 'a.ipynb:cell 1:2:3')
    """
    blocks: list[Block] = []
    problems: list[ReadError] = []
    table: dict[str, Macro] = dict(BUILT_IN)
    for number, cell in enumerate(_cells(text, source), start=1):
        if cell.get("cell_type") == "markdown":
            notes = Notes(_source(cell, source), f"{source}:cell {number}", table)
            blocks += notes.blocks()
            problems += notes.problems
    title = next((block.text for block in blocks if isinstance(block, Heading)), source)
    return Page(source, title, language, tuple(blocks), document=True, problems=tuple(problems))


def cell_of(source: str) -> tuple[str, int | None]:
    """The file and the cell that a place names.

    >>> cell_of("a.ipynb:cell 3"), cell_of("a.tex")
    (('a.ipynb', 3), ('a.tex', None))
    """
    match = _CELL.fullmatch(source)
    return (match["file"], int(match["number"])) if match else (source, None)


def _cells(text: str, source: str) -> list[dict[str, object]]:
    place = Place(source, 1, 1, "")
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise ReadError(
            "{path} is not a notebook",
            place=Place(source, error.lineno, error.colno, text.split("\n")[error.lineno - 1]),
            path=source,
        ) from None
    except (RecursionError, ValueError):
        raise ReadError("{path} is not a notebook", place=place, path=source) from None
    cells = found.get("cells") if isinstance(found, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise ReadError("{path} is not a notebook", place=place, path=source)
    if len(cells) > MOST_CELLS:
        raise ReadError("a notebook of more than {count} cells", place=place, count=MOST_CELLS)
    return cells


def _source(cell: dict[str, object], source: str) -> str:
    found = cell.get("source", "")
    lines = found if isinstance(found, list) else [found]
    if not all(isinstance(line, str) for line in lines):
        raise ReadError("{path} is not a notebook", place=Place(source, 1, 1, ""), path=source)
    text = "".join(map(str, lines)).replace("\r\n", "\n")
    if len(text) > LONGEST_PAGE:
        raise ReadError("the page is longer than {count} characters", count=LONGEST_PAGE)
    return text
