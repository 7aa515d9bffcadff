"""The loss of a page over many samples, their sum or mean, and its gradient in one score."""

from __future__ import annotations

from dataclasses import replace

from sympy import S

from cesym.derivation.drafting.chains import Chain, write_chains
from cesym.derivation.drafting.continuing import fresh, scored_loss
from cesym.derivation.drafting.draft import Draft
from cesym.derivation.steps import Derivation
from cesym.errors import UnsupportedTerm
from cesym.messages import N_, _
from cesym.terms.printing import latex

REDUCTIONS = {
    "sum": (
        N_("The sum over many samples"),
        N_("Together they lose"),
        N_("The score of a sample gets the gradient of its own loss:"),
    ),
    "mean": (
        N_("The mean over many samples"),
        N_("On average they lose"),
        N_("The score of a sample gets the gradient of its own loss, divided by their number:"),
    ),
}
"""Reduction -> heading, and what is said of the loss and of its gradient."""


def over_samples(draft: Draft, derivation: Derivation, reduction: str) -> dict[str, str]:
    """A section with the sum or the mean of the loss over samples, and its gradient in the score
    of one of them; the new exports.

    Raises UnsupportedTerm for a page without a loss of a label and a score.
    """
    loss, context = scored_loss(derivation), draft.context
    size, total = fresh(draft, "NMRBD"), fresh(draft, "TCFGEV")
    bound, index = (fresh(draft, letters) for letters in ("iklmh", "jnruv"))
    sentences, entries = [], {}
    for name in loss.own:
        vector = fresh(draft, f"{name[0].upper()}YSXZUWAHQK")
        old = context.declarations[name]
        entries[name] = vector
        sentences.append(
            draft.declaration(replace(old, name=vector, latex=vector, shape=(size,)), context)
        )
    home = rf"{index} \in \{{1, \dots, {size}\}}"
    heading, together, alone = map(_, REDUCTIONS[reduction])
    draft.heading(2, heading)
    draft.say(
        _(
            "Let ${size}$ be the number of samples, {vectors} their labels and scores, and ${home}$"
            " one of them.",
            size=rf"{size} \in \mathbb{{N}}",
            vectors=draft.listed(sentences),
            home=home,
        ),
        together,
    )
    draft.declare(home)
    factor = rf"\frac{{1}}{{{size}}} " if reduction == "mean" else ""
    one = loss.at(draft, **{name: f"{vector}_{bound}" for name, vector in entries.items()})
    draft.define(rf"{total} := {factor}\sum_{{{bound}=1}}^{{{size}}} {one}")
    draft.say(alone)
    slope = rf"\frac{{\partial {total}}}{{\partial {entries[loss.score]}_{index}}}"
    place = {
        draft.context.symbol(name): draft.context.symbol(vector)[draft.context.symbol(index)]
        for name, vector in entries.items()
    }
    number = draft.context.symbol(size) if reduction == "mean" else S.One
    result = derivation.export("gradient").result.xreplace(place) / number
    chain = Chain(draft, slope)
    if not chain.equals(latex(result, draft.context)):
        raise UnsupportedTerm(
            "the gradient over many samples is not proved",
            remedy="derive the page without --reduction",
        )
    write_chains(draft, chain)
    return {f"loss_{reduction}": total, f"gradient_{reduction}": slope}
