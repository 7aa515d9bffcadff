"""Limits, proved by asymptotic expansions. Nothing is sampled and nothing guessed."""

from cesym.prover.limits.deciding import LimitOutcome, decide_limit
from cesym.prover.limits.known import Known, limit

__all__ = ["Known", "LimitOutcome", "decide_limit", "limit"]
