"""What a sign means, in words: of a loss, of its slope, of its curvature."""

from __future__ import annotations

from cesym.derivation.drafting.signs import Sign
from cesym.messages import N_, _

LOSS = {
    ">": N_("It is positive everywhere:"),
    ">=": N_("It is nowhere negative:"),
    "<": N_("It is negative everywhere:"),
    "<=": N_("It is nowhere positive:"),
    "mixed": N_("It takes both signs:"),
    "negative": N_("It is negative at a point; whether it is positive anywhere was not decided:"),
    "positive": N_("It is positive at a point; whether it is negative anywhere was not decided:"),
    "": N_("Which sign it has could not be decided."),
}
"""Sign of a loss -> sentence."""

SLOPE = {
    ">": N_("It is positive, so the loss rises with ${name}$:"),
    ">=": N_("It is nowhere negative, so the loss never falls as ${name}$ grows:"),
    "<": N_("It is negative, so the loss falls as ${name}$ grows:"),
    "<=": N_("It is nowhere positive, so the loss never rises as ${name}$ grows:"),
    "mixed": N_(
        "It takes both signs, so the loss neither always rises nor always falls with ${name}$:"
    ),
    "negative": N_("The loss falls somewhere as ${name}$ grows; more was not decided:"),
    "positive": N_("The loss rises somewhere as ${name}$ grows; more was not decided:"),
    "": N_("Whether the loss rises or falls in ${name}$ could not be decided."),
}
"""Sign of a first derivative -> sentence."""

CURVATURE = {
    ">": N_("It is positive, so the loss is strictly convex in ${name}$:"),
    ">=": N_("It is nowhere negative, so the loss is convex in ${name}$:"),
    "<": N_("It is negative, so the loss is strictly concave in ${name}$:"),
    "<=": N_("It is nowhere positive, so the loss is concave in ${name}$:"),
    "mixed": N_(
        "It takes both signs, so the loss is neither always convex nor always concave in ${name}$:"
    ),
    "negative": N_("It is negative at a point, so the loss is not always convex in ${name}$:"),
    "positive": N_(
        "It is positive at a point, so the loss is not always concave in ${name}$;"
        " whether it is convex could not be decided:"
    ),
    "": N_("Whether the loss is convex in ${name}$ could not be decided."),
}
"""Sign of a second derivative -> sentence."""


def sign_in_words(sign: Sign) -> str:
    """The sign of a loss."""
    return _(LOSS[key_of(sign)])


def slope(sign: Sign, name: str) -> str:
    """What the sign of a first derivative by `name` means."""
    return _(SLOPE[key_of(sign)], name=name)


def curvature(sign: Sign, name: str) -> str:
    """What the sign of a second derivative by `name` means."""
    return _(CURVATURE[key_of(sign)], name=name)


def key_of(sign: Sign) -> str:
    """Which row of the tables says it."""
    if sign.relation is not None:
        return sign.relation
    if sign.mixed:
        return "mixed"
    if sign.negative is not None:
        return "negative"
    return "positive" if sign.positive is not None else ""
