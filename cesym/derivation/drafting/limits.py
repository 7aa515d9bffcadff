"""What a quantity tends to at the ends of the domain of a variable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from sympy import Abs, sign

from cesym.derivation.drafting.chains import Chain
from cesym.derivation.drafting.draft import Draft
from cesym.derivation.drafting.grid import near_end
from cesym.derivation.drafting.quantities import Point, Quantity, number
from cesym.terms.domains import FiniteSet, Interval

LARGE, SMALL = 100.0, 0.01
"""Values close to the end of which one is larger, or all are smaller, make infinity, or 0, worth a
try.
"""

BY_CASES = (Abs, sign)
"""A limit with these in it is easier to read for each value of the labels."""

MOST_LABELS = 4
"""For so many values of the labels a limit is looked at by cases."""


@dataclass(frozen=True, slots=True)
class End:
    r"""An end of a domain: `0^+`, `\infty`."""

    target: str
    side: str = ""
    value: Fraction | None = None

    def __str__(self) -> str:
        return f"{self.target}{self.side}"


def ends_of(draft: Draft, variable: str) -> Iterator[End]:
    """The ends of the domain of a declared number, the lower one first."""
    domain = draft.context.declarations[variable].domain
    assert isinstance(domain, Interval)
    yield (
        End(r"-\infty") if domain.lower is None else End(_target(domain.lower), "^+", domain.lower)
    )
    yield End(r"\infty") if domain.upper is None else End(_target(domain.upper), "^-", domain.upper)


def _target(end: Fraction) -> str:
    """A number that can have a sign above it."""
    plain = end >= 0 and end.denominator == 1
    return number(end) if plain else f"({number(end)})"


def limit_at(draft: Draft, quantity: Quantity, variable: str, end: End) -> list[Chain]:
    """The limit as a proved chain, or one for each value of the labels; empty: not decided."""
    whole = _limit(draft, quantity.latex(draft), variable, end)
    if whole is not None and not whole.term.has(*BY_CASES):
        return [whole]
    chains = []
    for labels in labels_of(draft, quantity, variable):
        text = with_labels(draft, quantity, labels)
        found = None if text is None else _limit(draft, text, variable, end)
        if found is None:
            chains = []
            break
        chains.append(found)
    return chains or ([] if whole is None else [whole])


def labels_of(draft: Draft, quantity: Quantity, variable: str) -> list[Point]:
    """The values that those parameters have that take only a few."""
    few = {
        name: draft.context.declarations[name].domain
        for name in quantity.parameters
        if name != variable and isinstance(draft.context.declarations[name].domain, FiniteSet)
    }
    values = [domain.values for domain in few.values() if isinstance(domain, FiniteSet)]
    points: list[Point] = [dict(zip(few, chosen, strict=True)) for chosen in product(*values)]
    return points if few and len(points) <= MOST_LABELS else []


def with_labels(draft: Draft, quantity: Quantity, labels: Point) -> str | None:
    """A function, or a derivative of it, with numbers for the labels."""
    call = quantity.call(draft, labels)
    if not quantity.by:
        return call
    if len(set(quantity.by)) > 1:
        return None
    above, below = quantity.bars(draft)
    return rf"\frac{{{above}}}{{{below}}} {call}"


def _limit(draft: Draft, body: str, variable: str, end: End) -> Chain | None:
    """The limit that SymPy finds, or that values close by suggest, if it is proved."""
    chain = Chain(draft, rf"\lim_{{{draft.spelled(variable)} \to {end}}} {body}")
    guess = _guess(draft, body, variable, end)
    if chain.by("limit") or (guess is not None and chain.equals(guess)):
        return chain
    return None


def _guess(draft: Draft, body: str, variable: str, end: End) -> str | None:
    """What values close to the end look like: nothing, or more and more."""
    above = end.side == "^+" or end.target == r"-\infty"
    values = near_end(draft, body, variable, end.value, above=above)
    if not values:
        return None
    if all(abs(value) < SMALL for value in values):
        return "0"
    if min(values) > 0 and max(values) > LARGE:
        return r"\infty"
    return r"-\infty" if max(values) < 0 and min(values) < -LARGE else None
