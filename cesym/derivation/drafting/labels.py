r"""The loss of a page for labels of the other kind: t in {-1, 1} in the place of y = (1 + t) / 2,
or t in {0, 1} in the place of y = 2 t - 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from cesym.derivation.drafting.chains import Chain, write_chains
from cesym.derivation.drafting.continuing import MeanLoss, ScoredLoss, fresh, loss_of
from cesym.derivation.drafting.draft import Draft
from cesym.derivation.drafting.margins import forms_of, margin_forms
from cesym.derivation.drafting.quantities import Quantity
from cesym.derivation.drafting.sections import first_derivative
from cesym.derivation.drafting.totals import with_signed_labels
from cesym.derivation.outline import Outline
from cesym.errors import UnsupportedTerm
from cesym.messages import N_, _
from cesym.terms.domains import FiniteSet, Interval
from cesym.terms.printing.domains import declared

BINARY = FiniteSet((Fraction(0), Fraction(1)))
SIGNED = FiniteSet((Fraction(-1), Fraction(1)))
HALF = Interval(Fraction(0), Fraction(1))
"""The labels 0 and 1, the labels -1 and 1, and those that may lie between 0 and 1."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """Labels of a kind: which labels take their place, what is said, and what the exports of the
    section are called after.
    """

    home: str
    value: str
    heading: str
    sentence: str
    name: str


KINDS = {
    (-1, 1): _Kind(
        r"{} \in \{{-1, 1\}}",
        r"\frac{{1 + {}}}{{2}}",
        N_("Labels with a sign"),
        N_(
            "Let ${home}$ be a label with a sign: 1 as before, and $-1$ instead of 0. In the place"
            " of ${label}$ stands ${value}$:"
        ),
        "signed",
    ),
    (0, 1): _Kind(
        r"{} \in \{{0, 1\}}",
        "2 {} - 1",
        N_("Labels 0 and 1"),
        N_(
            "Let ${home}$ be a label without a sign: 1 as before, and 0 instead of $-1$. In the"
            " place of ${label}$ stands ${value}$:"
        ),
        "binary",
    ),
}
"""Labels -> the section that has them."""


def with_labels(draft: Draft, outline: Outline, labels: tuple[int, int]) -> dict[str, str]:
    """A section with the loss for other labels; the new exports. Nothing is added to a page that
    has these labels.

    Raises UnsupportedTerm for a page without a loss of a label and a score, or whose label is none
    of two classes.
    """
    loss = loss_of(outline)
    if isinstance(loss, MeanLoss):
        return with_signed_labels(draft, loss, labels)
    if not isinstance(loss, ScoredLoss) or loss.label is None:
        raise UnsupportedTerm(
            "the loss of the page has no label of two classes",
            remedy="put the label directly before the score, as in {example}"
            " (of a loss of your own, declare it first), or derive without --labels",
            example="J(y, s)",
        )
    if _has(outline, loss.label, labels):
        return {}
    kind = KINDS[labels]
    sign, function = fresh(draft, "trabcd"), fresh(draft, "MGFRWQ")
    home, value = kind.home.format(sign), kind.value.format(sign)
    draft.heading(2, _(kind.heading))
    draft.say(_(kind.sentence, home=home, label=draft.spelled(loss.label), value=value))
    draft.declare(home)
    parameters = tuple(sign if name == loss.label else name for name in loss.parameters)
    quantity = Quantity(function, parameters)
    draft.define(f"{quantity.call(draft, {})} := {loss.at(draft, **{loss.label: value})}")
    forms = (margin_forms if labels == (-1, 1) else forms_of)(draft, loss, sign)
    chain = Chain(draft, quantity.latex(draft))
    if not _first(chain, forms.values):
        chain.by("definition", function)
        chain.by("definition", draft.spelled(loss.function))
    write_chains(draft, chain)
    draft.say(_("Its slope is"))
    found, chains = {f"loss_{kind.name}": quantity.latex(draft)}, []
    for score, export in loss.slopes:
        slope = quantity.derived(score)
        chains.append(_slope(draft, slope, score, forms.slopes(score)))
        found[f"{export.name}_{kind.name}"] = slope.latex(draft)
    write_chains(draft, *chains)
    return found


def _has(outline: Outline, label: str, labels: tuple[int, int]) -> bool:
    """Whether the label is one of `labels` already. Raises UnsupportedTerm for one that is none of
    two classes.
    """
    declaration = outline.context.declarations[label]
    if declaration.domain not in (BINARY, SIGNED, HALF):
        raise UnsupportedTerm(
            "{name} is no label of two classes: the page says {declaration}",
            remedy="derive the page without --labels",
            name=label,
            declaration=declared(declaration, outline.context),
        )
    return (declaration.domain == SIGNED) == (labels == (-1, 1))


def _first(chain: Chain, forms: Sequence[str]) -> bool:
    """Go on with the first of `forms` that is proved. Whether one is."""
    return any(chain.equals(form) for form in forms)


def _slope(draft: Draft, slope: Quantity, score: str, forms: Sequence[str]) -> Chain:
    """The slope in a form that is proved; else what SymPy finds."""
    chain = Chain(draft, slope.latex(draft))
    if _first(chain, forms):
        return chain
    return first_derivative(draft, replace(slope, by=()), score, linked=False)
