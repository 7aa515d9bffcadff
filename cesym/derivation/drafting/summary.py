"""What a drafted page found, in short: signs, slopes and curvatures in words, as a list at its end.

Nothing is said here that the page did not show; what it left open is said to be open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cesym.derivation.drafting.draft import Draft
from cesym.derivation.drafting.quantities import may_have_gaps
from cesym.derivation.drafting.signs import Sign
from cesym.derivation.drafting.wording import key_of
from cesym.messages import N_, _

LOSS = {
    ">": N_("The loss is positive everywhere."),
    ">=": N_("The loss is nowhere negative."),
    "<": N_("The loss is negative everywhere."),
    "<=": N_("The loss is nowhere positive."),
    "mixed": N_("The loss takes both signs."),
}
"""Sign of a loss -> sentence."""

SLOPE = {
    ">": N_("The loss rises with ${name}$."),
    ">=": N_("The loss never falls as ${name}$ grows."),
    "<": N_("The loss falls as ${name}$ grows."),
    "<=": N_("The loss never rises as ${name}$ grows."),
    "mixed": N_("The loss neither always rises nor always falls with ${name}$."),
}
"""Sign of a first derivative -> sentence."""

CURVATURE = {
    ">": N_("It is strictly convex in ${name}$."),
    ">=": N_("It is convex in ${name}$."),
    "<": N_("It is strictly concave in ${name}$."),
    "<=": N_("It is concave in ${name}$."),
    "mixed": N_("It is neither always convex nor always concave in ${name}$."),
    "negative": N_("It is not always convex in ${name}$."),
}
"""Sign of a second derivative -> sentence."""

OPEN = {
    "loss": N_("Which sign the loss has is open."),
    "slope": N_("Whether the loss rises or falls in ${name}$ is open."),
    "curvature": N_("Whether it is convex in ${name}$ is open."),
}
"""What was not decided, in words."""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How a loss changes with a variable: the signs of its derivatives. A slope that is 0 has no
    sign that anybody looked for.
    """

    variable: str
    slope: Sign | None
    curvature: Sign


def say_summary(
    draft: Draft, sign: Sign | None, behaviours: Iterable[Behaviour], *further: str
) -> None:
    """A section with a sentence for the sign, one for each variable, and `further` ones.

    Where the values of a variable may have gaps, slope and curvature are told of intervals only,
    and not repeated without them.
    """
    sentences = [] if sign is None else [_(LOSS.get(key_of(sign)) or OPEN["loss"])]
    for found in behaviours:
        if found.slope is not None and not may_have_gaps(draft, found.variable):
            name = draft.spelled(found.variable)
            slope = SLOPE.get(key_of(found.slope)) or OPEN["slope"]
            curvature = CURVATURE.get(key_of(found.curvature)) or OPEN["curvature"]
            sentences.append(draft.joined(_(slope, name=name), _(curvature, name=name)))
    sentences += filter(None, further)
    if sentences:
        draft.heading(2, _("In short"))
        draft.parts.append("\n".join(f"- {sentence}" for sentence in sentences))
