"""Sections of a drafted page: sign, derivatives, convexity, ends of the domain.

Each looks with the prover first, and then says what was found; what was not decided is said too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cesym.derivation.drafting.chains import Chain, write_chains
from cesym.derivation.drafting.draft import Draft
from cesym.derivation.drafting.limits import ends_of, limit_at
from cesym.derivation.drafting.quantities import Quantity
from cesym.derivation.drafting.signs import Sign, sign_of
from cesym.derivation.drafting.wording import curvature, sign_in_words, slope
from cesym.messages import _


def say_sign(draft: Draft, quantity: Quantity) -> None:
    """Whether a loss is positive."""
    sign = sign_of(draft, quantity)
    _say(draft, sign_in_words(sign), quantity, sign)


def gradient(draft: Draft, quantity: Quantity, variable: str, chain: Chain) -> None:
    """A first derivative, worked out already, and whether the loss rises or falls."""
    derived = quantity.derived(variable)
    write_chains(draft, chain)
    if chain.term == 0:
        return
    sign = sign_of(draft, derived)
    _say(draft, slope(sign, draft.spelled(variable)), derived, sign)


def hessian(draft: Draft, quantity: Quantity, variable: str) -> None:
    """The second derivative by one variable, and whether the loss is convex in it."""
    first, second = quantity.derived(variable), quantity.derived(variable, variable)
    chain = Chain(draft, second.latex(draft))
    if not (chain.by("insert", first.latex(draft)) and chain.by("differentiate")):
        chain = Chain(draft, second.latex(draft))
        if not chain.by("differentiate"):
            draft.say(_("SymPy does not find the second derivative in a form that is proved."))
            return
    chain.shorten()
    write_chains(draft, chain)
    sign = sign_of(draft, second)
    _say(draft, curvature(sign, draft.spelled(variable)), second, sign)


def mixed(draft: Draft, quantity: Quantity, variables: Sequence[str]) -> None:
    """The mixed second derivatives."""
    chains = []
    for place, one in enumerate(variables):
        for other in variables[place + 1 :]:
            chain = Chain(draft, quantity.derived(one, other).latex(draft))
            if chain.by("differentiate"):
                chain.shorten()
                chains.append(chain)
    if chains:
        draft.say(_("The mixed second derivatives are"))
        write_chains(draft, *chains)


def ends(draft: Draft, quantities: Iterable[Quantity], variable: str) -> None:
    """What quantities tend to at both ends of the domain of a variable."""
    found, missing = [], []
    for quantity in quantities:
        for end in ends_of(draft, variable):
            chains = limit_at(draft, quantity, variable, end)
            found += chains
            if not chains:
                where = rf"{draft.spelled(variable)} \to {end}"
                missing.append((quantity.latex(draft), where))
    if found:
        draft.say(_("At the ends of the domain of ${name}$:", name=draft.spelled(variable)))
        write_chains(draft, *found)
    for what, where in missing:
        draft.say(
            _("What ${what}$ tends to as ${where}$ could not be decided.", what=what, where=where)
        )


def _say(draft: Draft, sentence: str, quantity: Quantity, sign: Sign) -> None:
    """A sentence, and the claims that it speaks of."""
    draft.say(sentence)
    if sign.relation is not None:
        draft.claim(quantity.latex(draft), sign.relation, "0")
    for claim in (sign.negative, sign.positive):
        if claim is not None:
            draft.display(claim)
