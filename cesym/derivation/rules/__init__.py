"""The rules by which a derivation goes from one line to the next.

A rule is a function from a term to a term, with SymPy inside and any heuristic: nothing here is
trusted, since the prover decides every line that a rule makes. `table` says, for each, its name,
its phrase in English and Chinese (what an author writes as the reason), what it needs, and when it
fails.
"""

from cesym.derivation.rules.rule import Rule, RuleFails, Situation, What
from cesym.derivation.rules.table import ROWS, RULES

__all__ = ["ROWS", "RULES", "Rule", "RuleFails", "Situation", "What"]
