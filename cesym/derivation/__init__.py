"""Floor 4: pages, rules, families, and derivations that cannot hold an unproved step."""

from cesym.derivation.api import check, derive
from cesym.derivation.steps import Derivation, Export, ProvedChain, Step
from cesym.derivation.verification import Verdicts, verify

__all__ = [
    "Derivation",
    "Export",
    "ProvedChain",
    "Step",
    "Verdicts",
    "check",
    "derive",
    "verify",
]
