"""Why a normal form has to start again: a finer generator, a larger ring, a case distinction."""

from __future__ import annotations

from sympy import Expr


class Refine(Exception):
    """A fractional multiple of an exponent or a root came up late: start again with the finer
    generator.
    """


class RingFull(Exception):
    """More atoms than generators: start again in a larger ring."""


class Split(Exception):
    """A sign is needed that is not known: decide the claim in each case. `relations` cover
    everything.
    """

    def __init__(self, term: Expr, relations: tuple[str, ...]) -> None:
        super().__init__(term, relations)
        self.term, self.relations = term, relations
