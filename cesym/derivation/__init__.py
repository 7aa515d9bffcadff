"""Floor 4: pages, rules, families, and derivations that cannot hold an unproved step."""

from cesym.derivation.api import check, derive
from cesym.derivation.steps import Derivation, Export, ProvedChain, Step

__all__ = ["Derivation", "Export", "ProvedChain", "Step", "check", "derive"]
