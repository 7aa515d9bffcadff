"""The page again, in Markdown: what was `?` is filled in, and the page reader reads it back."""

from __future__ import annotations

from collections.abc import Sequence

import yaml

from cesym.derivation.steps import Block, Derivation, Refutation, StatedDefinition
from cesym.documents import Style
from cesym.documents.displays import Row, refuted, rows
from cesym.documents.prose import spans
from cesym.messages import LANGUAGES
from cesym.reader.pages import Heading, Paragraph

LONGEST_LEFT = 40
"""A longer left side stands on a line of its own, so that the source stays readable."""


def write(derivation: Derivation, style: Style) -> str:
    """The derivation as a page of the library: front matter, prose, displays."""
    parts = [_front_matter(derivation), *(_block(block) for block in derivation.blocks)]
    return "\n\n".join(parts) + "\n"


def _front_matter(derivation: Derivation) -> str:
    front: dict[str, object] = {"title": derivation.title}
    if derivation.language != LANGUAGES[0]:
        front["language"] = derivation.language
    if derivation.context.layout:
        front["layout"] = derivation.context.layout
    if derivation.exports:
        front["exports"] = {export.name: export.latex for export in derivation.exports}
    text = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{text}---"


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {block.text}"
    if isinstance(block, Paragraph):
        return block.text
    if isinstance(block, StatedDefinition):
        return _display(block.latex)
    if isinstance(block, Refutation):
        return f'<!-- cesym: refuted because="{block.because}" -->\n{_display(refuted(block))}'
    return _display(chains(rows(block)))


def _display(latex: str) -> str:
    return f"$$\n{latex}\n$$"


def chains(lines: Sequence[Row]) -> str:
    r"""The rows of a display, as a formula alone or in `aligned` with the reasons at the right.

    >>> print(chains([Row("a", "=", "b"), Row("", "<", "c")]))
    a = b < c
    >>> print(chains([Row("a", "=", "b", "definition of $a$")]))
    a = b \quad \text{definition of } a
    """
    together = sum(1 for line in lines if line.left) == 1
    if together and (len(lines) == 1 or not any(line.reason for line in lines)):
        formula = " ".join(
            part for line in lines for part in (line.left, line.relation, line.right) if part
        )
        return f"{formula} \\quad {reason(lines[0].reason)}" if lines[0].reason else formula
    lefts = [line.left for line in lines]
    width = max(len(left) for left in lefts)
    right = max(len(line.right) for line in lines)
    written = []
    for line in lines:
        left = line.left
        if width > LONGEST_LEFT:
            left = f"{left}\n " if left else " "
        begin = (
            f"{left.ljust(width) if width <= LONGEST_LEFT else left} &{line.relation} {line.right}"
        )
        beside = (
            f"{' ' * (right - len(line.right))} && {reason(line.reason)}" if line.reason else ""
        )
        written.append(begin + beside)
    return "\\begin{aligned}\n" + " \\\\\n".join(written) + "\n\\end{aligned}"


def reason(words: str) -> str:
    r"""A reason in LaTeX, as `\text`: the formula that it ends with stands after it, any other one
    inside.

    >>> print(reason("definition of $P$"), reason("$P$ 的定义"))
    \text{definition of } P \text{$P$ 的定义}
    """
    parts = list(spans(words))
    if len(parts) == 2 and not parts[0].mathematics:
        return f"\\text{{{parts[0].text}}} {parts[1].text}"
    return f"\\text{{{words}}}"
