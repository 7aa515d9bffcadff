"""Terms as text: textbook LaTeX and the plain language.

Whatever is written here, the readers read back to the same term.
"""

from cesym.terms.printing.latex import latex
from cesym.terms.printing.operators import RELATIONS
from cesym.terms.printing.plain import claim_in_plain, plain

__all__ = ["RELATIONS", "claim_in_plain", "latex", "plain"]
