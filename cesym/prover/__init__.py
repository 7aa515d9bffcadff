"""Floor 3: a claim goes in, a verdict comes out."""

from cesym.prover.decide import DEFAULT_SECONDS, decide, undecided
from cesym.prover.verdict import Counterexample, SideCondition, Verdict

__all__ = [
    "DEFAULT_SECONDS",
    "Counterexample",
    "SideCondition",
    "Verdict",
    "decide",
    "undecided",
]
