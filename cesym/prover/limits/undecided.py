"""Why a limit is not found: nothing is guessed, so a sign or a zero that is not proved ends it."""

from __future__ import annotations


class Undecided(Exception):
    """Something is needed here that is not proved. The limit stays unknown."""
