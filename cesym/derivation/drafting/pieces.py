"""A loss with kinks, piece by piece: the parts of its domain on which it is smooth, and what it is
there. All of these are proposals: what is written is proved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sympy import Abs, Add, Expr, Integer, Max, Min, Piecewise, S, Symbol, expand, sign

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

    conditions: tuple[str, ...] = ()
    formula: Expr = S.Zero
    kinks: tuple[Expr, ...] = ()


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of a loss that were found, and conditions under which nothing was decided. Where
    no kink is, there is one or the other.
    """

    found: tuple[Piece, ...]
    undecided: tuple[tuple[str, ...], ...]


def kink_terms(draft: Draft, terms: Iterable[Expr]) -> list[Expr]:
    """Terms without repetitions, in a short form, but for those that are never 0."""
    found: list[Expr] = []
    for term in terms:
        _, short = expand(term).as_content_primitive()
        if short.could_extract_minus_sign():
            short = -short
        if short not in found and not any(holds(draft, short, side) for side in SIDES):
            found.append(short)
    return sorted(found, key=lambda term: (term.has(*KINKED), str(term)))


def pieces_of(draft: Draft, formula: Expr, terms: Sequence[Expr], variable: Symbol) -> Pieces:
    """What `formula` is on each side of all kinks at the zeros of `terms`."""
    found: list[Piece] = []
    undecided: list[tuple[str, ...]] = []
    for piece in _divided(draft, terms, variable, Piece(), undecided):
        with draft.supposing(*piece.conditions):
            here = without_kinks(draft, formula, variable)
        if here is None:
            undecided.append(piece.conditions)
        else:
            found.append(replace(piece, formula=here))
    return Pieces(tuple(found), tuple(undecided))


def _divided(
    draft: Draft,
    terms: Sequence[Expr],
    variable: Symbol,
    piece: Piece,
    undecided: list[tuple[str, ...]],
) -> Iterator[Piece]:
    """The parts of a piece on the sides of further kinks. A side on which there are no values is
    left out, one for which that is not shown is `undecided`; so is where a term is 0 all over.
    """
    if not terms:
        yield piece
        return
    term, *rest = terms
    with draft.supposing(*piece.conditions):
        here = without_kinks(draft, term, variable)
        known = here is not None and [r for r in (*SIDES, "==") if holds(draft, here, r)]
    if here is None or known == ["=="]:
        undecided.append(piece.conditions)
        return
    longer = replace(piece, kinks=(*piece.kinks, here))
    if known:
        yield from _divided(draft, rest, variable, longer, undecided)
        return
    for side in SIDES:
        conditions = (*piece.conditions, condition_of(draft, here, side))
        with draft.supposing(*conditions):
            possible = _satisfiable(draft)
        if possible:
            further = replace(longer, conditions=conditions)
            yield from _divided(draft, rest, variable, further, undecided)
            continue
        with draft.supposing(*piece.conditions):
            if not holds(draft, here, OPPOSITE[side]):
                undecided.append(conditions)


def condition_of(draft: Draft, term: Expr, relation: str) -> str:
    """`term relation 0` in LaTeX, positive terms on the left."""
    positive = [t for t in term.as_ordered_terms() if not t.could_extract_minus_sign()]
    left = Add(*positive)
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
            if all(holds(draft, one - other, relation) for other in part.args if other != one):
                yield one
    elif isinstance(part, Piecewise):
        yield from _cases(draft, part)
    else:
        (inner,) = part.args
        for relation, factor in ((">", 1), ("<", -1)):
            if holds(draft, inner, relation):
                yield factor * inner if isinstance(part, Abs) else Integer(factor)


def _cases(draft: Draft, part: Piecewise) -> Iterator[Expr]:
    for value, test in part.args:
        if test == True or holds(draft, test.lhs - test.rhs, test.rel_op):  # noqa: E712
            yield value
            return
        if not holds(draft, test.lhs - test.rhs, OPPOSITE[test.rel_op]):
            return


def holds(draft: Draft, term: Expr, relation: str) -> bool:
    """Whether `term relation 0` is proved."""
    try:
        verdict = draft.decide(latex(term, draft.context), relation, "0")
    except CesymError:
        return False
    return verdict is not None and verdict.proved


def _satisfiable(draft: Draft) -> bool:
    """Whether there are values that meet the hypotheses: without them nothing at all is proved."""
    verdict = draft.decide("0", "==", "0")
    return verdict is not None and verdict.proved
