"""The sign of a quantity: proved, refuted at points, or not decided.

Points come from the prover or from a grid. What is said of one is a claim, and proved.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from cesym.derivation.drafting.draft import Draft
from cesym.derivation.drafting.grid import extreme_point
from cesym.derivation.drafting.quantities import Point, Quantity
from cesym.prover import Counterexample


@dataclass(frozen=True, slots=True)
class Sign:
    """`relation` to 0 that is proved: one of `> >= < <=`, or None.

    `of` is the formula of which it is proved: the quantity, or what its chain ended in. `negative`
    and `positive` are claims, proved, that it is so at a point.
    """

    relation: str | None = None
    negative: str | None = None
    positive: str | None = None
    of: str = ""

    @property
    def mixed(self) -> bool:
        """Whether it is shown to take both signs."""
        return self.negative is not None and self.positive is not None


BOTH_WAYS = ((">=", ">", "<"), ("<=", "<", ">"))
"""A relation to 0, the strict one, and what speaks against both."""


def sign_of(draft: Draft, quantity: Quantity, worked_out: str = "") -> Sign:
    """What the prover makes of the sign of a quantity, or of what was `worked_out` for it."""
    points: dict[str, str | None] = {}
    for weak, strict, against in BOTH_WAYS:
        verdict = draft.decide(quantity.latex(draft), weak, "0")
        if verdict is None:
            continue
        if verdict.proved:
            return _stated(draft, quantity.latex(draft), weak, strict)
        found = point_of(verdict.counterexample) if verdict.refuted else None
        points[against] = _claim(draft, quantity, found, against) if found else None
        if points[against] is None:
            points[against] = _searched(draft, quantity, against)
    for weak, strict, against in BOTH_WAYS if worked_out else ():
        if points.get(against) is None:
            verdict = draft.decide(worked_out, weak, "0")
            if verdict is not None and verdict.proved:
                return _stated(draft, worked_out, weak, strict)
    return Sign(None, points.get("<"), points.get(">"))


def _stated(draft: Draft, text: str, weak: str, strict: str) -> Sign:
    """The weak relation to 0, which is proved, or the strict one if that is."""
    stricter = draft.decide(text, strict, "0")
    return Sign(strict if stricter is not None and stricter.proved else weak, of=text)


def point_of(found: Counterexample | None) -> Point | None:
    """The point of a counterexample, where all values are rational."""
    if found is None or found.undefined is not None:
        return None
    try:
        return {name: Fraction(value) for name, value in found.at}
    except ValueError:
        return None


def _searched(draft: Draft, quantity: Quantity, relation: str) -> str | None:
    """The claim at the point of a grid where it is most likely."""
    point = extreme_point(draft, quantity, least=relation == "<")
    return _claim(draft, quantity, point, relation) if point is not None else None


def _claim(draft: Draft, quantity: Quantity, point: Point, relation: str) -> str | None:
    """The claim that a quantity is on one side of 0 at a point, if it is proved."""
    text = quantity.at(draft, point)
    if text is None:
        return None
    here = draft.decide(text, relation, "0")
    return f"{text} {relation} 0" if here is not None and here.proved else None
