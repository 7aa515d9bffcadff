"""A loss with kinks, piece by piece: the parts of its domain on which it is smooth, and what it is
there. All of these are proposals: what is written is proved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from sympy import Abs, Expr, Max, Min, Piecewise, Symbol, expand, sign

from cesym.derivation.drafting.draft import Draft
from cesym.errors import CesymError
from cesym.prover.relations import NEGATED, OPPOSITE
from cesym.terms.printing import RELATIONS, latex

KINKED = (Abs, sign, Max, Min, Piecewise)
"""What may have a kink."""

MOST_KINKS = 3
"""With more kinks there are too many pieces to read."""

SIDES = (">", "<")
"""Both sides of a kink."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The loss is `formula` wherever all `conditions`, in LaTeX, hold. `kinks` are the terms at
    whose zeros it may have a kink, as they look there.
    """

    conditions: tuple[str, ...]
    formula: Expr
    kinks: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Pieces:
    """All pieces of a loss, and conditions under which nothing was decided."""

    found: tuple[Piece, ...]
    undecided: tuple[tuple[str, ...], ...] = ()


def kink_terms(draft: Draft, terms: Iterable[Expr]) -> list[Expr]:
    """Terms without repetitions, in a short form, but for those that are never 0."""
    found: list[Expr] = []
    for term in terms:
        _, short = expand(term).as_content_primitive()
        if short.could_extract_minus_sign():
            short = -short
        if short not in found and not any(_holds(draft, short, side) for side in SIDES):
            found.append(short)
    return sorted(found, key=lambda term: (term.has(*KINKED), str(term)))


def pieces_of(draft: Draft, formula: Expr, terms: Sequence[Expr], variable: Symbol) -> Pieces:
    """What `formula` is on each side of all kinks."""
    found, undecided = [], []
    for sides in product(SIDES, repeat=len(terms)):
        facts = tuple(zip(terms, sides, strict=True))
        conditions = tuple(condition_of(draft, *fact) for fact in facts)
        with draft.supposing(*conditions):
            known = _satisfiable(draft)
            piece = without_kinks(draft, formula, variable) if known else None
            kinks = [without_kinks(draft, term, variable) for term in terms] if known else []
        if piece is not None:
            found.append(Piece(conditions, piece, tuple(k for k in kinks if k is not None)))
        elif known or not _empty(draft, facts):
            undecided.append(conditions)
    return Pieces(tuple(found), tuple(undecided))


def condition_of(draft: Draft, term: Expr, relation: str) -> str:
    """`term relation 0` in LaTeX, positive terms on the left."""
    positive = [t for t in term.as_ordered_terms() if not t.could_extract_minus_sign()]
    left = sum(positive, start=term * 0)
    right = left - term
    if left == 0:
        left, right, relation = right, left, NEGATED[relation]
    return f"{latex(left, draft.context)} {RELATIONS[relation]} {latex(right, draft.context)}"


def without_kinks(draft: Draft, term: Expr, variable: Symbol) -> Expr | None:
    """What a term is under the hypotheses of the draft, its kinks in `variable` resolved; None
    where that is not decided.
    """
    while (part := _innermost(term, variable)) is not None:
        resolved = next(_values(draft, part), None)
        if resolved is None:
            return None
        term = term.xreplace({part: resolved})
    return term


def _innermost(term: Expr, variable: Symbol) -> Expr | None:
    parts = {part for part in term.atoms(*KINKED) if part.has(variable)}
    inner = (p for p in parts if not (p.atoms(*KINKED) - {p}) & parts)
    return min(inner, key=str, default=None)


def _values(draft: Draft, part: Expr) -> Iterator[Expr]:
    """What a part with a kink is shown to be."""
    if isinstance(part, Max | Min):
        relation = ">=" if isinstance(part, Max) else "<="
        for one in part.args:
            if all(_holds(draft, one - other, relation) for other in part.args if other != one):
                yield one
    elif isinstance(part, Piecewise):
        yield from _cases(draft, part)
    else:
        (inner,) = part.args
        for relation, factor in ((">", 1), ("<", -1)):
            if _holds(draft, inner, relation):
                yield factor * (inner if isinstance(part, Abs) else inner**0)


def _cases(draft: Draft, part: Piecewise) -> Iterator[Expr]:
    for value, test in part.args:
        if test == True or _holds(draft, test.lhs - test.rhs, test.rel_op):  # noqa: E712
            yield value
            return
        if not _holds(draft, test.lhs - test.rhs, OPPOSITE[test.rel_op]):
            return


def _holds(draft: Draft, term: Expr, relation: str) -> bool:
    try:
        verdict = draft.decide(latex(term, draft.context), relation, "0")
    except CesymError:
        return False
    return verdict is not None and verdict.proved


def _satisfiable(draft: Draft) -> bool:
    """Whether there are values that meet the hypotheses: without them nothing at all is proved."""
    verdict = draft.decide("0", "==", "0")
    return verdict is not None and verdict.proved


def _empty(draft: Draft, facts: Sequence[tuple[Expr, str]]) -> bool:
    """Whether one of the facts is shown to fail where the others hold."""
    for number, (term, side) in enumerate(facts):
        others = facts[:number] + facts[number + 1 :]
        with draft.supposing(*(condition_of(draft, *fact) for fact in others)):
            if _satisfiable(draft) and _holds(draft, term, OPPOSITE[side]):
                return True
    return False
