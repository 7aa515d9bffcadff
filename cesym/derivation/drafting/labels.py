r"""The loss of a page for labels with a sign: t in {-1, 1} in the place of y = (1 + t) / 2."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from sympy import Add, Expr, S

from cesym.derivation.drafting.chains import Chain, write_chains
from cesym.derivation.drafting.continuing import ScoredLoss, fresh, scored_loss
from cesym.derivation.drafting.draft import Draft
from cesym.derivation.drafting.quantities import Quantity
from cesym.derivation.drafting.sections import first_derivative
from cesym.derivation.steps import Derivation
from cesym.errors import CesymError, UnsupportedTerm
from cesym.messages import _
from cesym.terms.domains import FiniteSet, Interval
from cesym.terms.functions import sigmoid
from cesym.terms.printing import latex

BINARY = FiniteSet((Fraction(0), Fraction(1)))
"""The labels 0 and 1."""


def with_signs(draft: Draft, derivation: Derivation) -> dict[str, str]:
    """A section with the loss for labels -1 and 1; the new exports.

    Raises UnsupportedTerm for a page without a loss of a label and a score, or whose label cannot
    be 0 and 1.
    """
    loss = scored_loss(derivation)
    domain = derivation.context.declarations[loss.label].domain
    if domain not in (Interval(Fraction(0), Fraction(1)), BINARY):
        raise UnsupportedTerm(
            "{name} is no label from 0 to 1",
            remedy="derive the page without --labels",
            name=loss.label,
        )
    sign, function = fresh(draft, "trabcd"), fresh(draft, "MGFRWQ")
    home, value = rf"{sign} \in \{{-1, 1\}}", rf"\frac{{1 + {sign}}}{{2}}"
    draft.heading(2, _("Labels with a sign"))
    draft.say(
        _(
            "Let ${home}$ be a label with a sign: 1 as before, and $-1$ instead of 0. In the place"
            " of ${label}$ stands ${value}$:",
            home=home,
            label=draft.spelled(loss.label),
            value=value,
        )
    )
    draft.declare(home)
    quantity = Quantity(function, (sign, *loss.parameters[1:]))
    draft.define(f"{quantity.call(draft, {})} := {loss.at(draft, **{loss.label: value})}")
    chain, margin = Chain(draft, quantity.latex(draft)), _margin(draft, loss, sign)
    if margin is None or not chain.equals(margin):
        chain.by("definition", function)
        chain.by("definition", draft.spelled(loss.function))
    write_chains(draft, chain)
    draft.say(_("Its slope is"))
    slope = quantity.derived(loss.score)
    write_chains(draft, _slope(draft, derivation, loss, slope, sign))
    return {"loss_signed": quantity.latex(draft), "gradient_signed": slope.latex(draft)}


def _margin(draft: Draft, loss: ScoredLoss, sign: str) -> str | None:
    """What the loss is for label 1, with sign times score for the score; None where that cannot be
    written.
    """
    chain = Chain(draft, loss.at(draft, **{loss.label: "1"}))
    for name in reversed(list(draft.context.definitions)):
        chain.by("definition", draft.spelled(name))
    chain.by("expand-logarithm")
    chain.by("log-sigmoid")
    chain.by("definition", r"\operatorname{softplus}")
    return _at_margin(draft, chain.term, loss, sign)


def _at_margin(draft: Draft, term: Expr, loss: ScoredLoss, sign: str) -> str | None:
    score = draft.context.symbol(loss.score)
    try:
        return latex(term.xreplace({score: draft.context.symbol(sign) * score}), draft.context)
    except CesymError:
        return None


def _slope(
    draft: Draft, derivation: Derivation, loss: ScoredLoss, slope: Quantity, sign: str
) -> Chain:
    """The slope: sign times the slope for label 1 at the margin, if that is proved; else what
    SymPy finds.
    """
    context = draft.context
    label, one = context.symbol(loss.label), derivation.export("gradient").result
    term = context.symbol(sign) * one.xreplace({label: S.One})
    text = _at_margin(draft, term, loss, sign)
    chain = Chain(draft, slope.latex(draft))
    if text is not None and chain.equals(text):
        turned = chain.term.xreplace(
            {e: 1 - sigmoid(-e.args[0]) for e in chain.term.atoms(sigmoid)}
        )
        if len(turned.atoms(Add)) < len(chain.term.atoms(Add)):
            chain.equals(latex(turned, context))
        return chain
    return first_derivative(draft, replace(slope, by=()), loss.score, linked=False)
