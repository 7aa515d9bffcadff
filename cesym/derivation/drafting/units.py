r"""The results of a page in bits, or in decimal digits: divided by $\log 2$ or $\log 10$."""

from __future__ import annotations

from sympy import log

from cesym.derivation.drafting.chains import Chain, write_chains
from cesym.derivation.drafting.continuing import MeanLoss, loss_of
from cesym.derivation.drafting.draft import Draft
from cesym.derivation.outline import Outline
from cesym.derivation.steps import Export
from cesym.errors import CesymError, UnsupportedTerm
from cesym.messages import N_, _
from cesym.reader.latex.formula import Formula
from cesym.reader.latex.tokens import tokenize
from cesym.reader.respelling import Edit, edited
from cesym.terms.context import Context
from cesym.terms.functions import cross_entropy, entropy, kl, logsumexp, softplus, xlogy

LOGARITHMS = (log, softplus, logsumexp, entropy, cross_entropy, kl, xlogy)

UNITS = {2: (N_("In bits"), "bits"), 10: (N_("In decimal digits"), "digits")}
"""Base of the logarithm -> heading, and what is added to the names of exports."""


def in_base(draft: Draft, outline: Outline, base: int) -> dict[str, str]:
    """A section with every export in another unit; the new exports.

    Raises UnsupportedTerm for an export that cannot be divided by a number and written.
    """
    exports = _results(outline)
    if not any(_measures(export, outline.context) for export in exports):
        raise UnsupportedTerm(
            "the page exports no loss and no logarithm, and nothing else has such a unit",
            remedy="derive the page without --log-base",
        )
    heading, unit = UNITS[base]
    draft.heading(2, _(heading))
    draft.say(
        _(
            "With logarithms of base {base} everything is divided by ${factor}$, the loss and its"
            " derivatives alike:",
            base=base,
            factor=rf"\log {base}",
        )
    )
    found, chains = {}, []
    for export in exports:
        left = rf"\frac{{1}}{{\log {base}}} {_factor(export.latex)}"
        chain = _scaled(draft, left, export, base)
        if chain is None:
            raise UnsupportedTerm(
                "the export {name} cannot be written with logarithms of base {base}",
                remedy="derive the page without --log-base",
                name=export.name,
                base=base,
            )
        chains.append(chain)
        found[f"{export.name}_{unit}"] = left
    write_chains(draft, *chains)
    return found


def _results(outline: Outline) -> tuple[Export, ...]:
    """What the page exports; of one that exports nothing, a mean over samples and its slopes."""
    if outline.exports:
        return outline.exports
    try:
        loss = loss_of(outline)
    except UnsupportedTerm:
        loss = None
    if isinstance(loss, MeanLoss):
        return loss.loss, *loss.slopes
    raise UnsupportedTerm(
        "the page exports no results", remedy="name them in its front matter, under exports"
    )


def _measures(export: Export, context: Context) -> bool:
    """Whether an export is told in units of the logarithm: a loss, or with a logarithm in it."""
    terms = context.unfold_definitions(export.term), export.result, export.stable
    return export.name.startswith("loss") or any(term.has(*LOGARITHMS) for term in terms)


def _scaled(draft: Draft, left: str, export: Export, base: int) -> Chain | None:
    """An export over the logarithm of the base; with logarithms of this base where it has some."""
    try:
        chain = Chain(draft, left)
    except CesymError:
        return None
    chain.by("insert", export.latex)
    found = _goes_on(chain, _based(export.result_latex, base))
    if not found and not chain.lines:
        _goes_on(chain, _divided(export.result_latex, base))
    return chain if chain.lines else None


def _goes_on(chain: Chain, text: str | None) -> bool:
    """One more line, if it can be read and is proved."""
    try:
        return text is not None and chain.equals(text)
    except CesymError:
        return False


def _divided(text: str, base: int) -> str:
    return rf"\frac{{1}}{{\log {base}}} \left( {text} \right)"


def _based(text: str, base: int) -> str | None:
    r"""`text` with `\log_2` for `\log`; None where there is none."""
    formula = Formula(text)
    written = "_2" if base == 2 else f"_{{{base}}}"
    edits = [
        Edit(token.at, rf"\log{written}") for token in tokenize(formula) if token.says("\\log")
    ]
    return edited(formula, edits) if edits else None


def _factor(text: str) -> str:
    return text if text.startswith("\\frac") or not set("+-=") & set(text) else f"({text})"
