"""Lines for the terminal: prose broken between words, or between Chinese characters, and formulas
before an operator.
"""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text

NOT_FIRST = frozenset("，。、；：？！）】》」』”’…％,.;:?!)]}")
"""Characters that no line begins with."""

NOT_LAST = frozenset("（【《「『“‘([{")
"""Characters that no line ends with."""

OPERATORS = frozenset({" + ", " − ", " · ", " = ", " ≤ ", " < "})


def wrap(text: Text, width: int, first: str = "", rest: str = "") -> list[Text]:
    """The text in lines of at most `width` columns, `first` before the first and `rest` before the
    others.

    >>> [line.plain for line in wrap(Text("one two three"), 8)]
    ['one two', 'three']
    >>> [line.plain for line in wrap(Text("概率，似然"), 4)]
    ['概', '率，', '似然']
    """
    plain, cuts = text.plain, []
    start, last, used = 0, 0, cell_len(first)
    for position, character in enumerate(plain):
        if position and _may_break(plain[position - 1], character):
            last = position
        used += cell_len(character)
        if used > width and character != " ":
            cut = last if last > start else position
            if cut > start:
                cuts.append(cut)
                start, used = cut, cell_len(rest) + cell_len(plain[cut : position + 1])
    lines = text.divide(cuts)
    for line in lines:
        line.rstrip()
    leads = [first, *[rest] * (len(lines) - 1)]
    return [Text(lead) + line for lead, line in zip(leads, lines, strict=True)]


def _may_break(before: str, after: str) -> bool:
    """Whether a line may end between two characters."""
    if before == " ":
        return after != " "
    wide = cell_len(before) == 2 or cell_len(after) == 2
    return wide and after not in NOT_FIRST and before not in NOT_LAST and after != " "


def fold(formula: str, width: int) -> list[str]:
    """A formula in lines, broken before an operator as far outside of all brackets as can be; as it
    is where nothing else helps.

    >>> fold("a·(b + c) + d·(e + f)", 14)
    ['a·(b + c)', '+ d·(e + f)']
    """
    if cell_len(formula) <= width:
        return [formula]
    cuts = [cut for cut in _operators(formula) if cell_len(formula[: cut[1]]) <= width]
    if not cuts:
        return [formula]
    outermost = min(depth for depth, _ in cuts)
    position = max(place for depth, place in cuts if depth == outermost)
    return [formula[:position], *fold(formula[position + 1 :], width)]


def _operators(formula: str) -> list[tuple[int, int]]:
    """The depth in brackets and the place of every operator with spaces around it."""
    found, depth = [], 0
    for position, character in enumerate(formula):
        depth += (character in "([{") - (character in ")]}")
        if position and formula[position : position + 3] in OPERATORS:
            found.append((depth, position))
    return found
