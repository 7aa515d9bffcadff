"""The displays of a derivation as rows, the same for every document: a left side, a relation, a
right side, a reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cesym.derivation.steps import Block, ProvedChain, Refutation, StatedDefinition, Step
from cesym.documents.width import width
from cesym.terms.printing import RELATIONS

SHORT = 22.0
"""Em: a chain without reasons that is no wider stands on one line."""

COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a display in LaTeX, and the steps that it holds: usually one, none for what is
    no step, several for a chain such as `0 < q < 1`. `left` is empty where a chain goes on.
    """

    left: str
    relation: str
    right: str
    reason: str = ""
    steps: tuple[Step, ...] = ()


def rows(block: Block) -> tuple[Row, ...]:
    """The rows of a display; none for a heading or a paragraph."""
    if isinstance(block, StatedDefinition):
        left, relation, right = one_line(block.latex).partition(":=")
        return (Row(left.strip(), relation, right.strip()),)
    if isinstance(block, Refutation):
        return (Row(one_line(refuted(block)), "", ""),)
    if not isinstance(block, tuple):
        return ()
    return tuple(row for chain in block for row in _of_chain(chain))


def _of_chain(chain: ProvedChain) -> list[Row]:
    """A row for each step; one row for all of a short chain that gives no reasons."""
    left = one_line(chain.latex)
    found: list[Row] = []
    for step in chain.steps:
        right, relation = one_line(step.latex), RELATIONS[step.operator]
        found.append(Row("" if found else left, relation, right, step.reason, (step,)))
    if len(found) < 2 or any(row.reason for row in found):
        return found
    first, *others = found
    right = " ".join([first.right, *(f"{row.relation} {row.right}" for row in others)])
    if width(left) + width(right) > SHORT:
        return found
    return [Row(left, first.relation, right, "", chain.steps)]


def refuted(block: Refutation) -> str:
    """The LaTeX of a refuted line, its relation spelled in LaTeX."""
    operator = block.verdict.claim.operator
    return block.latex.replace(f" {operator} ", f" {RELATIONS[operator]} ")


def one_line(latex: str) -> str:
    """LaTeX without comments and line ends.

    >>> print(one_line("a + % the first\\n  b"))
    a + b
    """
    return " ".join(COMMENT.sub(r"\1", latex).split())
