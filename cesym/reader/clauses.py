"""The words around inline mathematics: which of them assume, name, or speak of a case.

A hypothesis enters a proof by these words only, so they are few.
"""

from __future__ import annotations

import re

from cesym.reader.blocks import InlineFormula

ASSUMING = re.compile(
    r"(?:\b(?:assume|suppose|let|given|provided|where)(?:\s+that)?|假设|设|给定|其中)\s*$",
    re.IGNORECASE,
)
RELATION = re.compile(
    r"[=<>≤≥≠∈≈∼≡∝≪≫]|\\(?:le|ge|lt|gt|leq|geq|leqslant|geqslant|ne|neq|in|notin|approx|sim|simeq|"
    r"equiv|propto|ll|gg|to|prec|succ|preceq|succeq|perp|parallel|mid|subset|subseteq)\b"
)
CONTINUING = re.compile(
    r"\s*(?:[,，、]\s*(?:and|且|并且|以及|和|与)?|and|且|并且|以及|和|与)\s*", re.IGNORECASE
)


CONDITIONAL = re.compile(
    r"(?:\b(?:if|iff|when|whenever|for|at|unless|whether|case|once|as|until|from|to)"
    r"(?:\s+(?:all|every|each|any|some))?|若|当|如果|对|对于|在|除非|是否|情形)\s*$",
    re.IGNORECASE,
)
"""Words before inline mathematics that say that it is a case rather than a fact."""

WHERE = re.compile(r"\W*(?:(?:where|with|here|for)\b|其中|这里|对)", re.IGNORECASE)
"""How a sentence begins that explains the display before it."""

SENTENCE_ENDS = re.compile(r"[.;]\s|[。；]")

NAMING = re.compile(
    r"(?:\b(?:denote|denoting|define|defining|write|writing|call|set|put|let|by|namely|i\.e\.,?)"
    r"(?:\s+\w+)?|记|令|定义|记作|即|设)\s*[:：]?\s*$",
    re.IGNORECASE,
)
"""Words before inline mathematics that say that it gives a name."""


def assumes(formula: InlineFormula, *, goes_on: bool) -> bool:
    """Whether the words before a formula assume it. `goes_on`: the formula before was assumed."""
    return ASSUMING.search(formula.before) is not None or (
        goes_on and CONTINUING.fullmatch(formula.before) is not None
    )
