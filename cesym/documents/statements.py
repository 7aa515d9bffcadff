"""What every document says of a derivation besides the mathematics: how each step was decided, and
how many there are.
"""

from __future__ import annotations

from decimal import Decimal

from cesym.derivation.steps import Derivation, Refutation, Step
from cesym.messages import N_, Message, _, message

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


def failure(block: Refutation) -> str:
    """Where a refuted line fails, and how: words with formulas between dollars."""
    found, declared = block.verdict.counterexample, block.verdict.claim.context.declarations
    assert found is not None
    names = {name: declared[name].latex or name for name, _value in found.at if name in declared}
    point = ", ".join(f"${names.get(name, name)} = {value}$" for name, value in found.at)
    if found.left is None or found.right is None:
        return _("at {point} it has no value", point=point)
    if found.left in HOLDS and found.right in HOLDS:
        left, right = _(HOLDS[found.left]), _(HOLDS[found.right])
        return _(
            "at {point} the left side is {left}, the right one {right}",
            point=point,
            left=left,
            right=right,
        )
    sides = {"left": f"${_short(found.left)}$", "right": f"${_short(found.right)}$"}
    if not found.at:
        return _("{left} against {right}", **sides)
    return _("at {point}: {left} against {right}", point=point, **sides)


HOLDS = {"true": N_("true"), "false": N_("false")}
"""What a side of `iff` is at a counterexample -> the word for it."""


def _short(digits: str) -> str:
    r"""Six significant digits of a number, in LaTeX; what is no decimal stays as it is.

    >>> _short("-0.313261687518223"), _short("1.00000000000000"), _short("1/3")
    ('-0.313262', '1', '1/3')
    >>> print(_short("1.5e-400"))
    1.5 \cdot 10^{-400}
    """
    try:
        value = Decimal(digits)
    except ArithmeticError:
        return digits
    power = value.adjusted()
    if not value or -5 < power < 6:
        return f"{float(value):.6g}"
    return rf"{float(value.scaleb(-power)):.6g} \cdot 10^{{{power}}}"


def defined_names(derivation: Derivation) -> frozenset[str]:
    """The LaTeX of the functions that the page defines: a bracket after one of them holds its
    arguments.
    """
    definitions = derivation.context.definitions.values()
    return frozenset(d.latex or d.name for d in definitions if d.parameters)
