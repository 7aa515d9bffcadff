"""What every document says of a derivation besides the mathematics: how each step was decided, and
how many there are.
"""

from __future__ import annotations

from cesym.derivation.steps import Derivation, Step
from cesym.messages import Message, message

DERIVED, CHECKED = "derived", "checked"


def how(step: Step) -> str:
    """`derived` when a rule named beside the line gave this very line, else `checked`."""
    return DERIVED if step.rule else CHECKED


def mark(step: Step) -> Message:
    """The word for `how`."""
    return message("derived") if step.rule else message("checked")


def summary(derivation: Derivation) -> Message:
    """How many steps there are, and how many of them a rule derived."""
    steps = derivation.steps
    derived = sum(1 for step in steps if step.rule)
    return message(
        "{count} steps proved: {derived} derived by a named rule, {checked} checked",
        count=len(steps),
        derived=derived,
        checked=len(steps) - derived,
    )


def defined_names(derivation: Derivation) -> frozenset[str]:
    """The LaTeX of the functions that the page defines: a bracket after one of them holds its
    arguments.
    """
    definitions = derivation.context.definitions.values()
    return frozenset(d.latex or d.name for d in definitions if d.parameters)
