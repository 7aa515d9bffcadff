"""The likely mistake in a refuted claim: found by proving the repaired claim, never by guessing.

A table of repairs is gone through, the simplest first; the first repaired claim that the prover
proves names the mistake. No repair that is proved, no name.
"""

from cesym.prover.diagnosis.diagnosing import DIAGNOSIS_SECONDS, Mistake, diagnose, diagnose_in_time

__all__ = ["DIAGNOSIS_SECONDS", "Mistake", "diagnose", "diagnose_in_time"]
