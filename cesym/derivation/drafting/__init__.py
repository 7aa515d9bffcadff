"""Pages that cesym writes itself: SymPy looks for the lines, the prover says which of them stand.

A draft is text, and beside it what the text means so far. Nothing here is trusted: what comes out
is a page like any other, with `?` for every line that a rule makes, and it is derived and proved
from its text alone.
"""

from cesym.derivation.drafting.chains import Chain, write_chains
from cesym.derivation.drafting.draft import Draft
from cesym.derivation.drafting.quantities import Quantity

__all__ = ["Chain", "Draft", "Quantity", "write_chains"]
