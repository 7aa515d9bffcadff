"""A loss that is a mean over samples: as a sum, and for labels with a sign."""

from __future__ import annotations

from fractions import Fraction

from sympy import Expr, Indexed, IndexedBase

from cesym.derivation.drafting.chains import Chain, write_chains
from cesym.derivation.drafting.continuing import MeanLoss, fresh, proved_slope
from cesym.derivation.drafting.draft import Draft
from cesym.errors import UnsupportedTerm
from cesym.messages import _
from cesym.terms.domains import FiniteSet, Interval
from cesym.terms.printing import latex

BINARY = FiniteSet((Fraction(0), Fraction(1)))


def without_mean(draft: Draft, loss: MeanLoss) -> dict[str, str]:
    """A section with the sum in the place of a mean; the new exports.

    Raises UnsupportedTerm for a slope that is not proved so.
    """
    total, size = fresh(draft, "TCFGEV"), latex(loss.size, draft.context)
    definition = draft.context.definitions[loss.name]
    draft.heading(2, _("The sum over the samples"))
    draft.say(_("Not divided by the number of samples, the loss is"))
    draft.define(f"{total} := {latex(definition.body * loss.size, draft.context)}")
    draft.say(_("It and its derivatives are ${size}$ times what the mean has:", size=size))
    whole = Chain(draft, total)
    whole.equals(rf"{size} \, {draft.spelled(loss.name)}")
    chains, found = [whole] if whole.lines else [], {"loss_sum": total}
    for export in loss.slopes:
        slope = _slope(draft, total, export.term)
        chains.append(proved_slope(draft, slope, export, export.result * loss.size))
        found[f"{export.name}_sum"] = slope
    write_chains(draft, *chains)
    return found


def with_signed_labels(draft: Draft, loss: MeanLoss, wanted: tuple[int, int]) -> dict[str, str]:
    """A section with labels -1 and 1 for all samples, if they are wanted; the new exports.

    Raises UnsupportedTerm for a loss without a vector of labels from 0 to 1.
    """
    labels = _labels(draft, loss)
    if wanted == (0, 1):
        return {}
    sign, total = fresh(draft, "trabcduv"), fresh(draft, "MGFRWQ")
    old = draft.context.declarations[str(labels)]
    home = rf"{sign} \in \{{-1, 1\}}^{{{old.shape[0]}}}"
    draft.heading(2, _("Labels with a sign"))
    draft.say(
        _(
            "Let ${home}$ be labels with a sign: 1 as before, and $-1$ instead of 0. In the place"
            " of each label of ${label}$ stands half of 1 plus the label with a sign:",
            home=home,
            label=old.latex,
        )
    )
    draft.declare(home)
    signs = draft.context.symbol(sign)
    body = _signed(draft.context.definitions[loss.name].body, labels, signs)
    draft.define(f"{total} := {latex(body, draft.context)}")
    draft.say(_("Its derivatives are"))
    chains, found = [], {"loss_signed": total}
    for export in loss.slopes:
        slope = _slope(draft, total, export.term)
        chains.append(proved_slope(draft, slope, export, _signed(export.result, labels, signs)))
        found[f"{export.name}_signed"] = slope
    write_chains(draft, *chains)
    return found


def _labels(draft: Draft, loss: MeanLoss) -> IndexedBase:
    """The vector of labels: the one whose entries go from 0 to 1, both included."""
    body = draft.context.unfold_definitions(draft.context.definitions[loss.name].body)
    for base in sorted({entry.base for entry in body.atoms(Indexed)}, key=str):
        declaration = draft.context.declarations.get(str(base))
        if declaration is None or len(declaration.shape) != 1:
            continue
        if declaration.domain in (Interval(Fraction(0), Fraction(1)), BINARY):
            return base
    raise UnsupportedTerm(
        "the loss of the page has no label of two classes",
        remedy="derive the page without --labels",
    )


def _signed(term: Expr, labels: IndexedBase, signs: IndexedBase) -> Expr:
    """A term with (1 + t_i)/2 for every label y_i."""
    return term.replace(
        lambda part: isinstance(part, Indexed) and part.base == labels,
        lambda part: (1 + signs[part.indices]) / 2,
    )


def _slope(draft: Draft, total: str, term: Expr) -> str:
    return rf"\frac{{\partial {total}}}{{\partial {latex(term.args[1], draft.context)}}}"
