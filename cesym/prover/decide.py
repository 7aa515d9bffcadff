"""Where verdicts are made: this module alone holds the seal of `Verdict`.

It gives the strategy (`deciding`) its time, and makes a verdict of what comes out.
"""

from __future__ import annotations

import time

from cesym.errors import BudgetExceeded, UnsupportedTerm
from cesym.messages import message
from cesym.prover.alarm import TimeUp, interrupted_after
from cesym.prover.budget import Budget, out_of_time
from cesym.prover.deciding import outcome_of
from cesym.prover.outcome import Outcome, not_decided
from cesym.prover.verdict import SEAL, UNKNOWN, Verdict
from cesym.terms.claim import Claim

DEFAULT_SECONDS = 10.0


def decide(claim: Claim, *, seconds: float = DEFAULT_SECONDS) -> Verdict:
    """The verdict on `claim`, within `seconds`.

    `proved`: it holds at every point of its context, and every side condition of its text is
    proved. `refuted`: the counterexample meets every declaration and hypothesis, and there the
    relation fails or a side has no value. `unknown`: neither.

    A claim whose assumptions are not shown to be satisfiable is unknown: from a contradiction
    everything would follow.
    """
    started = time.monotonic()
    outcome = _within(claim, seconds)
    return Verdict(
        claim,
        outcome.status,
        outcome.method,
        outcome.trace,
        outcome.counterexample,
        outcome.residue,
        outcome.reason,
        outcome.side_conditions,
        outcome.hypotheses,
        time.monotonic() - started,
        seal=SEAL,
    )


def _within(claim: Claim, seconds: float) -> Outcome:
    """The outcome, unknown when the time is up or the formula is beyond the prover."""
    try:
        with interrupted_after(seconds):
            return outcome_of(claim, Budget(seconds))
    except TimeUp:
        return not_decided(out_of_time(seconds).summary)
    except (BudgetExceeded, UnsupportedTerm) as error:
        return not_decided(error.summary)
    except RecursionError:
        return not_decided(message("the formula is nested too deeply"))
    except ValueError as error:
        if "is not comparable" not in str(error):
            raise  # SymPy's, of the larger of two numbers one of which is not real
        return not_decided(message("SymPy cannot work with a term: {why}", why=str(error)))


def undecided(claim: Claim, why: str) -> Verdict:
    """`unknown`, for a claim at which a process had to be stopped; `why` in words."""
    reason = message("the worker was stopped: {why}", why=why)
    return Verdict(claim, UNKNOWN, message("not decided"), reason=reason, seal=SEAL)
