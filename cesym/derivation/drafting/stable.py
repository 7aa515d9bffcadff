"""Forms that a computer can evaluate, as far as the rules of the table lead to one.

They are written with the sigmoid, the softplus and the like, for which there are forms without
overflow; these are shown below them.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Add, Expr, exp, log

from cesym.derivation.drafting.chains import Chain, write_chains
from cesym.derivation.drafting.draft import Draft
from cesym.messages import _
from cesym.terms.functions import sigmoid, softplus
from cesym.terms.printing import latex

STEPS = ("log-sigmoid", "log-softmax", "split-error", "symmetry")
"""Rules that lead towards a form without cancellation, in the order in which they are tried."""

WITHOUT_OVERFLOW = (
    (sigmoid, ("stable-sigmoid",)),
    (softplus, ("split-softplus", "log1p")),
)
"""Function -> the rules that lead to its form without overflow."""


def stable_form(chain: Chain) -> bool:
    """Lengthen a chain to a form that is safer to compute; whether a rule led anywhere."""
    found = fold(chain)
    for rule in STEPS:
        found = chain.by(rule) or found
    found = chain.by("log1p") or found
    found = chain.by("expm1") or found
    chain.by("powers")
    return found or chain.term.has(sigmoid, softplus)


def fold(chain: Chain) -> bool:
    """Write softplus for every log(1 + e^x); whether there was one."""
    found = False
    for part in sorted(chain.term.atoms(log), key=lambda part: part.count_ops()):
        inside = part.args[0]
        if isinstance(inside, Add) and len(inside.args) == 2 and isinstance(inside - 1, exp):
            call = latex(softplus((inside - 1).args[0]), chain.draft.context)
            found = chain.by("recognise", call) or found
    return found


def say_stable(draft: Draft, chains: list[Chain], others: Sequence[Chain] = ()) -> None:
    """The chains, the forms of the functions in them, and what is shown of the numbers; `others`
    are results for which no rule leads anywhere.
    """
    if chains:
        write_chains(draft, *chains)
    terms = [chain.term for chain in chains]
    forms = [form for head, rules in WITHOUT_OVERFLOW for form in _forms(draft, terms, head, rules)]
    if forms:
        draft.say(_("The functions in them are computed so, with no positive exponent:"))
        write_chains(draft, *forms)
    if others and chains:
        left = draft.listed([chain.left.latex for chain in others])
        draft.say(_("From {which} no rule leads to a form that is safer to compute.", which=left))
    elif others:
        draft.say(_("No rule leads from these formulas to others that are safer to compute."))
    _say_dangers(draft, [*chains, *others])


def _say_dangers(draft: Draft, chains: list[Chain]) -> None:
    """What is shown, and what is not, of the numbers on the way to results."""
    terms = [chain.term for chain in chains]
    if any(term.has(exp) for term in terms) and not _exponents_are_safe(draft, terms):
        draft.say(_("That no exponential overflows in these forms is not shown."))
    meeting = [chain.left.latex for chain in chains if _may_cancel(draft, chain.term)]
    if meeting:
        draft.say(
            _(
                "In the form of {which} terms of different signs may meet, which costs digits where"
                " they nearly cancel.",
                which=draft.listed(meeting),
            )
        )
    else:
        draft.say(_("In none of their sums do terms of different signs meet, so nothing cancels."))


def _forms(draft: Draft, terms: list[Expr], head: type, rules: tuple[str, ...]) -> list[Chain]:
    """The form without overflow of a function, at one of the arguments that it has."""
    calls = {call for term in terms for call in term.atoms(head)}
    if not calls:
        return []
    plain = [call for call in calls if call.args[0].is_Symbol]
    flipped = [head(-call.args[0]) for call in calls if (-call.args[0]).is_Symbol]
    shown = min(plain or flipped or calls, key=lambda call: (call.count_ops(), str(call)))
    chain = Chain(draft, latex(shown, draft.context))
    for rule in rules:
        chain.by(rule)
    return [chain] if chain.lines else []


def _exponents_are_safe(draft: Draft, terms: list[Expr]) -> bool:
    """Whether every exponent is proved to be 0 or less."""
    found = {latex(e.args[0], draft.context) for term in terms for e in term.atoms(exp)}
    verdicts = [draft.decide(text, "<=", "0") for text in sorted(found)]
    return all(verdict is not None and verdict.proved for verdict in verdicts)


def _may_cancel(draft: Draft, term: Expr) -> bool:
    """Whether the terms of some sum are not shown to have the same sign.

    A sum of two numbers or symbols, such as `1 - y`, is rounded once, and nothing is lost before.
    """
    return any(
        not (_plain(total) or any(_one_sign(draft, total, relation) for relation in (">=", "<=")))
        for total in term.atoms(Add)
    )


def _plain(total: Add) -> bool:
    """Whether a sum is of two numbers or symbols."""
    return len(total.args) == 2 and all(
        part.is_number or part.is_Symbol or (-part).is_Symbol for part in total.args
    )


def _one_sign(draft: Draft, total: Add, relation: str) -> bool:
    """Whether every term of a sum is in `relation` to 0."""
    for part in total.args:
        verdict = draft.decide(latex(part, draft.context), relation, "0")
        if verdict is None or not verdict.proved:
            return False
    return True
