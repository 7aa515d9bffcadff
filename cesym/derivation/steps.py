"""A derivation whose every step is proved. There is no way to hold a step that is not.

`Step` asks for a `Verdict` that says `proved` of exactly this step, and only the prover mints
verdicts; so a `Derivation` that exists is proved, whoever built it and by whatever rule.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sympy import Expr

from cesym.prover.verdict import Verdict
from cesym.reader.pages import Heading, Paragraph
from cesym.terms.context import Context, Definition


@dataclass(frozen=True, slots=True)
class Step:
    """`before operator after`, the LaTeX of `after`, the reason as the page words it, and the name
    of the rule if one derived it.

    Raises TypeError unless `verdict` proves this very step.
    """

    before: Expr
    operator: str
    after: Expr
    latex: str
    verdict: Verdict
    reason: str = ""
    rule: str | None = None

    def __post_init__(self) -> None:
        claim = self.verdict.claim
        if not (
            self.verdict.proved
            and (claim.left, claim.operator, claim.right)
            == (self.before, self.operator, self.after)
        ):
            raise TypeError("a step needs a verdict that proves it")


@dataclass(frozen=True, slots=True)
class ProvedChain:
    """`start = step = step = ...`: each step begins where the one before ended.

    Raises TypeError unless it does, and was proved in `context`.
    """

    start: Expr
    latex: str
    steps: tuple[Step, ...]
    context: Context

    def __post_init__(self) -> None:
        ends = [self.start, *(step.after for step in self.steps)]
        if any(step.before != end for step, end in zip(self.steps, ends, strict=False)):
            raise TypeError("the steps of a chain must follow on each other")
        if any(step.verdict.claim.context != self.context for step in self.steps):
            raise TypeError("the steps of a chain must be proved in its context")

    @property
    def result(self) -> Expr:
        """The last term of the chain."""
        return self.steps[-1].after if self.steps else self.start

    @property
    def is_equality(self) -> bool:
        """Whether the whole chain says start = result."""
        return all(step.operator == "==" for step in self.steps)


@dataclass(frozen=True, slots=True)
class StatedDefinition:
    """A displayed definition."""

    definition: Definition
    latex: str


@dataclass(frozen=True, slots=True)
class Refutation:
    """A display that is marked as wrong, and was refuted: what a reader should not write."""

    latex: str
    because: str
    verdict: Verdict

    def __post_init__(self) -> None:
        if not self.verdict.refuted:
            raise TypeError("a refutation needs a verdict that refutes")


Block = Heading | Paragraph | StatedDefinition | Refutation | tuple[ProvedChain, ...]


@dataclass(frozen=True, slots=True)
class Export:
    """A result that a page hands on, under a name.

    `term` is what is exported, as in the front matter. `result` is what the *first* chain of the
    page that starts with it ends in, the form for people; `stable` is what the *last* such chain
    ends in, the form for computers. Both are proved equal to `term`.
    """

    name: str
    term: Expr
    result: Expr
    stable: Expr
    latex: str
    result_latex: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """A proved page: prose, definitions and chains, in order."""

    name: str
    title: str
    language: str
    blocks: tuple[Block, ...]
    context: Context
    exports: tuple[Export, ...] = field(default=())

    @property
    def chains(self) -> tuple[ProvedChain, ...]:
        """All chains, in order."""
        return tuple(chain for block in self.blocks if isinstance(block, tuple) for chain in block)

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps, in order."""
        return tuple(step for chain in self.chains for step in chain.steps)

    def export(self, name: str) -> Export:
        """The export called `name`. Raises KeyError."""
        for export in self.exports:
            if export.name == name:
                return export
        raise KeyError(name)
