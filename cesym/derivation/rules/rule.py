"""What a rule is: a function from a line to the next line, under a name and a phrase."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sympy import Basic, Expr

from cesym.derivation.structure import same_structure
from cesym.errors import CesymError
from cesym.messages import message
from cesym.terms.binders import freshen, with_like_names
from cesym.terms.context import Context
from cesym.terms.differentiation import written_out


class RuleFails(CesymError):
    """A rule that does not apply to the line."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What a rule may look at besides the line: the context, and what was proved on the page so
    far.

    `known` maps the structure of a left side to what the first chain that starts with it ended in.
    """

    context: Context
    known: Mapping[Expr, Expr] = field(default_factory=dict)


What = Expr | str | None
"""The formula in a rule's phrase: a name for a definition, a term for anything else."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table.

    `english` and `chinese` are the phrases by which an author names the rule; they may hold
    `{what}`, a formula. `needs` says what must stand in the line, `fails` when the rule fails; both
    are texts of the catalogue. `apply` takes the line, the situation and, if the phrase holds a
    formula, what it says.
    """

    name: str
    english: str
    chinese: str
    needs: str
    fails: str
    apply: Callable[..., Expr]

    @property
    def takes_formula(self) -> bool:
        """Whether the phrase holds a formula."""
        return "{what}" in self.english

    def phrase(self, language: str) -> str:
        """The phrase in a language."""
        return self.chinese if language == "zh" else self.english

    def __call__(self, term: Expr, situation: Situation, what: What = None) -> Expr:
        """The next line as a reader would have it: sums between literal limits written out, bound
        indices named alike, so that equal factors cancel. Raises RuleFails when the rule does not
        apply, or leaves the line as it is.
        """
        given = (term, situation, what) if self.takes_formula else (term, situation)
        result = with_like_names(written_out(self.apply(*given)))
        if same_structure(result, term):
            raise RuleFails(
                "the rule {rule} changes nothing here: it needs {needs}",
                rule=self.name,
                needs=message(self.needs),
            )
        return result


def each(term: Basic, wanted: Callable[[Basic], bool], change: Callable[..., Basic]) -> Expr:
    """`term` with `change` applied to every wanted node, innermost first, under binders too."""
    return freshen(term).replace(wanted, change)
