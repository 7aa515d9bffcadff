"""The one place that gives a syntax tree its meaning, whatever notation it was read from.

`cesym.reader.elaboration` holds how; this is the way in.
"""

from __future__ import annotations

from cesym.reader.elaboration.entries import Entries, entries_of
from cesym.reader.elaboration.source import Source
from cesym.reader.elaboration.statements import (
    Elaborated,
    claim_between,
    claims_of,
    definite_of,
    definition_of,
    elaborate,
    hypotheses_of,
)

__all__ = [
    "Elaborated",
    "Entries",
    "Source",
    "claim_between",
    "claims_of",
    "definite_of",
    "definition_of",
    "elaborate",
    "entries_of",
    "hypotheses_of",
]
