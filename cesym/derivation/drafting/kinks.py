"""Sections on a loss with kinks: its convexity, what it is on each side of them, and its slopes
beside them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sympy import Expr

from cesym.derivation.drafting.beside import Kinked, beside_kinks
from cesym.derivation.drafting.chains import Chain, write_chains
from cesym.derivation.drafting.draft import Draft
from cesym.derivation.drafting.pieces import Piece, holds, kink_terms, pieces_of
from cesym.derivation.drafting.quantities import Quantity
from cesym.messages import N_, _
from cesym.terms.printing import RELATIONS, latex

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


@dataclass(frozen=True, slots=True)
class _Worked:
    """A piece, with the chains of loss, slope and second derivative; none where one of these is not
    decided. `curved` if the last is 0 or more, by `claim` where that is not plain.
    """

    piece: Piece
    chains: tuple[Chain, ...] = ()
    curved: bool = False
    claim: str = ""


def kinks(draft: Draft, level: int, one: Kinked, terms: Iterable[Expr]) -> list[str]:
    """The sections on a variable in which the loss has kinks at the zeros of `terms`; what was
    found, in short.
    """
    name, short = draft.spelled(one.variable), kink_terms(draft, terms)
    pieces = pieces_of(draft, one.formula, short, one.symbol(draft))
    worked = [_worked(draft, one, piece) for piece in pieces.found]
    draft.heading(level, _("Kinks in ${name}$", name=name))
    where = draft.listed([f"{latex(term, draft.context)} = 0" for term in short])
    draft.say(
        _(
            "The formula of the loss can have a kink in ${name}$ only at {where}.",
            name=name,
            where=where,
        )
    )
    if not pieces.undecided and all(found.chains for found in worked):
        draft.say(_("Everywhere else the loss has a derivative by ${name}$.", name=name))
    shape = _shape(draft, one)
    for conditions in pieces.undecided:
        where = draft.listed([*conditions])
        draft.say(_("What the loss is for {where} could not be decided.", where=where))
    for found in worked:
        _say_piece(draft, level + 1, found)
    sentences, rising = beside_kinks(draft, level + 1, one, pieces)
    if shape is None and rising and all(found.curved for found in worked):
        draft.heading(level + 1, _("Convexity in ${name}$", name=name))
        draft.say(
            _(
                "Beside the kinks the second derivative is nowhere negative, and at none of them"
                " the slope falls; so the loss is convex in ${name}$.",
                name=name,
            )
        )
        shape = SHAPES[0][-1]
    return [_(shape or N_("Whether it is convex in ${name}$ is open."), name=name), *sentences]


def _shape(draft: Draft, one: Kinked) -> str | None:
    """What is said in short of a loss that is shown to be convex or concave."""
    name, what = draft.spelled(one.variable), one.quantity.latex(draft)
    words = {"open": r"\text{ ", "close": " }", "name": name, "what": what}
    for claim, sentence, short in SHAPES:
        if draft.proves(text := _(claim, **words)):
            draft.say(_(sentence, name=name))
            draft.display(text)
            return short
    return None


def _worked(draft: Draft, one: Kinked, piece: Piece) -> _Worked:
    """The loss, its slope and its second derivative on one piece."""
    quantity, variable = one.quantity, one.variable
    with draft.supposing(*piece.conditions):
        value = Chain(draft, quantity.latex(draft))
        if not value.equals(latex(piece.formula, draft.context)):
            return _Worked(piece)
        first = _derivative(draft, quantity.derived(variable), one, piece.formula)
        if first is None:
            return _Worked(piece)
        second = _derivative(draft, quantity.derived(variable, variable), one, first.term)
        if second is None:
            return _Worked(piece)
        plain = bool(second.term.is_Rational and second.term >= 0)
        claim = f"{second.left.latex} {RELATIONS['>=']} 0"
        curved = plain or holds(draft, second.term, ">=")
        return _Worked(piece, (value, first, second), curved, claim if curved > plain else "")


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


def _say_piece(draft: Draft, level: int, found: _Worked) -> None:
    """What the loss and its derivatives are on one piece."""
    where = draft.listed([*found.piece.conditions])
    supposed = _("Suppose that {where}.", where=where)
    draft.heading(level, _("Where {where}", where=where))
    if not found.chains:
        draft.say(supposed, _("The derivatives of the loss could not be decided here."))
        return
    draft.say(supposed, _("Then loss, gradient and second derivative are"))
    with draft.supposing():
        write_chains(draft, *found.chains)
    if found.claim:
        draft.say(_("The last one is nowhere negative:"))
        draft.display(found.claim)
