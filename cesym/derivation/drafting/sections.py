"""Sections of a drafted page: sign, derivatives, convexity, ends of the domain.

Each looks with the prover first, and then says what was found; what was not decided is said too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cesym.derivation.drafting.chains import Chain, write_chains
from cesym.derivation.drafting.draft import Draft
from cesym.derivation.drafting.limits import ends_of, limit_at
from cesym.derivation.drafting.quantities import Quantity, may_have_gaps, supposed_of
from cesym.derivation.drafting.signs import Sign, sign_of
from cesym.derivation.drafting.stable import say_stable, stable_form
from cesym.derivation.drafting.summary import Behaviour
from cesym.derivation.drafting.together import say_together
from cesym.derivation.drafting.wording import curvature, sign_in_words, slope
from cesym.errors import UnsupportedTerm
from cesym.messages import _


def say_sign(draft: Draft, quantity: Quantity) -> Sign:
    """Whether a loss is positive: its sign."""
    sign = sign_of(draft, quantity)
    _say(draft, sign_in_words(sign), sign)
    return sign


def gradient(draft: Draft, quantity: Quantity, variable: str, chain: Chain) -> Sign | None:
    """A first derivative, worked out already, and whether the loss rises or falls: its sign, if it
    is not 0.
    """
    derived = quantity.derived(variable)
    write_chains(draft, chain)
    if chain.term == 0:
        return None
    sign = sign_of(draft, derived, chain.last.latex)
    _say(draft, slope(sign, draft.spelled(variable)), sign)
    return sign


def hessian(draft: Draft, quantity: Quantity, variable: str) -> Sign:
    """The second derivative by one variable, and whether the loss is convex in it: its sign."""
    first, second = quantity.derived(variable), quantity.derived(variable, variable)
    chain = Chain(draft, second.latex(draft))
    if not (chain.by("insert", first.latex(draft)) and chain.by("differentiate")):
        chain = Chain(draft, second.latex(draft))
        if not chain.by("differentiate"):
            draft.say(_("SymPy does not find the second derivative in a form that is proved."))
            return Sign()
    chain.shorten()
    write_chains(draft, chain)
    sign = sign_of(draft, second, chain.last.latex)
    _say(draft, curvature(sign, draft.spelled(variable)), sign)
    return sign


def mixed(draft: Draft, quantity: Quantity, variables: Sequence[str]) -> None:
    """The mixed second derivatives."""
    chains = []
    for place, one in enumerate(variables):
        for other in variables[place + 1 :]:
            chain = Chain(draft, quantity.derived(one, other).latex(draft))
            if chain.by("differentiate"):
                chain.shorten()
                chains.append(chain)
    if len(chains) == 1:
        draft.say(_("The mixed second derivative is"))
    elif chains:
        draft.say(_("The mixed second derivatives are"))
    if chains:
        write_chains(draft, *chains)


def ends(draft: Draft, quantities: Iterable[Quantity], variable: str) -> None:
    """What quantities tend to at both ends of the domain of a variable."""
    found, missing = [], []
    if supposed_of(draft, variable):
        draft.say(
            _(
                "Where ${name}$ ends depends on what is supposed, and is not looked at.",
                name=draft.spelled(variable),
            )
        )
        return
    for quantity in quantities:
        for end in ends_of(draft, variable):
            chains = limit_at(draft, quantity, variable, end)
            found += chains
            if not chains:
                where = rf"{draft.spelled(variable)} \to {end}"
                alone = quantity.parameters == (variable,)
                missing.append((quantity.latex(draft), where, alone))
    if found:
        draft.say(_("At the ends of the domain of ${name}$:", name=draft.spelled(variable)))
        write_chains(draft, *found)
    for what, where, alone in missing:
        sentence = (
            _("What ${what}$ tends to as ${where}$ could not be decided.", what=what, where=where)
            if alone
            else _(
                "What ${what}$ tends to as ${where}$ could not be decided;"
                " it may depend on the other symbols.",
                what=what,
                where=where,
            )
        )
        draft.say(sentence)


def first_derivative(draft: Draft, quantity: Quantity, variable: str, *, linked: bool) -> Chain:
    """The first derivative; of a linked loss by the chain rule, where it serves.

    Raises UnsupportedTerm when none is found that is proved.
    """
    chain = Chain(draft, quantity.derived(variable).latex(draft))
    if linked and chain.by("chain-rule"):
        chain.by("derivative-of-sigmoid")
    if not chain.by("differentiate"):
        raise UnsupportedTerm(
            "the derivative by {name} is not found in a form that is proved", name=variable
        )
    chain.shorten()
    return chain


def calculus(
    draft: Draft, level: int, quantity: Quantity, variables: Sequence[str], *, linked: bool
) -> tuple[list[Behaviour], str]:
    """Gradient and second derivative by each variable, and the mixed ones. What is found of each,
    and a sentence on two of them together.
    """
    found = []
    for variable in variables:
        name = draft.spelled(variable)
        draft.heading(level, _("The gradient in ${name}$", name=name))
        if may_have_gaps(draft, variable):
            draft.say(
                _(
                    "What is supposed may leave gaps between the values of ${name}$. What is said"
                    " of rising, falling and convexity in ${name}$ is meant on every interval"
                    " without a gap.",
                    name=name,
                )
            )
        chain = first_derivative(draft, quantity, variable, linked=linked)
        rising = gradient(draft, quantity, variable, chain)
        draft.heading(level, _("The second derivative in ${name}$", name=name))
        found.append(Behaviour(variable, rising, hessian(draft, quantity, variable)))
    mixed(draft, quantity, variables)
    rectangle = not any(supposed_of(draft, variable) for variable in variables)
    convex = all(one.curvature.relation in (">", ">=") for one in found)
    both = len(variables) == 2 and convex and rectangle
    return found, say_together(draft, quantity, *variables) if both else ""


def forms(draft: Draft, level: int, results: Sequence[Quantity], functions: Sequence[str]) -> None:
    """Forms of results for a computer; `functions` are the definitions to put in for them."""
    draft.heading(level, _("Forms that a computer can evaluate"))
    chains, others = [], []
    for quantity in results:
        chain = Chain(draft, quantity.latex(draft))
        if quantity.by:
            chain.by("insert", quantity.latex(draft))
        else:
            for function in functions:
                chain.by("definition", function)
            chain.by("expand-logarithm")
        (chains if stable_form(chain) else others).append(chain)
    if chains and others:
        draft.say(_("With the functions that numeric libraries have, results are"))
    elif chains:
        draft.say(_("With the functions that numeric libraries have, the results are"))
    say_stable(draft, chains, others)


def results_of(quantity: Quantity, variables: Sequence[str]) -> list[Quantity]:
    """A loss, its first derivatives, its second ones."""
    first = [quantity.derived(variable) for variable in variables]
    second = [quantity.derived(variable, variable) for variable in variables]
    return [quantity, *first, *second]


def exports_of(draft: Draft, results: Sequence[Quantity]) -> dict[str, str]:
    """What a page hands on; of several variables, under the names of these."""
    short = dict(zip(("loss", "gradient", "hessian"), results, strict=False))
    named = short if len(results) == 3 else {quantity.name: quantity for quantity in results}
    return {name: quantity.latex(draft) for name, quantity in named.items()}


def _say(draft: Draft, sentence: str, sign: Sign) -> None:
    """A sentence, and the claims that it speaks of."""
    draft.say(sentence)
    if sign.relation is not None:
        draft.claim(sign.of, sign.relation, "0")
    for claim in (sign.negative, sign.positive):
        if claim is not None:
            draft.display(claim)
