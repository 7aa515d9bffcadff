"""The page of a loss that the user brought."""

from __future__ import annotations

from cesym.derivation.drafting import Draft, Quantity
from cesym.derivation.drafting.beside import Kinked
from cesym.derivation.drafting.kinks import kinks
from cesym.derivation.drafting.quantities import number
from cesym.derivation.drafting.sections import (
    calculus,
    ends,
    exports_of,
    forms,
    results_of,
    say_sign,
)
from cesym.derivation.drafting.signs import Sign
from cesym.derivation.drafting.summary import Behaviour, say_summary
from cesym.derivation.losses.loss import Link, Loss, names_in, names_of
from cesym.messages import _, using_language
from cesym.terms.domains import REAL, Interval
from cesym.terms.printing import RELATIONS, latex

LETTERS = "LJFGHRUVWABCDMNPQSTXYZ"
"""Names for the loss: as a function of its symbols, then of what these are made of."""


def loss_page(loss: Loss, language: str) -> str:
    """The page, in Markdown, with `?` for every line that SymPy is to work out.

    Raises UnsupportedTerm for what cannot be written in LaTeX, and for a derivative that SymPy
    does not find.
    """
    with using_language(language):
        return _Page(loss, Draft(language)).text()


class _Page:
    """One page in the making."""

    def __init__(self, given: Loss, draft: Draft) -> None:
        self.given = given
        self.draft = draft
        names = (letter for letter in LETTERS if letter not in given.context.declarations)
        self.loss = Quantity(next(names), given.parameters)
        self.score = Quantity(next(names), given.linked) if given.links else self.loss

    @property
    def variables(self) -> tuple[str, ...]:
        """The symbols that the result is differentiated by."""
        return self.given.scores if self.given.links else self.given.variables

    def text(self) -> str:
        title = _("A loss and its derivatives")
        self.draft.heading(1, title)
        sign = self.state()
        if self.given.kinks:
            return self.with_kinks(title, sign)
        found = self.calculus(self.loss, self.given.variables)
        if self.given.links:
            self.link()
            found = self.calculus(self.score, self.variables)
        functions = dict.fromkeys((self.score.function, self.loss.function))
        forms(self.draft, 2, self.results(), tuple(functions))
        say_summary(self.draft, sign, *found)
        exports = {} if self.draft.context.hypotheses else exports_of(self.draft, self.results())
        return self.draft.text(title, exports)

    def with_kinks(self, title: str, sign: Sign) -> str:
        """The rest of the page of a loss that has no derivative somewhere."""
        draft, given, found = self.draft, self.given, []
        smooth = tuple(v for v in given.variables if v not in given.kinks)
        behaviours, together = self.calculus(self.loss, smooth) if smooth else ([], "")
        for variable, terms in given.kinks.items():
            found += kinks(draft, 2, Kinked(self.loss, given.term, variable), terms)
        draft.heading(2, _("At the ends of the domain"))
        for variable in given.kinks:
            ends(draft, (self.loss, self.loss.derived(variable)), variable)
        say_summary(draft, sign, behaviours, together, *found)
        loss = {} if draft.context.hypotheses else exports_of(draft, [self.loss])
        return draft.text(title, loss)

    def state(self) -> Sign:
        """What the loss is, and its sign."""
        draft, context = self.draft, self.given.context
        needed = names_of(self.given.term).union(*map(names_in, context.hypotheses))
        sentences = [self.declare(needed)]
        for hypothesis in context.hypotheses:
            text = draft.assumed(hypothesis)
            draft.assume(text)
            sentences.append(_("Suppose that ${hypothesis}$.", hypothesis=text))
        draft.say(*sentences, _("The loss is"))
        self.define(self.loss, latex(self.given.term, draft.context))
        return say_sign(draft, self.loss)

    def declare(self, names: set[str]) -> str:
        """A sentence that declares those symbols that are not declared yet."""
        context = self.given.context
        new = [n for n in self.given.in_order(names) if self.draft.context.kind(n) is None]
        texts = [self.draft.declaration(context.declarations[name], context) for name in new]
        return _("Let {declarations}.", declarations=self.draft.listed(texts)) if texts else ""

    def define(self, quantity: Quantity, body: str) -> None:
        parameters = ", ".join(map(self.draft.spelled, quantity.parameters))
        self.draft.define(f"{quantity.function}({parameters}) := {body}")

    def link(self) -> None:
        """What the symbols are made of, and the loss as a function of that."""
        draft, given = self.draft, self.given
        draft.heading(2, _("Through the link"))
        opening = self.declare(set().union(*(names_of(link.term) for link in given.links)))
        for link in given.links:
            name, right = draft.spelled(link.name), latex(link.term, draft.context)
            draft.say(opening, self.says(name, right, claim := self.inside(link, right)))
            opening = ""
            if claim:
                draft.display(claim)
        draft.say(_("With it the loss is"))
        self.define(self.score, self.called())

    @staticmethod
    def says(name: str, right: str, claim: str) -> str:
        """What a symbol is made of, in words."""
        if claim:
            return _(
                "Now ${name}$ is ${link}$, which lies in the domain of ${name}$:",
                name=name,
                link=right,
            )
        return _("Now ${name}$ is ${link}$.", name=name, link=right)

    def inside(self, link: Link, right: str) -> str:
        """The claim that a link stays in the domain of its symbol, where there is one to make."""
        domain = self.given.context.declarations[link.name].domain
        assert isinstance(domain, Interval)
        if domain == REAL:
            return ""
        less = RELATIONS["<"] if domain.lower_open else RELATIONS["<="]
        below = "" if domain.lower is None else f"{number(domain.lower)} {less} "
        less = RELATIONS["<"] if domain.upper_open else RELATIONS["<="]
        above = "" if domain.upper is None else f" {less} {number(domain.upper)}"
        return below + right + above

    def called(self) -> str:
        """The loss, called with the links for its arguments."""
        links = {link.name: latex(link.term, self.draft.context) for link in self.given.links}
        arguments = [links.get(n) or self.draft.spelled(n) for n in self.loss.parameters]
        return f"{self.loss.function}({', '.join(arguments)})"

    def calculus(
        self, quantity: Quantity, variables: tuple[str, ...]
    ) -> tuple[list[Behaviour], str]:
        """Derivatives and limits; what is found of the derivatives."""
        draft, linked = self.draft, quantity is not self.loss
        level = 3 if linked else 2
        found = calculus(draft, level, quantity, variables, linked=linked)
        draft.heading(level, _("At the ends of the domain"))
        for variable in variables:
            ends(draft, (quantity, quantity.derived(variable)), variable)
        return found

    def results(self) -> list[Quantity]:
        """The loss, its first derivatives, its second ones."""
        return results_of(self.score, self.variables)
