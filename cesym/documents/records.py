"""How the steps of a derivation were decided, gathered: steps with the same method and the same
side conditions in one record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cesym.derivation.steps import Derivation, ProvedChain, Step
from cesym.documents.methods import with_formulas
from cesym.messages import Message, _
from cesym.terms.conditions import Condition
from cesym.terms.context import Context
from cesym.terms.printing import latex

RELATIONS = {">": ">", ">=": r"\ge", "!=": r"\ne", "==": "=", "<": "<", "<=": r"\le"}
"""Relation of a fact -> LaTeX."""

STRONGER = {">=": (">",), "<=": ("<",), "!=": (">", "<")}
"""Relation -> those that it follows from, beside which it needs no words of its own."""


@dataclass(frozen=True, slots=True)
class Record:
    """Some steps by their numbers, how they were proved (with formulas between dollars), what had
    to hold for them, and the hypotheses used; formulas in LaTeX.
    """

    steps: str
    method: Message
    conditions: tuple[str, ...]
    hypotheses: tuple[str, ...]


def records(derivation: Derivation) -> tuple[Record, ...]:
    """All records, in the order of their first steps."""
    found: dict[tuple[Message, tuple[str, ...], tuple[str, ...]], list[int]] = {}
    for number, (chain, step) in enumerate(_numbered(derivation), start=1):
        hypotheses = tuple(dict.fromkeys(h.text for h in step.verdict.hypotheses))
        method = with_formulas(step.verdict.method, chain.context)
        key = (method, side_conditions(step, chain.context), hypotheses)
        found.setdefault(key, []).append(number)
    return tuple(Record(ranges(numbers), *key) for key, numbers in found.items())


def _numbered(derivation: Derivation) -> Iterator[tuple[ProvedChain, Step]]:
    for chain in derivation.chains:
        for step in chain.steps:
            yield chain, step


def ranges(numbers: Iterable[int]) -> str:
    """Numbers, rows of them as ranges.

    >>> ranges([1, 2, 3, 5, 8, 9])
    '1–3, 5, 8, 9'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
    return ", ".join(parts)


def side_conditions(step: Step, context: Context) -> tuple[str, ...]:
    """The conditions under which both sides of a step have a value, in LaTeX: each once, without
    those that are plain or follow.
    """
    needed = [_Needed.of(c, context) for c in step.verdict.claim.conditions if not _holds_anyway(c)]
    alone = {(n.facts[0], n.binders) for n in needed if len(n.facts) == 1}
    return tuple(dict.fromkeys(str(n) for n in needed if not n.follows(alone)))


def _holds_anyway(condition: Condition) -> bool:
    """Whether an alternative is about numbers only, and true: `1 > 0`."""
    tests = {">": "is_positive", ">=": "is_nonnegative", "!=": "is_nonzero"}
    return any(
        getattr(fact.term, tests.get(fact.relation, "is_zero"))
        for fact in condition.alternatives
        if fact.term.is_number
    )


Fact = tuple[str, str]
"""A term in LaTeX, and its relation to 0."""


@dataclass(frozen=True, slots=True)
class _Needed:
    """A condition in LaTeX: one of `facts`, for all indices of `binders`."""

    facts: tuple[Fact, ...]
    binders: tuple[str, ...]

    @classmethod
    def of(cls, condition: Condition, context: Context) -> _Needed:
        facts = tuple(
            (latex(f.term, context), f.relation)
            for f in condition.alternatives
            if not f.term.is_number
        )
        ends = tuple(
            f"{latex(b.lower, context)} \\le {b.index.name} \\le {latex(b.upper, context)}"
            for b in condition.binders
        )
        return cls(facts, ends)

    def follows(self, alone: set[tuple[Fact, tuple[str, ...]]]) -> bool:
        """Whether a condition that stands alone says it already."""
        return any(
            ((term, stronger), self.binders) in alone
            for term, relation in self.facts
            for stronger in (
                STRONGER.get(relation, ())
                if len(self.facts) == 1
                else (relation, *STRONGER.get(relation, ()))
            )
        )

    def __str__(self) -> str:
        either = rf" \ \text{{{_('or')}}}\ "
        text = either.join(f"{term} {RELATIONS[relation]} 0" for term, relation in self.facts)
        return rf"{text} \; ({', '.join(self.binders)})" if self.binders else text


def by_way(steps: Sequence[Step]) -> tuple[str, str]:
    """The numbers of the steps that a rule derived, and of those that were only checked."""
    numbered = list(enumerate(steps, start=1))
    derived = ranges(number for number, step in numbered if step.rule)
    return derived, ranges(number for number, step in numbered if not step.rule)
