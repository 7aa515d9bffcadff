"""A loss as it was brought: a formula, where its symbols live, and what they are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sympy import Expr

from cesym.terms.context import Context, Hypothesis


@dataclass(frozen=True, slots=True)
class Link:
    """`name = term`: a symbol of the loss, made of others, of which `new` stand in no loss."""

    name: str
    term: Expr
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Loss:
    """The loss `term` over the declarations and hypotheses of `context`.

    `variables` are the symbols by which it is differentiated: those of `links`, or else all that
    are real numbers, or those that the user named; `scores` are those by which it is
    differentiated when the links are put in. `kinks` are, for those of the variables by which it
    has no derivative somewhere, or none that is shown, the terms at whose zeros that is so.
    """

    term: Expr
    context: Context
    variables: tuple[str, ...]
    links: tuple[Link, ...] = ()
    scores: tuple[str, ...] = ()
    kinks: Mapping[str, tuple[Expr, ...]] = field(default_factory=dict)

    @property
    def parameters(self) -> tuple[str, ...]:
        """The symbols of the loss, in the order in which they were declared."""
        return self.in_order(names_of(self.term))

    @property
    def linked(self) -> tuple[str, ...]:
        """The symbols of the loss, with what they are made of in the place of linked ones."""
        made = {link.name: self.in_order(names_of(link.term)) for link in self.links}
        found = (name for one in self.parameters for name in made.get(one, (one,)))
        return tuple(dict.fromkeys(found))

    def in_order(self, names: set[str]) -> tuple[str, ...]:
        """Names in the order in which they were declared."""
        return tuple(name for name in self.context.declarations if name in names)


def names_of(term: Expr) -> set[str]:
    """The names of the symbols of a term."""
    return {str(getattr(symbol, "name", symbol)) for symbol in term.free_symbols}


def names_in(hypothesis: Hypothesis) -> set[str]:
    """The names of the symbols of a hypothesis."""
    return names_of(hypothesis.left) | names_of(hypothesis.right)
