"""The displays of a derivation as rows, the same for every document: a left side, a relation, a
right side, a reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cesym.derivation.steps import Block, Refutation, StatedDefinition, Step
from cesym.terms.printing import RELATIONS

COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a display in LaTeX. `left` is empty where a chain goes on, `step` is None for
    what is no step.
    """

    left: str
    relation: str
    right: str
    reason: str = ""
    step: Step | None = None


def rows(block: Block) -> tuple[Row, ...]:
    """The rows of a display; none for a heading or a paragraph."""
    if isinstance(block, StatedDefinition):
        left, relation, right = one_line(block.latex).partition(":=")
        return (Row(left.strip(), relation, right.strip()),)
    if isinstance(block, Refutation):
        return (Row(one_line(refuted(block)), "", ""),)
    if not isinstance(block, tuple):
        return ()
    return tuple(
        Row(
            one_line(chain.latex) if number == 0 else "",
            RELATIONS[step.operator],
            one_line(step.latex),
            step.reason,
            step,
        )
        for chain in block
        for number, step in enumerate(chain.steps)
    )


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
