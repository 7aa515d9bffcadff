"""Sections on a loss with kinks: its convexity, what it is on each side of them, and its slopes
beside them.
"""

from __future__ import annotations

from collections.abc import Iterable

from sympy import Expr

from cesym.derivation.drafting.beside import Kinked, beside_kinks
from cesym.derivation.drafting.chains import Chain, write_chains
from cesym.derivation.drafting.draft import Draft
from cesym.derivation.drafting.pieces import Piece, kink_terms, pieces_of
from cesym.derivation.drafting.quantities import Quantity
from cesym.messages import N_, _
from cesym.terms.printing import latex

SHAPES = (
    (
        N_("{what} {open}is convex in{close} {name}"),
        N_("With its kinks the loss is convex in ${name}$:"),
        N_("It is convex in ${name}$."),
    ),
    (
        N_("{what} {open}is concave in{close} {name}"),
        N_("With its kinks the loss is concave in ${name}$:"),
        N_("It is concave in ${name}$."),
    ),
)
"""Claim, with `open` and `close` around its words; what introduces it; the same in short."""


def kinks(draft: Draft, level: int, one: Kinked, terms: Iterable[Expr]) -> list[str]:
    """The sections on a variable in which the loss has kinks at the zeros of `terms`; what was
    found, in short.
    """
    name, short = draft.spelled(one.variable), kink_terms(draft, terms)
    draft.heading(level, _("Kinks in ${name}$", name=name))
    where = draft.listed([f"{latex(term, draft.context)} = 0" for term in short])
    draft.say(
        _(
            "The formula of the loss may have a kink in ${name}$ at {where}.",
            name=name,
            where=where,
        ),
        _("Everywhere else the loss has a derivative by ${name}$.", name=name),
    )
    convex, sentence = _convexity(draft, one)
    pieces = pieces_of(draft, one.formula, short, one.symbol(draft))
    for conditions in pieces.undecided:
        where = draft.listed([*conditions])
        draft.say(_("What the loss is for {where} could not be decided.", where=where))
    for piece in pieces.found:
        _piece(draft, level + 1, one, piece)
    return [sentence, *beside_kinks(draft, level + 1, one, pieces.found, convex=convex)]


def _convexity(draft: Draft, one: Kinked) -> tuple[bool, str]:
    """Whether it is shown to be convex, and a sentence."""
    name, what = draft.spelled(one.variable), one.quantity.latex(draft)
    words = {"open": r"\text{ ", "close": " }", "name": name, "what": what}
    for number, (claim, sentence, short) in enumerate(SHAPES):
        if draft.proves(text := _(claim, **words)):
            draft.say(_(sentence, name=name))
            draft.display(text)
            return number == 0, _(short, name=name)
    draft.say(_("Whether the loss is convex in ${name}$ could not be decided.", name=name))
    return False, _("Whether it is convex in ${name}$ is open.", name=name)


def _piece(draft: Draft, level: int, one: Kinked, piece: Piece) -> None:
    """The loss, its slope and its second derivative on one piece."""
    draft.heading(level, _("Where {where}", where=draft.listed([*piece.conditions])))
    supposed = [_("Suppose that ${hypothesis}$.", hypothesis=c) for c in piece.conditions]
    quantity, variable = one.quantity, one.variable
    with draft.supposing(*piece.conditions):
        value = Chain(draft, quantity.latex(draft))
        first = second = None
        if value.equals(latex(piece.formula, draft.context)):
            first = _derivative(draft, quantity.derived(variable), one, piece.formula)
        if first is not None:
            second = _derivative(draft, quantity.derived(variable, variable), one, first.term)
        if first is None or second is None:
            draft.say(*supposed, _("The derivatives of the loss could not be decided here."))
            return
        draft.say(*supposed, _("Then loss, gradient and second derivative are"))
        write_chains(draft, value, first, second)


def _derivative(draft: Draft, derived: Quantity, one: Kinked, body: Expr) -> Chain | None:
    """A derivative of the loss, as that of what the loss or its slope is on a piece."""
    chain, name = Chain(draft, derived.latex(draft)), draft.spelled(one.variable)
    if not body.has(one.symbol(draft)):
        return chain if chain.equals("0") else None
    text = latex(body, draft.context)
    if not chain.equals(rf"\frac{{\partial}}{{\partial {name}}} \left( {text} \right)"):
        return None
    if not chain.by("differentiate"):
        return None
    chain.shorten()
    return chain
