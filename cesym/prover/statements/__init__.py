"""Claims that say more than that two numbers compare: `iff`, convexity, definiteness.

Each kind has its theorem, with all its side conditions, in the module that uses it. None of them is
imported before a claim needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from cesym.prover.budget import Budget
from cesym.prover.outcome import Outcome
from cesym.prover.points import Witness
from cesym.prover.workspace import Workspace
from cesym.terms.claim import IFF, Claim
from cesym.terms.conditions import Condition
from cesym.terms.statements import Definite

Strategy = Callable[[Claim, Budget], Outcome]
"""The strategy for a claim about numbers, to which a statement may be led back."""


def outcome_of_statement(
    claim: Claim,
    conditions: Sequence[Condition],
    first: Sequence[Witness],
    work: Workspace,
    budget: Budget,
    outcome_of: Strategy,
) -> Outcome:
    """The outcome of a claim with `iff` or `is`; `conditions` are its own, settled, and `first`
    some points of its domain.
    """
    if claim.operator == IFF:
        from cesym.prover.statements.equivalence import outcome_of_equivalence

        return outcome_of_equivalence(claim, conditions, first, work, budget)
    if isinstance(claim.right, Definite):
        from cesym.prover.statements.definite import outcome_of_definite

        found = outcome_of_definite(claim, claim.right, budget, outcome_of)
    else:
        from cesym.prover.statements.convexity import outcome_of_convexity

        found = outcome_of_convexity(claim, conditions, work, budget, outcome_of)
    # That a vector is not 0, or two points are not one, is no hypothesis of the claim.
    given = claim.context.hypotheses
    return replace(found, hypotheses=tuple(h for h in found.hypotheses if h in given))
