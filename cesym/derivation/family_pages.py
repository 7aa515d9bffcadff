"""The page of a family: likelihood, its logarithm, the loss, and all that follows from it."""

from __future__ import annotations

from collections.abc import Mapping

from cesym.derivation.drafting import Chain, Draft, Quantity, write_chains
from cesym.derivation.drafting.sections import calculus, exports_of, forms, results_of
from cesym.derivation.drafting.summary import say_summary
from cesym.derivation.families import Family, VectorFamily
from cesym.errors import UnsupportedTerm
from cesym.messages import N_, _, using_language
from cesym.reader import latex

LINK, LOGITS = N_("Through the softmax"), r"z \in \mathbb{R}^K"
"""The section that declares the logits, and how."""

FIELDS = {"factorial": r"\log \Gamma(y + 1)", "variance": r"\mu + \mu^2 / r"}
"""Formulas in opening sentences that declare nothing."""


def family_page(family: Family | VectorFamily, language: str) -> str:
    """The page of a family, in Markdown, with `?` wherever SymPy is to work out the line.

    SymPy looks for the lines and the prover says which of them stand, as for a loss that a user
    brings (`cesym.derivation.losses`).
    """
    with using_language(language):
        if isinstance(family, VectorFamily):
            return _scripted(family, Draft(language))
        return _FamilyPage(family, Draft(language)).text()


def _scripted(family: VectorFamily, draft: Draft) -> str:
    """The page of a family whose rules are given."""
    title = family.titles[draft.language]
    draft.heading(1, title)
    declare(draft, family.declarations)
    draft.say(_(family.opening, **family.declarations))
    for part in family.parts:
        draft.heading(2, _(part.heading))
        if part.heading == LINK:
            declare(draft, {"z": LOGITS})
            draft.say(_("The probabilities are the softmax of logits ${z}$.", z=LOGITS))
        if part.words:
            draft.say(_(part.words))
        for definition in part.definitions:
            draft.define(definition)
        for left, rules in part.chains:
            chain = Chain(draft, left)
            for rule, what in rules:
                if not chain.by(rule, what):
                    raise UnsupportedTerm(
                        "the rule {rule} leads nowhere in {name}", rule=rule, name=family.name
                    )
            write_chains(draft, chain)
        for claim in part.claims:
            draft.display(claim)
    return draft.text(title, family.exports)


def declare(draft: Draft, declarations: Mapping[str, str]) -> None:
    """Take in what the next sentence declares."""
    for text in declarations.values():
        found = latex.parse_inline(text, draft.context)
        assert isinstance(found, tuple)
        draft.context = draft.context.declare(*found)


class _FamilyPage:
    """One page in the making: P is the likelihood, L the loss, J the loss in the scores."""

    def __init__(self, family: Family, draft: Draft) -> None:
        self.family = family
        self.draft = draft
        self.loss = Quantity("L", ("y", *family.parameters))
        scored = ("y", *family.variables)
        self.score = Quantity("J", scored) if family.links else self.loss

    def text(self) -> str:
        draft, family = self.draft, self.family
        title = family.titles[draft.language]
        draft.heading(1, title)
        declare(draft, family.declarations)
        # The texts are those of the table, which marks them.
        draft.say(_(family.opening, **{**FIELDS, **family.declarations}))
        self.likelihood()
        found = calculus(draft, 2, self.loss, family.parameters, linked=False)
        if family.links:
            self.link()
            found = calculus(draft, 3, self.score, family.variables, linked=True)
        results = results_of(self.score, family.variables)
        functions = ("J", "L", "P") if family.links else ("L", "P")
        forms(draft, 2, results, functions)
        say_summary(draft, None, *found)
        return draft.text(title, exports_of(draft, results))

    def likelihood(self) -> None:
        """The likelihood, its logarithm, and the loss."""
        draft, call = self.draft, self.loss.call(self.draft, {})
        likelihood = call.replace("L", "P", 1)
        draft.heading(2, _("Likelihood"))
        draft.define(f"{likelihood} := {self.family.likelihood}")
        draft.heading(2, _("Log-likelihood"))
        self.chain(rf"\log {likelihood}", "P")
        draft.heading(2, _("Negative log-likelihood"))
        draft.say(_("A loss is something to be made small, so the sign changes:"))
        draft.define(rf"{call} := -\log {likelihood}")
        self.chain(call, "L", "P")

    def chain(self, left: str, *definitions: str) -> None:
        """Definitions put in, and the logarithm expanded."""
        chain = Chain(self.draft, left)
        for name in definitions:
            chain.by("definition", name)
        chain.by("expand-logarithm")
        chain.shorten(("cancel", "expand"))
        write_chains(self.draft, chain)

    def link(self) -> None:
        """The loss as a function of the scores."""
        draft, family = self.draft, self.family
        draft.heading(2, _("Through the link"))
        declare(draft, family.scores)
        scores = draft.listed(list(family.scores.values()))
        links = draft.listed(
            [f"{draft.spelled(name)} = {right}" for name, right in family.links.items()]
        )
        draft.say(_("The link is {links}, with {scores}.", links=links, scores=scores))
        arguments = [
            family.links.get(name) or draft.spelled(name) for name in ("y", *family.parameters)
        ]
        draft.define(f"{self.score.call(draft, {})} := L({', '.join(arguments)})")
        self.chain(self.score.latex(draft), "J", "L", "P")
