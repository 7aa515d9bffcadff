r"""The formulas of a Markdown page, each where it stands in the file, and the file with pieces of
them written otherwise. The words of the page are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import yaml

from cesym.reader.blocks import INLINE, Block, Display, Paragraph, fence_of
from cesym.reader.latex.formula import Formula
from cesym.reader.markdown import UNDERLINE
from cesym.reader.pages import Page, read_page
from cesym.reader.syntax import Span

_COMMAND_BEFORE = re.compile(r"\\[A-Za-z]+$")
_SCRIPT_BEFORE = re.compile(r"(?<!\\)[_^]\s*$")
_MARKER = re.compile(r"\s*<!--\s*cesym\b")
_FRONT = re.compile(r"---\n.*?\n---\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands at `at` is written `latex`."""

    at: Span
    latex: str


Editing = Callable[[Formula], Iterable[Edit]]
"""A formula -> what is written otherwise in it. May raise ReadError."""


def formulas_of(page: Page) -> Iterator[Formula]:
    """All formulas of a page, with their places: displayed, in words, in headings and markers, and
    those of the front matter.
    """
    for formula, _offset in _of_body(page):
        yield formula
    for name, latex in page.exports:
        place = page.place_of_export(name)
        yield Formula(latex, place.source, place.line)
    yield from (formula for formula, _offset in _inline(page.title, 0, page.source, 1))


def respelled(page: Page, editing: Editing) -> Page:
    """The page with every formula edited. Raises what `editing` raises, and ReadError."""
    text = page.text
    found = [
        (Span(offset + edit.at.start, offset + edit.at.stop), edit.latex)
        for formula, offset in _of_body(page)
        for edit in editing(formula)
    ]
    for at, latex in sorted(found, key=lambda one: one[0].start, reverse=True):
        text = _replaced(text, at, latex)
    return read_page(_with_front(page, text, editing), page.source, page.language)


def edited(formula: Formula, edits: Iterable[Edit]) -> str:
    """The text of a formula after edits, which do not overlap."""
    text = formula.text
    for edit in sorted(edits, key=lambda edit: edit.at.start, reverse=True):
        text = _replaced(text, edit.at, edit.latex)
    return text


def extended(page: Page, text: str, exports: dict[str, str], **says: str) -> Page:
    """The page with more text at its end, more exports, and more front matter. Raises ReadError."""
    front = {**dict(page.front), **says, "exports": {**dict(page.exports), **exports}}
    whole = _FRONT.sub("", page.text, count=1) if page.front else page.text
    return read_page(
        f"{_front_matter(front)}{whole.rstrip()}\n\n{text}\n", page.source, page.language
    )


def _front_matter(front: dict[str, object]) -> str:
    written = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{written}---\n"


def _replaced(text: str, at: Span, latex: str) -> str:
    r"""`text` with `latex` at a place, kept apart from what is beside it: `\log q` and not
    `\logq`, `x_{\hat{k}}` and not `x_\hat{k}`.
    """
    before, after = text[: at.start], text[at.stop :]
    if len(latex) > 1 and _SCRIPT_BEFORE.search(before):
        latex = f"{{{latex}}}"
    if latex[:1].isalpha() and _COMMAND_BEFORE.search(before):
        latex = f" {latex}"
    if _COMMAND_BEFORE.search(latex) and after[:1].isalpha():
        latex = f"{latex} "
    return before + latex + after


def _with_front(page: Page, text: str, editing: Editing) -> str:
    """The text with the formulas of the front matter edited."""
    if not page.front:
        return text
    front = dict(page.front)
    if page.exports:
        front["exports"] = {
            name: edited(formula, editing(formula))
            for name, latex in page.exports
            for formula in [Formula(latex, page.source, page.place_of_export(name).line)]
        }
    if isinstance(title := front.get("title"), str):
        for formula, offset in reversed(list(_inline(title, 0, page.source, 1))):
            stop = offset + len(formula.text)
            title = title[:offset] + edited(formula, editing(formula)) + title[stop:]
        front["title"] = title
    return _FRONT.sub(lambda _match: _front_matter(front), text, count=1)


def _of_body(page: Page) -> Iterator[tuple[Formula, int]]:
    """The formulas of the blocks and markers, each with its offset in the file."""
    lines = page.text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for block in page.blocks:
        start = starts[block.line - 1]
        if isinstance(block, Display):
            yield Formula(block.latex, page.source, block.line, 1, page.text), start
        elif text := _words(block, lines):
            yield from _inline(text, start, page.source, block.line, page.text)
    for number, line in enumerate(lines):
        if _MARKER.match(line):
            yield from _inline(line, starts[number], page.source, number + 1, page.text)


def _words(block: Block, lines: list[str]) -> str:
    """The words of a paragraph or a heading as they stand in the file; none for code."""
    if isinstance(block, Paragraph):
        return "" if fence_of(block.text) else block.text
    first = block.line - 1
    last = first
    if not lines[first].lstrip().startswith("#"):
        while not UNDERLINE.fullmatch(lines[last]):
            last += 1
    return "\n".join(lines[first : last + 1])


def _inline(
    text: str, start: int, source: str, line: int, document: str = ""
) -> Iterator[tuple[Formula, int]]:
    for match in INLINE.finditer(text):
        if match["latex"] is not None:
            before = text[: match.start("latex")]
            column = len(before) - (before.rfind("\n") + 1) + 1
            place = line + before.count("\n")
            formula = Formula(match["latex"], source, place, column, document)
            yield formula, start + match.start("latex")
