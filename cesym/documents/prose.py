"""Prose: Markdown with inline mathematics, taken apart by markdown-it. Raw HTML is plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

FORMULA = re.compile(r"(?<!\$)\$(?P<latex>(?:\\.|[^$\\])+)\$(?!\$)", re.DOTALL)
"""Inline mathematics, as the page reader sees it (there, code and escaped dollars are left out as
well).
"""


@dataclass(frozen=True, slots=True)
class Span:
    """Some text of a reason: words, or a formula."""

    text: str
    mathematics: bool


def tokens(text: str) -> list[Token]:
    """The tokens of Markdown text. A formula is an inline token of the type `math`, its content is
    the LaTeX.

    >>> [t.type for t in tokens("Let *it* be $y < 1$.")[1].children]
    ['text', 'em_open', 'text', 'em_close', 'text', 'math', 'text']
    """
    return _parser().parse(text)


def line_tokens(text: str) -> list[Token]:
    """The tokens of a heading, which is one line: what begins with a number is no list.

    >>> [t.type for t in line_tokens("1. The sign of $s$")[0].children]
    ['text', 'math']
    """
    return _parser().parseInline(text)


def spans(reason: str) -> Iterator[Span]:
    """The words and formulas of a reason, which is no Markdown.

    >>> [(s.text, s.mathematics) for s in spans("definition of $P$")]
    [('definition of ', False), ('P', True)]
    """
    end = 0
    for match in FORMULA.finditer(reason):
        if match.start() > end:
            yield Span(reason[end : match.start()], False)
        yield Span(match["latex"], True)
        end = match.end()
    if end < len(reason):
        yield Span(reason[end:], False)


ESCAPES = re.compile(r"\\([%&#_$ ])|~")


def readable(words: str) -> str:
    r"""The words of a reason as they are read: in the source they are LaTeX.

    >>> readable(r"at most 50\%")
    'at most 50%'
    """
    return ESCAPES.sub(lambda match: match[1] or " ", words)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "typographer": True})
    parser.enable(["table", "smartquotes"]).disable(["html_block", "html_inline", "reference"])
    parser.inline.ruler.before("escape", "math", _mathematics)
    return parser


def _mathematics(state: StateInline, silent: bool) -> bool:
    """The rule of markdown-it for `$...$`."""
    match = FORMULA.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        token = state.push("math", "", 0)
        token.content = match["latex"]
    state.pos = match.end()
    return True
