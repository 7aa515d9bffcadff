r"""Whether a loss that is convex in each of two variables is convex in both together.

Where f_xx >= 0 and f_yy >= 0, the Hessian is positive semi-definite just where its determinant
f_xx f_yy - f_xy^2 is 0 or more. The domain of two numbers is a rectangle; there f is convex if and
only if it is so everywhere.
"""

from __future__ import annotations

from cesym.derivation.drafting.draft import Draft
from cesym.derivation.drafting.quantities import Point, Quantity, number
from cesym.derivation.drafting.signs import point_of
from cesym.messages import _


def say_together(draft: Draft, quantity: Quantity, one: str, other: str) -> str:
    """A sentence, and the claim that it speaks of; both second derivatives are 0 or more. The same
    in short.
    """
    names = {"one": draft.spelled(one), "other": draft.spelled(other)}
    determinant = _determinant(draft, quantity, one, other, {})
    verdict = draft.decide(determinant, ">=", "0")
    if verdict is not None and verdict.proved:
        draft.say(
            _(
                "The determinant of the Hessian is nowhere negative either,"
                " so the loss is convex in ${one}$ and ${other}$ together:",
                **names,
            )
        )
        draft.claim(determinant, ">=", "0")
        return _("The loss is convex in ${one}$ and ${other}$ together.", **names)
    point = point_of(verdict.counterexample) if verdict is not None and verdict.refuted else None
    value = None if point is None else _at(draft, quantity, one, other, point)
    here = None if value is None else draft.decide(value, "<", "0")
    if value is None or here is None or not here.proved:
        sentence = _(
            "Whether the loss is convex in ${one}$ and ${other}$ together could not be decided.",
            **names,
        )
        draft.say(sentence)
        return sentence
    draft.say(
        _(
            "The determinant of the Hessian is negative at a point,"
            " so the loss is not always convex in ${one}$ and ${other}$ together:",
            **names,
        )
    )
    draft.claim(value, "<", "0")
    return _("The loss is not always convex in ${one}$ and ${other}$ together.", **names)


def _determinant(draft: Draft, quantity: Quantity, one: str, other: str, fixed: Point) -> str:
    """f_xx f_yy - f_xy^2, with numbers for what is `fixed`."""

    def second(*by: str) -> str:
        derived = quantity.derived(*by)
        if not fixed:
            return derived.latex(draft)
        above, below = derived.bars(draft)
        return rf"\frac{{{above}}}{{{below}}} {quantity.call(draft, fixed)}"

    squares = f"{second(one, one)} {second(other, other)}"
    return rf"{squares} - \left( {second(one, other)} \right)^2"


def _at(draft: Draft, quantity: Quantity, one: str, other: str, point: Point) -> str | None:
    """The determinant at a point; None for one that does not say where both variables are."""
    if one not in point or other not in point:
        return None
    fixed = {name: value for name, value in point.items() if name not in (one, other)}
    text = rf"\left( {_determinant(draft, quantity, one, other, fixed)} \right)"
    for name in (one, other):
        text = rf"\left. {text} \right|_{{{draft.spelled(name)} = {number(point[name])}}}"
    return text
