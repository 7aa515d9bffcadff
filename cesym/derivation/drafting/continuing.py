"""A draft that goes on where a page ended, and the loss of a label and a score that it ended in."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import S
from sympy.core.function import AppliedUndef

from cesym.derivation.drafting.draft import Draft
from cesym.derivation.steps import Derivation
from cesym.derivation.structure import structure
from cesym.errors import UnsupportedTerm
from cesym.terms.differentiation import Diff


def draft_after(derivation: Derivation) -> Draft:
    """A draft that knows what a derivation declares, defines and has shown."""
    draft = Draft(derivation.language)
    draft.context = derivation.context
    for chain in derivation.chains:
        if chain.steps and chain.is_equality and not chain.context.hypotheses:
            draft.known.setdefault(structure(chain.start), chain.result)
    return draft


@dataclass(frozen=True, slots=True)
class ScoredLoss:
    """A loss `function(label, ..., score, ...)` that a page defines and exports, and its score."""

    function: str
    parameters: tuple[str, ...]
    score: str

    @property
    def label(self) -> str:
        """The first parameter."""
        return self.parameters[0]

    @property
    def own(self) -> tuple[str, ...]:
        """What each sample has for itself: label and score."""
        return tuple(name for name in self.parameters if name in (self.label, self.score))

    def at(self, draft: Draft, **values: str) -> str:
        """The loss with other arguments for some parameters, in LaTeX."""
        arguments = [values.get(name) or draft.spelled(name) for name in self.parameters]
        return rf"{draft.spelled(self.function)}\left( {', '.join(arguments)} \right)"


def scored_loss(derivation: Derivation) -> ScoredLoss:
    """The loss that a page exports, with the symbol by which its gradient is taken.

    Raises UnsupportedTerm for a page that exports no such loss of a label and a score.
    """
    terms = {export.name: export.term for export in derivation.exports}
    loss, slope = terms.get("loss", S.NaN), terms.get("gradient", S.NaN)
    if isinstance(loss, AppliedUndef) and isinstance(slope, Diff):
        name, score = loss.func.__name__, slope.args[1]
        parameters = derivation.context.definitions[name].parameters
        if loss.args == parameters and score in parameters[1:] and slope.args[0] == loss:
            return ScoredLoss(name, tuple(map(str, parameters)), str(score))
    raise UnsupportedTerm(
        "the page exports no loss of a label and a score, with its gradient in the score",
        remedy="its front matter says: loss: J(y, s), and gradient: {gradient}",
        gradient=r"\frac{\partial J}{\partial s}",
    )


def fresh(draft: Draft, letters: str) -> str:
    """The first letter that the page does not use. Raises UnsupportedTerm when all are used."""
    for letter in letters:
        if draft.context.kind(letter) is None:
            return letter
    raise UnsupportedTerm("there is no letter left for a new symbol")
