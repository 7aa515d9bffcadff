"""The loss of a page over many samples, their sum or mean, and its gradient in one score."""

from __future__ import annotations

from dataclasses import replace

from sympy import S

from cesym.derivation.drafting.chains import write_chains
from cesym.derivation.drafting.continuing import (
    MeanLoss,
    ScoredLoss,
    fresh,
    loss_of,
    proved_slope,
)
from cesym.derivation.drafting.draft import Draft
from cesym.derivation.drafting.rows import over_rows
from cesym.derivation.drafting.totals import without_mean
from cesym.derivation.outline import Outline
from cesym.messages import N_, _

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


def over_samples(draft: Draft, outline: Outline, reduction: str) -> dict[str, str]:
    """A section with the sum or the mean of the loss over samples, and its gradient in the score
    of one of them; the new exports. Nothing is added to a loss that is the mean already.

    Raises UnsupportedTerm for a page without a loss and its gradient, or one over whose samples it
    is not proved.
    """
    loss = loss_of(outline)
    if isinstance(loss, MeanLoss):
        return {} if reduction == "mean" else without_mean(draft, loss)
    heading, together, alone = map(_, REDUCTIONS[reduction])
    draft.heading(2, heading)
    if isinstance(loss, ScoredLoss):
        return _over_scores(draft, loss, reduction, together, alone)
    return over_rows(draft, loss, reduction, together)


def _over_scores(
    draft: Draft, loss: ScoredLoss, reduction: str, together: str, alone: str
) -> dict[str, str]:
    context = draft.context
    size = fresh(draft, "NMRBD")
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
    number = rf"{size} \in \mathbb{{N}}"
    words = {"size": number, "vectors": draft.listed(sentences), "home": home}
    draft.say(_introduction(loss, words), together)
    draft.declare(home)
    total = fresh(draft, "TCFGEV")
    factor = rf"\frac{{1}}{{{size}}} " if reduction == "mean" else ""
    one = loss.at(draft, **{name: f"{vector}_{bound}" for name, vector in entries.items()})
    draft.define(rf"{total} := {factor}\sum_{{{bound}=1}}^{{{size}}} {one}")
    draft.say(alone)
    place = {
        draft.context.symbol(name): draft.context.symbol(vector)[draft.context.symbol(index)]
        for name, vector in entries.items()
    }
    divisor = draft.context.symbol(size) if reduction == "mean" else S.One
    found, chains = {f"loss_{reduction}": total}, []
    for score, export in loss.slopes:
        slope = rf"\frac{{\partial {total}}}{{\partial {entries[score]}_{index}}}"
        chains.append(proved_slope(draft, slope, export, export.result.xreplace(place) / divisor))
        found[f"{export.name}_{reduction}"] = slope
    write_chains(draft, *chains)
    return found


def _introduction(loss: ScoredLoss, words: dict[str, str]) -> str:
    if loss.label is None:
        return _(
            "Let ${size}$ be the number of samples, {vectors} what the model says of them, and"
            " ${home}$ one of them.",
            **words,
        )
    return _(
        "Let ${size}$ be the number of samples, {vectors} their labels and scores, and ${home}$"
        " one of them.",
        **words,
    )
