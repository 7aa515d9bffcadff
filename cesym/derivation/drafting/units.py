r"""The results of a page in bits, or in decimal digits: divided by $\log 2$ or $\log 10$."""

from __future__ import annotations

from cesym.derivation.drafting.chains import Chain, write_chains
from cesym.derivation.drafting.draft import Draft
from cesym.derivation.steps import Derivation, Export
from cesym.errors import CesymError, UnsupportedTerm
from cesym.messages import N_, _
from cesym.reader.latex.formula import Formula
from cesym.reader.latex.tokens import tokenize
from cesym.reader.respelling import Edit, edited

UNITS = {2: (N_("In bits"), "bits"), 10: (N_("In decimal digits"), "digits")}
"""Base of the logarithm -> heading, and what is added to the names of exports."""


def in_base(draft: Draft, derivation: Derivation, base: int) -> dict[str, str]:
    """A section with every export in another unit; the new exports.

    Raises UnsupportedTerm for an export that cannot be divided by a number and written.
    """
    if not derivation.exports:
        raise UnsupportedTerm(
            "the page exports no results", remedy="name them in its front matter, under exports"
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
    for export in derivation.exports:
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


def _scaled(draft: Draft, left: str, export: Export, base: int) -> Chain | None:
    """An export over the logarithm of the base; with logarithms of this base where it has some."""
    try:
        chain = Chain(draft, left)
        chain.by("insert", export.latex)
        based = _based(export.result_latex, base)
        if not (based and chain.equals(based)) and not chain.lines:
            chain.equals(_divided(export.result_latex, base))
    except CesymError:
        return None
    return chain if chain.lines else None


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
