"""A derivative that two people could read in two ways, because a hypothesis ties its variable to
another symbol.

Given `q = sigmoid(s)`, the derivative of `log(q)` by s is 0 if q is held fixed and `1 - q` if q
moves along. The prover holds other symbols fixed; where a hypothesis makes that doubtful it says so
instead of deciding either claim.
"""

from __future__ import annotations

from sympy import Expr

from cesym.messages import Message, message
from cesym.terms.claim import Claim
from cesym.terms.differentiation import Diff
from cesym.terms.optimisation import OPTIMISATIONS


def tied_derivative(claim: Claim) -> Message | None:
    """What is ambiguous about a derivative in `claim`, None when nothing is."""
    context = claim.context
    equalities = [h for h in context.hypotheses if h.operator == "=="]
    if not equalities:
        return None
    ties = [(_symbols(context.unfold_definitions(h.left - h.right)), h.text) for h in equalities]
    sides = [context.unfold_definitions(side) for side in (claim.left, claim.right)]
    for derivative in {d for side in sides for d in side.atoms(Diff)}:
        body, variable, _ = derivative.args
        moving, texts = _moving(_symbols(variable), ties)
        others = (moving & _symbols(body)) - _symbols(variable)
        if others:
            other = min(map(str, others))
            return message(
                "does {other} move with {variable} in the derivative? {hypothesis} ties them: "
                "write {other} out, or take the derivative first and then use at(...)",
                other=other,
                variable=str(variable),
                hypothesis=", ".join(texts),
            )
    return None


def _moving(
    moving: set[Expr], ties: list[tuple[set[Expr], str]]
) -> tuple[set[Expr], tuple[str, ...]]:
    """What moves when some symbols do, by one hypothesis after the other, and these hypotheses."""
    texts: tuple[str, ...] = ()
    for tied, text in ties * len(ties):
        if tied & moving and text not in texts:
            moving, texts = moving | tied, (*texts, text)
    return moving, texts


def tied_variable(claim: Claim) -> Message | None:
    """Why a limit or a minimum cannot be decided: a hypothesis says something of its variable."""
    context = claim.context
    for side in (claim.left, claim.right):
        if isinstance(side, OPTIMISATIONS):
            variable = side.args[1]
            for hypothesis in context.hypotheses:
                ends = (hypothesis.left, hypothesis.right)
                if any(variable in context.unfold_definitions(end).free_symbols for end in ends):
                    return message(
                        "{hypothesis} is about {variable}, which moves in the claim: "
                        "state its domain in its declaration instead",
                        hypothesis=hypothesis.text,
                        variable=str(variable),
                    )
    return None


def _symbols(term: Expr) -> set[Expr]:
    return set(term.free_symbols)
